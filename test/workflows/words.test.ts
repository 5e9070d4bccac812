import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasWord, languages, words } from '../../src/words.js';
import { graphOf } from '../../workflows/graph.js';
import { current } from '../../workflows/registry.js';
import { step } from '../../workflows/step.js';
import type { Duty, Relation, Role } from '../../workflows/actor.js';
import type { Stage } from '../../workflows/finding.js';
import { calendar, eventOf, everybody, filledIn, findingAt } from './cast.js';

const { states, edges } = graphOf(current.machine);
const definitions = Object.values(current.events);
const stages: readonly Stage[] = ['suspected', 'listed', 'assigned', 'rectifying', 'verifying', 'verified', 'closed', 'continuing', 'suspended', 'unfounded', 'merged', 'transferred', 'withdrawn'];
const roles: readonly Role[] = ['office', 'handler', 'head', 'sector', 'inspector', 'leader', 'admin', 'auditor', 'system'];
const relations: readonly Relation[] = ['host', 'lead', 'responsible', 'supporting', 'sector', 'checker', 'jurisdiction'];
const duties: readonly Duty[] = ['check', 'judge', 'plan', 'report', 'claim', 'verify', 'close', 'requestExtension', 'proposeReopening'];
const ofTheEngine = [
  'unknownEvent', 'notInThisStage', 'notYourPost', 'mayNotType', 'notOnBehalf', 'basisDated', 'parentNotOpen',
  ...['required', 'notText', 'tooShort', 'tooLong', 'notADate', 'notANumber', 'notAChoice', 'row', 'checklist'].map((each) => `field.${each}`),
];

const keys = new Set([
  ...stages.map((each) => `stage.${each}`), ...states.map((each) => `state.${each}`), ...roles.map((each) => `role.${each}`), ...relations.map((each) => `relation.${each}`), ...duties.map((each) => `duty.${each}`),
  ...definitions.map((each) => `event.${each.type}`), ...definitions.filter(({ resource }) => resource !== null).map((each) => `done.${each.type}`), ...definitions.flatMap((each) => each.fields.map((field) => `field.${field.name}`)),
  ...definitions.flatMap((each) => each.fields.flatMap((field) => (field.choices ?? []).map((choice) => `choice.${field.name}.${choice}`))),
  ...Object.keys(current.rules).map((each) => `rule.${each}`), ...ofTheEngine.map((each) => `rule.${each}`),
  ...edges.flatMap((edge) => edge.conditions?.never ?? []).map((each) => `rule.never.${each.replace(':', '.')}`),
  ...edges.flatMap((edge) => edge.conditions?.by ?? []).filter((post) => post !== 'system:*').map((post) => `post.${post.replace(':', '.')}`),
  ...current.separations.flatMap((each) => [`check.proven.${each.name}`, `check.separation.${each.name}`, ...(each.belonging ? [`check.separation.${each.name}.belongs`] : [])]),
]);

describe.each(languages)('in %s', (language) => {
  it('everything the workflow names has its words', () => {
    expect([...keys].filter((key) => !hasWord(language, key))).toEqual([]);
  });

  it('a refusal says how many and what to do', () => {
    expect(words(language)('rule.everyMeasureDone', { count: 2 })).toMatch(language === 'en' ? /^2 measure.*then apply/u : /还有 2 项措施未完成.*才能申请销号/u);
  });
});

it('both languages have the same sentences, and put the same values into them', () => {
  const [one, other] = languages.map(sentences);
  expect(Object.keys(one!)).toEqual(Object.keys(other!));
  expect(Object.keys(one!).filter((key) => valuesIn(one![key]!).join() !== valuesIn(other![key]!).join())).toEqual([]);
});

it('a refusal brings every value that its sentence names', () => {
  const missing = new Set<string>();
  for (const finding of states.filter((each) => each !== 'new').map((state) => findingAt(state))) for (const type of Object.keys(current.events)) for (const actor of everybody) for (const data of [{}, filledIn[type] ?? {}]) {
    const result = step(current, finding, eventOf(type, actor, data, '2020-05-11'), calendar);
    for (const { rule, params } of result.kind === 'refused' ? result.refusals : []) {
      for (const value of valuesIn(sentences('en')[`rule.${rule}`] ?? '')) if (!(value in params)) missing.add(`${rule}: ${value}`);
    }
  }
  expect([...missing]).toEqual([]);
});

function sentences(language: string): Readonly<Record<string, string>> {
  return all[language] ??= JSON.parse(readFileSync(`views/locales/${language}/workflow.json`, 'utf8'));
}
const all: Record<string, Readonly<Record<string, string>>> = {};

function valuesIn(sentence: string): readonly string[] {
  return [...new Set([...sentence.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name ?? ''))].sort();
}
