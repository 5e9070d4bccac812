import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { certificateText, faultText } from '../../workflows/certificate.js';
import { check } from '../../workflows/check.js';
import type { WorkflowDefinition } from '../../workflows/definition.js';
import { allDefinitions, current } from '../../workflows/registry.js';
import { languages, words } from '../../src/words.js';

const t = words('en');

describe('every released definition', () => {
  it.each(allDefinitions)('$name@$version is sound', (definition) => {
    expect(check(definition)).toMatchObject({ kind: 'sound' });
  });

  it.each(languages)('has a certificate to read in %s, without a missing word', (language) => {
    const text = certificateText(check(current), words(language));
    expect(text).not.toMatch(/(?:check|event|state|duty|role|field)\.[a-zA-Z]/u);
    expect(text.split('\n').length).toBeGreaterThan(30);
  });
});

describe('removing any single "never" makes the check fail', () => {
  const places = transitionsOf(chart()).flatMap(({ state, event, index, conditions }) => conditions.never.map((never, at) => ({ state, event, index, never, at })));

  it('there are some to remove', () => expect(places.length).toBeGreaterThan(40));

  it.each(places)('$never of $event ($index) at $state', ({ state, event, index, at }) => {
    const broken = chart();
    const found = transitionsOf(broken).find((each) => each.state === state && each.event === event && each.index === index);
    found?.conditions.never.splice(at, 1);
    const sentences = faults(broken);
    expect(sentences.length).toBeGreaterThan(0);
    expect(sentences.join()).toContain(t(`event.${event}`));
  });
});

/** A dozen ways to break a definition, each refused with the sentence that says what is wrong. */
describe('a broken definition is refused', () => {
  it('when the plan can be signed by nobody', () => {
    expect(faults(changed('rectifying.planSigning', 'SIGN_PLAN', (each) => each.by.splice(0)))).toContain('“Sign the plan” at “Plan to be signed by the head” names nobody who may do it.');
  });

  it('when the unit that puts it right may verify', () => {
    expect(faults(changed('verifying.inspection', 'PASS', (each) => each.by.push('handler:lead')))).toContain('“Pass” at “Inspection” lets the Handler do “passing”, which this role may not.');
  });

  it('when the inspector may close', () => {
    expect(faults(changed('verified', 'CLOSE', (each) => each.by.push('inspector:jurisdiction')))).toContain('“Close” at “Verified” lets the Inspector do “closing”, which this role may not.');
  });

  it('when the administrator touches findings', () => {
    expect(faults(changed('listed', 'ASSIGN', (each) => each.by.push('admin:host')))).toContain('“Assign” at “Listed” is given to the System administrator, who may not touch findings.');
  });

  it('when a claim leads straight to closure', () => {
    expect(faults(redirected('rectifying.executing', 'CLAIM', '#closed'))).toContain('“Apply for closure” at “Rectifying” closes what nobody verified.');
  });

  it('when a claim counts as verified', () => {
    expect(faults(redirected('rectifying.executing', 'CLAIM', '#approval'))).toContain('“Apply for closure” at “Rectifying” calls verified what nobody verified.');
  });

  it('when a finding is adopted as verified', () => {
    expect(faults(redirected('new', 'ADOPT', '#approval'))).toContain('“Adopt” at “New” calls verified what nobody verified.');
  });

  it('when a state is never reached', () => {
    expect(faults(redirected('rectifying.executing', 'TURN_CONTINUING', '#executing'), withoutEvent('new', 'ADOPT'))).toContain('The state “Continuing” is never reached.');
  });

  it('when there is no way out of a state', () => {
    const broken = chart();
    const suspended = stateOf(broken, 'suspended');
    suspended.on = {};
    expect(faults(broken)).toContain('From “Suspended” there is no way to an end.');
  });

  it('when closure can never be reached', () => {
    expect(faults(withoutEvent('verified', 'CLOSE'))).toContain('From “Planning” closure is never reached.');
  });

  it('when only time can move a state on', () => {
    expect(faults(withoutEvent('verified.notice', 'OBJECT'), withoutEvent('verified', 'CLOSE'))).toContain('At “Verified (in public notice)” there is nobody who can move it on.');
  });

  it('when a transition goes round the one guard', () => {
    const broken = chart();
    for (const each of listAt(broken, 'assigned', 'RECALL')) delete each.guard;
    expect(faults(broken)).toContain('“Recall” at “Assigned (to be accepted)” does not pass the one guard.');
  });

  it('when a rule is named that does not exist', () => {
    expect(faults(changed('rectifying.executing', 'CLAIM', (each) => each.rules.push('everythingFine')))).toContain('“Apply for closure” at “Rectifying” names a rule that does not exist: everythingFine.');
  });

  it('when a rule is about a field that the form does not have', () => {
    expect(faults(changed('rectifying', 'REQUEST_EXTENSION', (each) => each.rules.push('deadlineAhead')))).toContain('“Request an extension” at “Rectifying”: the rule deadlineAhead is about “Deadline”, which its form does not have.');
  });

  it('when a verification is not marked', () => {
    const broken = chart();
    for (const each of listAt(broken, 'verifying.inspection', 'PASS')) each.actions = [{ type: 'record', params: { duty: null } }];
    expect(faults(broken)).toContain('“Pass” at “Inspection” does not mark its duty “passing”.');
  });

  it('when an event is not recorded', () => {
    const broken = chart();
    for (const each of listAt(broken, 'assigned', 'RECALL')) each.actions = [];
    expect(faults(broken)).toContain('“Recall” at “Assigned (to be accepted)” is not recorded.');
  });

  it('when people are excluded for something nobody does', () => {
    expect(faults(changed('rectifying.planReview', 'APPROVE_PLAN', (each) => each.never.push('planing:any'))).join()).toContain('excludes people for');
  });

  it('when an event of the chart has no definition, or a definition no state', () => {
    const others = Object.fromEntries(Object.entries(current.events).filter(([type]) => type !== 'LOOK_BACK'));
    expect(faultsOf({ ...current, events: others })).toContain('The chart uses “Look back”, which is not defined.');
    expect(faultsOf({ ...current, events: { ...current.events, EXTRA: { ...current.events['LOOK_BACK']!, type: 'EXTRA', resource: null } } })).toContain('“event.EXTRA” is defined, but no state knows it.');
  });

  it('when two events would answer at one address', () => {
    expect(faultsOf({ ...current, events: { ...current.events, RECALL: { ...current.events['RECALL']!, resource: 'closure' } } }).join()).toContain('shares the address closure');
  });

  it('when the chart names a state that is not there', () => {
    expect(() => faults(redirected('listed', 'ASSIGN', '#nowhere'))).toThrow('#nowhere');
  });

  it('when leaving a guard out of the way of a verifier who reports later, in another cycle', () => {
    const sentences = faults(changed('rectifying', 'REPORT', (each) => each.never.splice(0, 1, 'verify:thisCycle')));
    expect(sentences.some((each) => each.startsWith('Whoever verified may report or claim:') && each.includes('Reopen'))).toBe(true);
  });
});

