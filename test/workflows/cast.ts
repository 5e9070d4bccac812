import { createHash } from 'node:crypto';
import { current } from '../../workflows/registry.js';
import { stagePath, step } from '../../workflows/step.js';
import type { Actor, OnBehalf, Relation, Role } from '../../workflows/actor.js';
import type { FindingContext, Snapshot, Switches } from '../../workflows/finding.js';
import type { Calendar, StepResult, Waiting, WorkflowEvent } from '../../workflows/types.js';

/** The table of 2020 around Labour Day, as it was published. */
export const calendar: Calendar = {
  years: [2020],
  days: Object.fromEntries([
    ...['2020-04-26', '2020-05-09', '2020-06-28'].map((day) => [day, { off: false, name: '调休' }]),
    ...['2020-05-01', '2020-05-02', '2020-05-03', '2020-05-04', '2020-05-05', '2020-06-25', '2020-06-26', '2020-06-27'].map((day) => [day, { off: true, name: '节假日' }]),
  ]),
};

export const cityOffice = 1, transportBureau = 2, waterBureau = 3, inspectionTeam = 4, ganzhou = 5, linze = 6, reformCommission = 7;

/** The small named cast. Everybody belongs to their own unit. */
export const clerk = person(11, '办公室甲', 'office', cityOffice, ['host', 'jurisdiction']);
export const secondClerk = person(12, '办公室乙', 'office', cityOffice, ['host', 'jurisdiction']);
export const otherOffice = person(13, '甘州办公室甲', 'office', ganzhou, ['jurisdiction']);
export const handler = person(21, '交通经办甲', 'handler', transportBureau, ['lead'], ['lead']);
export const head = person(22, '交通负责人', 'head', transportBureau, ['lead'], ['lead']);
export const waterHandler = person(31, '水务经办甲', 'handler', waterBureau, ['supporting'], ['supporting']);
export const stranger = person(33, '水务经办乙', 'handler', waterBureau, []);
export const inspector = person(41, '核查甲', 'inspector', inspectionTeam, ['jurisdiction']);
export const secondInspector = person(42, '核查乙', 'inspector', inspectionTeam, ['jurisdiction']);
export const secondedInspector = person(43, '挂职核查', 'inspector', inspectionTeam, ['jurisdiction'], ['lead']);
export const leader = person(51, '牵头领导', 'leader', cityOffice, ['jurisdiction']);
export const sector = person(71, '发改审核甲', 'sector', reformCommission, ['sector']);
export const checker = person(23, '交通经办乙', 'handler', transportBureau, ['checker'], ['checker']);
export const engine = person(0, '系统', 'system', 0, []);
export const everybody: readonly Actor[] = [clerk, secondClerk, otherOffice, handler, head, waterHandler, stranger, inspector, secondInspector, secondedInspector, leader, sector, checker, engine];

export function person(personId: number, name: string, role: Role, unitId: number, relations: readonly Relation[], belongs: readonly Relation[] = []): Actor {
  return { personId, name, role, unitId, unitName: `单位${unitId}`, relations, belongs };
}

/** The same person in another post, as after a transfer. */
export function inPost(one: Actor, role: Role, relations: readonly Relation[], unitId = one.unitId): Actor {
  return { ...one, role, relations, belongs: [], unitId };
}

export const aspects = { leadUnitId: transportBureau, requirement: '补齐前期手续', closureStandard: '手续批复全部取得', rectificationType: 'staged', deadline: '2020-06-30' };
export const measures = [{ text: '倒排工期', ownerUnitId: transportBureau, owner: '交通经办甲', dueOn: '2020-05-31', deliverable: '进度表' }];
export const checklist = { measuresDone: true, standardMet: true, effectLasting: true, rulesMade: true, evidenceComplete: true };

