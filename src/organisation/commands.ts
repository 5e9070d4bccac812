import { eq, like } from 'drizzle-orm';
import { changeset, deleteRows, insertRow, updateRow, type Statement } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { campaigns, findingUnits, posts, unitAliases, units, type UnitKind } from '../../db/schema/index.js';
import { retried } from '../../db/retried.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { looksAfterParent } from './tree.js';
import { commitRecorded, type StreamEvent } from '../ledger/stream.js';

export interface UnitForm {
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly parentId: number | null;
  readonly code: string;
  readonly phone: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly successorId: number | null;
  readonly disabledOn: string | null;
  /** what the form was made from: somebody else may have changed it meanwhile. Without it, whatever stands there is changed. */
  readonly version?: number | null;
}

type By = Pick<Person, 'id' | 'name'>;

/** Adds a unit below its parent; answers with its id. */
export async function addUnit(house: House, by: By, form: UnitForm): Promise<number> {
  const above = form.parentId === null ? [] : (await house.tree()).unit(form.parentId)?.path ?? [];
  const { aliases, version: _first, ...columns } = form;
  return retried(async () => {
    const { first, statement } = await takeNumbers(house.db.reader, 'units');
    const row = insertRow(units, { ...columns, id: first, code: form.code || null, phone: form.phone || null, address: form.address || null, path: `/${[...above, first].join('/')}/` }, 'unit');
    await recorded(house, by, 'UnitAdded', first, form, [statement, row, ...aliases.map((alias) => insertRow(unitAliases, { alias, unitId: first }))]);
    return first;
  });
}

/** Changes a unit. It stays where it is in the tree: findings keep the scope they were recorded in; a move is a new unit with a predecessor. */
export async function changeUnit(house: House, by: By, id: number, form: UnitForm): Promise<void> {
  const { aliases, parentId: _stays, version: seen, ...columns } = form;
  await keepsItsPlace(house, id, form.kind);
  const [{ version } = { version: 0 }] = await house.db.reader.select({ version: units.version }).from(units).where(eq(units.id, id));
  const row = updateRow(units, { ...columns, code: form.code || null, phone: form.phone || null, address: form.address || null, version: (seen ?? version) + 1 }, { id, version: seen ?? version }, 'unit');
  const follows = form.successorId === null ? [] : await chainFrom(house, id, form.successorId);
  await recorded(house, by, 'UnitChanged', id, form, [row, ...follows, deleteRows(unitAliases, { unitId: id }, 'aliases'), ...aliases.map((alias) => insertRow(unitAliases, { alias, unitId: id }))]);
}

/** Who follows whom ends somewhere, also when two successors are entered at the same moment: each of the chain must be as it was read. */
async function chainFrom(house: House, id: number, successorId: number): Promise<readonly Statement[]> {
  const chain: Statement[] = [];
  for (let next: number | null = successorId; next !== null;) {
    if (next === id || chain.length > 50) throw new InvalidError([{ rule: 'organisation.successor', kind: 'input', params: { name: 'successor' }, field: 'successorId' }]);
    const [row]: readonly { readonly successorId: number | null }[] = await house.db.reader.select({ successorId: units.successorId }).from(units).where(eq(units.id, next));
    if (row) chain.push(updateRow(units, { successorId: row.successorId }, { id: next, successorId: row.successorId }, 'unit'));
    next = row?.successorId ?? null;
  }
  return chain;
}

/** What an office hosts and whom a team sends is seen through the unit above it: neither becomes or stops being one while anything hangs on it. */
async function keepsItsPlace(house: House, id: number, kind: UnitKind): Promise<void> {
  const before = (await house.tree()).unit(id);
  if (!before || looksAfterParent(before) === looksAfterParent({ kind })) return;
  const { reader } = house.db;
  const used = [
    await reader.select({ id: posts.id }).from(posts).where(eq(posts.unitId, id)).limit(1), await reader.select({ id: findingUnits.findingId }).from(findingUnits).where(eq(findingUnits.unitId, id)).limit(1),
    await reader.select({ id: campaigns.id }).from(campaigns).where(eq(campaigns.hostOfficeId, id)).limit(1),
  ];
  if (used.some((rows) => rows.length > 0)) throw new InvalidError([{ rule: 'organisation.kindInUse', kind: 'input', params: {}, field: 'kind' }]);
}

/** Adds the divisions of a list (code, name, level, parent code) that are not there yet; answers how many were new. */
export async function addDivisions(house: House, by: By, rows: readonly { readonly code: string; readonly name: string; readonly level: string; readonly parent: string }[]): Promise<number> {
  return retried(() => addedOnce(house, by, rows));
}

async function addedOnce(house: House, by: By, rows: Parameters<typeof addDivisions>[2]): Promise<number> {
  const tree = await house.tree();
  const root = tree.all.find((unit) => unit.parentId === null);
  const known = new Map((await house.db.reader.select({ id: units.id, code: units.code, path: units.path }).from(units).where(like(units.code, '%'))).map((row) => [row.code ?? '', row]));
  const fresh = rows.filter((row) => !known.has(row.code));
  if (fresh.length === 0) return 0;
  const { first, statement } = await takeNumbers(house.db.reader, 'units', fresh.length);
  const statements: Statement[] = [statement];
  fresh.forEach((row, index) => {
    const id = first + index;
    const parent = known.get(row.parent) ?? (root ? { id: root.id, path: `/${root.path.join('/')}/` } : null);
    const path = `${parent?.path ?? '/'}${id}/`;
    known.set(row.code, { id, code: row.code, path });
    statements.push(insertRow(units, { id, code: row.code, name: row.name, shortName: row.name, kind: kindOf(row.level), parentId: parent?.id ?? null, path }, 'unit'));
  });
  await recorded(house, by, 'DivisionsImported', first, { count: fresh.length }, statements);
  return fresh.length;
}

function kindOf(level: string): UnitKind {
  return level === 'city' || level === 'county' || level === 'village' ? level : 'township';
}

async function recorded(house: House, by: By, type: StreamEvent['type'], id: number, payload: object, statements: readonly Statement[]): Promise<void> {
  try {
    await commitRecorded(house, changeset(...statements), { stream: 'organisation', type, actorId: by.id, actorName: by.name, payload: { unit: id, ...payload } });
  } catch (error) {
    if (error instanceof StaleError && error.statement === 'unit') throw new InvalidError([{ rule: 'changedMeanwhile', kind: 'input', params: {}, field: null }]);
    if (error instanceof ConflictError && error.statement === 'unit') throw new InvalidError([{ rule: 'organisation.code', kind: 'input', params: {}, field: 'code' }]);
    throw error;
  }
  house.changed();
}
