import { and, desc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import type { Row } from '../../db/changeset.js';
import { prepared } from '../../db/prepared.js';
import { campaigns, categories, commandKeys, evidence, findingEvents, findings, findingScope, findingSnapshots, findingSources, findingTexts, sources } from '../../db/schema/index.js';
import type { Snapshot } from '../../workflows/finding.js';

/** A finding with its snapshot, as commands and pages load it. */
export interface Loaded {
  readonly row: Row<typeof findings>;
  readonly snapshot: Snapshot;
  readonly headHash: string;
}

/** A file of a finding with the event that it came with, and the signed paper on which that was entered for somebody. */
export type EvidenceFile = Row<typeof evidence> & { readonly event: string | null; readonly paper: string | null };

const paper = sql<string | null>`json_extract(${findingEvents.onBehalf}, '$.scan')`;

export interface FindingQueries {
  /** By ledger or clue number; null when there is none. */
  byNumber(number: string): Promise<Loaded | null>;
  byId(id: number): Promise<Loaded | null>;
  /** Those of these ids, in their order. */
  byIds(ids: readonly number[]): Promise<readonly Loaded[]>;
  /** Is there a row of finding_scope for one of these units? */
  isVisible(findingId: number, unitIds: readonly number[]): Promise<boolean>;
  texts(findingId: number): Promise<Row<typeof findingTexts> | null>;
  /** Newest first, `before` a seq or null for the newest. */
  events(findingId: number, before: number | null, limit: number): Promise<readonly Row<typeof findingEvents>[]>;
  eventsSince(findingId: number, seq: number): Promise<readonly Row<typeof findingEvents>[]>;
  /** The day of the last event that led from one state to another. */
  standsSince(findingId: number): Promise<string | null>;
  /** The day of the last event of a type. */
  lastOn(findingId: number, type: string): Promise<string | null>;
  parts(findingId: number): Promise<readonly Row<typeof findings>[]>;
  commandKey(key: string): Promise<Row<typeof commandKeys> | null>;
  /** The newest hundred. */
  evidence(findingId: number): Promise<readonly EvidenceFile[]>;
  sources(findingId: number): Promise<readonly { readonly source: Row<typeof sources>; readonly originalNumber: string; readonly verbatim: string }[]>;
  campaignName(id: number | null): Promise<string | null>;
  categoryName(id: number | null): Promise<string | null>;
}

/** The named queries of a finding. */
export const findingQueries = prepared((reader): FindingQueries => {
  const one = { row: findings, snapshot: findingSnapshots.snapshot, headHash: findingSnapshots.headHash };
  const from = reader.select(one).from(findings).innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id));
  const byNumber = from.where(eq(findings.number, sql.placeholder('number'))).prepare();
  const byClue = reader.select(one).from(findings).innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id)).where(eq(findings.clueNumber, sql.placeholder('number'))).prepare();
  const byId = reader.select(one).from(findings).innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id)).where(eq(findings.id, sql.placeholder('id'))).prepare();
  const byIds = reader.select(one).from(findings).innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id)).where(among(findings.id, 'ids')).prepare();
  const scope = reader.select({ unitId: findingScope.unitId }).from(findingScope).where(eq(findingScope.findingId, sql.placeholder('id'))).prepare();
  const texts = reader.select().from(findingTexts).where(eq(findingTexts.findingId, sql.placeholder('id'))).prepare();
  const events = reader.select().from(findingEvents).where(and(eq(findingEvents.findingId, sql.placeholder('id')), sql`${findingEvents.seq} < ${sql.placeholder('before')}`)).orderBy(desc(findingEvents.seq)).limit(sql.placeholder('limit')).prepare();
  const since = reader.select().from(findingEvents).where(and(eq(findingEvents.findingId, sql.placeholder('id')), gt(findingEvents.seq, sql.placeholder('seq')))).orderBy(findingEvents.seq).prepare();
  const stood = reader.select({ on: findingEvents.occurredOn }).from(findingEvents).where(and(eq(findingEvents.findingId, sql.placeholder('id')), sql`${findingEvents.stateBefore} is not ${findingEvents.stateAfter}`)).orderBy(desc(findingEvents.seq)).limit(1).prepare();
  const lastOf = reader.select({ on: findingEvents.occurredOn }).from(findingEvents).where(and(eq(findingEvents.findingId, sql.placeholder('id')), eq(findingEvents.type, sql.placeholder('type')))).orderBy(desc(findingEvents.seq)).limit(1).prepare();
  const parts = reader.select().from(findings).where(eq(findings.parentId, sql.placeholder('id'))).orderBy(findings.number).limit(200).prepare();
  const key = reader.select().from(commandKeys).where(eq(commandKeys.key, sql.placeholder('key'))).prepare();
  const files = reader.select({ ...getTableColumns(evidence), event: findingEvents.type, paper }).from(evidence)
    .leftJoin(findingEvents, and(eq(findingEvents.findingId, evidence.findingId), eq(findingEvents.seq, evidence.eventSeq))).where(eq(evidence.findingId, sql.placeholder('id'))).orderBy(desc(evidence.uploadedAt)).limit(100).prepare();
  const origins = reader.select({ source: sources, originalNumber: findingSources.originalNumber, verbatim: findingSources.verbatim }).from(findingSources).innerJoin(sources, eq(sources.id, findingSources.sourceId)).where(eq(findingSources.findingId, sql.placeholder('id'))).prepare();
  const campaign = reader.select({ name: campaigns.name }).from(campaigns).where(eq(campaigns.id, sql.placeholder('id'))).prepare();
  const category = reader.select({ name: categories.name }).from(categories).where(eq(categories.id, sql.placeholder('id'))).prepare();
  return {
    byNumber: async (number) => loaded(await byNumber.get({ number }) ?? await byClue.get({ number })),
    byId: async (id) => loaded(await byId.get({ id })),
    byIds: async (ids) => inOrder(ids, await byIds.all({ ids: asList(ids) })),
    isVisible: async (id, unitIds) => (await scope.all({ id })).some((row) => unitIds.includes(row.unitId)),
    texts: async (id) => (await texts.get({ id })) ?? null,
    events: async (id, before, limit) => events.all({ id, before: before ?? Number.MAX_SAFE_INTEGER, limit }),
    eventsSince: async (id, seq) => since.all({ id, seq }),
    standsSince: async (id) => (await stood.get({ id }))?.on ?? null,
    lastOn: async (id, type) => (await lastOf.get({ id, type }))?.on ?? null,
    parts: async (id) => parts.all({ id }),
    commandKey: async (value) => (await key.get({ key: value })) ?? null,
    evidence: async (id) => files.all({ id }),
    sources: async (id) => origins.all({ id }),
    campaignName: async (id) => (id === null ? null : (await campaign.get({ id }))?.name ?? null),
    categoryName: async (id) => (id === null ? null : (await category.get({ id }))?.name ?? null),
  };
});

interface Found {
  readonly row: Row<typeof findings>;
  readonly snapshot: string;
  readonly headHash: string;
}

function inOrder(ids: readonly number[], found: readonly Found[]): readonly Loaded[] {
  const byId = new Map(found.map((each) => [each.row.id, each]));
  return ids.map((id) => loaded(byId.get(id))).filter((each) => each !== null);
}

function loaded(found: Found | undefined): Loaded | null {
  if (!found) return null;
  const snapshot: Snapshot = JSON.parse(found.snapshot);
  return { row: found.row, snapshot, headHash: found.headHash };
}

