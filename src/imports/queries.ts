import { and, count, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Row } from '../../db/changeset.js';
import type { Reader } from '../../db/database.js';
import { campaigns, categories, findings, findingSources, importedRows, imports, people, posts, sources } from '../../db/schema/index.js';

export type ImportRow = Row<typeof imports>;

/** An import of this office: what a colleague at the same office brought in is theirs to go on with. */
export async function importOf(reader: Reader, id: string, officeId: number): Promise<ImportRow | null> {
  const [row] = await reader.select().from(imports).where(and(eq(imports.id, id), inArray(imports.createdBy, atOffice(reader, officeId))));
  return row ?? null;
}

/** The office's imports, newest first, each with the number of rows that it brought. */
export async function importsOf(reader: Reader, officeId: number, offset: number, limit: number) {
  return reader.select({ id: imports.id, name: imports.name, size: imports.size, state: imports.state, createdAt: imports.createdAt, by: people.name, rows: reader.$count(importedRows, eq(importedRows.importId, imports.id)) })
    .from(imports).innerJoin(people, eq(people.id, imports.createdBy)).where(inArray(imports.createdBy, atOffice(reader, officeId))).orderBy(desc(imports.createdAt), desc(imports.id)).offset(offset).limit(limit);
}

/** The office's last confirmed import of the very same file: its choices are the best guess for the next. */
export async function lastOf(reader: Reader, sha256: string, officeId: number): Promise<ImportRow | null> {
  const [row] = await reader.select().from(imports).where(and(eq(imports.sha256, sha256), eq(imports.state, 'confirmed'), inArray(imports.createdBy, atOffice(reader, officeId)))).orderBy(desc(imports.confirmedAt)).limit(1);
  return row ?? null;
}

function atOffice(reader: Reader, officeId: number) {
  return reader.select({ id: posts.personId }).from(posts).where(and(eq(posts.unitId, officeId), eq(posts.role, 'office')));
}

/** Which of these rows became findings before, and which. At most a few hundred at a time. */
export async function knownRows(reader: Reader, fingerprints: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.select({ fingerprint: importedRows.fingerprint, number: findings.number }).from(importedRows).innerJoin(findings, eq(findings.id, importedRows.findingId)).where(inArray(importedRows.fingerprint, [...fingerprints]));
  return new Map(rows.map((row) => [row.fingerprint, row.number]));
}

/** Which of these ledger numbers the office hosts already: its own export comes back. */
export async function knownNumbers(reader: Reader, numbers: readonly string[], officeId: number): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await reader.select({ number: findings.number }).from(findings).where(and(inArray(findings.number, [...numbers]), eq(findings.hostOfficeId, officeId)));
  return new Set(rows.map((row) => row.number));
}

/** What an import brought: its first findings, and the sources under which they stand, with how many wait to be handed out. */
export async function broughtBy(reader: Reader, importId: string) {
  const numbers = await reader.select({ number: findings.number, title: findings.title, adopted: findings.adopted, row: importedRows.row }).from(importedRows).innerJoin(findings, eq(findings.id, importedRows.findingId)).where(eq(importedRows.importId, importId)).orderBy(importedRows.row).limit(20);
  const bySource = await reader.select({ id: sources.id, channel: sources.channel, issuer: sources.issuer, documentNumber: sources.documentNumber, documentDate: sources.documentDate, amount: count(), toCheck: standing('suspected.toCheck'), listed: standing('listed') })
    .from(importedRows).innerJoin(findingSources, eq(findingSources.findingId, importedRows.findingId)).innerJoin(findings, eq(findings.id, importedRows.findingId)).innerJoin(sources, eq(sources.id, findingSources.sourceId)).where(eq(importedRows.importId, importId)).groupBy(sources.id).orderBy(desc(count())).limit(50);
  const stages = await reader.select({ adopted: findings.adopted, amount: count() }).from(importedRows).innerJoin(findings, eq(findings.id, importedRows.findingId)).where(eq(importedRows.importId, importId)).groupBy(findings.adopted);
  return { numbers, bySource, adopted: stages.find((row) => row.adopted)?.amount ?? 0, total: stages.reduce((sum, row) => sum + row.amount, 0) };
}

function standing(state: string): SQL<number> {
  return sql<number>`sum(${findings.state} = ${state})`;
}

export async function categoryRows(reader: Reader): Promise<readonly Row<typeof categories>[]> {
  return reader.select().from(categories).limit(2000);
}

export async function campaignRows(reader: Reader): Promise<readonly { readonly id: number; readonly name: string }[]> {
  return reader.select({ id: campaigns.id, name: campaigns.name }).from(campaigns).limit(100);
}
