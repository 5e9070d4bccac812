import { insertRow, updateRow, type Changeset, type Statement } from '../../../db/changeset.js';
import { findingEvents, findings, findingSnapshots, findingTexts, leadReports } from '../../../db/schema/index.js';
import { versionPrefix } from '../../../db/retried.js';
import type { WorkflowDefinition } from '../../../workflows/definition.js';
import type { EventDefinition } from '../../../workflows/event.js';
import { unanswered } from '../../../workflows/returning.js';
import type { StepResult } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import { projectionChanges } from '../../ledger/changes.js';
import { leadReportOf } from '../../ledger/lead-report.js';
import { project, type Filing } from '../../ledger/project.js';
import { record } from '../../ledger/record.js';
import type { UnitTree } from '../../organisation/tree.js';
import type { Loaded } from '../queries.js';

type Moved = Extract<StepResult, { kind: 'moved' }>;

/** The writes of one accepted event on a finding that exists: row where version = n, event, snapshot, and what changed beside them. */
export function writesOf(house: Pick<House, 'clock'>, definition: WorkflowDefinition, tree: UnitTree, before: Loaded, moved: Moved, extra: readonly Statement[] = []): { readonly changes: Changeset; readonly next: Loaded } {
  const { row } = before;
  const seq = row.version + 1;
  const recordedAt = house.clock.now();
  const returnedSeq = unanswered(definition, row.returnedSeq, { seq, type: moved.event.type, to: moved.to });
  const filing = filingOf(row);
  const filed = filedAfter(filing, moved);
  const old = { projection: project(definition, before.snapshot, filing, tree), measures: before.snapshot.context.measures, returned: row.returnedSeq !== null };
  const next = { projection: project(definition, moved.snapshot, filed, tree), measures: moved.snapshot.context.measures, returned: returnedSeq !== null };
  const eventDefinition = definition.events[moved.event.type];
  const event = record(moved.event, eventDefinition?.version ?? 1, { findingId: row.id, seq, workflow: row.workflow, from: moved.from, to: moved.to, previousHash: before.headHash, recordedAt });
  const latest = latestOf(moved.event.data);
  const report = leadReportOf(row.id, seq, moved.event);
  const changed = {
    ...changedColumns(row, { ...next.projection.row, returnedSeq, categoryId: filed.categoryId }), version: seq, updatedAt: recordedAt,
    ...(eventDefinition?.moves ? { movedSeq: seq } : {}), ...(latest === null ? {} : { latest }),
  };
  const changes = {
    statements: [
      updateRow(findings, changed, { id: row.id, version: row.version }, versionName(row.id)),
      insertRow(findingEvents, event, versionName(row.id)),
      updateRow(findingSnapshots, { snapshot: JSON.stringify(moved.snapshot), headHash: event.hash }, { findingId: row.id }, 'snapshot'),
      ...projectionChanges(row.id, old, next, { today: moved.event.today, zone: house.clock.zone }),
      ...textChanges(row.id, before, moved, eventDefinition),
      ...(report ? [insertRow(leadReports, report)] : []),
      ...extra,
    ],
    search: [],
  };
  return { changes, next: { row: { ...row, ...changed }, snapshot: moved.snapshot, headHash: event.hash } };
}

/** How the statements are named that miss when somebody else wrote the finding first. */
export function versionName(findingId: number): string {
  return `${versionPrefix}${findingId}`;
}

/** What a finding is filed under, outside its workflow: chosen when it was listed, its category perhaps since. */
export function filingOf(row: Loaded['row']): Filing {
  return { campaignId: row.campaignId, categoryId: row.categoryId, channel: row.channel, isPart: row.parentId !== null };
}

/** A change of category is an event of the workflow, and its effect one of the filing. */
function filedAfter(filing: Filing, { event: { type, data } }: Moved): Filing {
  return type === 'RECLASSIFY' && typeof data['categoryId'] === 'number' ? { ...filing, categoryId: data['categoryId'] } : filing;
}

function changedColumns(row: Loaded['row'], next: object): object {
  return Object.fromEntries(Object.entries(next).filter(([column, value]) => Reflect.get(row, column) !== value));
}

/** The present texts: what the workflow holds of them, and the names that a form asked for. What they were stays in the events. */
function textChanges(findingId: number, { snapshot: { context: old } }: Loaded, { snapshot: { context: next }, event: { data } }: Moved, definition: EventDefinition | undefined): readonly Statement[] {
  const asked = ['leadLeader', 'supervisor', 'responsible'].filter((name) => definition?.fields.some((field) => field.name === name) && typeof data[name] === 'string' && data[name] !== '');
  const set = {
    ...(old.requirement === next.requirement ? {} : { requirement: next.requirement }), ...(old.closureStandard === next.closureStandard ? {} : { closureStandard: next.closureStandard }),
    ...Object.fromEntries(asked.map((name) => [name, data[name]])),
  };
  return Object.keys(set).length === 0 ? [] : [updateRow(findingTexts, set, { findingId }, 'texts')];
}

/** The first 120 characters of what was last reported, for lists. */
export function latestOf(data: Readonly<Record<string, unknown>>): string | null {
  const text = [data['text'], data['missing'], data['note']].find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof text === 'string' ? [...text.trim().replace(/\s+/gu, ' ')].slice(0, 120).join('') : null;
}
