import type { Pages } from '../../../views/pages.js';
import { badge, fact, faults, fields, figure, light, pager, way } from './parts.js';

const count = { text: '3', href: '/reporting/periods/1?mark=missing' };
const counts = { owed: count, inTime: count, late: count, missing: count };
const crumbs = [{ label: '填报周期', href: '/reporting/periods' }, { label: '第3周', href: null }];
const hidden = [{ name: 'kind', value: 'weekly' }];

export const reporting = {
  'reporting/show': {
    key: 'key', show: 'missing', total: '共 1 件', more: '只列前 200 件。', done: '已填报 1 件。', faults, periods: [{ href: '/reporting/periods/1', label: '本期 第3周，截止 5月14日（周四）12:00，已报 4/12', tone: 'warn' }], facets: [way],
    rows: [{
      number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', original: '原序号 7', title: '部分村组道路项目前期手续偏慢', state: badge, type: '分阶段', dueOn: '2020-06-30', light, latest: '已办结 1 个', mark: badge, full: '/findings/ZG-2020-0001/report', text: '已办结 2 个', nothing: true, error: '请写明进展。',
      draft: 1, draftNote: '草稿：经办甲 5月11日（周一）15:10 暂存', overall: '措施 1/2 完成，总体 50%', opened: true, measures: [{ label: '1. 逐项倒排', dueOn: '2020-06-10', percentName: 'progress.ZG-2020-0001.1', percentLabel: '进度 1', percent: '50', doneName: 'done.ZG-2020-0001.1', done: true }],
    }],
    empty: { text: '没有要填报的问题。', href: '/', label: '我的待办' },
  },
  'reporting/periods': { facets: [way], add: { one: '/reporting/periods/new', weekly: '/reporting/periods/new?kind=weekly' }, rows: [{ href: '/reporting/periods/1', name: '第3周', campaign: '百日攻坚', opens: '5月11日（周一）00:00', cutOff: '5月14日（周四）12:00', state: badge, ...counts }], pager, empty: '还没有填报周期。' },
  'reporting/period': {
    crumbs, title: '百日攻坚 第3周', state: badge, facts: [fact], change: '/reporting/periods/1/change', figures: { label: '填报情况', figures: [figure] }, chat: { text: '截至……', rows: 4 }, units: [{ unit: '市交通局', phone: '0936-8000001', ...counts }], sums: counts,
    files: { rows: '/reporting/periods/1/export', units: '/reporting/periods/1/units', print: '/reporting/periods/1/print' }, facets: [way], rowsTitle: '明细',
    rows: [{ number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', unit: '市交通局', phone: '0936-8000001', mark: badge, when: '5月14日（周四）15:10', dueOn: '2020-06-30', light, latest: '已办结 1 个' }], pager, empty: { text: '没有这样的问题。', href: '/reporting/periods', label: '填报周期' },
  },
  'reporting/print': {
    title: '百日攻坚 第3周 填报汇总', about: '截止 5月14日（周四）12:00', notPaper: '演示·非公文', more: '只打印前 2000 行。', back: { href: '/reporting/periods/1', label: '百日攻坚 第3周' },
    unitHeads: ['责任单位', '应报'], units: [['市交通运输局', '3']], heads: ['序号', '编号'], rows: [['1', 'ZG-2020-0001']], empty: '没有应报的问题。',
  },
  'reporting/period-form': { crumbs, title: '修改周期', hint: '已经开始的不能改开始时间。', action: '/reporting/periods/1', hidden, faults, fields: fields.slice(0, 4), verb: '保存', removal: '/reporting/periods/1/removal', version: 1, cancel: '/reporting/periods/1' },
  'reporting/period-plan': { crumbs, title: '将要设置的周期', summary: '共 12 期', warning: '有 1 期的截止日是休息日。', action: '/reporting/periods', key: 'key', hidden, rows: [{ name: '第3周', opens: '5月11日（周一）00:00', cutOff: '5月14日（周四）12:00', note: '休息日' }], verb: '确认设置 12 期' },
} satisfies Partial<Pages>;
