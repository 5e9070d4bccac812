import type { Refusal } from '../../../workflows/types.js';
import type { Unit, UnitTree } from '../../organisation/tree.js';
import { nameFaults } from '../name-faults.js';
import { nameKey } from '../names.js';
import type { PostForm } from '../posts.js';
import type { AdministrationScope } from '../scope.js';
import { dayIn } from './days.js';
import { postsIn } from './post-words.js';
import type { ListedRow } from './read.js';
import { isUnit, unitReader } from './units.js';

/** A row as it is understood, before it is looked up who that is. */
export interface ParsedRow {
  readonly row: ListedRow;
  readonly name: string;
  /** by which names are compared. */
  readonly key: string;
  readonly username: string;
  readonly phone: string;
  readonly unit: Unit | null;
  readonly posts: readonly PostForm[];
  readonly faults: readonly Refusal[];
}

/** Understands rows one by one, with everything that is wrong with each. */
export function parser(tree: UnitTree, scope: AdministrationScope, today: string): (row: ListedRow) => ParsedRow {
  const unitOf = unitReader(tree, scope);
  return (row) => {
    const name = plainName(row.name);
    const found = unitOf(row.unit);
    const { posts, unknown } = postsIn(row.posts);
    const [fromOn, untilOn] = [dayIn(row.fromOn), dayIn(row.untilOn)];
    const faults = [
      ...nameFaults({ username: row.username === '' ? null : row.username, name, phone: row.phone }), ...(isUnit(found) ? [] : [found]), ...postFaultsIn(row, unknown), ...dayFaults(row, fromOn, untilOn, today),
    ];
    const unit = isUnit(found) ? found : null;
    return { row, name, key: nameKey(name), username: row.username, phone: row.phone, unit, faults, posts: unit ? posts.map(({ role, kind }) => ({ role, unitId: unit.id, kind, untilOn: untilOn ?? null, ...(fromOn ? { fromOn } : {}) })) : [] };
  };
}

/** 张　三 is 张三: lists pad names of two characters. */
function plainName(text: string): string {
  return /^[\p{Script=Han}\s]+$/u.test(text) ? text.replaceAll(/\s+/gu, '') : text.replaceAll(/\s+/gu, ' ').trim();
}

function postFaultsIn({ posts }: ListedRow, unknown: readonly string[]): readonly Refusal[] {
  if (posts === '') return [fault('noPost', {}, 'posts')];
  return unknown.map((post) => fault('postUnknown', { post }, 'posts'));
}

function dayFaults(row: ListedRow, fromOn: string | null | undefined, untilOn: string | null | undefined, today: string): readonly Refusal[] {
  if (untilOn && untilOn < today) return [fault('endsBefore', { day: untilOn }, 'untilOn')];
  if (fromOn && untilOn && untilOn < fromOn) return [fault('untilFirst', {}, 'untilOn')];
  return [...(fromOn === undefined ? [fault('day', { day: row.fromOn }, 'fromOn')] : []), ...(untilOn === undefined ? [fault('day', { day: row.untilOn }, 'untilOn')] : [])];
}

function fault(rule: string, params: Refusal['params'], field: string): Refusal {
  return { rule: `people.list.${rule}`, kind: 'input', params, field };
}
