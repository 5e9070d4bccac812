import { definitionOf } from '../../workflows/registry.js';
import type { Refusal } from '../../workflows/types.js';
import type { Request } from '../findings/commands/act.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText, bodyTexts } from '../forms.js';
import { hashOf } from '../ledger/hash.js';
import type { UnitTree } from '../organisation/tree.js';
import { placeOf } from '../visits/places.js';
import type { Words } from '../words.js';

/** As many as can be given out in one go: a page stays under 80 KB. */
export const mostRows = 120;

/** What a dispatch form asks: for each place to whom and by when, for the rows that are ticked there. */
export interface Dispatch {
  readonly requests: readonly Request[];
  readonly faults: readonly Refusal[];
  /** in a few letters: a confirmation of something else than was previewed is previewed again. */
  readonly digest: string;
}

/** Reads the form. A place for which nobody is chosen is left as it is; when that is every place, nothing was asked. */
export function dispatchIn(body: unknown, loaded: ReadonlyMap<string, Loaded>, tree: UnitTree, t: Words): Dispatch {
  const confirming = bodyText(body, 'step') === 'confirm';
  const requests = [...loaded].flatMap(([number, { row }]): readonly Request[] => {
    const place = placeOf(row.leadUnitId, tree, t).id;
    const verifierIds = bodyTexts(body, `who.${place}`).map(Number).filter(Number.isSafeInteger);
    const verifyBy = bodyText(body, `by.${place}`);
    const seen = bodyText(body, `seen.${number}`);
    if (verifierIds.length === 0 || !definitionOf(row.workflow).events['ASSIGN_VERIFICATION']) return [];
    return [{ number, event: 'ASSIGN_VERIFICATION', data: { verifierIds, ...(verifyBy === '' ? {} : { verifyBy }) }, seen: confirming && /^\d{1,9}$/u.test(seen) ? Number(seen) : null, onBehalf: null, files: [] }];
  });
  const faults: readonly Refusal[] = requests.length > 0 ? [] : [{ rule: 'verification.nobody', kind: 'input', params: {}, field: null }];
  return { requests, faults, digest: hashOf([JSON.stringify(requests.map(({ number, data }) => [number, data]))]).slice(0, 22) };
}

/** The rows that are ticked. */
export function tickedIn(body: unknown): readonly string[] {
  return [...new Set(bodyTexts(body, 'n'))].slice(0, mostRows);
}
