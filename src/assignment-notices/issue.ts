import { inArray } from 'drizzle-orm';
import { setImmediate } from 'node:timers/promises';
import { changeset, insertRow, together, type Changeset, type Statement } from '../../db/changeset.js';
import { assignmentNotices, imports, noticeItems, sources } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import type { Loaded } from '../findings/queries.js';
import { hashOfPieces } from '../ledger/hash.js';
import { appended } from '../ledger/stream.js';
import type { UnitTree } from '../organisation/tree.js';

export type NoticeKind = typeof assignmentNotices.$inferSelect['kind'];

/** Which handing out is followed by a notice, and of which kind. */
export const noticeKinds: ReadonlyMap<string, NoticeKind> = new Map([['HAND_OUT', 'check'], ['ASSIGN', 'assignment']]);

/** A finding that was handed out: to which unit, and by which of its events. */
export interface HandedOut {
  readonly kind: NoticeKind;
  readonly loaded: Pick<Loaded, 'row' | 'snapshot'>;
  readonly unitId: number;
  readonly seq: number;
}

/** What was handed out with the parts that came into being with it: each of their units has it in writing, too. */
export async function withParts(handed: HandedOut, byNumber: (number: string) => Promise<Loaded | null>): Promise<readonly HandedOut[]> {
  const parts = await Promise.all(handed.loaded.snapshot.context.parts.filter(({ open }) => open).map(({ number }) => byNumber(number)));
  return [handed, ...parts.flatMap((part): readonly HandedOut[] => (part?.row.state === 'assigned' && part.row.leadUnitId !== null ? [{ kind: handed.kind, loaded: part, unitId: part.row.leadUnitId, seq: part.row.movedSeq }] : []))];
}

/** Rows of a notice after which others take their turn. */
const rowsAtOnce = 200;

/** The series in which an office numbers its notices in a year; gapless. */
export function noticeSeries(officeId: number, year: number): string {
  return `JB-${officeId}-${year}`;
}

/** As it is printed: 交办〔2020〕12号, no leading zeros (GB/T 9704). */
export function noticeNumber({ year, serial }: { readonly year: number; readonly serial: number }): string {
  return `交办〔${year}〕${serial}号`;
}

/**
 * One notice for each unit, never one per finding, with the statement that takes their numbers and the record in the stream: to be committed with what was handed
 * out, within `retried`. Empty when nothing was handed out.
 */
export async function noticeChanges(house: House, person: Person, handed: readonly HandedOut[], batchId: string | null = null): Promise<Changeset> {
  if (handed.length === 0) return changeset();
  const tree = await house.tree();
  const year = Number(house.clock.today().slice(0, 4));
  const groups = grouped(handed);
  const names = await basisNames(house, handed);
  const ids = await takeNumbers(house.db.reader, 'assignment_notices', groups.length);
  const statements: Statement[] = [ids.statement];
  const issued: NoticeFacts[] = [];
  for (const officeId of new Set(groups.map((group) => group.officeId))) {
    const own = groups.filter((group) => group.officeId === officeId);
    const serials = await takeNumbers(house.db.reader, noticeSeries(officeId, year), own.length);
    statements.push(serials.statement);
    for (const [index, { unitId, kind, rows }] of own.entries()) {
      const [id, serial] = [ids.first + issued.length, serials.first + index];
      const notice = {
        id, officeId, unitId, year, serial, kind, basis: [...new Set(rows.flatMap(({ loaded }) => names.get(loaded.row.sourceId) ?? []))].join('、'), items: rows.length,
        acceptBy: least(rows.map(({ loaded }) => loaded.snapshot.context.acceptBy)), lastDueOn: greatest(rows.map(({ loaded }) => dueOf(kind, loaded))),
        contact: [person.name, tree.unit(officeId)?.phone ?? person.phone].filter(Boolean).join(' '), issuedBy: person.id, issuedOn: house.clock.today(), batchId,
      };
      const items: NoticeItem[] = [];
      for (const [at, row] of rows.entries()) {
        if (at % rowsAtOnce === rowsAtOnce - 1) await setImmediate();
        items.push(itemOf(kind, id, at + 1, row, tree));
      }
      statements.push(insertRow(assignmentNotices, notice), ...items.map((item) => insertRow(noticeItems, item)));
      issued.push(await noticeFacts(notice, items));
    }
  }
  const recorded = await appended(house, { stream: 'proceedings', type: 'NoticesIssued', actorId: person.id, actorName: person.name, payload: { notices: issued } });
  return together(changeset(...statements), changeset(...recorded));
}

