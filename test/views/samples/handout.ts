import { textField } from '../../../src/forms.js';
import type { Pages } from '../../../views/pages.js';

/** One model of each page about handing out. */
export const handoutSamples = {
  'batches/show': {
    title: '批量交办核实', labels: { can: '可以', cannot: '不能' }, progress: { what: '正在预览：100 / 1000 件', done: 100, total: 1000, href: '/batches/1' }, summary: { text: '共 1000 件', tone: 'info' },
    byUnit: [{ unit: '市交通局', total: 2, can: 1, cannot: 1 }], confirm: { action: '/batches/1/confirmation', label: '交办核实 999 件', version: 1 },
    change: { action: '/batches/1/preview', version: 1, faults: { title: '有一处要改', items: [{ href: null, text: '期限' }] }, fields: [textField({ name: 'checkBy', label: '核实期限', type: 'date' })], behalf: [textField({ name: 'basisNumber', label: '依据文号' })], hasBehalf: true, behalfOpen: true, multipart: true },
    done: { title: '已办的 1 件', table: { caption: '已办的 1 件', columns: [{ label: '编号' }], rows: [{ cells: [{ label: '', text: 'XS-2020-0002', href: '/findings/XS-2020-0002', kind: 'number' }] }] }, more: { href: '/batches/1?done=3', label: '后面的' } },
    refused: { title: '不能办理的', table: { caption: '不能办理的', columns: [{ label: '编号' }], rows: [{ cells: [{ label: '', text: 'XS-2020-0001', href: '/findings/XS-2020-0001', kind: 'number' }] }] }, more: { href: '/batches/1?after=3', label: '后面的' }, again: { href: '/findings/check-request?n=1', label: '继续' } },
    after: [{ href: '/findings/assignment?after=1', label: '交办这 1 件' }], undo: [{ href: '/findings/recall?done=1', label: '收回这 1 件' }], notices: [{ href: '/assignment-notices', label: '查看交办通知单', main: true }],
  },
  'assignment-notices/list': {
    narrowed: { href: '/assignment-notices', label: '全部' }, receive: '回执所选', waiting: '有 1 份', rows: [{ id: 1, number: '交办〔2020〕1号', href: '/assignment-notices/1', office: '市整改办', unit: '市交通局', kind: '核实通知', items: 3, issuedOn: '2020-04-23', lastDueOn: '2020-05-20', receipt: { label: '未签收', tone: 'warn' } }],
    more: { href: '/assignment-notices?before=1', label: '更早的' }, later: { href: '/assignment-notices/new', label: '补开' }, empty: { text: '还没有', href: '/findings', label: '台账' },
  },
  'assignment-notices/show': {
    papers: [{ office: '市整改办公室', number: '交办〔2020〕1号', title: '通知单', addressee: '市交通局：', basis: '根据', listLabel: '问题清单', leadLabel: '牵头单位', requirements: ['1. 请签收'], showStandard: true, showResponsible: true, showSupport: true, showSince: true, dueLabel: '整改时限', toSign: true, rows: [{ ordinal: 1, number: 'ZG-2020-0001', original: '原序号 7', href: '/findings/ZG-2020-0001', title: '题名', description: '部分项目前期手续办理偏慢。', requirement: '倒排工期，逐项办结。', standard: '标准', lead: '市交通局', responsible: '甘州区', support: '', dueOn: '2020-06-30', since: '已签收' }], contact: '联系人', date: '2020年5月11日', receipt: '未签收', long: '太长' }],
    cut: '一次最多打印 40 份。', receipt: { numbers: [1], label: '签收' }, back: '/assignment-notices',
  },
  'assignment-notices/new': { key: 'k', total: '1 件', rows: [{ number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: '题名', unit: '市交通局', state: '已交办' }], empty: { text: '都有', href: '/assignment-notices', label: '通知单' } },
} satisfies Partial<Pages>;
