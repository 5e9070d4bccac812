import { inArray } from 'drizzle-orm';
import { setImmediate } from 'node:timers/promises';
import { changeset, insertRow, together, type Changeset, type Statement } from '../../db/changeset.js';
import { assignmentNotices, noticeItems, sources } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import type { Loaded } from '../findings/queries.js';
import { appended } from '../ledger/stream.js';
import type { UnitTree } from '../organisation/tree.js';

export type NoticeKind = typeof assignmentNotices.$inferSelect['kind'];

/** Which handing out is followed by a notice, and of which kind. */
export const noticeKinds: ReadonlyMap<string, NoticeKind> = new Map([['HAND_OUT', 'check'], ['ASSIGN', 'assignment']]);

/** A finding that was handed out: to which unit, and by which of its events. */
export interface HandedOut {
  readonly loaded: Pick<Loaded, 'row' | 'snapshot'>;
  readonly unitId: number;
  readonly seq: number;
}

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
export async function noticeChanges(house: House, person: Person, kind: NoticeKind, handed: readonly HandedOut[]): Promise<Changeset> {
  if (handed.length === 0) return changeset();
  const tree = await house.tree();
  const year = Number(house.clock.today().slice(0, 4));
  const groups = grouped(handed);
  const names = await basisNames(house, handed);
  const ids = await takeNumbers(house.db.reader, 'assignment_notices', groups.length);
  const statements: Statement[] = [ids.statement];
  const issued: { readonly id: number; readonly number: string; readonly officeId: number; readonly unitId: number; readonly items: number }[] = [];
  for (const officeId of new Set(groups.map((group) => group.officeId))) {
    const own = groups.filter((group) => group.officeId === officeId);
    const serials = await takeNumbers(house.db.reader, noticeSeries(officeId, year), own.length);
    statements.push(serials.statement);
    for (const [index, { unitId, rows }] of own.entries()) {
      const [id, serial] = [ids.first + issued.length, serials.first + index];
      statements.push(insertRow(assignmentNotices, {
        id, officeId, unitId, year, serial, kind, basis: [...new Set(rows.flatMap(({ loaded }) => names.get(loaded.row.sourceId) ?? []))].join('、'), items: rows.length,
        acceptBy: least(rows.map(({ loaded }) => loaded.snapshot.context.acceptBy)), lastDueOn: greatest(rows.map(({ loaded }) => dueOf(kind, loaded))),
        contact: [person.name, tree.unit(officeId)?.phone ?? person.phone].filter(Boolean).join(' '), issuedBy: person.id, issuedOn: house.clock.today(),
      }));
      for (const [at, row] of rows.entries()) {
        if (at % 200 === 199) await setImmediate();
        statements.push(insertRow(noticeItems, itemOf(kind, id, at + 1, row, tree)));
      }
      issued.push({ id, number: noticeNumber({ year, serial }), officeId, unitId, items: rows.length });
    }
  }
  const recorded = await appended(house, { stream: 'proceedings', type: 'NoticesIssued', actorId: person.id, actorName: person.name, payload: { notices: issued } });
  return together(changeset(...statements), changeset(...recorded));
}

interface Group {
  readonly officeId: number;
  readonly unitId: number;
  readonly rows: HandedOut[];
}

function grouped(handed: readonly HandedOut[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of handed) {
    const { hostOfficeId } = row.loaded.row;
    const key = `${hostOfficeId} ${row.unitId}`;
    const group = groups.get(key) ?? { officeId: hostOfficeId, unitId: row.unitId, rows: [] };
    groups.set(key, group);
    group.rows.push(row);
  }
  return [...groups.values()];
}

/** By which document problems came; a confidential one, and one that has no number, is not named on paper. */
async function basisNames(house: House, handed: readonly HandedOut[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const ids = [...new Set(handed.map(({ loaded }) => loaded.row.sourceId))];
  const rows = await house.db.reader.select().from(sources).where(inArray(sources.id, ids));
  return new Map(rows.map(({ id, confidential, issuer, documentNumber }) => [id, confidential || documentNumber === null ? [] : [`${issuer}${documentNumber}`]]));
}

function itemOf(kind: NoticeKind, noticeId: number, ordinal: number, { loaded: { row, snapshot }, unitId, seq }: HandedOut, tree: UnitTree): typeof noticeItems.$inferInsert {
  const { context } = snapshot;
  const named = (ids: readonly number[]): string => [...new Set(ids)].flatMap((id) => tree.unit(id)?.shortName ?? []).join('、');
  return {
    noticeId, ordinal, findingId: row.id, seq, number: context.number, title: context.title, standard: context.closureStandard, lead: tree.unit(unitId)?.shortName ?? '',
    support: named([...context.responsibleUnitIds.filter((id) => id !== unitId), ...context.supportingUnitIds, ...context.jointLeadUnitIds]), dueOn: dueOf(kind, { snapshot }),
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
