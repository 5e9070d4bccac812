import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { people, settings } from '../../db/schema/index.js';
import { plusDays } from '../../workflows/calendar.js';
import type { Clock } from '../clock.js';
import type { House, Person } from '../context.js';
import { loadCalendar } from '../calendar/load.js';
import { act, type NewEvidence } from '../findings/commands/act.js';
import { listFindings, type NewFinding } from '../findings/commands/list.js';
import { setting } from '../house.js';
import { peopleQueries } from '../people/queries.js';
import { makeArrivals } from './arrival.js';
import { playNotices } from './handout.js';
import { lookBackFindings, ownFindings, type DemoFinding } from './findings.js';
import { demoMeeting } from './meetings.js';
import { reportingWeeks } from './reporting.js';
import { categoryNames, counties, departments, makeOrganisation, type DemoPlaces, type UnitKey } from './organisation.js';
import { drawDemoSample } from './verification.js';

/** The day of the newspaper report: the demonstration's business date. */
export const demoDate = '2020-05-11';

/** Is this ledger the demonstration, or half of one? `npm start` refuses it. */
export async function isDemo(house: Pick<House, 'db'>): Promise<boolean> {
  return (await setting(house.db, 'demo')) !== undefined;
}

/** Was loading it broken off? */
export async function isHalfDemo(house: Pick<House, 'db'>): Promise<boolean> {
  return (await setting(house.db, 'demo')) === 'loading';
}

/**
 * Loads the demonstration case into an empty ledger, every history run through the workflow itself. The ledger is known as a
 * demonstration before its first invented row. `progress` hears how far it is. Nothing happens when it is there.
 */
export async function loadDemo(house: House, progress: (done: string) => void = () => undefined): Promise<void> {
  if (await isDemo(house)) return;
  const [somebody] = await house.db.reader.select({ id: people.id }).from(people).limit(1);
  if (somebody) throw new Error('This ledger is in use already; the demonstration needs an empty one. Choose another DATA_DIR.');
  await house.db.commit(changeset(insertRow(settings, { name: 'demo', value: 'loading' })));
  await loadCalendar(house);
  const places = await makeOrganisation(house);
  progress('organisation');
  const stage = new Theatre(house, places);
  await stage.load();
  for (const [index, each] of [...lookBackFindings, ...ownFindings].entries()) await stage.play(each, index);
  progress('findings');
  await stage.clues();
  await stage.meeting();
  await drawDemoSample(house, { unitId: places.unit.city, campaignId: places.campaign.rectification, date: '2020-05-08' });
  await playNotices(house, (date, hour) => stage.at(date, hour));
  progress('clues');
  await makeArrivals(house, places, demoDate);
  await reportingWeeks(house, places);
  await house.db.commit(changeset(updateRow(settings, { value: '1' }, { name: 'demo' }, 'demo'), insertRow(settings, { name: 'businessDate', value: demoDate })));
}

/** Plays the histories: people of the cast act at scripted times through the same commands that pages use. */
class Theatre {
  private readonly people = new Map<string, Person>();

  constructor(private readonly house: House, private readonly places: DemoPlaces) {}

  async load(): Promise<void> {
    const queries = peopleQueries(this.house.db.reader);
    for (const { id, username } of await this.house.db.reader.select({ id: people.id, username: people.username }).from(people)) {
      const person = await queries.person(id, demoDate);
      if (person) this.people.set(username, person);
    }
  }

  async play(finding: DemoFinding, index: number): Promise<void> {
    const fromProvince = index < lookBackFindings.length;
    const start = plusDays('2020-03-13', index % 5);
    const number = await this.list(finding, start, fromProvince ? this.places.source.lookBack : this.places.source.selfCheck, String(fromProvince ? index + 1 : index - lookBackFindings.length + 1));
    if (finding.course === 'sixParts') return this.sixParts(number, finding, start);
    const open = !finding.course.startsWith('closed');
    await this.assign(number, finding, start, open ? '2020-06-30' : finding.course === 'closedImmediately' ? '2020-04-20' : '2020-05-10');
    await this.rectify(number, finding, start);
  }

