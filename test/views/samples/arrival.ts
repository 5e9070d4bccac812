import type { Pages } from '../../../views/pages.js';
import { badge, faults, fields, way } from './parts.js';

const call = { unit: '市整改办公室', phone: '0936-8000001', about: '主管您这一片的办公室' };
const row = { number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', unit: '市交通局', parts: '', deadline: '2020-05-15', title: '部分村组道路项目前期手续偏慢', can: badge, what: '核查乙属于责任单位。', chosen: true, seen: 9 };

/** Coming in, handing over, help. */
export const arrival = {
  'activation/show': { refused: '用户名或激活码不对。', faults, fields: fields.slice(0, 1) },
  'activation/slips': { title: '激活单 1 张', back: '/people/slips', units: [{ unit: '市水务局', slips: [{ name: '经办乙', unit: '市水务局', post: '市水务局 承办人', address: 'http://localhost:3000/activation', username: 'shuiwu', code: 'ABCD-EFGH-2345', until: '2020-05-25 12:00', tries: '填错 10 次即作废。' }] }] },
  'activation/waiting': { total: '1 人未开通', after: '0', through: '9', fault: '请先勾选单位。', again: true, next: '/people/slips?after=4', units: [{ id: '7', chosen: true, unit: '市水务局', amount: '1 人', people: [{ name: '经办乙', href: '/people/101', username: 'shuiwu', posts: '市水务局 承办人', state: badge }] }] },
  'handover/show': {
    key: 'key', faults, fields: fields.slice(3, 4),
    preview: { summary: '共 1 件。', more: '一次最多 500 件。', rows: [row], posts: [{ text: '市核查组 核查人员', resting: '待办 0 项' }], named: [{ number: 'ZG-2020-0002', href: '/findings/ZG-2020-0002', title: '饮水工程管护责任未到人', as: '督办人' }], basis: fields[2]!, hidden: [{ name: 'from', value: '7' }], canConfirm: true, nothing: null },
  },
  'handover/list': { table: { caption: '交接记录', columns: [{ label: '日期' }], rows: [{ cells: [{ label: '日期', text: '2020-05-11', href: null, kind: 'number' }] }] }, empty: '还没有交接记录。', next: '/handovers?before=1' },
  'handover/posts': { key: 'key', from: '经办甲（transport）', fromId: '4', faults, fields: fields.slice(0, 1) },
  'person-requests/list': { mayAsk: true, next: '/person-requests?before=1', rows: [
    { name: '经办丙', phone: '0936-8000002', unit: '市水务局', role: '承办人', note: '接替经办甲', asked: '办公室甲 2020-05-11', state: badge, reason: '', add: '/people/new?request=1', decline: '/person-requests/1/decline' },
    { name: '经办丁', phone: '', unit: '市水务局', role: '承办人', note: '', asked: '办公室甲 2020-05-11', state: badge, reason: '已有账号', add: null, decline: null },
  ] },
  'person-requests/form': { key: 'key', faults, fields: fields.slice(0, 1) },
  'person-requests/decline': { what: '经办丙，市水务局，承办人', action: '/person-requests/1/decline', faults, fields: fields.slice(2, 3) },
  'successions/list': { rows: [{ unit: '甘州区某镇', endedOn: '2020-05-01', successor: '甘州区', open: [way], act: way, text: '请转交给甘州区。' }], empty: '没有撤并的单位。' },
  'help/index': { guides: [{ href: '/help/office', label: '办公室', text: '本辖区全部问题。', own: true }], calls: [call] },
  'help/show': { title: '办公室', crumbs: [{ label: '帮助', href: '/help' }, { label: '办公室', href: null }], sees: '本辖区全部问题。', days: ['看“我的待办”。'],
    topics: [{ name: '通知单', what: '每个单位一份。' }], questions: [{ question: '期限怎么改？', answer: '由单位申请延期。' }], colours: [{ badge, text: '离期限还早。' }], calls: [call], guides: [{ ...way, label: '办公室', href: '/help/office' }] },
} satisfies Partial<Pages>;
