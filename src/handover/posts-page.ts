import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { asList } from '../../db/among.js';
import type { Row } from '../../db/changeset.js';
import { people, posts } from '../../db/schema/index.js';
import type { Field, Pages } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { faultsOf } from '../findings/form-page.js';
import { bodyText, bodyTexts, checksField, choice, longField, textField } from '../forms.js';
import { administersPost, theirPeople, type AdministrationScope } from '../people/scope.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { restingOn } from './queries.js';

/** The administrator's half of a hand-over: which posts, to whom, from which day on. */
export async function postHandoverPage(house: House, scope: AdministrationScope, from: Row<typeof people> | null, typed: unknown, refusals: readonly Refusal[], t: Words): Promise<Pages['handover/posts']> {
  const tree = await house.tree();
  const today = house.clock.today();
  const held = from === null ? [] : (await restingOn(house.db.reader, from.id, tree.all.map(({ id }) => id), today)).filter(({ post }) => administersPost(scope, post));
  const error = (name: string): string | null => refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  const ticked = typed === null ? held.map(({ post }) => String(post.id)) : bodyTexts(typed, 'post');
  const fields: readonly Field[] = from === null ? [] : [
    checksField({ name: 'post', label: t('people.posts'), required: true, error: error('post'), choices: held.map(({ post, amount, others }) => choice(post.id, `${tree.unit(post.unitId)?.name ?? ''} ${t(`role.${post.role}`)} · ${t('handover.resting', { count: amount, others })}`, ticked.includes(String(post.id)))) }),
    textField({ name: 'to', label: t('handover.toUsername'), required: true, value: bodyText(typed, 'to'), hint: t('handover.toHint'), error: error('to'), suggestions: await colleagues(house, scope, from.id, [...new Set(held.map(({ post }) => post.unitId))]) }),
    textField({ name: 'on', label: t('field.handoverOn'), type: 'date', required: true, value: typed === null ? today : bodyText(typed, 'on'), hint: t('handover.onHint'), error: error('on') }),
    longField({ name: 'basis', label: t('field.handoverBasis'), required: true, value: bodyText(typed, 'basis'), hint: t('handover.basisHint'), error: error('basis') }),
  ];
  return { key: randomUUID(), from: from === null ? '' : `${from.name}（${from.username}）`, fromId: from === null ? '' : String(from.id), faults: faultsOf(refusals, t), fields };
}

/** Usernames of others at the same units. */
async function colleagues(house: House, scope: AdministrationScope, id: number, units: readonly number[]): Promise<Field['suggestions']> {
  if (units.length === 0) return [];
  const rows = await house.db.reader.selectDistinct({ username: people.username, name: people.name }).from(people).innerJoin(posts, eq(posts.personId, people.id))
    .where(and(sql`${posts.unitId} in (select value from json_each(${asList(units)}))`, sql`${people.id} <> ${id} and ${people.disabledOn} is null`, theirPeople(scope, house.clock.today()))).orderBy(people.username).limit(100);
  return rows.map(({ username, name }) => ({ value: username, label: name }));
}