/** What each form holds when it is filled in as it should be. */
export const filledIn: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  LIST: { title: '部分村组道路项目前期手续偏慢', description: '抽查 3 个项目,2 个未取得批复。', severity: 'ordinary', number: 'ZG-2020-0001', hostOfficeId: cityOffice },
  ADOPT: { title: '扶贫车间用工台账与实际不符', description: '原台账接续。', basis: '2019 年整改台账', stage: 'closed', number: 'ZG-2020-0002', hostOfficeId: cityOffice },
  HAND_OUT: { checkUnitId: transportBureau, checkBy: '2020-05-20' },
  REPORT_CHECK: { result: 'founded', note: '经现场核实,情况属实。附照片。' },
  RECALL_CHECK: { reason: '核实单位填写有误。' },
  RETURN_CHECK: { reason: '该路段由甘州区管养，不属我局职责。', suggestedUnitId: ganzhou },
  HAND_ON: { handedOnTo: ganzhou, checkBy: '2020-05-18' },
  REPORT_UP: { result: 'partly', note: '到村核实，两处属实，一处已办结。' },
  SEND_BACK_CHECK: { missing: '没有说明核实了哪几个村组,请补充。' },
  CONFIRM: { note: '同意认定。', number: 'ZG-2020-0001' },
  DISMISS: { reason: '现场已有批复文件,问题不存在。', evidence: ['scan-1'] },
  ASSIGN: aspects,
  REASSIGN: { leadUnitId: transportBureau, deadline: '2020-06-30', reason: '原单位职责已划转。' },
  RECALL: { reason: '责任单位填写有误。' },
  RETURN: { reason: '该路段由甘州区建设和管养,不属我局职责。', suggestedUnitId: ganzhou },
  ACCEPT: {},
  DECOMPOSE: { parts: [{ unitId: ganzhou, deadline: '2020-06-15' }] },
  SUBMIT_PLAN: { measures },
  SIGN_PLAN: {}, APPROVE_PLAN: {},
  RETURN_PLAN: { reason: '措施太笼统。' },
  REJECT_PLAN: { reason: '措施没有对应到每个项目,请逐个写明。' },
  REPORT: { text: '两个项目已取得批复。', progress: [{ id: 1, percent: 100, done: true }] },
  ATTACH: { evidence: ['photo-1'], phase: 'after' },
  REQUEST_EXTENSION: { reason: '汛期无法施工,请求顺延一个月。', requestedDate: '2020-07-31' },
  GRANT: { deadline: '2020-07-31' },
  REFUSE: { reason: '理由不充分。' },
  CLAIM: { text: '三个项目手续全部取得批复。', checklist, evidence: ['scan-2'] },
  SIGN_CLAIM: {}, RETURN_CLAIM: { reason: '材料不全。' }, WITHDRAW_CLAIM: { reason: '还差一份批复。' },
  GIVE_OPINION: { opinion: 'agree', note: '符合行业要求。' },
  ASSIGN_VERIFICATION: { verifierIds: [inspector.personId], verifiers: [inspector], verifyBy: '2020-06-10' },
  PASS: { method: 'onSite', companions: ['核查乙'], note: '逐个项目查看了批复。' },
  SEND_BACK: { method: 'onSite', companions: ['核查乙'], missing: '第三个项目的批复没有见到原件。' },
  OBJECT: { from: '某镇村民', text: '有一段路没有修。' },
  SETTLE_OBJECTION: { result: '现场复核,该段不在本项目内,已向来访人说明。' },
  NOTICE_OVER: {},
  CLOSE: { outcome: 'rectified', decisionNumber: '整改办〔2020〕7号' },
  LOOK_BACK: { method: 'onSite', companions: ['核查乙'], result: 'sound', note: '成果稳固。' },
  SPOT_CHECK: { method: 'onSite', companions: ['核查乙'], result: 'sound', note: '阶段目标已达到。' },
  PROPOSE_REOPENING: { reason: '回头看发现手续被撤销,问题反弹。', evidence: ['photo-2'] },
  REOPEN: { reason: '问题反弹,同意重新挂号整改。', deadline: '2020-12-31' },
  REFUSE_REOPENING: { reason: '撤销系程序更正,已重新批复。' },
  AMEND: { title: '村组道路项目前期手续偏慢', reason: '原标题多写了“部分”二字。' },
  RECLASSIFY: { categoryId: 2, reason: '清单中归错了类。', categoryWas: { id: 1, name: '道路建设' }, categoryIs: { id: 2, name: '产业就业' } },
  APPEAL: { reason: '问题描述与现场不符,请复核。' },
  DECIDE_APPEAL: { result: 'rejected', reason: '经复核描述属实,维持原认定。' },
  INSTRUCT: { text: '抓紧办理。', unitId: transportBureau },
  REPLY_INSTRUCTION: { text: '已倒排工期,每周调度一次。' },
  PROPOSE_SUSPENSION: { reason: '项目用地涉诉,等待判决结果。' },
  SUSPEND: { reason: '同意中止。' },
  REFUSE_SUSPENSION: { reason: '不影响手续办理,不予中止。' },
  RESUME: { reason: '判决已生效。' },
  PROPOSE_CONTINUING: { reason: '管护长效机制需要持续三年。', reviewOn: '2021-05-01' },
  TURN_CONTINUING: { reviewOn: '2021-05-01' },
  REFUSE_CONTINUING: { reason: '目标单一,应当按期销号。' },
  REVIEW: { result: 'done', note: '目标达到。' },
  MERGE: { target: 'ZG-2020-0009', reason: '同一问题。', targetFacts: { open: true, hostOfficeId: cityOffice, mergedInto: null, listedOn: '2020-05-01' } },
  TRANSFER: { receiver: '某纪检机关', reason: '涉嫌违纪。', evidence: ['scan-3'] },
  WITHDRAW: { reason: '重复登记,予以撤销。' },
  UNFOUND: { reason: '复核认定问题不存在。', evidence: ['scan-4'] },
  SPLIT: { pieces: [{ title: '另一条道路未立项', description: '核对中发现另一条道路没有立项。' }], numbers: ['ZG-2020-0010'], reason: '两件不同的问题写在了一条里。' },
  SUCCEED: { reason: '机构改革，职能划转。', succession: { [transportBureau]: waterBureau } },
  ABSORB: { merged: 'ZG-2020-0008', sources: [], marks: [] },
  PART_CHANGED: { part: 'ZG-2020-0001-01', open: false, deadline: '2020-06-15' },
  PARENT_CHANGED: { deadline: '2020-07-31' },
};