interface Conditions { by: string[]; never: string[]; rules: string[]; when: string[] }
interface Transition { target?: string; guard?: { params: Conditions }; actions: unknown[] }
interface Node { on?: Record<string, Transition[]>; states?: Record<string, Node> }

/** The chart as plain data, each transition its own copy. */
function chart(): Node {
  const copy: Node = JSON.parse(JSON.stringify(current.machine.config));
  return copy;
}

function stateOf(root: Node, path: string): Node {
  const found = path.split('.').reduce<Node | undefined>((node, key) => node?.states?.[key], root);
  if (!found) throw new Error(`No state ${path}.`);
  return found;
}

function listAt(root: Node, state: string, event: string): Transition[] {
  return stateOf(root, state).on?.[event] ?? [];
}

type Change = (root: Node) => Node;

function changed(state: string, event: string, change: (conditions: Conditions) => void): Change {
  return (root) => {
    for (const each of listAt(root, state, event)) if (each.guard) change(each.guard.params);
    return root;
  };
}

function redirected(state: string, event: string, target: string): Change {
  return (root) => {
    for (const each of listAt(root, state, event)) each.target = target;
    return root;
  };
}

function withoutEvent(state: string, event: string): Change {
  return (root) => {
    delete stateOf(root, state).on?.[event];
    return root;
  };
}

function faults(...changes: readonly (Node | Change)[]): readonly string[] {
  const root = changes.reduce<Node>((node, change) => (typeof change === 'function' ? change(node) : change), chart());
  return faultsOf({ ...current, machine: createMachine(JSON.parse(JSON.stringify(root))) });
}

function faultsOf(definition: WorkflowDefinition): readonly string[] {
  const result = check(definition);
  return result.kind === 'sound' ? [] : result.faults.map((fault) => faultText(fault, t));
}

function transitionsOf(root: Node, path: readonly string[] = []): readonly { readonly state: string; readonly event: string; readonly index: number; readonly conditions: Conditions }[] {
  const own = Object.entries(root.on ?? {}).flatMap(([event, list]) => list.flatMap(({ guard }, index) => (guard ? [{ state: path.join('.'), event, index, conditions: guard.params }] : [])));
  return [...own, ...Object.entries(root.states ?? {}).flatMap(([key, state]) => transitionsOf(state, [...path, key]))];
}