  private async rectify(number: string, finding: DemoFinding, start: string): Promise<void> {
    const [unit, head] = [finding.unit, `${finding.unit}-head`];
    const on = (days: number): string => plusDays(start, days);
    if (finding.course !== 'closedImmediately') {
      if (finding.course === 'planning') return;
      await this.does(unit, on(9), number, 'SUBMIT_PLAN', { measures: finding.measures.map((text, at) => ({ text, ownerUnitId: this.places.unit[unit], owner: '经办甲', dueOn: at === 0 ? on(30) : on(34), deliverable: at === 0 ? '工作台账' : '制度文件' })) });
      await this.does(head, on(10), number, 'SIGN_PLAN');
      if (finding.course === 'planReview') return;
      await this.does('office', on(12), number, 'APPROVE_PLAN', { note: '同意，抓紧组织实施。' });
    }
    const measures = finding.course === 'closedImmediately' ? [] : [1, 2];
    await this.does(unit, on(20), number, 'REPORT', { text: `已召开专题会议研究部署，${finding.measures[0] ?? ''}正在推进。`, ...(measures.length > 0 ? { progress: [{ id: 1, percent: 60 }] } : {}) });
    if (finding.course === 'extension') {
      await this.does(unit, '2020-05-06', number, 'REPORT', { text: '八个项目已办结前期手续，余三个正在办理用地预审。' });
      await this.does('leader', '2020-05-08', number, 'INSTRUCT', { text: '请逐项倒排，确保六月底前全部开工，并书面回复进展。', unitId: this.places.unit[unit] });
      await this.does(unit, '2020-05-09', number, 'REQUEST_EXTENSION', { reason: '部分项目正在招投标，受汛期影响，需延长施工准备时间。', requestedDate: '2020-07-31' });
      return;
    }
    if (measures.length > 0) await this.does(unit, on(34), number, 'REPORT', { text: '各项措施已全部落实，正在整理资料。', progress: measures.map((id) => ({ id, percent: 100 })) });
    await this.claim(number, finding, on(35));
    if (finding.course === 'claimSigning') return;
    await this.does(head, on(36), number, 'SIGN_CLAIM');
    await this.does('office', on(37), number, 'ASSIGN_VERIFICATION', { verifierIds: [this.id('inspector')], verifyBy: finding.course === 'inspection' ? '2020-05-15' : on(42) });
    if (finding.course === 'inspection') return;
    if (finding.course === 'closedAfterSendBack') {
      await this.does('inspector', on(38), number, 'SEND_BACK', { method: 'documents', companions: ['核查员乙'], missing: '抽查三份随访记录缺少签字，补正后再申请。' });
      await this.does(unit, on(40), number, 'REPORT', { text: '已逐份补正签字并复核。' });
      await this.claim(number, finding, on(41));
      await this.does(head, on(41), number, 'SIGN_CLAIM');
      await this.does('office', on(42), number, 'ASSIGN_VERIFICATION', { verifierIds: [this.id('inspector')], verifyBy: on(45) });
    }
    await this.does('inspector', on(43), number, 'PASS', { method: 'onSite', companions: ['核查员乙'], note: '现场查看资料和实际情况，达到销号标准。' });
    await this.does(finding.major ? 'leader' : 'office', on(46), number, 'CLOSE', { outcome: 'rectified', decisionNumber: '张扶领办〔2020〕演示1号' });
    if (finding.course === 'closedAndLookedBack') await this.does('inspector2', plusDays(on(46), 5), number, 'LOOK_BACK', { method: 'household', companions: ['核查员甲'], result: 'sound', note: '随机走访，未发现反弹。' });
  }

  /** A common problem: six counties each put it right; five are closed, one is verified and waits for its closure. */
  private async sixParts(number: string, finding: DemoFinding, start: string): Promise<void> {
    await this.assign(number, finding, start, '2020-06-30', counties.map(([key]) => this.places.unit[key]));
    const on = (days: number): string => plusDays(start, days);
    await this.does(finding.unit, on(9), number, 'SUBMIT_PLAN', { measures: finding.measures.map((text) => ({ text, ownerUnitId: this.places.unit[finding.unit], owner: '经办甲', dueOn: '2020-06-20', deliverable: '工作台账' })) });
    await this.does(`${finding.unit}-head`, on(10), number, 'SIGN_PLAN');
    await this.does('office', on(11), number, 'APPROVE_PLAN');
    for (const [index, [county]] of counties.entries()) {
      const part = `${number}-0${index + 1}`;
      const measures = [{ text: '逐户修订帮扶计划', ownerUnitId: this.places.unit[county], owner: '经办甲', dueOn: on(28), deliverable: '修订后的计划' }];
      await this.does(county, on(4), part, 'ACCEPT');
      await this.does(county, on(12), part, 'SUBMIT_PLAN', { measures });
      await this.does(`${county}-head`, on(13), part, 'SIGN_PLAN');
      await this.does('office', on(14), part, 'APPROVE_PLAN');
      await this.does(county, on(29), part, 'REPORT', { text: '已逐户修订完成。', progress: [{ id: 1, percent: 100 }] });
      await this.claim(part, { ...finding, unit: county }, on(30));
      await this.does(`${county}-head`, on(31), part, 'SIGN_CLAIM');
      await this.does('office', on(32), part, 'ASSIGN_VERIFICATION', { verifierIds: [this.id('inspector2')], verifyBy: on(40) });
      await this.does('inspector2', on(38), part, 'PASS', { method: 'household', companions: ['核查员甲'], note: '入户核对，计划措施有针对性。' });
      if (index < 5) await this.does('office', on(44), part, 'CLOSE', { outcome: 'rectified', decisionNumber: '张扶领办〔2020〕演示2号' });
    }
  }

