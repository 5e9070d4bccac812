import type { Pages, Way } from '../../views/pages.js';
import { current, definitionOf } from '../../workflows/registry.js';
import { availability } from '../../workflows/step.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { actorsOf } from '../findings/actors.js';
import { contextFacts } from '../findings/context-facts.js';
import { faultsOf } from '../findings/form-page.js';
import { lightView, stateBadge } from '../findings/lights.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { bodyText, bodyTexts, choice, radioField } from '../forms.js';
import { peopleInRoles } from '../people/in-role.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { mostOnASheet, type Recorded, type Result, type Sent } from './sheet.js';

/** A sheet before or after it was sent. */
export interface Shown {
  readonly title: string;
  readonly action: string;
  readonly back: Way;
  readonly results: readonly Result[];
  readonly key: string;
  /** there was more than fits on one sheet. */
  readonly more: boolean;
  readonly empty: Pages['visits/record']['empty'];
  readonly sent: Sent | null;
  readonly recorded: Recorded | null;
}

/** Rows for people who go along, beside the one who writes. */
const companionRows = 3;

/** 录入本次核查: asked once for all, then row by row. What was taken is not asked again; what was refused keeps what was typed. */
export async function sheetPage(house: House, person: Person, loaded: ReadonlyMap<string, Loaded>, t: Words, shown: Shown): Promise<Pages['visits/record']> {
  const { results, sent, recorded } = shown;
  const done = new Set(recorded?.done.map(({ number }) => number));
  const left = [...loaded].filter(([number]) => !done.has(number));
  const refused = recorded?.refused ?? new Map<string, readonly Refusal[]>();
  const rows = [];
  for (const [number, each] of left) rows.push(await rowView(house, person, each, number, t, shown));
  const shared = faultsOf(recorded?.faults ?? [], t)?.items ?? [];
  const items = [...shared, ...[...refused].filter(([number]) => loaded.has(number)).map(([number, refusals]) => ({ href: `#row-${number}`, text: `${number} ${refusals.map((refusal) => sentenceOf(refusal, t)).join(' ')}` }))];
  const gone = [...refused].filter(([number]) => !loaded.has(number)).map(([number]) => ({ text: t('visits.gone', { number, text: bodyText(sent?.body, `note.${number}`) }) }));
  return {
    title: shown.title, back: shown.back, action: shown.action, key: shown.key, today: house.clock.today(), hint: t(results.some(({ event }) => event === 'PASS') ? 'visits.hint' : 'samples.hint'),
    more: shown.more ? t('visits.more', { most: mostOnASheet }) : null, done: done.size > 0 && recorded ? doneWords(recorded, t) : null,
    faults: items.length > 0 ? { title: t('form.faults', { count: items.length }), items } : null,
    method: methodField(sent, recorded, t), companions: companionInputs(sent, recorded, t), names: await namesOf(house, person), noteLabel: t(results.some(({ note }) => note === 'missing') ? 'visits.note' : 'samples.note'), rows, gone, empty: shown.empty,
  };
}

function doneWords({ done }: Recorded, t: Words): string {
  const rows = done.map(({ number, value }) => t('visits.doneOne', { number, result: t(`visits.result.${value}`) })).join(t('list.and'));
  return t('visits.done', { count: done.length, rows });
}

function methodField(sent: Sent | null, recorded: Recorded | null, t: Words) {
  const choices = current.events['PASS']?.fields.find(({ name }) => name === 'method')?.choices ?? [];
  const chosen = sent ? bodyText(sent.body, 'method') : '';
  return radioField({ name: 'method', label: t('field.method'), required: true, error: errorOf(recorded?.faults ?? [], 'method', t), choices: choices.map((each) => choice(each, t(`choice.method.${each}`), each === chosen)) });
}

/** Any name may be typed; those of the house are offered. */
function companionInputs(sent: Sent | null, recorded: Recorded | null, t: Words): Pages['visits/record']['companions'] {
  const typed = sent ? bodyTexts(sent.body, 'companions') : [];
  const inputs = Array.from({ length: Math.max(companionRows, typed.length) }, (_, index) => ({ id: `f-companions${index === 0 ? '' : `-${index + 1}`}`, value: typed[index] ?? '', label: `${t('field.companions')} ${index + 1}` }));
  return { label: t('field.companions'), hint: t('visits.companionsHint'), error: errorOf(recorded?.faults ?? [], 'companions', t), inputs };
}

function errorOf(refusals: readonly Refusal[], field: string, t: Words): string | null {
  return refusals.filter((refusal) => refusal.field === field).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
}

/** Who usually goes along: inspectors and people of the offices, each name once. */
async function namesOf(house: House, person: Person): Promise<readonly string[]> {
  const people = await peopleInRoles(house.db.reader, ['inspector', 'office'], house.clock.today());
  const first = people.toSorted((one, other) => Number(isInspector(other)) - Number(isInspector(one)));
  return [...new Set(first.filter(({ id }) => id !== person.id).map(({ name }) => name))].slice(0, 200);
}

function isInspector({ posts }: Person): boolean {
  return posts.some(({ role }) => role === 'inspector');
}

/** A row by the name under which it was asked for: that of a clue stays what the form says. */
async function rowView(house: House, person: Person, loaded: Loaded, number: string, t: Words, { results, sent, recorded }: Shown): Promise<Pages['visits/record']['rows'][number]> {
  const { row, snapshot } = loaded;
  const refusals = recorded?.refused.get(number) ?? [];
  const body = sent?.body;
  const [note, chosen] = [bodyText(body, `note.${number}`), bodyText(body, `result.${number}`)];
  const blocked = await blockedFor(house, person, loaded, results, t);
  const files = await findingQueries(house.db.reader).evidence(row.id);
  const tree = await house.tree();
  const [first] = results;
  return {
    number, seen: String(row.movedSeq), href: `/findings/${row.number}`, title: row.title, unit: tree.short(row.leadUnitId),
    light: lightView({ ...row, dueOn: snapshot.context.verifyBy ?? row.dueOn }, house.clock.today(), t), state: stateBadge(row.state, row.stage, t), context: await contextFacts(house, loaded, first?.event ?? '', t),
    evidence: files.slice(0, 20).map((file) => ({ href: `/findings/${row.number}/evidence/${file.id}`, name: file.name })),
    blocked, open: blocked === null || note !== '' || chosen !== '',
    results: [...results.map(({ value }) => choice(value, t(`visits.result.${value}`), value === chosen)), choice('', t('visits.result.none'), !results.some(({ value }) => value === chosen))],
    note, kept: (sent?.files.get(number) ?? []).map(({ id, name }) => ({ id, name })), error: refusals.length > 0 ? refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') : null,
    full: `/findings/${row.number}/${definitionOf(row.workflow).events[first?.event ?? '']?.resource ?? ''}`,
  };
}

/** Why this person can record nothing here, asked of the workflow; null when they can. */
async function blockedFor(house: House, person: Person, { row, snapshot }: Loaded, results: readonly Result[], t: Words): Promise<string | null> {
  const possible = availability(definitionOf(row.workflow), snapshot, actorsOf(person, snapshot.context, await house.tree()), house.clock.today());
  const here = possible.filter(({ event }) => results.some((result) => result.event === event));
  if (here.some(({ allowed }) => allowed)) return null;
  const why = here[0]?.refusals.map((refusal) => sentenceOf(refusal, t)).join(' ');
  return why || t('visits.notNow', { state: t(`state.${row.state}`) });
}
