import { describe, expect, it } from 'vitest';
import type { FindingContext, Snapshot } from '../../workflows/finding.js';
import { countedParts } from '../../workflows/parts.js';
import { current } from '../../workflows/registry.js';
import type { Actor } from '../../workflows/actor.js';
import type { Effect } from '../../workflows/types.js';
import { ask, clerk, done, engine, findingAt, ganzhou, handler, head, inPost, inspector, leader, linze, measures, refusedBy, reformCommission, secondClerk, secondInspector, sector, transportBureau, waterBureau, waterHandler, withFacts } from './cast.js';

const unsound = { data: { result: 'unsound' } };

/** What an event that is done leads on to. */
function asked(...question: [snapshot: Snapshot, type: string, actor: Actor, asked?: Parameters<typeof ask>[3]]): { readonly effects: readonly Effect[] } {
  const result = ask(...question);
  return { effects: result.kind === 'moved' ? result.effects : [] };
}

describe('fresh eyes', () => {
  it('whoever passed it does not overrule a colleague who found it unsound, nor look back at it', () => {
    const found = done(findingAt('verified.approval'), 'SPOT_CHECK', secondInspector, { data: { ...unsound.data, companions: ['外请专家'] } });
    expect(refusedBy(found, 'CLOSE', clerk)).toEqual(['notFoundUnsound']);
    expect(refusedBy(found, 'SPOT_CHECK', inspector)).toEqual(['never.pass.thisCycle']);
    expect(refusedBy(findingAt('closed'), 'LOOK_BACK', inspector)).toEqual(['never.pass.thisCycle']);
    expect(refusedBy(findingAt('closed'), 'LOOK_BACK', secondInspector, { data: { companionActors: [inspector] } })).toEqual(['companionsFree']);
  });

  it('whoever closed it does not refuse to reopen it, but may agree', () => {
    const proposed = done(findingAt('closed'), 'PROPOSE_REOPENING', secondInspector);
    expect(refusedBy(proposed, 'REFUSE_REOPENING', clerk)).toEqual(['never.close.thisCycle']);
    expect(refusedBy(proposed, 'REFUSE_REOPENING', secondClerk)).toEqual([]);
    expect(refusedBy(proposed, 'REOPEN', clerk)).toEqual([]);
  });

  it('whoever goes along to a decision on closure is excluded by the same', () => {
    const formerHandler = inPost(handler, 'office', ['host'], 1);
    expect(refusedBy(findingAt('verified.approval'), 'SEND_BACK', clerk, { data: { companionActors: [formerHandler] } })).toEqual(['companionsFree']);
    expect(refusedBy(findingAt('verified.approval'), 'SEND_BACK', clerk, { data: { companionActors: [secondClerk] } })).toEqual([]);
  });
});

describe('what shows that it was put right', () => {
  const executing = () => done(findingAt('rectifying.executing', { switches: { evidenceRequired: true } }), 'REPORT', handler);
  const claim = { data: { evidence: [] } };

  it('comes from those who put it right: a photo of the office or of an inspector is none', () => {
    expect(refusedBy(executing(), 'CLAIM', handler, claim)).toEqual(['evidenceShown']);
    for (const other of [clerk, inspector]) expect(refusedBy(done(executing(), 'ATTACH', other), 'CLAIM', handler, claim)).toEqual(['evidenceShown']);
    expect(refusedBy(done(executing(), 'ATTACH', head), 'CLAIM', handler, claim)).toEqual([]);
  });

  it('binds whoever brought it like a report', () => {
    const attached = done(findingAt('verifying.inspection'), 'ATTACH', inPost(secondInspector, 'handler', ['lead'], transportBureau));
    expect(refusedBy(withFacts(attached, { verifierIds: [secondInspector.personId] }), 'PASS', secondInspector, { data: { companions: ['外请专家'] } })).toEqual(['never.report.any']);
  });
});

describe('a plan', () => {
  it('binds whoever made or signed it like a report: they neither verify nor close, whatever post they hold later', () => {
    const planned = findingAt('verified.approval');
    expect(refusedBy(planned, 'SPOT_CHECK', inPost(head, 'inspector', ['jurisdiction']), { data: { companions: ['外请专家'] } })).toContain('never.plan.any');
    expect(refusedBy(planned, 'CLOSE', inPost(handler, 'office', ['host']))).toContain('never.plan.any');
    const again = done(done(findingAt('closed'), 'PROPOSE_REOPENING', secondInspector), 'REOPEN', clerk);
    expect(refusedBy(again, 'SUBMIT_PLAN', inPost(inspector, 'handler', ['lead']))).toEqual(['never.pass.any']);
  });
});

it('what was verified stands as it was verified: after that the title alone is corrected', () => {
  for (const state of ['verified.approval', 'closed']) {
    expect(refusedBy(findingAt(state), 'AMEND', clerk, { data: { closureStandard: '换一个宽松的标准' } })).toEqual(['standardStands']);
    expect(refusedBy(findingAt(state), 'AMEND', clerk)).toEqual([]);
  }
  expect(refusedBy(findingAt('rectifying.executing'), 'AMEND', clerk, { data: { closureStandard: '换一个标准' } })).toEqual([]);
});

