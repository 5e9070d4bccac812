import { countedParts } from '../../workflows/parts.js';
import type { NewRow, Row } from '../../db/changeset.js';
import type { findings, findingScope } from '../../db/schema/index.js';
import { keyOf, type WorkflowDefinition } from '../../workflows/definition.js';
import { stagePath } from '../../workflows/step.js';
import type { Relation } from '../../workflows/actor.js';
import type { FindingContext, Snapshot } from '../../workflows/finding.js';
import type { Timer, Waiting } from '../../workflows/types.js';
import type { UnitTree } from '../organisation/tree.js';

/** What stands in no event's context: chosen when the finding is listed. */
export interface Filing {
  readonly campaignId: number | null;
  readonly categoryId: number | null;
  readonly channel: NewRow<typeof findings>['channel'];
  readonly isPart: boolean;
}

type ScopeRow = Omit<NewRow<typeof findingScope>, 'unitId' | 'findingId'>;

/** What the ledger's tables must hold for a snapshot: everything that lists, counts and the workbench read. */
export interface Projection {
  readonly row: Pick<Row<typeof findings>, 'number' | 'title' | 'stage' | 'state' | 'workflow' | 'hostOfficeId' | 'leadUnitId' | 'severity' | 'rectificationType' | 'dueOn' | 'originalDueOn' | 'paused' | 'listedOn' | 'verifiedOn' | 'closedOn' | 'adopted' | 'cycle' | 'partsOpen' | 'partsTotal'>;
  readonly scope: ScopeRow;
  readonly scopeUnitIds: readonly number[];
  readonly units: readonly { readonly unitId: number; readonly relation: Relation }[];
  readonly waiting: readonly Waiting[];
  readonly timers: readonly Timer[];
}

/** Projects a snapshot onto the ledger's tables. Pure: the same snapshot and tree give the same rows, which verification relies on. */
export function project(definition: WorkflowDefinition, snapshot: Snapshot, filing: Filing, tree: UnitTree): Projection {
  const { context } = snapshot;
  const state = stagePath(snapshot.value);
  const stage = definition.stageOf(state);
  // What was reported is late with nobody: it waits for the office, which has no date.
  const checkBy = context.checkResult === null ? context.checkBy : null;
  const dueOn = stage === 'suspected' ? checkBy : context.deadline;
  const paused = stage === 'suspended' || stage === 'continuing';
  // Who leads; else who checks, and once that is decided who is to get it, as the list, the decision or a returning unit says: a suggestion is shown and filtered by, and lets nobody in.
  const leadUnitId = context.leadUnitId ?? (stage === 'suspected' ? context.checkUnitId ?? context.suggestedUnitId : context.suggestedUnitId ?? context.checkUnitId);
  const units = unitsOf(context);
  return {
    row: {
      number: context.number, title: context.title, stage, state, workflow: keyOf(definition), hostOfficeId: context.hostOfficeId, leadUnitId,
      severity: context.severity, rectificationType: context.rectificationType, dueOn, originalDueOn: context.originalDeadline, paused,
      listedOn: context.listedOn, verifiedOn: context.verifiedOn, closedOn: context.closedOn, adopted: context.adopted, cycle: context.cycle,
      partsOpen: context.parts.filter((part) => part.open).length, partsTotal: countedParts(context.parts).length,
    },
    scope: {
      isPart: filing.isPart, stage, dueOn, paused, leadUnitId, severity: context.severity, rectificationType: context.rectificationType,
      campaignId: filing.campaignId, categoryId: filing.categoryId, channel: filing.channel, listedOn: context.listedOn, adopted: context.adopted, number: context.number,
      checkUnitId: context.checkUnitId, checkResult: context.checkResult,
    },
    scopeUnitIds: scopeUnitIds(units, tree),
    units,
    waiting: definition.waiting(state, context),
    timers: definition.timers(state, context),
  };
}

/** How units stand to a finding, host first. */
export function unitsOf(context: FindingContext): Projection['units'] {
  const of = (unitId: number | null, relation: Relation): Projection['units'] => (unitId ? [{ unitId, relation }] : []);
  const all = [
    ...of(context.hostOfficeId, 'host'), ...of(context.leadUnitId, 'lead'), ...of(context.sectorUnitId, 'sector'), ...of(context.checkUnitId, 'checker'), ...of(context.handedOn?.unitId ?? null, 'handedOn'),
    ...context.responsibleUnitIds.flatMap((unitId) => of(unitId, 'responsible')),
    ...[...context.supportingUnitIds, ...context.jointLeadUnitIds].flatMap((unitId) => of(unitId, 'supporting')),
  ];
  return all.filter((one, index) => all.findIndex((other) => other.unitId === one.unitId && other.relation === one.relation) === index);
}

/** Everybody up the tree from a unit involved sees it; a host office is seen from its jurisdiction upwards. */
function scopeUnitIds(units: Projection['units'], tree: UnitTree): readonly number[] {
  const ids = new Set<number>();
  for (const { unitId, relation } of units) {
    for (const ancestor of tree.unit(relation === 'host' ? tree.jurisdictionOf(unitId) : unitId)?.path ?? []) ids.add(ancestor);
  }
  return [...ids].sort((one, other) => one - other);
}
