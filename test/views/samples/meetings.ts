import type { Pages } from '../../../views/pages.js';
import { badge, fact, faults, fields, light } from './parts.js';

const row = { number: 'ZG-2020-0001', original: '审计监督 原序号 7', title: '部分村组道路项目前期手续偏慢', unit: '市交通局', standard: '全部开工', claim: '已全部开工。', verdict: '2020-05-08 核查员甲、核查员乙 现场查看属实', result: '同意销号', why: '资料待补' };

/** Meetings that close, their list, their paper; what is signed in a list. */
export const meetings = {
  'signing/show': { key: 'key', total: '共 1 件', more: '先列 50 件。', done: '已办理 1 件。', faults, fields: fields.slice(0, 1), rows: [{ id: 'sign-ZG-2020-0001', number: 'ZG-2020-0001', href: '/findings/ZG-2020-0001', title: row.title, unit: row.unit, what: '待签批方案', state: badge, due: '2020-06-30', light, facts: [fact], files: [{ href: '/findings/ZG-2020-0001/evidence/1', name: '照片.jpg', facts: '3 KB' }], choices: [{ value: 'agree', label: '签批方案', chosen: true, names: '' }], note: '同意', seen: 3, error: '请写明原因。' }] },
  'meetings/list': { mayPrepare: true, rows: [{ href: '/meetings/1', title: '五月销号审议会', heldOn: '2020-05-12', office: '市整改办', items: '20', decisionNumber: '张整〔2020〕1号', state: badge }], next: '/meetings?before=1' },
  'meetings/form': { title: '筹备审议会', action: '/meetings', back: '/meetings', version: 1, key: 'key', faults, fields: fields.slice(0, 3), more: '只列前 200 件。', rows: [{ number: row.number, href: '/findings/ZG-2020-0001', title: row.title, unit: row.unit, state: badge, verifiedOn: '2020-05-08', chosen: true, order: '1', elsewhere: null }, { number: row.number, href: '/findings/ZG-2020-0001', title: row.title, unit: row.unit, state: badge, verifiedOn: '2020-05-08', chosen: false, order: '', elsewhere: '已列入“六月销号审议会”' }] },
  'meetings/show': { title: '五月销号审议会', state: badge, facts: [fact], address: '/meetings/1', paper: '/meetings/1/paper', version: 1, key: 'key', decides: true, faults, summary: '上会 1 件', rows: [{ ...row, id: 'f-result-ZG-2020-0001', seen: 9, href: '/findings/ZG-2020-0001', can: badge, error: '请选择审议结果。', leaders: '领导审签', choices: [{ value: 'closed', label: '同意销号', chosen: true, names: '' }], reason: '' }], fields: fields.slice(0, 1), behalf: fields.slice(3, 4) },
  'meetings/paper': { title: '五月销号审议会', back: '/meetings/1', facts: [fact], notPaper: '演示·非公文', rows: [{ ...row, ordinal: 1 }], total: '合计 1 件', isDecided: false },
  'meetings/drop': { confirm: { title: '取消？', text: '问题继续等待销号。', action: '/meetings/1/dropping', key: 'key', verb: '取消会议', tone: 'danger', cancel: '/meetings/1' } },
} satisfies Partial<Pages>;
