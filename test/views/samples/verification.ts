import { checksField, choice, radioField, textField } from '../../../src/forms.js';
import type { Pages } from '../../../views/pages.js';
import { badge, fact, faults, fields, figure, light, way } from './parts.js';

const empty = { text: '没有派给您的待核查问题。', href: '/visits', label: '我的核查' } as const;
const bulkRow = { number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', unit: '市交通局', parts: '', deadline: '2020-06-30', about: '', words: [{ name: 'note.ZG-2020-0001', label: '说明', hint: '说明', value: '现场核对。', isDate: false, isLine: false, choices: [{ value: 'x', label: 'x', chosen: true, names: '' }] }], ownUnit: { name: 'unit.ZG-2020-0001', value: '', label: '本件单位', hint: '' }, can: badge, what: '将成为现场核查' } as const;
const finding = { number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', unit: '市交通局' } as const;

/** Giving verifications out, visits, packets and samples. */
export const verification = {
  'verification/show': {
    title: '派发核查', intro: '按地点成组选人。', total: '3 件、1 项', more: '本页只列前 200 条。', faults, changed: '内容有改动。',
    table: { caption: '地点 × 期限', corner: '地点', columns: ['已逾期'], sum: '合计', beside: '其中逾期', besideTotal: { text: '1', href: '/verification?due=over' }, rows: [{ label: '甘州区 · 某镇', cells: [{ text: '1', href: '/verification?place=9&due=over' }], total: { text: '1', href: '/verification?place=9' }, beside: { text: '1', href: '/verification?place=9&due=over' } }], totals: [{ text: '1', href: '/verification?due=over' }], total: { text: '1', href: '/verification' } },
    filters: [way], dueLabel: '整改时限', key: 'key', digest: 'abc', narrowed: [{ name: 'place', value: '9' }],
    preview: { summary: '选中 1 件', people: [{ name: '核查甲', total: '1', can: '1', cannot: '0' }], groups: [{ title: '可以派发核查 1 件', id: 'first', rows: [bulkRow] }], units: [{ name: '市交通局', names: '交通局' }], canConfirm: true, confirm: '派发 1 件' },
    groups: [{
      id: 'place-9', place: '甘州区 · 某镇', count: '1 件', single: '/findings/verification-assignment?n=ZG-2020-0001', who: checksField({ name: 'who.9', label: '核查人员', choices: [choice(7, '核查甲', true)] }), by: textField({ name: 'by.9', label: '核查期限', type: 'date' }),
      rows: [{ ...finding, seen: '9', deadline: '2020-06-30', light, chosen: true, mine: true, free: '可派：核查甲', error: '核查甲不能核查本问题。' }],
    }],
    load: [{ name: '核查甲', unit: '市核查组', open: '2', href: '/verification?of=7', over: '1', next: '2020-05-15' }], empty,
  },
  'visits/list': {
    total: '共 1 件', more: '只列前 300 条。', facets: [way],
    groups: [{ id: 'place-9', place: '甘州区 · 某镇', count: '1 件', packet: '/visits/packet?place=9', record: '/visits/record?place=9', note: '一次最多录入 30 件。', rows: [{ ...finding, dueOn: '2020-05-15', light, latest: '已办结', record: '/visits/record?n=ZG-2020-0001' }] }], empty,
  },
  'visits/record': {
    title: '录入本次核查', back: { ...way, href: '/visits' }, action: '/visits/record', key: 'key', today: '2020-05-11', hint: '每件各有结果。', more: '一次最多录入 30 件。', done: '已录入 1 件。', faults: { title: '有 1 处需要改正', items: [{ href: '#row-ZG-2020-0001', text: 'ZG-2020-0001 请填写。' }] },
    method: radioField({ name: 'method', label: '核查方式', required: true, error: '请填写。', choices: [choice('onSite', '现场查看', true)] }),
    companions: { label: '同行核查人员', hint: '每格一人。', error: '请填写。', inputs: [{ id: 'f-companions', value: '核查乙', label: '同行核查人员 1' }] }, names: ['核查乙'], noteLabel: '查到的情况',
    rows: [{ ...finding, seen: '9', light, state: badge, context: [fact], evidence: [{ href: '/findings/ZG-2020-0001/evidence/1', name: '照片.jpg' }], blocked: '没有派给您。', open: true, results: [choice('pass', '核查通过', true), choice('', '未查', false)], note: '属实', kept: [{ id: 'e1', name: '照片.jpg' }], error: '请填写。', full: '/findings/ZG-2020-0001/verification' }],
    gone: [{ text: 'ZG-2020-0002 已不在您的范围内。' }], empty,
  },
  'visits/packet': {
    title: '现场核查包', back: { ...way, href: '/visits' }, facts: [fact], demo: '演示·非公文', more: '只含前 50 件。', boxes: [{ label: '核查通过' }],
    blocks: [{ number: 'ZG-2020-0001', title: finding.title, facts: [fact], evidence: [{ name: '照片.jpg', facts: '整改后 · 12 KB' }] }], empty,
  },
  'samples/list': { rows: [{ href: '/samples/1', name: '样本 1', kind: badge, from: '张掖市 · 全部专项', size: '5 / 27', on: '2020-05-11', by: '核查甲', progress: '已查 1/5' }], older: '/samples?before=1', mayDraw: true, faults, key: 'key', fields: fields.slice(0, 4) },
  'samples/show': {
    title: '销号后回头看 · 样本 1', demo: '演示·非公文', figures: [figure], facts: [fact], proof: [fact], check: { tone: 'good', text: '重算一致。' }, drift: '抽取以后台账有变化。', record: '/samples/1/record', packet: '/samples/1/packet',
    rows: [{ ...finding, ordinal: '1', state: badge, result: badge, on: '2020-05-11', by: '核查甲', note: '反弹', reopening: '/findings/ZG-2020-0001/reopening-proposal' }],
  },
} satisfies Partial<Pages>;
