import type { Actor, Duty, FindingContext, Refusal, Role, RuleKind, WorkflowEvent } from './types.js';

/** A post that may do it: role and relation to the finding; '*' is any relation. */
export type Post = `${Role}:${Actor['relations'][number]}` | 'system:*';

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
  readonly test: (context: FindingContext, event: MachineEvent, argument: string) => true | Readonly<Record<string, string | number>>;
}
export type Rules = Readonly<Record<string, Rule>>;

/** The rules that stand in the way, who first, then state, then input; empty when it may be done. */
export function standingInTheWay(conditions: Conditions, rules: Rules, context: FindingContext, event: MachineEvent): readonly Refusal[] {
  const refusals = [...whoRefusals(conditions, context, event)];
  for (const name of conditions.rules) {
    const refusal = applied(name, rules, context, event);
    if (refusal) refusals.push(refusal);
  }
  return refusals.length > 1 ? refusals.sort((one, other) => order[one.kind] - order[other.kind]) : refusals;
}

/** Do the selecting conditions hold, so that this transition is the one that would be taken? */
export function applies(conditions: Conditions, rules: Rules, context: FindingContext, event: MachineEvent): boolean {
  return conditions.when.every((name) => applied(name, rules, context, event) === null);
}

/** Who does it: the person named, when it is entered on behalf. */
export function doer(event: Pick<WorkflowEvent, 'actor' | 'onBehalf'>): Actor {
  return event.onBehalf?.principal ?? event.actor;
}

const order: Readonly<Record<RuleKind, number>> = { who: 0, state: 1, input: 2 };

function whoRefusals(conditions: Conditions, context: FindingContext, event: MachineEvent): readonly Refusal[] {
  const named = doer(event);
  if (!conditions.by.some((post) => holds(named, post))) return [refusal('notYourPost', 'who', { by: conditions.by.join(' ') })];
  if (event.onBehalf && !mayType(event.actor, named)) return [refusal('mayNotType', 'who', { name: named.name })];
  const people = event.onBehalf ? [named, event.actor] : [named];
  return people.flatMap((person) => conditions.never.filter((never) => excluded(person, never, context)).map((never) => refusal(`never.${never.replace(':', '.')}`, 'who', { name: person.name })));
}

function holds(actor: Actor, post: Post): boolean {
  const colon = post.indexOf(':');
  if (actor.role !== post.slice(0, colon)) return false;
  const relation = post.slice(colon + 1);
  return relation === '*' || actor.relations.some((each) => each === relation);
}

/** 代录: the host office types what was decided on paper, or somebody of the unit types for its own head. */
function mayType(typist: Actor, named: Actor): boolean {
  return (typist.role === 'office' && typist.relations.includes('host')) || typist.unitId === named.unitId;
}

function excluded(person: Actor, never: Never, context: FindingContext): boolean {
  if (never === 'belongs') return person.belongs.some((relation) => relation === 'lead' || relation === 'responsible' || relation === 'supporting');
  const colon = never.indexOf(':');
  const duty = never.slice(0, colon);
  const thisCycle = never.slice(colon + 1) === 'thisCycle';
  return context.marks.some((mark) => mark.duty === duty && mark.personId === person.personId && (!thisCycle || mark.cycle === context.cycle));
}

function applied(name: string, rules: Rules, context: FindingContext, event: MachineEvent): Refusal | null {
  const colon = name.indexOf(':');
  const rule = rules[colon < 0 ? name : name.slice(0, colon)];
  if (!rule) throw new Error(`The workflow names a rule that does not exist: ${name}.`);
  const answer = rule.test(context, event, colon < 0 ? '' : name.slice(colon + 1));
  if (answer === true) return null;
  return { rule: colon < 0 ? name : name.slice(0, colon), kind: rule.kind, params: answer, field: rule.field ?? null };
}

function refusal(rule: string, kind: RuleKind, params: Refusal['params']): Refusal {
  return { rule, kind, params, field: null };
}
