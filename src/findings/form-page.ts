import type { Pages } from '../../views/pages.js';
import { definitionOf } from '../../workflows/registry.js';
import { placeOf } from '../../workflows/snapshot.js';
import { step } from '../../workflows/step.js';
import type { Actor, OnBehalf } from '../../workflows/actor.js';
import type { EventDefinition, FieldDefinition } from '../../workflows/event.js';
import type { Refusal, StepResult } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { RefusedError } from '../errors.js';
import { tickField } from '../forms.js';
import { sentenceOfEvent } from '../ledger/sentence.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { actorsOf } from './actors.js';
import { behalfFields, deciding, typesForOthers } from './behalf.js';
import { evidenceField } from './commands/evidence.js';
import type { NewEvidence } from './commands/evidence.js';
import { nearest } from './commands/nearest.js';
import { contextFacts } from './context-facts.js';
import type { FormWorld } from './fields.js';
import { fieldsOf, namedHere } from './fields.js';
import { formWorld, principals } from './form-world.js';
import { evidenceView } from './pages.js';
import { findingQueries, type Loaded } from './queries.js';

/** What a form shows beside its event: what was typed, what was wrong with it, and the event that it was opened before. */
export interface Shown extends Pick<FormWorld, 'typed' | 'refusals' | 'kept'> {
  readonly key: string;
  readonly changedSince: number | null;
  /** numbers that the reader may not see. */
  readonly hidden: ReadonlySet<string>;
  readonly standing: Pick<Standing, 'onlyForOthers' | 'others' | 'hosts'>;
  /** the signed paper, when it came with the form and waits. */
  readonly keptScan: NewEvidence | null;
}

/** How somebody stands to an event before anything is filled in. */
export interface Standing {
  /** why they may not do it; null when they may, themselves or for another. */
  readonly refused: RefusedError | null;
  /** they may not decide it, only enter what another has signed. */
  readonly onlyForOthers: boolean;
  /** for whom they may enter it. */
  readonly others: readonly Person[];
  /** they are of the office that decides on it, and may hand it to any unit of theirs. */
  readonly hosts: boolean;
}

/** May this person do it now? Asked of the engine itself; what is still to be typed does not count. */
export async function standingOf(house: House, person: Person, { row, snapshot }: Loaded, event: EventDefinition): Promise<Standing> {
  const tree = await house.tree();
  const calendar = await house.calendar();
  const actors = actorsOf(person, snapshot.context, tree);
  const asked = { type: event.type, data: {}, occurredAt: house.clock.occurring(), today: house.clock.today(), dates: {} };
  const tried = (typists: readonly Actor[], onBehalf: OnBehalf | null): StepResult => nearest(typists.map((actor) => step(definitionOf(row.workflow), snapshot, { ...asked, actor, onBehalf }, calendar)));
  const paper = { basisNumber: '', basisDate: asked.today, scan: null };
  const typists = event.onBehalf ? actors.filter(typesForOthers) : [];
  const decides = (principal: Actor): boolean => { const result = tried(typists, { ...paper, principal }); return result.kind === 'moved' || result.because !== 'who'; };
  const others = typists.length === 0 ? [] : (await principals(house, snapshot.context, deciding)).filter((other) => other.id !== person.id && actorsOf(other, snapshot.context, tree).some(decides));
  const hosts = actors.some(({ role, relations }) => role === 'office' && relations.includes('host'));
  const result = tried(actors, null);
  if (result.kind === 'moved' || result.because === 'input') return { refused: null, onlyForOthers: false, others, hosts };
  const onlyForOthers = result.because === 'who' && others.length > 0;
  return { refused: onlyForOthers ? null : new RefusedError(result.because, result.refusals), onlyForOthers, others, hosts };
}

