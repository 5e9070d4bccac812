import type { AnyTransitionDefinition } from 'xstate';
import type { Actor, Duty, OnBehalf, Relation, Role } from './actor.js';
import type { FindingContext, Mark } from './finding.js';
import type { Refusal, RuleKind, WorkflowEvent } from './types.js';

/** A post that may do it: role and relation to the finding; 'system:*' is the engine itself. */
export type Post = `${Exclude<Role, 'system'>}:${Relation}` | 'system:*';

/** Who is excluded: by a duty done in any cycle or in this one, or by belonging to a unit that puts it right. */
export type Never = `${Duty}:any` | `${Duty}:thisCycle` | 'belongs';

/** A transition's conditions as data: the parameters of the one guard there is. */
export interface Conditions {
  /** chooses between transitions of one event; not shown as a refusal while another one applies. */
  readonly when: readonly string[];
  readonly by: readonly Post[];
  readonly duty: Duty | null;
  readonly never: readonly Never[];
  readonly rules: readonly string[];
}

/** The event as the machine sees it: with the dotted path it came from. */
export type MachineEvent = WorkflowEvent & { readonly from: string };

/** A rule: true, or the values that its sentence names. `argument` is what follows the colon in "resumesTo:listed". */
export interface Rule {
  readonly kind: RuleKind;
  readonly field?: string;
  readonly test: (context: FindingContext, event: MachineEvent, argument: string) => true | Refusal['params'];
}
export type Rules = Readonly<Record<string, Rule>>;

/** The rules that stand in the way, who first, then state, then input; empty when it may be done. */
export function standingInTheWay(conditions: Conditions, rules: Rules, context: FindingContext, event: MachineEvent): readonly Refusal[] {
  const refusals = [...whoRefusals(conditions, context, event), ...companionRefusals(conditions, context, event)];
  for (const name of conditions.rules) {
    const refusal = broken(name, rules, context, event);
    if (refusal) refusals.push(refusal);
  }
  return refusals.length > 1 ? refusals.sort((one, other) => order[one.kind] - order[other.kind]) : refusals;
}

/** Do the selecting conditions hold, so that this transition is the one that would be taken? */
export function applies(conditions: Conditions, rules: Rules, context: FindingContext, event: MachineEvent): boolean {
  return conditions.when.every((name) => broken(name, rules, context, event) === null);
}

/** Leaving out what is still to be typed: could this transition be the one? */
export function mayApply(conditions: Conditions, rules: Rules, context: FindingContext, event: MachineEvent): boolean {
  return conditions.when.every((name) => rules[nameOf(name)]?.kind === 'input' || broken(name, rules, context, event) === null);
}

/** Post, typist and separation of duties alone: whether the person could do it, whatever the stage. */
export function whoRefusals(conditions: Conditions, context: FindingContext, event: Pick<WorkflowEvent, 'actor' | 'onBehalf'>): readonly Refusal[] {
  const named = doer(event);
  if (!conditions.by.some((post) => holds(named, post))) return [refusal('notYourPost', { by: conditions.by.filter((post) => post !== 'system:*').join(' ') })];
  if (event.onBehalf && !mayType(event.actor, named)) return [refusal('mayNotType', { name: named.name })];
  if (conditions.never.length === 0) return nobody;
  return peopleOf(event).flatMap((person) => conditions.never.filter((never) => excluded(person, never, context)).map((never) => refusal(`never.${never.replace(':', '.')}`, { name: person.name })));
}

/** Whoever goes along does it too, and is excluded by the same; it is told at the field in which they are named. */
function companionRefusals({ never }: Conditions, context: FindingContext, { data }: MachineEvent): readonly Refusal[] {
  const unfit = actorsIn(data['companionActors']).filter((person) => never.some((each) => excluded(person, each, context)));
  return unfit.length === 0 ? nobody : [{ rule: 'companionsFree', kind: 'input', params: { names: unfit.map(({ name }) => name).join('、') }, field: 'companions' }];
}

/** Who does it: the person named, when it is entered on behalf. */
export function doer(event: Pick<WorkflowEvent, 'actor' | 'onBehalf'>): Actor {
  return event.onBehalf?.principal ?? event.actor;
}