export interface Asked {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly on?: string;
  readonly behalf?: OnBehalf;
}

/** Asks the workflow one thing, on an ordinary Monday unless told otherwise. */
export function ask(snapshot: Snapshot | null, type: string, actor: Actor, { data = {}, on = '2020-05-11', behalf }: Asked = {}): StepResult {
  return step(current, snapshot, eventOf(type, actor, { ...filledIn[type], ...data }, on, behalf ?? null), calendar);
}

export function eventOf(type: string, actor: Actor, data: WorkflowEvent['data'], on: string, onBehalf: OnBehalf | null = null): WorkflowEvent {
  return { type, actor, data, onBehalf, occurredAt: `${on}T01:00:00.000Z`, today: on, dates: {} };
}

/** Asks and expects it to be done; names the rules in the way when it is not. */
export function done(snapshot: Snapshot | null, type: string, actor: Actor, asked: Asked = {}): Snapshot {
  const result = ask(snapshot, type, actor, asked);
  if (result.kind === 'refused') throw new Error(`${type} by ${actor.name} was refused: ${result.refusals.map((each) => each.rule).join(', ')}`);
  return result.snapshot;
}

/** Asks and expects a refusal: the rules that stand in the way. */
export function refusedBy(snapshot: Snapshot | null, type: string, actor: Actor, asked: Asked = {}): readonly string[] {
  const result = ask(snapshot, type, actor, asked);
  return result.kind === 'refused' ? result.refusals.map((each) => each.rule) : [];
}

/** 代录: entered for somebody on a numbered paper. */
export function onBehalfOf(principal: Actor): OnBehalf {
  return { principal, basisNumber: '整改办〔2020〕7号', basisDate: '2020-05-08', scan: 'scan-9' };
}

