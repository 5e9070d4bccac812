import { and, desc, eq, gt, inArray, max, sql } from 'drizzle-orm';
import { insertRow, type Statement } from '../../../db/changeset.js';
import { evidence, findingEvents } from '../../../db/schema/index.js';
import type { EventDefinition, FieldDefinition } from '../../../workflows/event.js';
import type { Refusal } from '../../../workflows/types.js';
import type { House, Person } from '../../context.js';
import type { Loaded } from '../queries.js';

/** A file that came with a form, stored already under its hash. */
export interface NewEvidence {
  readonly id: string;
  readonly kind: 'photo' | 'document' | 'table' | 'scan' | 'other';
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

type Phase = NonNullable<FieldDefinition['phase']>;

/** The data with the files that came along, each named once. Nothing is added to a form that asks for no evidence. */
export function withEvidence(definition: EventDefinition | undefined, data: Readonly<Record<string, unknown>>, files: readonly NewEvidence[]): Readonly<Record<string, unknown>> {
  const cited = Array.isArray(data['evidence']) ? data['evidence'] : [];
  if (files.length + cited.length === 0 || !evidenceField(definition)) return data;
  return { ...data, evidence: [...new Set([...cited, ...files.map((file) => file.id)])] };
}

/** Evidence that is there already and may be cited: this finding's own; for a claim or a verdict, of the state after rectification; for a claim, what those who put it right showed in this cycle. */
export async function citable({ db: { reader } }: Pick<House, 'db'>, findingId: number, field: Pick<FieldDefinition, 'phase' | 'cites'>): Promise<readonly Pick<NewEvidence, 'id' | 'name'>[]> {
  const [{ reopened } = { reopened: null }] = field.cites === 'rectifiers' ? await reader.select({ reopened: max(findingEvents.seq) }).from(findingEvents).where(and(eq(findingEvents.findingId, findingId), eq(findingEvents.type, 'REOPEN'))) : [];
  const byRectifier = and(inArray(findingEvents.type, [...shown]), inArray(sql`json_extract(${findingEvents.actor}, '$.role')`, ['handler', 'head']), gt(findingEvents.seq, reopened ?? 0));
  return reader.select({ id: evidence.id, name: evidence.name }).from(evidence).innerJoin(findingEvents, and(eq(findingEvents.findingId, evidence.findingId), eq(findingEvents.seq, evidence.eventSeq)))
    .where(and(eq(evidence.findingId, findingId), isNoPaper, field.phase === 'after' ? eq(evidence.phase, 'after') : undefined, field.cites === 'rectifiers' ? byRectifier : undefined))
    .orderBy(desc(evidence.uploadedAt)).limit(mostCitable);
}

/** It is not the signed paper of an entry on behalf. */
const isNoPaper = sql`coalesce(json_extract(${findingEvents.onBehalf}, '$.scan'), '') <> ${evidence.id}`;
/** Events that bring what shows that it was put right. */
const shown = ['ATTACH', 'REPORT', 'CLAIM'] as const;
/** The latest so many are offered to be cited. */
const mostCitable = 500;

/** Only what is citable is cited. */
export async function citedErrors(house: House, definition: EventDefinition | undefined, { row }: Loaded, data: Readonly<Record<string, unknown>>, files: readonly NewEvidence[]): Promise<readonly Refusal[]> {
  const field = evidenceField(definition);
  const cited = (Array.isArray(data['evidence']) ? data['evidence'] : []).filter((id): id is string => typeof id === 'string' && !files.some((file) => file.id === id));
  if (!field || cited.length === 0) return [];
  const own = await house.db.reader.select({ phase: evidence.phase }).from(evidence).where(and(eq(evidence.findingId, row.id), inArray(evidence.id, cited.slice(0, 500))));
  if (own.length !== cited.length) return [refusal('evidence.unknown')];
  const allowed = new Set((await citable(house, row.id, field)).map(({ id }) => id));
  if (cited.every((id) => allowed.has(id))) return [];
  return [refusal(field.phase === 'after' && own.every(({ phase }) => phase === 'after') ? 'evidence.notShown' : 'evidence.notAfter')];
}

/** The rows of the files that came along, tied to the event that brought them. */
export function evidenceRows(house: House, person: Person, { row }: Loaded, definition: EventDefinition | undefined, data: Readonly<Record<string, unknown>>, files: readonly NewEvidence[]): readonly Statement[] {
  const phase = phaseOf(definition, data);
  return files.map((file) => insertRow(evidence, { ...file, phase, note: '', findingId: row.id, eventSeq: row.version + 1, uploadedBy: person.id, uploadedAt: house.clock.now() }));
}

/** What the files of an event were, as the event freezes it. */
export function fileFacts(definition: EventDefinition, data: Readonly<Record<string, unknown>>, files: readonly NewEvidence[]): Readonly<Record<string, FileFacts>> {
  const phase = phaseOf(definition, data);
  return Object.fromEntries(files.map(({ id, sha256, name }) => [id, { sha256, name, phase }]));
}

export type FileFacts = Pick<NewEvidence, 'sha256' | 'name'> & { readonly phase: Phase };

function phaseOf(definition: EventDefinition | undefined, data: Readonly<Record<string, unknown>>): Phase {
  return isPhase(data['phase']) ? data['phase'] : evidenceField(definition)?.phase ?? 'during';
}

/** Where an action takes files; undefined where it takes none. */
export function evidenceField(definition: EventDefinition | undefined): FieldDefinition | undefined {
  return definition?.fields.find((field) => field.kind === 'evidence');
}

function isPhase(value: unknown): value is Phase {
  return value === 'before' || value === 'during' || value === 'after';
}

function refusal(rule: string): Refusal {
  return { rule, kind: 'input', params: {}, field: 'evidence' };
}
