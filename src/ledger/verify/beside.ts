import { asc, eq } from 'drizzle-orm';
import type { Row } from '../../../db/changeset.js';
import { evidence, findings, findingScope, findingSnapshots, findingSources, findingTexts, findingUnits, measures, timers, waiting, type findingEvents } from '../../../db/schema/index.js';
import type { WorkflowDefinition } from '../../../workflows/definition.js';
import { definitionOf } from '../../../workflows/registry.js';
import { boundBy } from '../../../workflows/step.js';
import { isOpen } from '../../../workflows/stages.js';
import type { FindingContext, Snapshot } from '../../../workflows/finding.js';
import { dayAfter } from '../../clock.js';
import type { House } from '../../context.js';
import { filingOf } from '../../findings/commands/write.js';
import { isReturned } from '../changes.js';
import { project } from '../project.js';
import { eventOf } from '../record.js';
import type { Fault } from './report.js';

type EventRow = Row<typeof findingEvents>;

/** Compares a finding's row and everything that is kept beside it with what its replayed history says. */
export async function besideFaults(house: House, row: Row<typeof findings>, snapshot: Snapshot, events: readonly EventRow[], fault: Fault): Promise<void> {
  const { reader } = house.db;
  const { context } = snapshot;
  const of = { id: row.id };
  const projected = project(definitionOf(row.workflow), snapshot, filingOf(row), await house.tree());
  const differs = (table: string, held: unknown, wanted: unknown): void => { if (JSON.stringify(held) !== JSON.stringify(wanted)) fault('beside', table); };
  for (const [column, value] of Object.entries(projected.row)) if (Reflect.get(row, column) !== value) fault('row', column);
  const scope = await reader.select().from(findingScope).where(eq(findingScope.findingId, of.id)).orderBy(asc(findingScope.unitId));
  differs('finding_scope', scope.map((each) => each.unitId), projected.scopeUnitIds);
  for (const each of scope) for (const [column, value] of Object.entries(projected.scope)) if (Reflect.get(each, column) !== value) fault('beside', `finding_scope.${column}`);
  const units = await reader.select().from(findingUnits).where(eq(findingUnits.findingId, of.id));
  differs('finding_units', units.map(unitName).sort(), projected.units.map(unitName).sort());
  const waits = await reader.select().from(waiting).where(eq(waiting.findingId, of.id)).orderBy(asc(waiting.ordinal));
  differs('waiting', waits.map(waitName), projected.waiting.map(waitName));
  differs('waiting.returned', waits.map(({ returned }) => returned), waits.map(({ ordinal }) => isReturned(ordinal, row.returnedSeq !== null, row.paused)));
  const due = await reader.select().from(timers).where(eq(timers.findingId, of.id));
  differs('timers', due.map((timer) => [timer.name, timer.event, timer.dueAt]).sort(), projected.timers.map((timer) => [timer.name, timer.event, dayAfter(timer.lastDay, house.clock.zone)]).sort());
  const held = await reader.select().from(measures).where(eq(measures.findingId, of.id)).orderBy(asc(measures.id));
  differs('measures', held.map(measureName), context.measures.map(measureName));
  await textFaults(house, row.id, context, events, differs);
  await partFaults(house, row, context, fault);
  await evidenceFaults(house, row.id, events, fault);
  await filingFaults(house, row, events, fault);
}

function unitName({ unitId, relation }: { readonly unitId: number; readonly relation: string }): string {
  return `${unitId}:${relation}`;
}

function waitName({ event, role, unitId, personId, dueOn }: Pick<Row<typeof waiting>, 'event' | 'role' | 'unitId' | 'personId' | 'dueOn'>): readonly unknown[] {
  return [event, role, unitId, personId, dueOn];
}

function measureName({ id, text, ownerUnitId, owner, dueOn, deliverable, percent, done }: FindingContext['measures'][number]): readonly unknown[] {
  return [id, text, ownerUnitId, owner, dueOn, deliverable, percent, done];
}

/** The present texts: what the workflow holds of them, the description as it was listed, and names that an event set. */
async function textFaults(house: House, findingId: number, context: FindingContext, events: readonly EventRow[], differs: (table: string, held: unknown, wanted: unknown) => void): Promise<void> {
  const [texts] = await house.db.reader.select().from(findingTexts).where(eq(findingTexts.findingId, findingId));
  const data = events.map((event) => eventOf(event).data);
  const last = (name: string): unknown => data.map((each) => each[name]).filter((value) => typeof value === 'string' && value !== '').at(-1);
  differs('finding_texts', [texts?.requirement, texts?.closureStandard, texts?.description], [context.requirement, context.closureStandard, data[0]?.['description'] ?? '']);
  const filed = filedIn(data[0]?.['filed']);
  for (const name of ['leadLeader', 'supervisor', 'responsible'] as const) differs(`finding_texts.${name}`, texts?.[name], last(name) ?? filed[name] ?? '');
}