/** A finding brought to a state by its own events. */
export function findingAt(path: string, options: { readonly switches?: Partial<Switches>; readonly severity?: 'ordinary' | 'major' } = {}): Snapshot {
  const list = (more: Readonly<Record<string, unknown>> = {}): Snapshot => done(null, 'LIST', clerk, { data: { severity: options.severity ?? 'ordinary', switches: options.switches ?? {}, ...more } });
  switch (path) {
    case 'suspected.toCheck': return list({ suspected: true, number: 'XS-2020-0001' });
    case 'suspected.checking': return done(findingAt('suspected.toCheck', options), 'HAND_OUT', clerk);
    case 'suspected.checked': return done(findingAt('suspected.checking', options), 'REPORT_CHECK', checker);
    case 'listed': return list();
    case 'assigned': return done(list(), 'ASSIGN', clerk, { data: { supportingUnitIds: [waterBureau], sectorUnitId: reformCommission } });
    case 'rectifying.planning': return done(findingAt('assigned', options), 'ACCEPT', handler);
    case 'rectifying.planSigning': return done(findingAt('rectifying.planning', options), 'SUBMIT_PLAN', handler);
    case 'rectifying.planReview': return done(findingAt('rectifying.planSigning', options), 'SIGN_PLAN', head);
    case 'rectifying.executing': {
      const reviewed = findingAt('rectifying.planReview', options);
      return done(options.switches?.sectorReview ? done(reviewed, 'GIVE_OPINION', sector) : reviewed, 'APPROVE_PLAN', clerk);
    }
    case 'rectifying.claimSigning': return done(done(findingAt('rectifying.executing', options), 'REPORT', handler), 'CLAIM', handler);
    case 'verifying.sectorReview': return done(findingAt('rectifying.claimSigning', { ...options, switches: { ...options.switches, sectorReview: true } }), 'SIGN_CLAIM', head);
    case 'verifying.inspection': return done(done(findingAt('rectifying.claimSigning', options), 'SIGN_CLAIM', head), 'ASSIGN_VERIFICATION', clerk);
    case 'verified.notice': return done(findingAt('verifying.inspection', { ...options, switches: { ...options.switches, noticeDays: 5 } }), 'PASS', inspector);
    case 'verified.approval': return done(findingAt('verifying.inspection', options), 'PASS', inspector);
    case 'closed': return options.severity === 'major' ? done(findingAt('verified.approval', options), 'CLOSE', leader) : done(findingAt('verified.approval', options), 'CLOSE', clerk);
    case 'continuing': {
      const proposed = done(done(findingAt('rectifying.executing', options), 'SPOT_CHECK', inspector), 'PROPOSE_CONTINUING', clerk);
      return done(proposed, 'TURN_CONTINUING', leader);
    }
    case 'suspended': return done(done(findingAt('rectifying.executing', options), 'PROPOSE_SUSPENSION', clerk), 'SUSPEND', leader);
    case 'unfounded': return done(findingAt('listed', options), 'UNFOUND', clerk);
    case 'merged': return done(findingAt('listed', options), 'MERGE', clerk);
    case 'transferred': return done(findingAt('listed', options), 'TRANSFER', clerk);
    case 'withdrawn': return done(findingAt('listed', options), 'WITHDRAW', clerk);
    default: throw new Error(`No finding comes to ${path}.`);
  }
}

/** Every state after the first event, in the order of a finding's life. */
export const states: readonly string[] = [
  'suspected.toCheck', 'suspected.checking', 'suspected.checked', 'listed', 'assigned', 'rectifying.planning', 'rectifying.planSigning', 'rectifying.planReview', 'rectifying.executing', 'rectifying.claimSigning',
  'verifying.sectorReview', 'verifying.inspection', 'verified.notice', 'verified.approval', 'closed', 'continuing', 'suspended', 'unfounded', 'merged', 'transferred', 'withdrawn',
];

/** Whom it waits for, and for what. */
export function waitingFor({ value, context }: Snapshot): readonly Waiting[] {
  return current.waiting(stagePath(value), context);
}

/** A finding with some of its facts as a test needs them. */
export function withFacts(snapshot: Snapshot, facts: Partial<FindingContext>): Snapshot {
  return { ...snapshot, context: { ...snapshot.context, ...facts } };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