/** A notice as the record of the proceedings keeps it: its number, whose it is, and everything that it says in one digest, with the batch that issued it. */
export async function noticeFacts(notice: Omit<typeof assignmentNotices.$inferInsert, 'receivedBy' | 'receivedName' | 'receivedAt'> & { readonly id: number }, items: readonly NoticeItem[]): Promise<NoticeFacts> {
  const { id, officeId, unitId, year, serial, kind, basis, acceptBy, lastDueOn, contact, issuedBy, issuedOn, batchId } = notice;
  return { id, number: noticeNumber({ year, serial }), officeId, unitId, items: items.length, digest: await hashOfPieces(said([kind, basis, acceptBy ?? null, lastDueOn ?? null, contact, issuedBy, issuedOn, batchId ?? null], items)) };
}

export interface NoticeFacts {
  readonly id: number;
  readonly number: string;
  readonly officeId: number;
  readonly unitId: number;
  readonly items: number;
  readonly digest: string;
}

type NoticeItem = typeof noticeItems.$inferInsert;

/** The head of a notice, then its rows in their order; the responsible units where there are any, since older notices did not tell them apart. */
function* said(head: readonly (string | number | null)[], items: readonly NoticeItem[]): Generator<readonly (string | number | null)[]> {
  yield head;
  const rows = items.toSorted((one, other) => one.ordinal - other.ordinal);
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce).flatMap((item) => [item.ordinal, item.findingId, item.seq, item.number, item.title, item.standard, item.lead, item.support, item.dueOn ?? null, ...(item.responsible ? [item.responsible] : [])]);
}

interface Group {
  readonly officeId: number;
  readonly unitId: number;
  readonly kind: NoticeKind;
  readonly rows: HandedOut[];
}

function grouped(handed: readonly HandedOut[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of handed) {
    const { hostOfficeId } = row.loaded.row;
    const key = `${hostOfficeId} ${row.unitId} ${row.kind}`;
    const group = groups.get(key) ?? { officeId: hostOfficeId, unitId: row.unitId, kind: row.kind, rows: [] };
    groups.set(key, group);
    group.rows.push(row);
  }
  return [...groups.values()];
}

/** By which document problems came, as its number or title was given; none where nothing was, and a confidential one is not named on paper. */
async function basisNames(house: House, handed: readonly HandedOut[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const ids = [...new Set(handed.map(({ loaded }) => loaded.row.sourceId))];
  const rows = await house.db.reader.select().from(sources).where(inArray(sources.id, ids));
  const files = await fileTitles(house, rows.flatMap(({ documentNumber }) => documentNumber ?? []));
  const named = (issuer: string, document: string): string => `${issuer}${files.has(document) ? '问题清单' : cited(document)}`;
  return new Map(rows.map(({ id, confidential, issuer, documentNumber }) => [id, confidential || documentNumber === null ? [] : [named(issuer, documentNumber)]]));
}

/** 甘审〔2020〕1号 stands as it is, and so does a title that has its marks; a list is named by its title. */
function cited(document: string): string {
  return /号[）)]?$|^《.*》/u.test(document.trim()) ? document : `《${document}》`;
}

/** Titles that a list took from the name of its file and that no paper bears: 《clues》. */
async function fileTitles(house: House, titles: readonly string[]): Promise<ReadonlySet<string>> {
  const foreign = titles.filter((title) => !/\p{Script=Han}/u.test(title));
  if (foreign.length === 0) return new Set();
  const names = new Set((await house.db.reader.select({ name: imports.name }).from(imports)).map(({ name }) => name.replace(/\.[a-z]{2,4}$/iu, '')));
  return new Set(foreign.filter((title) => names.has(title)));
}

function itemOf(kind: NoticeKind, noticeId: number, ordinal: number, { loaded: { row, snapshot }, unitId, seq }: HandedOut, tree: UnitTree): NoticeItem {
  const { context } = snapshot;
  const named = (ids: readonly number[]): string => [...new Set(ids)].map((id) => tree.short(id)).filter(Boolean).join('、');
  return {
    noticeId, ordinal, findingId: row.id, seq, number: context.number, title: context.title, standard: context.closureStandard, lead: named([unitId, ...context.jointLeadUnitIds]),
    responsible: named(context.responsibleUnitIds.filter((id) => id !== unitId)), support: named(context.supportingUnitIds), dueOn: dueOf(kind, { snapshot }),
  };
}

function dueOf(kind: NoticeKind, { snapshot: { context } }: Pick<Loaded, 'snapshot'>): string | null {
  return kind === 'check' ? context.checkBy : context.deadline;
}

function least(dates: readonly (string | null)[]): string | null {
  return dates.filter((date) => date !== null).toSorted()[0] ?? null;
}

function greatest(dates: readonly (string | null)[]): string | null {
  return dates.filter((date) => date !== null).toSorted().at(-1) ?? null;
}
