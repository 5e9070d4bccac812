import { randomUUID } from 'node:crypto';
import type { Badge, Figure, Pager } from '../../../views/pages.js';
import type { PeopleAddedPage, PeopleListPage } from '../../../views/pages/people-lists.js';
import type { UnitTree } from '../../organisation/tree.js';
import { sentenceOf } from '../../refusals.js';
import type { Words } from '../../words.js';
import type { Outcome } from './gather.js';
import type { JudgedRow, Judgement } from './judge.js';
import type { KeptList, KeptResult } from './keep.js';
import { fieldOf, takesName, usernameOf } from './own-names.js';

const outcomes: readonly Outcome[] = ['new', 'more', 'already', 'faulty'];
const tones: Readonly<Record<Outcome, Badge['tone']>> = { new: 'info', more: 'good', already: 'quiet', faulty: 'bad' };
const rowsOnPage = 50;
/** Rows that are named on the page of what became of the list. */
const mostLeft = 200;

export interface Shown {
  readonly kept: KeptList;
  readonly address: string;
  readonly judgement: Judgement;
  /** which rows: those of one outcome, or all. */
  readonly show: string;
  readonly page: number;
  /** what changed since the preview that was to be confirmed, or why nothing can be. */
  readonly notice: string | null;
}

/** The preview: row by row what would happen, and what would be left and why. */
export function listPage({ kept, address, judgement, show, page, notice }: Shown, tree: UnitTree, t: Words): PeopleListPage {
  const { list, name } = kept;
  const { rows, wanted, digest } = judgement;
  const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
  const chosen = outcomes.find((each) => each === show) ?? null;
  const shown = chosen === null ? rows : rows.filter(({ outcome }) => outcome === chosen);
  const at = Math.min(page, Math.max(1, Math.ceil(shown.length / rowsOnPage)));
  const added = wanted.filter(({ existing }) => existing === null).length;
  return {
    name: name || t('people.list.pasted'), action: `${address}/confirmation`, key: randomUUID(), digest, notice, show: chosen ?? '', page: String(at),
    figures: [figure('total', rows.length, 'plain', address, t), ...outcomes.map((each) => figure(each, count(each), count(each) > 0 ? tones[each] : 'quiet', count(each) > 0 ? `${address}?show=${each}#rows` : null, t))],
    facts: [list.sheet === '' ? t('people.list.factsText', { row: list.headerRow }) : t('people.list.facts', { sheet: list.sheet, row: list.headerRow }), ...(list.ignored.length > 0 ? [t('people.list.ignored', { headers: list.ignored.slice(0, 10).join('、') })] : [])],
    left: count('faulty') === 0 ? null : t('people.list.leftNote', { count: count('faulty') }), leftHref: `${address}?show=faulty#rows`,
    names: rows.some((row) => takesName(row, kept)) ? t('people.list.keepNames') : null, proposed: rows.some(({ isProposed }) => isProposed) ? t('people.list.proposedNote') : null,
    confirm: wanted.length === 0 ? null : t('people.list.confirm', { added, further: wanted.length - added }),
    heading: chosen === null ? t('people.list.rows') : t('people.list.rowsOf', { outcome: t(`people.list.outcome.${chosen}`) }), all: chosen === null ? null : `${address}#rows`,
    rows: shown.slice((at - 1) * rowsOnPage, at * rowsOnPage).map((row) => rowView(row, kept, tree, t)),
    pager: pagerOf(at, shown.length, (to) => `${address}?${new URLSearchParams({ ...(chosen ? { show: chosen } : {}), page: String(to) }).toString()}#rows`, t),
  };
}

function figure(name: Outcome | 'total', value: number, tone: Figure['tone'], href: string | null, t: Words): Figure {
  return { label: t(name === 'total' ? 'people.list.total' : `people.list.outcome.${name}`), value: String(value), note: null, href, tone };
}

function rowView(judged: JudgedRow, kept: KeptList, tree: UnitTree, t: Words): PeopleListPage['rows'][number] {
  const { parsed: { row, name, unit, posts, phone }, outcome, draft, faults, isProposed } = judged;
  const worded = posts.map((post) => `${t(`role.${post.role}`)}${post.kind === 'secondment' ? t('people.seconded') : ''}${post.fromOn ? t('people.list.since', { day: post.fromOn }) : ''}${post.untilOn ? t('people.list.until', { day: post.untilOn }) : ''}`).join(t('list.and'));
  const own = takesName(judged, kept) ? { name: fieldOf(judged), label: t('people.list.usernameOf', { row: row.row, name }), value: usernameOf(judged) } : null;
  return {
    row: row.row, outcome: { label: t(`people.list.outcome.${outcome}`), tone: tones[outcome] }, name, href: draft?.existing ? `/people/${draft.existing.person.id}` : null,
    unit: unit === null ? row.unit : tree.unit(unit.id)?.name ?? '', posts: worded || row.posts, phone, own, username: `${own ? '' : usernameOf(judged)}${isProposed ? t('people.list.proposedMark') : ''}`,
    why: faults.map((refusal) => sentenceOf(refusal, t)).join(' '),
  };
}

function pagerOf(page: number, total: number, address: (page: number) => string, t: Words): Pager {
  const last = Math.max(1, Math.ceil(total / rowsOnPage));
  return {
    summary: t('import.page', { page, last, total }), sizes: [], first: page > 2 ? address(1) : null, last: page < last - 1 ? address(last) : null,
    previous: page > 1 ? address(page - 1) : null, next: page < last ? address(page + 1) : null,
  };
}

/** What became of a list: how many, who was left and why, and the way to the slips of those who are new. */
export function addedPage({ first, count, further, already, left }: KeptResult, t: Words): PeopleAddedPage {
  return {
    summary: t('people.list.added', { count, further, already }), slips: count === 0 ? null : { href: `/people/slips?${new URLSearchParams({ after: String(first - 1), through: String(first + count - 1) }).toString()}`, label: t('people.list.slips', { count }) },
    leftTitle: left.length === 0 ? null : t('people.list.left', { count: left.length }),
    left: left.slice(0, mostLeft).map(({ row, name, unit, faults }) => ({ row, name, unit, why: faults.map((refusal) => sentenceOf(refusal, t)).join(' ') })),
    more: left.length > mostLeft ? t('people.list.leftMore', { count: left.length - mostLeft }) : null,
  };
}
