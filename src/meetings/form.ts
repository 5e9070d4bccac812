import type { Field } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import type { Refusal } from '../../workflows/types.js';
import { InvalidError } from '../errors.js';
import { bodyText, bodyTexts, longField, textField } from '../forms.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { mostItems, type Meeting } from './queries.js';

/** A meeting as it was typed, with the numbers of its rows in their order. */
export interface MeetingForm {
  readonly title: string;
  readonly heldOn: string;
  readonly place: string;
  readonly attendees: string;
  readonly numbers: readonly string[];
}

const lengths = { title: 100, place: 100, attendees: 1000 } as const;

/** Reads the form. Throws InvalidError with every fault. */
export function meetingFrom(body: unknown): MeetingForm {
  const wrong: Refusal[] = [];
  const fault = (rule: string, field: string, params: Refusal['params'] = {}): void => { wrong.push({ rule, kind: 'input', params: { name: `meeting.${field}`, ...params }, field }); };
  const text = (name: keyof typeof lengths): string => {
    const value = bodyText(body, name);
    const { length } = [...value];
    if (length > lengths[name]) fault('field.tooLong', name, { max: lengths[name], length });
    return value;
  };
  const form = { title: text('title'), heldOn: bodyText(body, 'heldOn'), place: text('place'), attendees: text('attendees'), numbers: ordered(body) };
  if (form.title === '') fault('field.required', 'title');
  if (!isDate(form.heldOn)) fault(form.heldOn === '' ? 'field.required' : 'field.notADate', 'heldOn');
  if (form.numbers.length === 0) fault('meeting.nothingChosen', 'n');
  if (form.numbers.length > mostItems) fault('meeting.tooMany', 'n', { most: mostItems });
  if (wrong.length > 0) throw new InvalidError(wrong);
  return form;
}

/** Rows that were ticked, by the place that was typed beside each; those without one keep their order behind. */
function ordered(body: unknown): readonly string[] {
  const place = (number: string): number => { const typed = bodyText(body, `order.${number}`); return /^\d{1,3}$/u.test(typed) ? Number(typed) : 1000; };
  return [...new Set(bodyTexts(body, 'n'))].toSorted((one, other) => place(one) - place(other));
}

/** Title, date, place and who takes part. */
export function meetingFields(meeting: Meeting | null, today: string, typed: unknown, refusals: readonly Refusal[], t: Words): readonly Field[] {
  const start = { title: meeting?.title ?? t('meeting.usualTitle', { date: today }), heldOn: meeting?.heldOn ?? today, place: meeting?.place ?? '', attendees: meeting?.attendees ?? '' };
  const given = (name: keyof typeof start) => ({ name, label: t(`field.meeting.${name}`), value: typed === null ? start[name] : bodyText(typed, name), error: refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null });
  return [textField({ ...given('title'), required: true }), textField({ ...given('heldOn'), type: 'date', required: true }), textField(given('place')), longField({ ...given('attendees'), hint: t('meeting.attendeesHint') })];
}