/** Whom a duty binds: the person named and the typist alike. */
export function peopleOf(event: { readonly actor: Actor; readonly onBehalf: OnBehalf | null }): readonly Actor[] {
  return event.onBehalf ? [event.onBehalf.principal, event.actor] : [event.actor];
}

/** Everybody who did it together: those, and their companions who are people of the house. */
export function allWhoDid(event: Pick<WorkflowEvent, 'actor' | 'onBehalf' | 'data'>): readonly Actor[] {
  return [...peopleOf(event), ...actorsIn(event.data['companionActors'])];
}

/** The actors among what the shell added to an event. */
export function actorsIn(value: unknown): readonly Actor[] {
  return Array.isArray(value) ? value.filter(isActor) : [];
}

/** Duties that another finding's event brought along: who did them stands in that finding's history. */
export function marksIn(value: unknown): readonly Mark[] {
  return Array.isArray(value) ? value.filter(isMark) : [];
}

function isMark(value: unknown): value is Mark {
  return typeof value === 'object' && value !== null && 'duty' in value && 'personId' in value;
}

function isActor(value: unknown): value is Actor {
  return typeof value === 'object' && value !== null && 'personId' in value && 'belongs' in value;
}

/** Does the person belong to a unit that puts it right? */
export function putsItRight(person: Actor): boolean {
  return person.belongs.some((relation) => relation === 'lead' || relation === 'responsible' || relation === 'supporting');
}

/** The conditions of a transition. Throws when it does not use the one guard: check() says so before anything runs. */
export function conditionsOf(transition: AnyTransitionDefinition): Conditions {
  const guard: unknown = transition.guard;
  const params: unknown = typeof guard === 'object' && guard !== null && Reflect.get(guard, 'type') === 'allowed' ? Reflect.get(guard, 'params') : null;
  if (!areConditions(params)) throw new Error(`A transition on ${transition.eventType} does not use the one guard "allowed" with its conditions.`);
  return params;
}

/** "resumesTo" of "resumesTo:rectifying.planning". */
export function nameOf(rule: string): string {
  const colon = rule.indexOf(':');
  return colon < 0 ? rule : rule.slice(0, colon);
}

const order: Readonly<Record<RuleKind, number>> = { who: 0, state: 1, input: 2 };
const nobody: readonly Refusal[] = Object.freeze([]);

function holds(actor: Actor, post: Post): boolean {
  const colon = post.indexOf(':');
  if (actor.role !== post.slice(0, colon)) return false;
  const relation = post.slice(colon + 1);
  return relation === '*' || actor.relations.some((each) => each === relation);
}

/** 代录: the host office types what was decided on paper; a unit's handler types for its own head, and for nobody who decides about the unit. */
function mayType(typist: Actor, named: Actor): boolean {
  return (typist.role === 'office' && typist.relations.includes('host')) || (typist.role === 'handler' && named.role === 'head' && typist.unitId === named.unitId);
}

/** Is the person excluded by this, by what they did on it or belong to? */
export function excluded(person: Actor, never: Never, context: FindingContext): boolean {
  if (never === 'belongs') return putsItRight(person);
  const colon = never.indexOf(':');
  const duty = never.slice(0, colon);
  const thisCycle = never.slice(colon + 1) === 'thisCycle';
  return context.marks.some((mark) => mark.duty === duty && mark.personId === person.personId && (!thisCycle || mark.cycle === context.cycle));
}

function broken(name: string, rules: Rules, context: FindingContext, event: MachineEvent): Refusal | null {
  const colon = name.indexOf(':');
  const rule = rules[colon < 0 ? name : name.slice(0, colon)];
  if (!rule) throw new Error(`The workflow names a rule that does not exist: ${name}.`);
  const answer = rule.test(context, event, colon < 0 ? '' : name.slice(colon + 1));
  if (answer === true) return null;
  return { rule: colon < 0 ? name : name.slice(0, colon), kind: rule.kind, params: answer, field: rule.field ?? null };
}

function refusal(rule: string, params: Refusal['params']): Refusal {
  return { rule, kind: 'who', params, field: null };
}

function areConditions(params: unknown): params is Conditions {
  return typeof params === 'object' && params !== null && ['when', 'by', 'never', 'rules'].every((name) => Array.isArray(Reflect.get(params, name)));
}
