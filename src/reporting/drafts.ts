import { and, eq, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import { changeset, deleteRows, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import type { Reader } from '../../db/database.js';
import { people, reportDrafts } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';

export interface Progress {
  readonly id: number;
  readonly percent: number;
  readonly done: boolean;
}

/** What somebody wrote about one finding. */
export interface Written {
  readonly text: string;
  readonly nothingNew: boolean;
  /** only the measures that were changed. */
  readonly progress: readonly Progress[];
}

export interface ReportDraft extends Written {
  readonly version: number;
  readonly by: string;
  readonly savedAt: string;
}

export function isEmpty({ text, nothingNew, progress }: Written): boolean {
  return text === '' && !nothingNew && progress.length === 0;
}

export function isSame(one: Written, other: Written): boolean {
  return one.text === other.text && one.nothingNew === other.nothingNew && JSON.stringify(one.progress) === JSON.stringify(other.progress);
}

/** The drafts of these findings in these units, by `draftKey`. */
export async function draftsOf(reader: Reader, findingIds: readonly number[], unitIds: readonly number[]): Promise<ReadonlyMap<string, ReportDraft>> {
  const { findingId, unitId } = reportDrafts;
  const rows = await reader.select({ row: reportDrafts, by: people.name }).from(reportDrafts).innerJoin(people, eq(people.id, reportDrafts.personId))
    .where(and(sql`${findingId} in (select value from json_each(${asList(findingIds)}))`, sql`${unitId} in (select value from json_each(${asList(unitIds)}))`));
  return new Map(rows.map(({ row, by }) => {
    const progress: readonly Progress[] = JSON.parse(row.progress);
    return [draftKey(row), { text: row.text, nothingNew: row.nothingNew, progress, version: row.version, by, savedAt: row.savedAt }];
  }));
}

export function draftKey({ findingId, unitId }: { readonly findingId: number; readonly unitId: number }): string {
  return `${findingId} ${unitId}`;
}

const draftName = 'draft of a report';

/** Keeps what was written (its version is an instant: one that was thrown away and begun anew is another), over the draft that the page showed (`seen`, 0 for none). Answers false when a colleague has written meanwhile: nothing is kept then. */
export async function saveDraft(house: House, person: Person, at: { readonly findingId: number; readonly unitId: number }, written: Written, seen: number): Promise<boolean> {
  const row = { text: written.text, nothingNew: written.nothingNew, progress: JSON.stringify(written.progress), personId: person.id, savedAt: house.clock.occurring(), version: Math.max(seen + 1, Date.parse(house.clock.now())) };
  const write = isEmpty(written) ? deleteDraft(at, seen) : seen === 0 ? [insertRow(reportDrafts, { ...at, ...row }, draftName)] : [updateRow(reportDrafts, row, { ...at, version: seen }, draftName)];
  if (write.length === 0) return true;
  try {
    await house.db.commit(changeset(...write));
    return true;
  } catch (error) {
    if (isDraftRace(error)) return false;
    throw error;
  }
}

/** The statement that clears the draft which the page showed: it must still be that one. */
export function deleteDraft(at: { readonly findingId: number; readonly unitId: number }, seen: number): readonly Statement[] {
  return seen === 0 ? [] : [deleteRows(reportDrafts, { ...at, version: seen }, draftName, 1)];
}

export function isDraftRace(error: unknown): boolean {
  return (error instanceof StaleError || error instanceof ConflictError) && error.statement === draftName;
}