describe('the family', () => {
  it('whoever is newly bound on a part is bound on the whole, and the other way round; what was told is not told back', () => {
    const part = withFacts(findingAt('rectifying.executing'), { parent: 'ZG-2020-0009', number: 'ZG-2020-0009-01' });
    const told = { bindsOnly: true, marks: expect.arrayContaining([expect.objectContaining({ duty: 'report', personId: waterHandler.personId })]) };
    expect(asked(part, 'REPORT', waterHandler).effects).toMatchObject([{ type: 'tellParent', open: true, ended: null, ...told }]);
    // Whoever planned it is bound already.
    expect(asked(part, 'REPORT', handler).effects).toEqual([]);
    const whole = done(findingAt('rectifying.executing'), 'DECOMPOSE', handler);
    expect(asked(whole, 'REPORT', waterHandler).effects).toMatchObject([{ type: 'tellParts', parts: ['ZG-2020-0001-01'], ...told }]);
    expect(asked(whole, 'PART_CHANGED', engine, { data: { open: true, marks: [{ duty: 'report', personId: 77, cycle: 1 }] } }).effects).toEqual([]);
    const bound = done(part, 'PARENT_CHANGED', engine, { data: { marks: [{ duty: 'report', personId: secondInspector.personId, cycle: 1 }] } });
    expect(refusedBy(bound, 'SPOT_CHECK', secondInspector, { data: { companions: ['外请专家'] } })).toEqual(['never.report.any']);
  });

  it('whoever decided on the closure of what is merged reports on its target as little', () => {
    const back = done(findingAt('verified.approval'), 'SEND_BACK', clerk);
    const merged = asked(back, 'MERGE', leader);
    expect(merged.effects).toMatchObject([{ type: 'tellTarget', marks: expect.arrayContaining([expect.objectContaining({ duty: 'close', personId: clerk.personId })]) }]);
  });

  it('a part that was withdrawn is none of those that must be closed', () => {
    const common = done(findingAt('listed'), 'ASSIGN', clerk, { data: { responsibleUnitIds: [ganzhou, linze] } });
    const without = done(common, 'PART_CHANGED', engine, { data: { part: 'ZG-2020-0001-01', open: false, ended: 'withdrawn', unitId: ganzhou } });
    expect(countedParts(without.context.parts).map(({ number }) => number)).toEqual(['ZG-2020-0001-02']);
    const again = done(without, 'PART_CHANGED', engine, { data: { part: 'ZG-2020-0001-01', open: true, unitId: ganzhou } });
    expect(countedParts(again.context.parts)).toHaveLength(2);
  });
});

describe('a new cycle', () => {
  const reopened = (data: Readonly<Record<string, unknown>> = {}) => done(done(findingAt('closed'), 'PROPOSE_REOPENING', secondInspector), 'REOPEN', clerk, { data });

  it('is led by the unit that was chosen', () => {
    expect(reopened({ leadUnitId: waterBureau }).context.leadUnitId).toBe(waterBureau);
    expect(reopened().context.leadUnitId).toBe(transportBureau);
  });

  it('has its own five years', () => {
    const [before, after] = [findingAt('rectifying.executing'), done(reopened(), 'SUBMIT_PLAN', handler, { data: { measures } })];
    for (const [finding, refusal] of [[before, ['requestWithinFiveYears']], [withFacts(after, { reopenedOn: '2024-01-01' }), []]] as const) {
      expect(refusedBy(finding, 'REQUEST_EXTENSION', handler, { data: { requestedDate: '2025-12-31' } })).toEqual(refusal);
    }
  });

  it('begins without the proposals of the last: what was proposed lapses with the claim and with the verification', () => {
    const proposed = done(findingAt('rectifying.executing'), 'PROPOSE_CONTINUING', clerk);
    expect(done(done(proposed, 'REPORT', handler), 'CLAIM', handler).context.continuing).toBeNull();
    expect(done(done(findingAt('verifying.inspection'), 'PROPOSE_SUSPENSION', clerk), 'PASS', inspector).context.suspension).toBeNull();
  });
});

it('an appeal is answered after the finding was recalled, too', () => {
  const recalled = done(done(findingAt('assigned'), 'APPEAL', handler), 'RECALL', clerk);
  expect(refusedBy(recalled, 'DECIDE_APPEAL', clerk)).toEqual([]);
  expect(current.waiting('listed', recalled.context).map(({ event }) => event)).toEqual(['ASSIGN', 'DECIDE_APPEAL']);
});

it('a sector department that puts it right itself, leading or not, is not asked for its opinion', () => {
  const claimed = (facts: Partial<FindingContext>) => done(withFacts(findingAt('rectifying.claimSigning', { switches: { sectorReview: true } }), facts), 'SIGN_CLAIM', head);
  expect(refusedBy(claimed({ supportingUnitIds: [reformCommission] }), 'GIVE_OPINION', sector)).toEqual(['notInThisStage']);
  expect(refusedBy(claimed({ supportingUnitIds: [] }), 'GIVE_OPINION', sector)).toEqual([]);
});
