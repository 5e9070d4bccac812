import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import { people, posts } from '../../db/schema/index.js';
import type { Field } from '../../views/pages.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { House, Post } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';
import { heldOn } from '../people/in-role.js';
import type { Words } from '../words.js';

/** What a field for names offers, and where one goes when nobody of them is meant. */
export type Offered = Pick<Field, 'suggestions' | 'elsewhere'>;

const most = 200;
const nothing: Offered = Object.freeze({ suggestions: [], elsewhere: [] });

/** Fields in which people are named, by the posts and units from which they usually come. Any other name may be typed: not everybody has an account. */
const usual: Readonly<Record<string, { readonly roles: readonly Post['role'][]; readonly units: (context: FindingContext, tree: UnitTree) => readonly number[]; readonly asks: (context: FindingContext) => number | null }>> = {
  leadLeader: { roles: ['leader'], units: ({ hostOfficeId }, tree) => jurisdiction(hostOfficeId, tree), asks: () => null },
  supervisor: { roles: ['office', 'leader', 'sector'], units: ({ hostOfficeId }, tree) => jurisdiction(hostOfficeId, tree), asks: ({ hostOfficeId }) => hostOfficeId },
  responsible: { roles: ['handler', 'head'], units: ({ leadUnitId }, tree) => (leadUnitId === null ? [] : tree.subtree(leadUnitId).map(({ id }) => id)), asks: ({ leadUnitId }) => leadUnitId },
  companions: { roles: ['inspector'], units: ({ hostOfficeId }, tree) => jurisdiction(hostOfficeId, tree), asks: () => null },
};

/** What the named fields of a form offer; fields that name nobody are not among them. */
export async function offeredNames(house: House, context: FindingContext, fields: readonly string[], t: Words): Promise<ReadonlyMap<string, Offered>> {
  const tree = await house.tree();
  const wanted = fields.flatMap((field) => { const from = usual[field]; return from ? [{ field, from }] : []; });
  return new Map(await Promise.all(wanted.map(async ({ field, from }): Promise<readonly [string, Offered]> => {
    const units = from.units(context, tree);
    return [field, units.length === 0 ? nothing : { suggestions: await holders(house, from.roles, units, tree, t), elsewhere: elsewhere(from.asks(context), t) }];
  })));
}

/** Who holds such a post there today, each once. */
async function holders({ db: { reader }, clock }: House, roles: readonly Post['role'][], units: readonly number[], tree: UnitTree, t: Words): Promise<Offered['suggestions']> {
  const today = clock.today();
  const rows = await reader.select({ name: people.name, unitId: posts.unitId, role: posts.role }).from(posts).innerJoin(people, eq(people.id, posts.personId))
    .where(and(sql`${posts.unitId} in (select value from json_each(${asList(units)}))`, inArray(posts.role, [...roles]), isNull(people.disabledOn), heldOn(today))).orderBy(people.id).limit(most);
  return [...new Map(rows.map(({ name, unitId, role }) => [name, { value: name, label: `${tree.short(unitId)} ${t(`role.${role}`)}` }])).values()];
}

function elsewhere(unitId: number | null, t: Words): Offered['elsewhere'] {
  return unitId === null ? [] : [{ href: `/person-requests/new?unitId=${unitId}`, label: t('personRequest.notThere') }];
}

function jurisdiction(officeId: number, tree: UnitTree): readonly number[] {
  return tree.subtree(tree.jurisdictionOf(officeId)).map(({ id }) => id);
}
