import type { Pages } from '../../../views/pages.js';
import { words } from '../../../src/words.js';
import { diagramView } from '../../../src/workflow-page/diagram.js';
import { designSample } from '../../../views/design/sample.js';
import { current } from '../../../workflows/registry.js';
import { badge, fact, faults, fields, light, told } from './parts.js';

const verb = { label: '申请销号', href: '/findings/ZG-2020-0001/claim', allowed: true, main: true, why: null, id: 'verb-claim' };
const refused = { ...verb, label: '审签销号', allowed: false, main: false, why: '还有 2 项措施未完成。', id: 'verb-close' };
const diagram = diagramView(current, 'rectifying.planning', [{ event: 'ASSIGN', from: 'listed', to: 'assigned' }], words('zh-CN'));

/** A finding, its forms, its history and its workflow; the page of all components. */
export const findings = {
  'findings/show': {
    handedOn: '下一步：市整改办公室 待认定', papers: { href: '/assignment-notices/print?n=1', label: '打印通知单' },
    next: { href: '/findings/XS-2020-0002/check-report', label: '下一件' },
    number: 'ZG-2020-0001', clueNumber: 'XS-2020-0004', title: '部分村组道路项目前期手续偏慢', badges: [badge], light,
    returned: told, stepper: { steps: [{ label: '已列单', state: 'done', current: false }, { label: '正在整改', state: 'current', current: true }] },
    waiting: [{ text: '等 市交通运输局 承办人 申请销号', due: '2020-06-30 前', phone: '电话 0936-8000088' }], verbs: [verb, refused], more: [{ ...refused, id: 'verb-merge' }], aspects: [fact], facts: [fact],
    parent: { number: 'ZG-2020-0002', href: '/findings/ZG-2020-0002' }, partsTitle: '分项（已销号 5/6）', parts: [{ number: 'ZG-2020-0001-01', href: '/findings/ZG-2020-0001-01', title: '甘州区部分', unit: '甘州区', state: badge, light }],
    measures: [{ id: 1, text: '逐项倒排', owner: '市交通局 经办甲', dueOn: '2020-06-10', deliverable: '调度表', percent: 60, state: badge }], evidence: [{ href: '/findings/ZG-2020-0001/evidence/1', name: '开工照片.jpg', facts: '整改后 · 300 KB' }],
    history: { items: [told] }, historyHref: '/findings/ZG-2020-0001/history', workflowHref: '/findings/ZG-2020-0001/workflow', historyNote: '显示最近 1 条，共 1 条',
  },
  'findings/history': { number: 'ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', items: [told], older: '/findings/ZG-2020-0001/history?before=3' },
  'findings/form': {
    number: 'ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', verb: '申请销号', what: '请对照销号标准逐项说明。', action: '/findings/ZG-2020-0001/claim', multipart: true, key: 'key', seen: 3, faults, changed: { items: [told] },
    refused: null, context: [fact], evidence: [{ href: '/findings/ZG-2020-0001/evidence/1', name: '现场照片.jpg', facts: '整改后 · 12 KB' }], fields, behalf: fields.slice(0, 2).map((field) => ({ ...field, id: `behalf-${field.id}`, describedBy: null, hint: null, error: null })), hasBehalf: true, behalfOpen: true, onlyForOthers: '您只能代录。', tone: 'good',
  },
  'findings/new': { key: 'key', faults, fields },
  'workflow/finding': { number: 'ZG-2020-0001', title: '部分村组道路项目前期手续偏慢', here: '制定方案', diagram, travelled: ['已列单 → 已交办：交办'] },
  'workflow/show': { diagram, certificate: '已证明：……' },
  'design/index': designSample(words('zh-CN'), diagram),
} satisfies Partial<Pages>;
