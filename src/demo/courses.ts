import { plusDays } from '../../workflows/calendar.js';
import { lookBackFindings, type DemoFinding } from './findings.js';
import { counties } from './organisation.js';
import type { Theatre } from './theatre.js';

/** One finding, from its listing to where its course ends. */
export async function play(stage: Theatre, finding: DemoFinding, index: number): Promise<void> {
  const fromProvince = index < lookBackFindings.length;
  const start = plusDays('2020-03-13', index % 5);
  const number = await stage.list(finding, start, fromProvince ? stage.places.source.lookBack : stage.places.source.selfCheck, String(fromProvince ? index + 1 : index - lookBackFindings.length + 1));
  if (finding.course === 'sixParts') return sixParts(stage, number, finding, start);
  const open = !finding.course.startsWith('closed');
  await stage.assign(number, finding, start, open ? '2020-06-30' : finding.course === 'closedImmediately' ? '2020-04-20' : '2020-05-10');
  await rectify(stage, number, finding, start);
}

async function rectify(stage: Theatre, number: string, finding: DemoFinding, start: string): Promise<void> {
  const [unit, head] = [finding.unit, `${finding.unit}-head`];
  const on = (days: number): string => plusDays(start, days);
  if (finding.course !== 'closedImmediately') {
    if (finding.course === 'planning') return;
    await stage.does(unit, on(9), number, 'SUBMIT_PLAN', { measures: finding.measures.map((text, at) => ({ text, ownerUnitId: stage.places.unit[unit], owner: '经办甲', dueOn: at === 0 ? on(30) : on(34), deliverable: at === 0 ? '工作台账' : '制度文件' })) });
    await stage.does(head, on(10), number, 'SIGN_PLAN');
    if (finding.course === 'planReview') return;
    await stage.does('office', on(12), number, 'APPROVE_PLAN', { note: '同意，抓紧组织实施。' });
  }
  const measures = finding.course === 'closedImmediately' ? [] : [1, 2];
  await stage.does(unit, on(20), number, 'REPORT', { text: `已召开专题会议研究部署，${finding.measures[0] ?? ''}正在推进。`, ...(measures.length > 0 ? { progress: [{ id: 1, percent: 60 }] } : {}) });
  if (finding.course === 'extension') {
    await stage.does(unit, '2020-05-06', number, 'REPORT', { text: '八个项目已办结前期手续，余三个正在办理用地预审。' });
    await stage.does('leader', '2020-05-08', number, 'INSTRUCT', { text: '请逐项倒排，确保六月底前全部开工，并书面回复进展。', unitId: stage.places.unit[unit] });
    await stage.does(unit, '2020-05-09', number, 'REQUEST_EXTENSION', { reason: '部分项目正在招投标，受汛期影响，需延长施工准备时间。', requestedDate: '2020-07-31' });
    return;
  }
  if (measures.length > 0) await stage.does(unit, on(34), number, 'REPORT', { text: '各项措施已全部落实，正在整理资料。', progress: measures.map((id) => ({ id, percent: 100 })) });
  await stage.claim(number, finding, on(35));
  if (finding.course === 'claimSigning') return;
  await stage.does(head, on(36), number, 'SIGN_CLAIM');
  await stage.does('office', on(37), number, 'ASSIGN_VERIFICATION', { verifierIds: [stage.id('inspector')], verifyBy: finding.course === 'inspection' ? '2020-05-15' : on(42) });
  if (finding.course === 'inspection') return;
  if (finding.course === 'closedAfterSendBack') {
    await stage.does('inspector', on(38), number, 'SEND_BACK', { method: 'documents', companions: ['核查员乙'], missing: '抽查三份随访记录缺少签字，补正后再申请。' });
    await stage.does(unit, on(40), number, 'REPORT', { text: '已逐份补正签字并复核。' });
    await stage.claim(number, finding, on(41));
    await stage.does(head, on(41), number, 'SIGN_CLAIM');
    await stage.does('office', on(42), number, 'ASSIGN_VERIFICATION', { verifierIds: [stage.id('inspector')], verifyBy: on(45) });
  }
  await stage.does('inspector', on(43), number, 'PASS', { method: 'onSite', companions: ['核查员乙'], note: '现场查看资料和实际情况，达到销号标准。' });
  await stage.does(finding.major ? 'leader' : 'office', on(46), number, 'CLOSE', { outcome: 'rectified', decisionNumber: '张扶领办〔2020〕演示1号' });
  if (finding.course === 'closedAndLookedBack') await stage.does('inspector3', plusDays(on(46), 5), number, 'LOOK_BACK', { method: 'household', companions: ['核查员丁'], result: 'sound', note: '随机走访，未发现反弹。' });
}

/** A common problem: six counties each put it right; five are closed, one is verified and waits for its closure. */
async function sixParts(stage: Theatre, number: string, finding: DemoFinding, start: string): Promise<void> {
  await stage.assign(number, finding, start, '2020-06-30', counties.map(([key]) => stage.places.unit[key]));
  const on = (days: number): string => plusDays(start, days);
  await stage.does(finding.unit, on(9), number, 'SUBMIT_PLAN', { measures: finding.measures.map((text) => ({ text, ownerUnitId: stage.places.unit[finding.unit], owner: '经办甲', dueOn: '2020-06-20', deliverable: '工作台账' })) });
  await stage.does(`${finding.unit}-head`, on(10), number, 'SIGN_PLAN');
  await stage.does('office', on(11), number, 'APPROVE_PLAN');
  for (const [index, [county]] of counties.entries()) {
    const part = `${number}-0${index + 1}`;
    const measures = [{ text: '逐户修订帮扶计划', ownerUnitId: stage.places.unit[county], owner: '经办甲', dueOn: on(28), deliverable: '修订后的计划' }];
    await stage.does(county, on(4), part, 'ACCEPT');
    await stage.does(county, on(12), part, 'SUBMIT_PLAN', { measures });
    await stage.does(`${county}-head`, on(13), part, 'SIGN_PLAN');
    await stage.does('office', on(14), part, 'APPROVE_PLAN');
    await stage.does(county, on(29), part, 'REPORT', { text: '已逐户修订完成。', progress: [{ id: 1, percent: 100 }] });
    await stage.claim(part, { ...finding, unit: county }, on(30));
    await stage.does(`${county}-head`, on(31), part, 'SIGN_CLAIM');
    await stage.does('office', on(32), part, 'ASSIGN_VERIFICATION', { verifierIds: [stage.id('inspector2')], verifyBy: on(40) });
    await stage.does('inspector2', on(38), part, 'PASS', { method: 'household', companions: ['核查员甲'], note: '入户核对，计划措施有针对性。' });
    if (index < 5) await stage.does('office', on(44), part, 'CLOSE', { outcome: 'rectified', decisionNumber: '张扶领办〔2020〕演示2号' });
  }
}
