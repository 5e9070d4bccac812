import type { UnitKind } from '../../db/schema/index.js';
import { isDate } from '../../workflows/fields.js';
import type { Refusal } from '../../workflows/types.js';
import { InvalidError } from '../errors.js';
import { bodyText } from '../forms.js';
import type { UnitForm } from './commands.js';
import type { UnitTree } from './tree.js';

export const kinds: readonly UnitKind[] = ['city', 'county', 'department', 'office', 'township', 'village', 'team', 'superior'];

/** Characters. */
const longest = { name: 100, shortName: 40, code: 30, phone: 40, address: 200 } as const;
/** The words for the fields whose names are not their labels. */
const labels: Readonly<Record<string, string>> = { name: 'unitName', kind: 'unitKind', code: 'unitCode', parentId: 'parentUnit', successorId: 'successor' };

/** A unit as it was typed. `id` is the unit that is changed, null for a new one. Throws InvalidError with every fault. */
export function unitFrom(body: unknown, tree: UnitTree, id: number | null): UnitForm {
  const text = (name: string): string => bodyText(body, name);
  const unit = (name: string): number | null => (/^[1-9]\d{0,11}$/u.test(text(name)) ? Number(text(name)) : null);
  const kind = kinds.find((each) => each === text('kind'));
  const aliases = [...new Set(text('aliases').split(/[\n、,，;；]+/u).map((each) => each.trim()).filter(Boolean))];
  const [parentId, successorId] = [unit('parentId'), unit('successorId')];
  const wrong: readonly Refusal[] = [
    ...(text('name') === '' ? [fault('field.required', 'name')] : []), ...(kind ? [] : [fault('field.required', 'kind')]),
    ...Object.entries(longest).flatMap(([name, max]) => tooLong(name, text(name), max)), ...aliases.flatMap((alias) => tooLong('aliases', alias, 100)),
    ...(text('disabledOn') === '' || isDate(text('disabledOn')) ? [] : [fault('field.notADate', 'disabledOn')]),
    ...(id === null ? parentFaults(parentId, text('parentId'), tree) : []), ...successorFaults(id, successorId, text('successorId'), tree),
  ];
  if (!kind || wrong.length > 0) throw new InvalidError(wrong);
  return { name: text('name'), kind, shortName: text('shortName') || text('name'), parentId, code: text('code'), phone: text('phone'), address: text('address'), aliases, successorId, disabledOn: text('disabledOn') || null, version: id !== null && /^\d{1,9}$/u.test(text('version')) ? Number(text('version')) : null };
}

/** There is one root; every other unit stands below one that works. */
function parentFaults(parentId: number | null, typed: string, tree: UnitTree): readonly Refusal[] {
  if (typed === '') return tree.all.some((unit) => unit.parentId === null) ? [fault('field.required', 'parentId')] : [];
  const parent = parentId === null ? undefined : tree.unit(parentId);
  return parent && parent.disabledOn === null ? [] : [fault('organisation.parent', 'parentId')];
}

/** What takes over is another unit, and following who took over ends somewhere. */
function successorFaults(id: number | null, successorId: number | null, typed: string, tree: UnitTree): readonly Refusal[] {
  if (typed === '') return [];
  const seen = new Set<number | null>([id]);
  for (let next = successorId; next !== null; next = tree.unit(next)?.successorId ?? null) {
    if (seen.has(next) || !tree.unit(next)) return [fault('organisation.successor', 'successorId')];
    seen.add(next);
  }
  return successorId === null ? [fault('organisation.successor', 'successorId')] : [];
}

function tooLong(name: string, text: string, max: number): readonly Refusal[] {
  const { length } = [...text];
  return length > max ? [{ ...fault('field.tooLong', name), params: { name: labels[name] ?? name, max, length } }] : [];
}

function fault(rule: string, name: string): Refusal {
  return { rule, kind: 'input', params: { name: labels[name] ?? name }, field: name };
}