/** What a parent believes of its parts is what their rows say; and a part has the parent whose number it carries. */
async function partFaults(house: House, row: Row<typeof findings>, context: FindingContext, fault: Fault): Promise<void> {
  const rows = row.partsTotal === 0 && context.parts.length === 0 ? [] : await house.db.reader.select({ number: findings.number, stage: findings.stage, dueOn: findings.dueOn, leadUnitId: findings.leadUnitId, snapshot: findingSnapshots.snapshot }).from(findings).innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id)).where(eq(findings.parentId, row.id)).orderBy(asc(findings.number));
  const told = context.parts.map((part) => [part.number, part.open ? null : part.ended ?? 'closed', part.deadline, part.unitId]);
  const held = rows.map((part) => [part.number, isOpen(part.stage) ? null : part.stage, part.dueOn, part.leadUnitId]);
  const isOver = !isOpen(row.stage) && row.stage !== 'closed';
  for (const part of isOver ? [] : rows) if (forgotten(definitionOf(row.workflow), part.snapshot, context)) fault('parts', `${part.number} marks`);
  if (JSON.stringify(told.toSorted()) !== JSON.stringify(held.toSorted())) fault('parts', context.parts.map((part) => part.number).join('、'));
  if (row.parentId === null) return;
  const [parent] = await house.db.reader.select({ number: findings.number }).from(findings).where(eq(findings.id, row.parentId));
  if (parent?.number !== context.parent) fault('parts', context.parent ?? '');
}

/** Who put a part right or verified it is bound by that in its parent, too. */
function forgotten(definition: WorkflowDefinition, snapshot: string, parent: FindingContext): boolean {
  const part: Snapshot = JSON.parse(snapshot);
  return definition.carried.parts.some((duties) => boundBy(duties, part.context).some((personId) => !boundBy(duties, parent).includes(personId)));
}

/** Every piece of evidence came with an event that names it and says what it was, and every one that an event names is there. */
async function evidenceFaults(house: House, findingId: number, events: readonly EventRow[], fault: Fault): Promise<void> {
  const rows = await house.db.reader.select({ id: evidence.id, eventSeq: evidence.eventSeq, sha256: evidence.sha256, name: evidence.name, phase: evidence.phase, uploadedBy: evidence.uploadedBy }).from(evidence).where(eq(evidence.findingId, findingId));
  const named = events.map((event) => {
    const { data, onBehalf } = eventOf(event);
    return { seq: event.seq, actorId: event.actorId, files: filesIn(data['files']), ids: [...(Array.isArray(data['evidence']) ? data['evidence'] : []), ...(onBehalf?.scan ? [onBehalf.scan] : [])] };
  });
  const held = new Set<unknown>(rows.map((each) => each.id));
  for (const { seq, ids } of named) for (const id of ids) if (!held.has(id)) fault('evidence', `seq ${seq}: ${String(id)}`);
  for (const { id, eventSeq, sha256, name, phase, uploadedBy } of rows) if (!named.some(({ seq, ids, files, actorId }) => seq === eventSeq && actorId === uploadedBy && ids.includes(id) && files.get(id) === JSON.stringify({ sha256, name, phase }))) fault('evidence', id);
}

function filesIn(files: unknown): ReadonlyMap<string, string> {
  return new Map(typeof files === 'object' && files !== null ? Object.entries(files).map(([id, facts]) => [id, JSON.stringify(facts)]) : []);
}

/** What a finding is filed under, outside its workflow, is what its first event says; its category what the last change of it says. */
async function filingFaults(house: House, row: Row<typeof findings>, events: readonly EventRow[], fault: Fault): Promise<void> {
  const first = events[0] ? eventOf(events[0]).data : {};
  const changed = events.filter(({ type }) => type === 'RECLASSIFY').at(-1);
  const filed: Readonly<Record<string, unknown>> = { ...filedIn(first['filed']), ...(changed ? { categoryId: eventOf(changed).data['categoryId'] } : {}) };
  for (const column of ['sourceId', 'campaignId', 'categoryId', 'channel'] as const) if (row[column] !== filed[column]) fault('row', column);
  const { reader } = house.db;
  const from = await reader.select({ sourceId: findingSources.sourceId, originalNumber: findingSources.originalNumber, verbatim: findingSources.verbatim }).from(findingSources).where(eq(findingSources.findingId, row.id));
  const own = [filed['sourceId'], filed['originalNumber'], filed['verbatim'] ?? first['description']];
  const wanted = [own, ...events.filter(({ type }) => type === 'ABSORB').flatMap((event) => sourcesIn(eventOf(event).data['sources']))];
  const names = (rows: readonly (readonly unknown[])[]): string => rows.map((each) => JSON.stringify(each)).sort().join();
  if (names(from.map(({ sourceId, originalNumber, verbatim }) => [sourceId, originalNumber, verbatim])) !== names(wanted)) fault('beside', 'finding_sources');
  const [texts] = await reader.select({ extra: findingTexts.extra }).from(findingTexts).where(eq(findingTexts.findingId, row.id));
  if (texts?.extra !== filed['extra']) fault('beside', 'finding_texts.extra');
}

/** Where a finding that was merged into this one came from. */
function sourcesIn(value: unknown): readonly (readonly unknown[])[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  return all.map(filedIn).map(({ sourceId, originalNumber, verbatim }) => [sourceId, originalNumber, verbatim]);
}

function filedIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
