import { and, eq, inArray, or } from 'drizzle-orm';
import type { Reader } from '../../db/database.js';
import { findingEvents, findings, leadReports } from '../../db/schema/index.js';
import { localTime } from '../clock.js';
import type { House, Person } from '../context.js';
import type { Cell, Column } from '../exports/table.js';
import { originalNumbers } from '../findings/origins.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { duesShown, dueSightOf, markOf, tallies, totalOf, type Due, type Tally } from './dues.js';
import type { PeriodOfCampaign } from './period-queries.js';
import { phaseOf } from './periods.js';

/** Rows that are read at once. */
const page = 500;

/** What a period's dues are told by, in a file and on paper. */
export function dueColumns(t: Words): readonly Column[] {
  const text = (key: string, width: number): Column => ({ header: t(key), width, kind: 'text' });
  return [
    text('export.number', 18), text('export.originalNumber', 12), text('export.title', 36), text('period.unit', 22), { header: t('field.deadline'), width: 12, kind: 'date' },
    text('period.said', 60), text('period.reportedAt', 18), text('period.mark', 10),
  ];
}

/** Every due of a period that somebody sees, as its page lists them, five hundred at a time; nothing of one that has not begun. */
export async function* dueRows(house: House, person: Person, { period }: PeriodOfCampaign, t: Words): AsyncGenerator<readonly Cell[]> {
  const [tree, sight] = [await house.tree(), await dueSightOf(house, person)];
  if (sight.scope.length === 0 || phaseOf(period, house.clock.occurring()) === 'ahead') return;
  for (let offset = 0; ; offset += page) {
    const dues = await duesShown(house.db.reader, period, sight, { mark: null, unitId: null, limit: page, offset });
    yield* await cellsOf(house, dues, tree, t);
    if (dues.length < page) return;
  }
}

async function cellsOf({ db: { reader }, clock }: House, dues: readonly Due[], tree: UnitTree, t: Words): Promise<readonly (readonly Cell[])[]> {
  if (dues.length === 0) return [];
  const ids = dues.map(({ findingId }) => findingId);
  const found = await reader.select({ id: findings.id, title: findings.title, dueOn: findings.dueOn }).from(findings).where(inArray(findings.id, ids));
  const rows = new Map(found.map((row) => [row.id, row]));
  const [originals, said] = [await originalNumbers(reader, ids), await reportsOf(reader, dues)];
  return dues.map((due) => {
    const [row, at] = [rows.get(due.findingId), countedAt(due)];
    const [text, when] = at === null ? ['', ''] : [said.get(due.findingId) || t('field.nothingNew'), localTime(clock.zone, at)];
    return [due.number, originals.get(due.findingId) ?? '', row?.title ?? '', tree.unit(due.unitId)?.name ?? '', row?.dueOn ?? null, text, when, t(`reporting.mark.${markOf(due)}`)];
  });
}

/** When that was reported which counts: in time, or the first of what came late. */
function countedAt({ reportedAt, lateAt }: Due): string | null {
  return reportedAt ?? lateAt;
}

/** In full what each unit said in the report that counts, by finding; "" when that was that there is nothing new. */
async function reportsOf(reader: Reader, dues: readonly Due[]): Promise<ReadonlyMap<number, string>> {
  const counted = dues.flatMap((due) => {
    const at = countedAt(due);
    return at === null ? [] : [and(eq(leadReports.findingId, due.findingId), eq(leadReports.unitId, due.unitId), eq(leadReports.at, at))];
  });
  const said = new Map<number, string>();
  for (let from = 0; from < counted.length; from += 100) {
    const rows = await reader.select({ id: leadReports.findingId, payload: findingEvents.payload }).from(leadReports)
      .innerJoin(findingEvents, and(eq(findingEvents.findingId, leadReports.findingId), eq(findingEvents.seq, leadReports.seq))).where(or(...counted.slice(from, from + 100)));
    for (const { id, payload } of rows) said.set(id, textIn(JSON.parse(payload)));
  }
  return said;
}

function textIn({ text }: { readonly text?: unknown }): string {
  return typeof text === 'string' ? text.trim() : '';
}

export function unitColumns(t: Words): readonly Column[] {
  const count = (mark: string): Column => ({ header: t(`reporting.mark.${mark}`), width: 10, kind: 'number' });
  return [{ header: t('period.unit'), width: 24, kind: 'text' }, ...['owed', 'inTime', 'late', 'missing'].map(count)];
}

/** By unit, in the order of the tree, with the sum below where there are several. */
export async function unitRows(house: House, person: Person, { period }: PeriodOfCampaign, t: Words): Promise<readonly (readonly Cell[])[]> {
  const [tree, sight, now] = [await house.tree(), await dueSightOf(house, person), house.clock.occurring()];
  if (sight.scope.length === 0 || phaseOf(period, now) === 'ahead') return [];
  const byUnit = new Map((await tallies(house.db.reader, period, sight, now)).map((each) => [each.unitId, each]));
  const cells = (name: string, { owed, inTime, late, missing }: Omit<Tally, 'unitId'>): readonly Cell[] => [name, owed, inTime, late, missing];
  const units = tree.all.flatMap(({ id, name }) => { const tally = byUnit.get(id); return tally ? [cells(name, tally)] : []; });
  return units.length > 1 ? [...units, cells(t('period.sum'), totalOf([...byUnit.values()]))] : units;
}
