import type { Field } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import type { EventDefinition, OnBehalf, Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { bodyText, choice, selectField, textField } from '../forms.js';
import { peopleQueries } from '../people/queries.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { actorsOf } from './actors.js';
import type { NewEvidence } from './commands/act.js';
import type { Loaded } from './queries.js';

const roles = ['leader', 'head', 'inspector', 'sector'] as const;

/** 代录: for whom, on what paper. Null when the form names nobody. Throws InvalidError naming what is missing. */
export async function onBehalfFrom(house: House, definition: EventDefinition, loaded: Loaded, body: unknown, files: readonly NewEvidence[]): Promise<OnBehalf | null> {
  const id = bodyText(body, 'behalfPersonId');
  if (!definition.onBehalf || id === '') return null;
  const person = /^\d{1,12}$/u.test(id) ? await peopleQueries(house.db.reader).person(Number(id), house.clock.today()) : null;
  const actors = person ? actorsOf(person, loaded.snapshot.context, await house.tree()) : [];
  const principal = actors.find((actor) => roles.some((role) => role === actor.role)) ?? actors[0];
  const [basisNumber, basisDate] = [bodyText(body, 'basisNumber'), bodyText(body, 'basisDate')];
  const wrong: Refusal[] = [
    ...(principal ? [] : [missing('behalfPersonId')]), ...(basisNumber ? [] : [missing('basisNumber')]),
    ...(isDate(basisDate) && basisDate <= house.clock.today() ? [] : [missing('basisDate')]),
  ];
  if (!principal || wrong.length > 0) throw new InvalidError(wrong);
  return { principal, basisNumber, basisDate, scan: files[0]?.id ?? null };
}

function missing(name: string): Refusal {
  return { rule: 'field.required', kind: 'input', params: { name }, field: name };
}

/** The fields of 代录, for those who may type it. */
export function behalfFields(people: readonly Person[], typed: unknown, refusals: readonly Refusal[], t: Words): readonly Field[] {
  const error = (name: string): string | null => refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  return [
    selectField({ name: 'behalfPersonId', label: t('field.behalfPersonId'), error: error('behalfPersonId'), choices: people.map((person) => choice(person.id, `${person.name} · ${person.posts.map((post) => t(`role.${post.role}`)).join('、')}`, bodyText(typed, 'behalfPersonId') === String(person.id))) }),
    textField({ name: 'basisNumber', label: t('field.basisNumber'), value: bodyText(typed, 'basisNumber'), error: error('basisNumber') }),
    textField({ name: 'basisDate', label: t('field.basisDate'), type: 'date', value: bodyText(typed, 'basisDate'), error: error('basisDate') }),
  ];
}