  /** 266 suspected problems of eight categories, all handed out; forty have been reported back and wait for their judgement. */
  async clues(): Promise<void> {
    const units: readonly UnitKey[] = [...departments.map(([key]) => key), ...counties.map(([key]) => key)];
    const all = Array.from({ length: 266 }, (_, index) => this.clue(index));
    const numbers = await listFindings(this.at('2020-04-22', 9), this.person('office'), all, { commandKey: randomUUID() });
    for (const [index, number] of numbers.entries()) {
      const unit = units[index % units.length] ?? 'ganzhou';
      await this.does('office', '2020-04-23', number, 'HAND_OUT', { checkUnitId: this.places.unit[unit], checkBy: index % 9 === 0 ? '2020-05-08' : '2020-05-20' });
      if (index % 7 === 3 && index < 280) await this.does(unit, '2020-05-06', number, 'REPORT_CHECK', { result: index % 3 === 0 ? 'unfounded' : index % 3 === 1 ? 'founded' : 'partly', note: '已到现场核实，情况附后说明。' });
    }
  }

  /** Tomorrow's meeting, and what waits for it. */
  async meeting(): Promise<void> {
    await demoMeeting(this.at('2020-05-09', 9), this.person('office'), this.places.unit.office, '2020-05-11');
  }

  private clue(index: number): NewFinding {
    const category = categoryNames[index % categoryNames.length] ?? '信息数据';
    return {
      data: { title: `${category}疑似问题：${clueTexts[index % clueTexts.length] ?? ''}`, description: `排查比对发现某镇疑似存在“${clueTexts[index % clueTexts.length] ?? ''}”情况，请核实。`, severity: 'ordinary', suspected: true },
      adopted: false, sourceId: this.places.source.hundredDays, originalNumber: String(index + 1), verbatim: '', campaignId: this.places.campaign.hundredDays, categoryId: this.places.category[category] ?? null,
    };
  }

  private async list(finding: DemoFinding, date: string, sourceId: number, originalNumber: string): Promise<string> {
    const data = { title: finding.title, description: `${finding.title}，影响工作成效，需限期整改。`, severity: finding.major ? 'major' : 'ordinary', requirement: finding.measures.join('；'), closureStandard: finding.standard };
    const one = { data, adopted: false, sourceId, originalNumber, verbatim: finding.title, campaignId: this.places.campaign.rectification, categoryId: this.places.category[finding.category] ?? null };
    const [number = ''] = await listFindings(this.at(date, 9), this.person('office'), [one], { commandKey: randomUUID() });
    return number;
  }

  private async assign(number: string, finding: DemoFinding, start: string, deadline: string, responsibleUnitIds: readonly number[] = []): Promise<void> {
    await this.does('office', plusDays(start, 2), number, 'ASSIGN', {
      leadUnitId: this.places.unit[finding.unit], requirement: finding.measures.join('；'), closureStandard: finding.standard, deadline,
      rectificationType: finding.course === 'closedImmediately' ? 'immediate' : 'staged', supervisor: '市办经办乙', ...(responsibleUnitIds.length > 0 ? { responsibleUnitIds } : {}),
    });
    await this.does(finding.unit, plusDays(start, 3), number, 'ACCEPT', { responsible: '经办甲' });
  }

  private async claim(number: string, finding: DemoFinding, date: string): Promise<void> {
    const text = `演示材料：${finding.title}\n整改情况报告（演示·非公文）\n`;
    const stored = await this.house.files.put(Readable.from([Buffer.from(text)]), 1_000_000);
    const file: NewEvidence = { id: randomUUID(), kind: 'document', name: '整改情况报告（演示）.txt', mediaType: 'text/plain', size: stored.size, sha256: stored.sha256 };
    await this.does(finding.unit, date, number, 'CLAIM', { text: `${finding.title}已整改到位，达到“${finding.standard}”。`, checklist: { measuresDone: true, standardMet: true, effectLasting: true, rulesMade: true, evidenceComplete: true } }, [file]);
  }

  private async does(username: string, date: string, number: string, event: string, data: Readonly<Record<string, unknown>> = {}, files: readonly NewEvidence[] = []): Promise<void> {
    await act(this.at(date, 10), this.person(username), { number, event, data, seen: null, onBehalf: null, files }, randomUUID());
  }

  at(date: string, hour: number): House {
    const occurring = `${date}T${String(hour - 8).padStart(2, '0')}:00:00.000Z`;
    const clock: Clock = { zone: this.house.clock.zone, now: () => this.house.clock.now(), occurring: () => occurring, today: () => date };
    return { ...this.house, clock };
  }

  private person(username: string): Person {
    const person = this.people.get(username);
    if (!person) throw new Error(`Nobody in the demonstration is called ${username}.`);
    return person;
  }

  private id(username: string): number {
    return this.person(username).id;
  }
}

const clueTexts = ['档案资料不齐', '登记信息不一致', '帮扶措施未更新', '公示内容缺项', '台账更新不及时', '政策享受需核实', '验收资料待补充', '管护责任不明确'];