/** One generic form for every event, made from its field definitions. */
export async function formPage(house: House, loaded: Loaded, definition: EventDefinition, t: Words, { key, changedSince, hidden, standing: { onlyForOthers, others, hosts }, keptScan, ...asked }: Shown): Promise<Pages['findings/form']> {
  const { row, snapshot } = loaded;
  const { typed, refusals } = asked;
  const tree = await house.tree();
  const asksPeople = definition.fields.some((field) => field.kind === 'people');
  const world = await formWorld(house, t, row.id, snapshot.context, asksPeople ? await principals(house, snapshot.context, ['inspector']) : [], asked, definition.fields.map(({ name }) => name), evidenceField(definition));
  const behalf = others.length > 0 ? behalfFields(others, { typed, refusals, keptScan }, t) : [];
  const since = changedSince === null ? [] : await findingQueries(house.db.reader).eventsSince(row.id, changedSince);
  return {
    number: row.number, title: row.title, verb: t(`event.${definition.type}`), what: sentenceIfAny(t, `event.${definition.type}.what`), action: `/findings/${row.number}/${definition.resource ?? ''}`,
    multipart: definition.fields.some((field) => field.kind === 'evidence') || behalf.length > 0, key, seen: row.movedSeq, faults: faultsOf(namedHere(definition, refusals, t), t),
    changed: changedSince === null ? null : { items: since.map((event) => sentenceOfEvent(event, t, tree, hidden, snapshot.context.parent)) },
    refused: null, context: await contextFacts(house, loaded, definition.type, t), evidence: (await findingQueries(house.db.reader).evidence(row.id)).slice(0, mostFiles).map((file) => evidenceView(file, row.number, house.clock.zone, t)),
    fields: [...fieldsOf(asAskedHere(definition, loaded, hosts), world), ...warned(refusals, t)],
    behalf, hasBehalf: behalf.length > 0, onlyForOthers: onlyForOthers ? t('form.onlyForOthers') : null, behalfOpen: onlyForOthers || behalf.some((field) => field.error !== null || field.value !== ''), tone: definition.weight === 'more' ? 'warn' : 'plain',
  };
}

/** Files shown beside a form; the finding's page has them all. */
const mostFiles = 20;

/** Some things are asked only here, by a rule and not by the form: they are marked as what they are. */
function asAskedHere(definition: EventDefinition, { row, snapshot }: Loaded, hosts: boolean): EventDefinition {
  const { context } = snapshot;
  const rules = new Set(placeOf(definitionOf(row.workflow).machine, snapshot.value).conditions.get(definition.type)?.flatMap((each) => each.rules) ?? []);
  const asked = [
    ...(rules.has('methodNamed') ? ['method'] : []), ...(rules.has('twoPeople') ? ['companions'] : []),
    ...(rules.has('evidenceShown') && context.switches.evidenceRequired && context.evidenceAfter === 0 ? ['evidence'] : []),
  ];
  // Whoever does not decide on it hands it on to units below the lead alone; no others are offered.
  const fitting = (field: FieldDefinition): FieldDefinition => (!hosts && rules.has('partsBelowLead') && field.kind === 'parts' ? { ...field, fit: 'belowLead' } : field);
  return { ...definition, fields: definition.fields.map((field) => fitting(asked.includes(field.name) ? { ...field, required: true } : field)) };
}

/** The summary above a form: every fault, linked to its field. */
export function faultsOf(refusals: readonly Refusal[], t: Words): Pages['findings/form']['faults'] {
  const items = refusals.map((refusal) => ({ href: refusal.field ? `#f-${refusal.field === 'evidence' ? 'files' : refusal.field}` : null, text: sentenceOf(refusal, t) }));
  return items.length > 0 ? { title: t('form.faults', { count: items.length }), items } : null;
}

/** A warning is ticked away, once it was read. */
function warned(refusals: readonly Refusal[], t: Words): Pages['findings/form']['fields'] {
  const warnings = refusals.filter((refusal) => refusal.field === 'warned');
  return warnings.length === 0 ? [] : [tickField({ name: 'warned', label: t('field.warned'), value: '', error: warnings.map((refusal) => sentenceOf(refusal, t)).join(' ') })];
}

function sentenceIfAny(t: Words, key: string): string | null {
  const sentence = t(key);
  return sentence === key ? null : sentence;
}
