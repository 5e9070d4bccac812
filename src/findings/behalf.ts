import type { Field } from '../../views/pages.js';
import type { Actor } from '../../workflows/actor.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { bodyText, checksField, choice, fileField, selectField, textField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { peopleQueries } from '../people/queries.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { actorsOf } from './actors.js';
import { dayOfPaper, type Behalf } from './commands/behalf.js';
import type { NewEvidence } from './commands/evidence.js';
import type { Loaded } from './queries.js';

type Role = Actor['role'];

/** 代录: who enters whose decisions; on which finding and for whom of them, the workflow says. */
export const typedFor: Partial<Readonly<Record<Role, readonly Role[]>>> = Object.freeze({ office: ['leader', 'inspector', 'sector', 'head'], handler: ['head'] });

/** Whose decisions may be entered for them. */
export const deciding = ['leader', 'head', 'inspector', 'sector'] as const;

/** The office that decides, and the unit's own people: as what they type for others. */
const typesAs: Partial<Readonly<Record<Role, Actor['relations'][number]>>> = Object.freeze({ office: 'host', handler: 'lead' });

export function typesForOthers({ role, relations }: Actor): boolean {
  const relation = typesAs[role];
  return relation !== undefined && relations.includes(relation);
}

/** 代录 as it was typed: for whom, on what paper. */
export interface BehalfTyped extends Pick<Behalf, 'basisNumber' | 'basisDate' | 'scan'> {
  /** null when the form does not say for whom, or for nobody who decides. */
  readonly person: Person | null;
}

/** Null when the form names nobody and no paper, or the event may not be entered for others. */
export async function behalfIn(house: House, definition: EventDefinition, body: unknown, scan: NewEvidence | null): Promise<BehalfTyped | null> {
  const [id, basisNumber, basisDate] = [bodyText(body, 'behalfPersonId'), bodyText(body, 'basisNumber'), bodyText(body, 'basisDate')];
  if (!definition.onBehalf || (id === '' && basisNumber === '' && basisDate === '' && !scan)) return null;
  const person = /^\d{1,12}$/u.test(id) ? await signerIn(house, Number(id), dayOfPaper(house, basisDate)) : null;
  return { person: person?.posts.some(({ role }) => deciding.some((each) => each === role)) ? person : null, basisNumber, basisDate, scan };
}

/** With the posts of the day of the paper and those of today: in which of them they signed is said when it is written. */
async function signerIn({ db, clock }: House, id: number, day: string): Promise<Person | null> {
  const person = await peopleQueries(db.reader).personThen(id, day, clock.today());
  return person && { ...person, posts: [...new Map(person.bound.map((post) => [post.id, post])).values()] };
}

/** The posts of whoever has signed, towards one finding; none where they hold none that decides. */
export function behalfTowards({ snapshot }: Loaded, { person, ...paper }: BehalfTyped, tree: UnitTree): Behalf {
  const actors = person ? actorsOf(person, snapshot.context, tree) : [];
  return { ...paper, principals: actors.filter((actor) => deciding.some((role) => role === actor.role)) };
}

/** 代录 on one finding. Throws InvalidError when the form does not say for whom; what else is missing the workflow says. */
export async function onBehalfFrom(house: House, definition: EventDefinition, loaded: Loaded, body: unknown, scan: NewEvidence | null): Promise<Behalf | null> {
  const typed = await behalfIn(house, definition, body, scan);
  if (!typed) return null;
  const behalf = behalfTowards(loaded, typed, await house.tree());
  if (behalf.principals.length === 0) throw new InvalidError([nobody]);
  return behalf;
}

/** Said of a form that does not say for whom. */
export const nobody: Refusal = Object.freeze({ rule: 'field.required', kind: 'input', params: { name: 'behalfPersonId' }, field: 'behalfPersonId' });

/** What came with the fields of 代录. */
interface Came {
  readonly typed: unknown;
  readonly refusals: readonly Refusal[];
  /** the signed paper that came along before and waits. */
  readonly keptScan: NewEvidence | null;
}

/** The fields of 代录, for those who may type it. */
export function behalfFields(people: readonly Person[], { typed, refusals, keptScan }: Came, t: Words): readonly Field[] {
  const error = (name: string): string | null => refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  const given = (name: string): Pick<Field, 'name' | 'label' | 'error'> => ({ name, label: t(`field.${name}`), error: error(name) });
  return [
    selectField({ ...given('behalfPersonId'), choices: people.map((person) => choice(person.id, `${person.name} · ${person.posts.map((post) => t(`role.${post.role}`)).join('、')}`, bodyText(typed, 'behalfPersonId') === String(person.id))) }),
    textField({ ...given('basisNumber'), value: bodyText(typed, 'basisNumber') }),
    textField({ ...given('basisDate'), type: 'date', value: bodyText(typed, 'basisDate') }),
    fileField({ ...given('scan'), hint: t('field.scan.hint') }),
    ...(keptScan ? [checksField({ name: 'keptScan', label: t('field.kept.there'), choices: [choice(keptScan.id, keptScan.name, true)] })] : []),
  ];
}
