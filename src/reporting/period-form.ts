import type { Field } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import type { Refusal } from '../../workflows/types.js';
import { instantOf, localTime } from '../clock.js';
import { InvalidError } from '../errors.js';
import { bodyText, choice, selectField, textField } from '../forms.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { PlannedPeriod, Weekly } from './periods.js';

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** What a form of periods starts with. */
export type Start = Readonly<Record<string, string>>;

/** A period as it was typed, in the house's zone. Throws InvalidError with every fault. */
export function periodFrom(body: unknown, zone: string): PlannedPeriod {
  const read = reading(body);
  const name = read.name('name');
  const [opensOn, opensTime, cutOffOn, cutOffTime] = [read.date('opensOn'), read.time('opensTime'), read.date('cutOffOn'), read.time('cutOffTime')];
  read.end();
  return { name, opensAt: instantOf(zone, opensOn, opensTime), cutOffAt: instantOf(zone, cutOffOn, cutOffTime) };
}

/** A weekly series as it was typed; without a first number it goes on with `next`. Throws InvalidError with every fault. */
export function weeklyFrom(body: unknown, next: number): Weekly {
  const read = reading(body);
  const weekly = {
    pattern: read.name('pattern'), first: bodyText(body, 'first') === '' ? next : read.number('first', 0, 999), opensWeekday: read.number('opensWeekday', 1, 7), opensTime: read.time('opensTime'),
    weekday: read.number('weekday', 1, 7), time: read.time('time'), from: read.date('from'), to: read.date('to'),
  };
  if (weekly.from !== '' && weekly.to !== '' && weekly.to < weekly.from) read.fault('campaign.endsFirst', 'to');
  read.end();
  return weekly;
}

function reading(body: unknown) {
  const wrong: Refusal[] = [];
  const fault = (rule: string, field: string, params: Refusal['params'] = {}): void => { wrong.push({ rule, kind: 'input', params: { name: `period.${field}`, ...params }, field }); };
  const text = (field: string, rule: string, fits: (value: string) => boolean, params: Refusal['params'] = {}): string => {
    const value = bodyText(body, field);
    if (value === '') fault('field.required', field);
    else if (!fits(value)) fault(rule, field, params);
    return value;
  };
  return {
    fault,
    name: (field: string): string => text(field, 'field.tooLong', (value) => [...value].length <= 40, { max: 40, length: [...bodyText(body, field)].length }),
    date: (field: string): string => text(field, 'field.notADate', isDate),
    time: (field: string): string => text(field, 'period.notATime', (value) => /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(value)),
    number: (field: string, min: number, max: number): number => Number(text(field, 'field.notANumber', (value) => /^\d{1,3}$/u.test(value) && Number(value) >= min && Number(value) <= max, { min, max })),
    end: (): void => { if (wrong.length > 0) throw new InvalidError(wrong); },
  };
}

/** The fields of one period, from what was typed or what it starts with. */
export function periodFields(typed: unknown, start: Start, refusals: readonly Refusal[], t: Words): readonly Field[] {
  const given = givenBy(typed, start, refusals, t);
  return [
    textField(given('name')), textField({ ...given('opensOn'), type: 'date' }), textField({ ...given('opensTime'), type: 'time' }), textField({ ...given('cutOffOn'), type: 'date' }), textField({ ...given('cutOffTime'), type: 'time' }),
  ];
}

export function weeklyFields(typed: unknown, start: Start, refusals: readonly Refusal[], t: Words): readonly Field[] {
  const given = givenBy(typed, start, refusals, t);
  const days = (name: string): Field => { const field = given(name); return selectField({ ...field, choices: weekdays.map((day) => choice(day, t(`weekday.${day}`), String(day) === field.value)) }); };
  return [
    textField({ ...given('pattern'), hint: t('period.patternHint') }), textField({ ...given('first'), type: 'number', required: false, hint: t('period.firstHint') }), days('opensWeekday'), textField({ ...given('opensTime'), type: 'time' }),
    days('weekday'), textField({ ...given('time'), type: 'time' }), textField({ ...given('from'), type: 'date' }), textField({ ...given('to'), type: 'date' }),
  ];
}

function givenBy(typed: unknown, start: Start, refusals: readonly Refusal[], t: Words) {
  return (name: string) => ({
    name, label: t(`field.period.${name}`), value: typed === null ? start[name] ?? '' : bodyText(typed, name), required: true,
    error: refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null,
  });
}

/** A period that is kept, as its form shows it. */
export function startOf({ name, opensAt, cutOffAt }: PlannedPeriod, zone: string): Start {
  const [[opensOn = '', opensTime = ''], [cutOffOn = '', cutOffTime = '']] = [localTime(zone, opensAt).split(' '), localTime(zone, cutOffAt).split(' ')];
  return { name, opensOn, opensTime, cutOffOn, cutOffTime };
}
