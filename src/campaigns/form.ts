import type { campaigns } from '../../db/schema/index.js';
import type { Field } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import { usualSwitches } from '../../workflows/rectification/1/blank.js';
import type { Switches } from '../../workflows/finding.js';
import type { Refusal } from '../../workflows/types.js';
import { InvalidError } from '../errors.js';
import { bodyText, choice, radioField, selectField, textField, tickField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { CampaignForm } from './commands.js';

const ticks = ['listIsPlan', 'headSigns', 'sectorReview', 'evidenceRequired'] as const;
/** Days: a notice or an acceptance window of a year is a slip of the finger. */
const mostDays = 90;

/** A campaign as it was typed. Throws InvalidError with every fault. */
export function campaignFrom(body: unknown, tree: UnitTree, today: string): CampaignForm {
  const wrong: Refusal[] = [];
  const fault = (rule: string, field: string, params: Refusal['params'] = {}): void => { wrong.push({ rule, kind: 'input', params: { name: `campaign.${field}`, ...params }, field }); };
  const text = (name: string): string => bodyText(body, name);
  const date = (name: string): string | null => { if (text(name) !== '' && !isDate(text(name))) fault('field.notADate', name); return text(name) || null; };
  const days = (name: string, min: number): number => { const fits = /^\d{1,2}$/u.test(text(name)) && Number(text(name)) >= min && Number(text(name)) <= mostDays; if (!fits) fault('field.notANumber', name, { min, max: mostDays }); return Number(text(name)); };
  const office = offices(tree).find(({ id }) => String(id) === text('hostOfficeId'));
  const { length } = [...text('name')];
  if (length === 0) fault('field.required', 'name');
  if (length > 100) fault('field.tooLong', 'name', { max: 100, length });
  if (!office) fault('field.required', 'hostOfficeId');
  const [startsOn, endsOn] = [date('startsOn'), date('endsOn')];
  if (startsOn && endsOn && endsOn < startsOn) fault('campaign.endsFirst', 'endsOn');
  const disabledOn = date('disabledOn');
  // What is still to end goes on until then: its last day is a date of its own.
  if (disabledOn !== null && disabledOn > today) fault('campaign.disabledAhead', 'disabledOn');
  const switches: Switches = {
    listIsPlan: text('listIsPlan') === 'yes', headSigns: text('headSigns') === 'yes', sectorReview: text('sectorReview') === 'yes', evidenceRequired: text('evidenceRequired') === 'yes',
    noticeDays: days('noticeDays', 0), acceptanceDays: days('acceptanceDays', 1), closedBy: text('closedBy') === 'leader' ? 'leader' : 'office',
  };
  if (!office || wrong.length > 0) throw new InvalidError(wrong);
  return { name: text('name'), hostOfficeId: office.id, startsOn, endsOn, switches, disabledOn };
}

/** The fields of a campaign, from what was typed or what it is. */
export function campaignFields(row: typeof campaigns.$inferSelect | undefined, tree: UnitTree, typed: unknown, refusals: readonly Refusal[], t: Words): readonly Field[] {
  const switches: Switches = row ? JSON.parse(row.switches) : usualSwitches;
  const held: Readonly<Record<string, unknown>> = { ...row, ...switches };
  const value = (name: string): string => (typed !== null ? bodyText(typed, name) : typeof held[name] === 'boolean' ? (held[name] ? 'yes' : '') : typeof held[name] === 'string' || typeof held[name] === 'number' ? String(held[name]) : '');
  const given = (name: string) => ({ name, label: t(`field.campaign.${name}`), value: value(name), error: refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null });
  return [
    textField({ ...given('name'), required: true }), selectField({ ...given('hostOfficeId'), required: true, choices: offices(tree).map(({ id, name }) => choice(id, name, value('hostOfficeId') === String(id))) }),
    textField({ ...given('startsOn'), type: 'date' }), textField({ ...given('endsOn'), type: 'date' }),
    ...ticks.map((name) => tickField(given(name))),
    textField({ ...given('noticeDays'), type: 'number' }), textField({ ...given('acceptanceDays'), type: 'number' }),
    radioField({ ...given('closedBy'), choices: (['office', 'leader'] as const).map((each) => choice(each, t(`role.${each}`), (value('closedBy') || 'office') === each)) }),
    textField({ ...given('disabledOn'), type: 'date' }),
  ];
}

function offices(tree: UnitTree) {
  return tree.all.filter((unit) => unit.kind === 'office' && unit.disabledOn === null);
}
