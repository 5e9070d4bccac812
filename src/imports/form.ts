import type { Refusal } from '../../workflows/types.js';
import { isDate } from '../../workflows/fields.js';
import { bodyText } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { unitsMeant } from '../organisation/unit-names.js';
import { categoriesNamed, type Category } from './categories.js';
import { wishFrom, type ListSource, type Pairs, type Wish } from './mapping.js';
import { mostValues } from './guess.js';
import { mostColumns } from '../spreadsheets/grid.js';

/** The choices of the page's form. When the list is to be read otherwise (another sheet, header, encoding), what its columns mean is guessed anew. */
export function wishOfForm(body: unknown, tree: UnitTree, categories: readonly Category[], before: Wish): { readonly wish: Wish; readonly refusals: readonly Refusal[] } {
  const text = (name: string): string => bodyText(body, name);
  const reread = ['sheet', 'headerRow', 'encoding', 'delimiter'].filter((name) => raw(body, name) !== raw(body, `was-${name}`) && raw(body, name) !== '');
  const changed = (name: string): boolean => reread.includes(name);
  const source: ListSource = { ...before.source, issuer: text('issuer'), documentNumber: text('documentNumber'), documentDate: isDate(text('documentDate')) ? text('documentDate') : null, confidential: text('confidential') === 'yes' };
  const units = namedPairs(body, 'units', (name) => unitsMeant(tree, name, () => true, 'part').map(({ id }) => id));
  const kinds = namedPairs(body, 'categories', (name) => categoriesNamed(name, categories).map(({ id }) => id));
  const wish = wishFrom({
    source: { channel: text('channel'), confidential: source.confidential }, campaignId: Number(text('campaignId')), clues: text('clues') === 'yes', year: Number(text('year')), order: text('order'),
    sheet: changed('sheet') ? text('sheet') : before.sheet, headerRow: changed('headerRow') ? Number(text('headerRow')) : changed('sheet') ? null : before.headerRow,
    encoding: changed('encoding') ? text('encoding') : before.encoding, delimiter: changed('delimiter') ? raw(body, 'delimiter') : before.delimiter,
    columns: reread.length > 0 ? [] : columnsOf(body), statuses: pairs(body, 'statuses'), severities: pairs(body, 'severities'), types: pairs(body, 'types'), channels: pairs(body, 'channels'), units: units.known, categories: kinds.known,
  }, source);
  return { wish, refusals: [...sourceFaults(body), ...units.refusals, ...kinds.refusals] };
}

/** A tab is a separator, and cleaning would take it away. */
function raw(body: unknown, name: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : '';
}

function columnsOf(body: unknown): readonly string[] {
  const columns: string[] = [];
  for (let index = 0; index < mostColumns && bodyText(body, `column-${index}`) !== ''; index += 1) columns.push(bodyText(body, `column-${index}`));
  return columns;
}

function pairs(body: unknown, name: string): readonly (readonly [string, string])[] {
  return Array.from({ length: mostValues }, (_, index) => [bodyText(body, `${name}-${index}-text`), bodyText(body, `${name}-${index}`)] as const).filter(([text]) => text !== '');
}

/** Names that may be chosen for in one form. */
const mostNames = 2000;

/** Names typed for names: empty stays with the office, one that nothing has is said. `meant` gives the ids that a name may mean. */
function namedPairs(body: unknown, group: 'units' | 'categories', meant: (name: string) => readonly number[]): { readonly known: Pairs<number>; readonly refusals: readonly Refusal[] } {
  const typed = Array.from({ length: mostNames }, (_, index) => ({ name: bodyText(body, `${group}-${index}-text`), said: bodyText(body, `${group}-${index}`) })).filter(({ name, said }) => name !== '' && said !== '');
  const found = typed.map((each) => ({ ...each, ids: meant(each.said) }));
  return {
    known: found.flatMap(({ name, ids: [id, second] }) => (id !== undefined && second === undefined ? [[name, id] as const] : [])),
    refusals: found.filter(({ ids }) => ids.length !== 1).map(({ name, said, ids }) => ({ rule: `import.${ids.length === 0 ? 'unknown' : 'ambiguous'}.${group}`, kind: 'input', params: { said, name }, field: `${group}-${name}` })),
  };
}

function sourceFaults(body: unknown): readonly Refusal[] {
  const date = bodyText(body, 'documentDate');
  return [
    ...(bodyText(body, 'issuer') === '' ? [{ rule: 'field.required', kind: 'input', params: { name: 'issuer' }, field: 'issuer' } as const] : []),
    ...(date === '' || isDate(date) ? [] : [{ rule: 'field.notADate', kind: 'input', params: { name: 'documentDate' }, field: 'documentDate' } as const]),
  ];
}
