import type { BulkGroup, BulkRow, UnitCount } from '../../views/pages/bulk.js';
import type { FormWorld } from '../findings/fields.js';
import type { RowOutcome } from '../findings/commands/many.js';
import type { Loaded } from '../findings/queries.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';

/** Whose the finding will be, or is. */
function holderOf({ number, next }: RowOutcome, loaded: ReadonlyMap<string, Loaded>): number | null {
  return (next ?? loaded.get(number))?.row.leadUnitId ?? null;
}

/** How many fall to each unit; the sum is the number of rows. */
export function byUnit(rows: readonly RowOutcome[], loaded: ReadonlyMap<string, Loaded>, { tree, manned, t }: Pick<FormWorld, 'tree' | 'manned' | 't'>): readonly UnitCount[] {
  const units = new Map<number | null, { can: number; cannot: number }>();
  for (const row of rows) {
    const unit = holderOf(row, loaded);
    const counted = units.get(unit) ?? { can: 0, cannot: 0 };
    counted[row.to === null ? 'cannot' : 'can'] += 1;
    units.set(unit, counted);
  }
  return [...units].toSorted(([, one], [, other]) => other.can + other.cannot - one.can - one.cannot).map(([id, { can, cannot }]) => ({ unit: id !== null && !manned.has(id) ? t('unit.unmanned', { unit: nameOf(id, tree) }) : nameOf(id, tree) || t('bulk.noUnit'), total: can + cannot, can, cannot }));
}

export function nameOf(id: number | null, tree: UnitTree): string {
  return tree.short(id);
}

/** A row, and once it was previewed what would become of it. */
export function rowView(row: RowOutcome, loaded: ReadonlyMap<string, Loaded>, previewed: boolean, tree: UnitTree, t: Words): BulkRow {
  const { number, to, next, refusals } = row;
  const shown = next ?? loaded.get(number);
  const parts = next?.row.partsTotal ?? 0;
  const about = {
    number: shown && shown.row.number !== number ? `${number} → ${shown.row.number}` : number, href: `/findings/${shown?.row.number ?? number}`, title: shown?.row.title ?? '', unit: holdersOf(row, loaded, tree, t), parts: parts > 0 ? t('bulk.parts', { count: parts, names: (next?.snapshot.context.parts ?? []).filter((part) => part.open).map((part) => nameOf(part.unitId, tree)).join('、') }) : '', deadline: shown?.row.dueOn ?? '', about: '', ownUnit: null, words: [],
  };
  const { checkResult } = loaded.get(number)?.snapshot.context ?? { checkResult: null };
  const checked = checkResult === null ? '' : t('bulk.checked', { result: t(`choice.result.${checkResult}`), note: loaded.get(number)?.row.latest ?? '' });
  if (!previewed) return { ...about, can: { label: t('bulk.notYet'), tone: 'quiet' }, what: checked };
  if (to !== null) return { ...about, can: { label: t('bulk.can'), tone: 'good' }, what: [t('bulk.becomes', { state: t(`state.${to}`) }), checked].filter(Boolean).join(' ') };
  return { ...about, can: isWarned({ refusals }) ? { label: t('bulk.warned'), tone: 'warn' } : { label: t('bulk.cannot'), tone: 'bad' }, what: [...refusals.map((refusal) => sentenceOf(refusal, t)), checked].filter(Boolean).join(' ') };
}

/** Whose it will be; and whose it was where that changes, so that nobody is handed something of somebody else's by a slip. */
function holdersOf(row: RowOutcome, loaded: ReadonlyMap<string, Loaded>, tree: UnitTree, t: Words): string {
  const below = row.next?.snapshot.context.handedOn;
  if (below && below.unitId !== loaded.get(row.number)?.snapshot.context.handedOn?.unitId) return t('bulk.handedOn', { unit: nameOf(row.next?.row.leadUnitId ?? null, tree), below: nameOf(below.unitId, tree) });
  const [was, will] = [nameOf(loaded.get(row.number)?.row.leadUnitId ?? null, tree), nameOf(holderOf(row, loaded), tree)];
  return was === '' || was === will ? will : t('bulk.unitChanges', { was, will });
}

/** Where what needs somebody's eye stands on the page. */
export const firstGroup = 'first';

/** What needs somebody's eye first: what cannot be done once it was previewed; before, what has no unit yet where others have one. Within each the order of the rows. */
export function groupedRows(rows: readonly { readonly row: RowOutcome; readonly view: BulkRow }[], { previewed, isOpen }: { readonly previewed: boolean; readonly isOpen: (number: string) => boolean }, verb: string, t: Words): readonly BulkGroup[] {
  const isFirst = ({ row }: (typeof rows)[number]): boolean => (previewed ? row.to === null : isOpen(row.number));
  const [first, rest] = [rows.filter(isFirst), rows.filter((each) => !isFirst(each))];
  const titled = (title: string, id: string | null, some: typeof rows): readonly BulkGroup[] => (some.length === 0 ? [] : [{ title, id, rows: some.map(({ view }) => view) }]);
  if (!previewed && (first.length === 0 || rest.length === 0)) return [{ title: null, id: null, rows: rows.map(({ view }) => view) }];
  return [
    ...titled(t(previewed ? 'bulk.groupCannot' : 'bulk.groupOpen', { verb, count: first.length }), firstGroup, first),
    ...titled(t(previewed ? 'bulk.groupCan' : 'bulk.groupRest', { verb, count: rest.length }), null, rest),
  ];
}

/** Held back by a warning alone. */
export function isWarned({ refusals }: Pick<RowOutcome, 'refusals'>): boolean {
  return refusals.length > 0 && refusals.every((refusal) => refusal.field === 'warned');
}
