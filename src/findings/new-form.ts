import type { Channel } from '../../db/schema/index.js';
import type { Field } from '../../views/pages.js';
import { isDate } from '../../workflows/fields.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import { current } from '../../workflows/registry.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { InvalidError } from '../errors.js';
import { bodyText, choice, selectField, textField, tickField } from '../forms.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { NewFinding } from './commands/list.js';
import { fieldsOf, unitChoices } from './fields.js';
import { filingChoices } from './filing-choices.js';
import { formWorld } from './form-world.js';
import type { FindingSource } from './sources.js';
import { fitsOf } from './unit-facts.js';

/** Channels that a source may have. */
export const channels: readonly Channel[] = ['central-inspection', 'national-assessment', 'provincial-look-back', 'supervision', 'audit', 'unannounced', 'self-check', 'hotline', 'comparison', 'other'];

/** Characters; what does not fit on one line of a list is no name of an issuer. */
const longest = { issuer: 200, documentNumber: 200, originalNumber: 100 } as const;

type Filing = Pick<NewFinding, 'originalNumber' | 'campaignId' | 'categoryId'> & { readonly source: FindingSource; /** to whom it is to be assigned, as far as is known. */ readonly suggested: { readonly leadUnitId?: number } };

/** Where a finding comes from and what it is filed under, as typed. Throws InvalidError with every fault at once, those found elsewhere first. */
export async function filingFrom(house: House, officeId: number, body: unknown, elsewhere: readonly Refusal[]): Promise<Filing> {
  const { campaigns, categories } = await filingChoices(house.db.reader);
  const tree = await house.tree();
  const text = (name: string): string => bodyText(body, name);
  const chosen = (name: string, rows: readonly { readonly id: number }[]): number | null => rows.find((row) => String(row.id) === text(name))?.id ?? null;
  const channel = channels.find((each) => each === text('channel'));
  const unit = /^\d{1,12}$/u.test(text('leadUnitId')) ? tree.unit(Number(text('leadUnitId'))) : undefined;
  const suggested = unit && fitsOf(unit, { ...blank, hostOfficeId: officeId }, tree).includes('rectifier') ? unit.id : null;
  const [campaignId, categoryId] = [chosen('campaignId', campaigns), chosen('categoryId', categories)];
  const wrong: readonly Refusal[] = [
    ...elsewhere, ...(channel ? [] : [fault('field.required', 'channel')]),
    ...(text('issuer') === '' ? [fault('field.required', 'issuer')] : []),
    ...Object.entries(longest).flatMap(([name, max]) => ([...text(name)].length > max ? [fault('field.tooLong', name, { max, length: [...text(name)].length })] : [])),
    ...(text('documentDate') === '' || isDate(text('documentDate')) ? [] : [fault('field.notADate', 'documentDate')]),
    ...(text('leadUnitId') !== '' && suggested === null ? [fault('field.noSuchUnit', 'leadUnitId')] : []),
    ...(text('campaignId') !== '' && campaignId === null ? [fault('field.notAChoice', 'campaignId')] : []),
    ...(text('categoryId') !== '' && categoryId === null ? [fault('field.notAChoice', 'categoryId')] : []),
  ];
  if (!channel || wrong.length > 0) throw new InvalidError(wrong);
  const source = { channel, issuer: text('issuer'), documentNumber: text('documentNumber'), documentDate: text('documentDate') || null, confidential: text('confidential') === 'yes' };
  return { source, suggested: suggested === null ? {} : { leadUnitId: suggested }, originalNumber: text('originalNumber'), campaignId, categoryId };
}

/** The fields of a new finding: those of the workflow's own event, and where it comes from. */
export async function newFields(house: House, officeId: number, t: Words, typed: unknown, refusals: readonly Refusal[]): Promise<readonly Field[]> {
  const world = await formWorld(house, t, null, { ...blank, hostOfficeId: officeId }, [], { typed, refusals, kept: [] });
  const { campaigns, categories } = await filingChoices(house.db.reader);
  const given = (name: string, label = name): Pick<Field, 'name' | 'label' | 'error'> => ({ name, label: t(`field.${label}`), error: refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null });
  const text = (name: string, type = 'text'): Field => textField({ ...given(name), value: bodyText(typed, name), required: name === 'issuer', type });
  const select = (name: string, rows: readonly { readonly id: number; readonly name: string }[]): Field => selectField({ ...given(name, name.replace(/Id$/u, '')), choices: rows.map((row) => choice(row.id, row.name, bodyText(typed, name) === String(row.id))) });
  const listing = current.events['LIST'];
  return [
    ...(listing ? fieldsOf(listing, world) : []),
    selectField({ ...given('leadUnitId'), hint: t('finding.suggestedHint'), choices: unitChoices(world.units('rectifier'), [bodyText(typed, 'leadUnitId')], world.tree, t) }),
    selectField({ ...given('channel'), required: true, choices: channels.map((each) => choice(each, t(`channel.${each}`), bodyText(typed, 'channel') === each)) }),
    text('issuer'), text('documentNumber'), text('documentDate', 'date'), text('originalNumber'),
    tickField({ name: 'confidential', label: t('field.confidential'), value: bodyText(typed, 'confidential'), hint: t('field.confidential.hint') }),
    select('campaignId', campaigns), select('categoryId', categories),
    ...(refusals.some(({ field }) => field === 'warned') || bodyText(typed, 'warned') === 'yes' ? [tickField({ ...given('warned'), value: bodyText(typed, 'warned') })] : []),
  ];
}

function fault(rule: string, name: string, params: Refusal['params'] = {}): Refusal {
  return { rule, kind: 'input', params: { name, ...params }, field: name };
}
