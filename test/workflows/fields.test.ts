import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataErrors, isDate } from '../../workflows/fields.js';
import { current } from '../../workflows/registry.js';
import type { EventDefinition, FieldDefinition } from '../../workflows/event.js';
import { filledIn } from './cast.js';

const form = (...fields: readonly FieldDefinition[]): EventDefinition => ({ type: 'TEST', version: 1, fields, weight: 'main', together: false, onBehalf: false, resource: null, freshness: 'stage', moves: true, given: [] });
const wrong = (field: FieldDefinition, value: unknown): readonly string[] => dataErrors(form(field), { [field.name]: value }).map((each) => each.rule);

describe('a form', () => {
  it.each(Object.keys(current.events))('%s is right as the cast fills it in', (type) => {
    expect(dataErrors(current.events[type]!, filledIn[type] ?? {})).toEqual([]);
  });

  it.each([
    ['text', 'x'.repeat(6), 'field.tooLong'], ['text', 'x', 'field.tooShort'], ['text', 7, 'field.notText'], ['text', '  ', 'field.required'],
    ['date', '2020-02-30', 'field.notADate'], ['date', '30.6.2020', 'field.notADate'], ['number', 1.5, 'field.notANumber'], ['number', -1, 'field.notANumber'], ['unit', 0, 'field.notAChoice'], ['unit', '2', 'field.notAChoice'],
    ['choice', 'c', 'field.notAChoice'], ['yesNo', 'yes', 'field.notAChoice'], ['units', [1, 'x'], 'field.notAChoice'], ['people', 'x', 'field.notAChoice'], ['names', [' '], 'field.notAChoice'],
    ['measures', [{}], 'field.row'], ['parts', [{ unitId: 1, deadline: 'soon' }], 'field.row'], ['measureProgress', [{ id: 1, percent: 101 }], 'field.row'], ['checklist', { a: true }, 'field.checklist'],
  ] as const)('%s refuses %j: %s', (kind, value, rule) => {
    expect(wrong({ name: 'given', kind, required: true, choices: ['a', 'b'], minLength: 2, maxLength: 5 }, value)).toEqual([rule]);
  });

  it('counts characters, not code units: one 㮾 or 𠮷 is one', () => {
    expect(wrong({ name: 'given', kind: 'text', required: true, minLength: 2 }, '𠮷')).toEqual(['field.tooShort']);
  });

  it('leaves out what is optional and empty', () => {
    expect(wrong({ name: 'given', kind: 'date', required: false }, '')).toEqual([]);
  });

  it('never throws, whatever is sent', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.values(current.events)), fc.dictionary(fc.string(), fc.anything()), fc.anything(), (definition, data, value) => {
      const hostile = { ...data, ...Object.fromEntries(definition.fields.map((field) => [field.name, value])) };
      expect(Array.isArray(dataErrors(definition, hostile))).toBe(true);
    }), { numRuns: 500 });
  });
});

describe('a date', () => {
  it('is a day that exists', () => {
    expect(['2020-02-29', '2021-02-29', '2020-13-01', '2020-1-1', '', null, '1899-12-31'].map(isDate)).toEqual([true, false, false, false, false, false, false]);
  });
});
