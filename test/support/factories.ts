import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { House } from '../../src/context.js';
import { act, type Outcome, type Request } from '../../src/findings/commands/act.js';
import type { NewEvidence } from '../../src/findings/commands/evidence.js';
import { listFindings, type NewFinding } from '../../src/findings/commands/list.js';
import type { Cast } from './cast.js';

/** A finding of the road bureau, as the office lists it. */
export function aFinding(cast: Cast, data: Readonly<Record<string, unknown>> = {}): NewFinding {
  return {
    data: { title: '部分村组道路项目前期手续偏慢', description: '部分村组道路项目前期手续办理偏慢,影响开工。', severity: 'ordinary', ...data },
    adopted: false, sourceId: cast.sourceId, originalNumber: '7', verbatim: '', campaignId: null, categoryId: null,
  };
}

/** Lists one and answers with its number. */
export async function listed(house: House, cast: Cast, data: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const [number = ''] = await listFindings(house, await cast.person('office'), [aFinding(cast, data)], { commandKey: randomUUID() });
  return number;
}

/** Does something as somebody. */
export async function does(house: House, cast: Cast, username: string, number: string, event: string, data: Readonly<Record<string, unknown>> = {}, rest: Partial<Request> = {}): Promise<Outcome> {
  return act(house, await cast.person(username), { number, event, data, seen: null, onBehalf: null, files: [], ...rest }, randomUUID());
}

/** A photo, stored, that goes along with a form. */
export async function photo(house: House, content = '整改后现场照片'): Promise<NewEvidence> {
  const { sha256, size } = await house.files.put(Readable.from([Buffer.from(content)]), 1_000_000);
  return { id: randomUUID(), kind: 'photo', name: '现场照片.jpg', mediaType: 'image/jpeg', size, sha256 };
}

export const assignment = { leadUnitId: 3, requirement: '倒排工期,逐项办结前期手续。', closureStandard: '全部项目前期手续办结并开工。', rectificationType: 'staged', deadline: '2020-06-30' } as const;
export const plan = { measures: [{ text: '逐项倒排,周调度', ownerUnitId: 3, owner: '经办甲', dueOn: '2020-06-10', deliverable: '调度表' }] } as const;
export const claim = { text: '全部项目已办结前期手续并开工。', checklist: { measuresDone: true, standardMet: true, effectLasting: true, rulesMade: true, evidenceComplete: true } } as const;
export const verdict = { method: 'onSite', companions: ['核查乙'], note: '已到现场查看,属实。' } as const;

/** From the list to the end, or to just before `until`. */
export async function walked(house: House, cast: Cast, number: string, until = ''): Promise<void> {
  const steps: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
    ['office', 'ASSIGN', assignment], ['transport', 'ACCEPT', {}], ['transport', 'SUBMIT_PLAN', plan], ['transport-head', 'SIGN_PLAN', {}], ['office', 'APPROVE_PLAN', {}],
    ['transport', 'REPORT', { text: '已全部办结', progress: [{ id: 1, percent: 100 }] }], ['transport', 'CLAIM', claim], ['transport-head', 'SIGN_CLAIM', {}],
    ['office', 'ASSIGN_VERIFICATION', { verifierIds: [7] }], ['inspector', 'PASS', verdict], ['office', 'CLOSE', { outcome: 'rectified', decisionNumber: '张整〔2020〕1号' }],
  ];
  for (const [username, event, data] of steps) {
    if (event === until) return;
    await does(house, cast, username, number, event, data, { files: event === 'CLAIM' ? [await photo(house)] : [] });
  }
}
