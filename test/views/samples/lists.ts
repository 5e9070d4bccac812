import type { LedgerRow } from '../../../views/pages/ledger.js';
import type { Pages } from '../../../views/pages.js';
import { badge, fact, faults, fields, figure, light, pager, way } from './parts.js';

const quiet = fields.slice(0, 1).map((field) => ({ ...field, error: null, hint: null, describedBy: null }));
const waiting = { returned: badge, other: { label: '退回整改', href: '/findings/ZG-2020-0001/send-back' }, number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', unit: '市交通局', verb: '申请销号', verbHref: '/findings/ZG-2020-0001/claim', since: '5 天', due: '2020-06-30', light, stuck: '市交通局' };
const bulkRow = { number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', unit: '市交通局', parts: '分 2 项', deadline: '2020-06-30', title: '部分村组道路项目前期手续偏慢', can: badge, what: '将变为“已交办”' };
const choices = [{ value: 'title', label: '问题', chosen: true, names: '' }];

export const ledgerRow: LedgerRow = { number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', unit: '市交通局', state: badge, severity: badge, dueOn: '2020-06-30', light, latest: '已开工 3 个', stuck: '市交通局 申请销号', parts: '分项 5/6' };

/** The ledger, what waits, many at once, lists that came in. */
export const lists = {
  'findings/list': {
    ignored: '没有看懂并已忽略：x。', total: '共 1 件', words: '道路', filters: quiet, filtersOpen: true, facets: [way], lights: [way], sorts: [{ label: '编号', href: '/findings?order=desc', mark: '↑' }], heads: [{ label: '编号', href: '/findings?order=desc', mark: '↑', sorted: 'ascending' }, { label: '问题', href: null, mark: '', sorted: null }], hidden: [{ name: 'q', value: '道路' }],
    rows: [ledgerRow], empty: { text: '没有符合条件的问题。', href: '/findings', label: '清除筛选' }, pager, exports: { xlsx: '/findings/export.xlsx', csv: '/findings/export.csv' }, verbs: [{ href: '/findings/assignment', label: '交办' }], viewFields: [{ name: 'stage', value: 'listed' }], clear: '/findings',
  },
  'workbench/show': {
    greeting: '办公室甲，截至 2020-05-11', figures: [figure], clues: [figure], adopted: [figure], parts: [figure], note: '按件计，分项另计。', queues: [{ title: '申请销号 (1)', id: 'q-claim', due: '签收期限', together: { href: '/findings/acceptance', label: '批量签收', all: '/findings/acceptance?all=yes', allLabel: '全部 3 件一起办' }, rows: [waiting], more: '还有 3 件，看全部', moreHref: '/findings' }], watched: [waiting],
    empty: { text: '现在没有等您办理的事。', href: '/findings', label: '问题台账' }, links: [{ href: '/people', label: '人员', text: '新增人员、岗位' }], pager,
  },
  'matrix/show': { total: '共 3 件', ignored: '没有看懂并已忽略：x。', fields: fields.slice(0, 1), list: '/findings', actions: [{ href: '/findings/check-request?all=yes&unit=0', label: '批量交办未定单位的 3 件' }], tables: [{ caption: '类别 × 单位', corner: '问题类别', columns: ['市交通局', '未定'], sum: '合计', rows: [{ label: '交通', cells: [{ text: '3', href: '/findings?unit=3' }, { text: '', href: null }], total: { text: '3', href: '/findings' }, beside: { text: '1', href: '/findings' } }], beside: '其中逾期', besideTotal: { text: '1', href: '/findings' }, totals: [{ text: '3', href: '/findings?unit=3' }, { text: '', href: null }], total: { text: '3', href: '/findings' } }], empty: { text: '没有符合条件的问题。', href: '/matrix', label: '清除筛选' } },
  'reporting/show': { key: 'key', total: '共 1 件', more: '只列前 200 件。', done: '已填报 1 件。', faults, rows: [{ number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', state: badge, dueOn: '2020-06-30', light, latest: '已办结 1 个', measures: '措施 1/2', full: '/findings/ZG-2020-0001/report', text: '已办结 2 个', nothing: true, error: '请写明进展。' }], empty: { text: '没有要填报的问题。', href: '/', label: '我的待办' } },
  'rules/list': { faults, fields: fields.slice(0, 3), rows: [{ category: '道路', region: '不限', unit: '市交通局', sector: '', supervisor: '督办人甲', days: '15', removal: '/rules/1/removal' }] },
  'bulk/form': { title: '批量交办', labels: { can: '可以', cannot: '不能' }, digest: 'abc', changed: '内容有改动。', action: '/findings/assignment', confirm: '交办 1 件', none: '还没有选择问题。', byUnit: [{ unit: '市交通局', total: 1, can: 1, cannot: 0 }], summary: '共 1 件：可以交办 1 件', key: 'key', faults, fields: fields.slice(0, 4), rows: [bulkRow], numbers: [{ number: 'ZG-2020-0001', seen: 3 }], whole: { view: 'stage=suspected', label: '本视图全部分批办理' }, more: '一次最多办 500 件。', previewed: true, canConfirm: true },
  'bulk/done': { title: '批量交办结果', labels: { can: '已办', cannot: '未办' }, summary: '共 1 件：已交办 1 件', byUnit: [{ unit: '市交通局', total: 1, can: 1, cannot: 0 }], again: { href: '/findings/assignment?n=ZG-2020-0001', label: '继续办理余下 1 件' }, rows: [bulkRow], back: '/findings' },
  'imports/list': { refused: { what: '这个文件读不懂。', next: '请另存为 .xlsx 后再试。' }, field: fields[8]!, rows: [{ href: '/imports/1', name: '清单.xlsx', when: '2020-05-11', by: '办公室甲', state: badge, brought: '57 件' }], pager },
  'imports/show': {
    name: '清单.xlsx', action: '/imports/1', key: 'key', version: 1, faults, notices: ['第 3 列没有看懂。'], figures: [figure], facts: '57 行', source: quiet, reading: quiet.map((field) => ({ ...field, id: 'f-reading' })), was: [{ name: 'sheet', value: '1' }],
    columns: [{ id: 'c-0', name: 'columns.0', letter: 'A', header: '问题', samples: '部分村组……', choices }], values: [{ title: '完成情况', hint: '每个写法当作什么。', rows: [{ id: 'v-0', name: 'status.0', textName: 'statusText.0', text: '已完成', choices }] }],
    units: [{ id: 'u-0', name: 'units.0', textName: 'unitText.0', text: '交通局', rows: '3 行', value: '市交通运输局' }], unitsNote: '有 1 个单位没有认出。', unitNames: ['市交通运输局'], cells: [{ cell: 'B7', header: '整改时限', text: '2020年13月', what: '不是日期。' }], cellsPager: { ...pager, summary: '本页 1 处' },
    rows: [{ row: 2, outcome: badge, number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', unit: '市交通局', deadline: '2020-06-30', facts: '已列单', remarks: '存量' }], pager, cannot: '还有 1 个错误单元格。', confirm: '导入 57 件',
  },
  'imports/waiting': { name: '清单.xlsx', what: '正在读取……', done: 20, total: 57, href: '/imports/1' },
  'imports/report': { name: '清单.xlsx', state: badge, summary: '已导入 57 件。', facts: [fact], sources: [{ href: '/findings?source=1', label: '审计监督', amount: '57 件' }], rows: [{ number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', row: '2', kind: badge }], more: '只列前 200 件。' },
} satisfies Partial<Pages>;
