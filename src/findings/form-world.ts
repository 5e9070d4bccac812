import type { FieldDefinition, UnitFit } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person, Post } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';
import { mannedUnits, peopleInRoles } from '../people/in-role.js';
import type { Words } from '../words.js';
import { actorsOf } from './actors.js';
import { citable } from './commands/evidence.js';
import { filingChoices } from './filing-choices.js';
import type { FormWorld } from './fields.js';
import { offeredNames } from './names.js';
import { fitsOf } from './unit-facts.js';

type Asked = Pick<FormWorld, 'typed' | 'refusals' | 'kept'>;

/** What a fresh form starts from. */
export const fresh: Asked = Object.freeze({ typed: null, refusals: Object.freeze<Refusal[]>([]), kept: Object.freeze([]) });

/** Gathers what the forms of a finding's events offer to choose from; `fields` are those of the form, where it may name people or a category, `files` the one that takes evidence. */
export async function formWorld(house: House, t: Words, findingId: number | null, context: FindingContext, inspectors: readonly Person[], asked: Asked, fields: readonly string[] = [], files: FieldDefinition | undefined = undefined): Promise<FormWorld> {
  const tree = await house.tree();
  return {
    t, tree, context, ...asked, evidence: findingId === null || !files ? [] : await citable(house, findingId, files), names: await offeredNames(house, context, fields, t),
    units: unitsFitting(context, tree), manned: await mannedUnits(house.db.reader, house.clock.today()), categories: fields.includes('categoryId') ? (await filingChoices(house.db.reader)).categories : [],
    inspectors: inspectors.map((person) => ({ id: person.id, name: person.name, unit: tree.unit(person.posts.find((post) => post.role === 'inspector')?.unitId ?? 0)?.name ?? '' })),
  };
}

/** People for whom a decision on this finding may be entered, or who may be sent to it: by role, and standing to the finding as the role must. */
export async function principals(house: House, context: FindingContext, roles: readonly Post['role'][]): Promise<readonly Person[]> {
  const tree = await house.tree();
  const found = await peopleInRoles(house.db.reader, roles, house.clock.today());
  return found.filter((person) => actorsOf(person, context, tree).some((actor) => roles.some((role) => role === actor.role) && actor.relations.length > 0));
}

/** Looked through once per kind of choice, in the order of the tree. */
function unitsFitting(context: FindingContext, tree: UnitTree): FormWorld['units'] {
  const known = new Map<UnitFit, ReturnType<FormWorld['units']>>();
  return (fit) => {
    const found = known.get(fit) ?? tree.all.filter((unit) => fitsOf(unit, context, tree).includes(fit));
    known.set(fit, found);
    return found;
  };
}
