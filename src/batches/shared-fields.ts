import type { Field } from '../../views/pages.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { FormWorld } from '../findings/fields.js';
import { fieldsOf } from '../findings/fields.js';
import { bodyText, tickField } from '../forms.js';
import { sharedForm } from './asked.js';
import { unitField, wordFields } from './own-fields.js';
import type { Rows } from './rows.js';

/** What is asked once, with what the rows bring along: proposals of rules, evidence that may be cited, a warning to be read. What was ticked stays there to be ticked, whichever rows are looked at. */
export function sharedFields(definition: EventDefinition, { suggested, citable }: Pick<Rows, 'suggested' | 'citable'>, { byRow, warns }: { readonly byRow: boolean; readonly warns: boolean }, world: FormWorld): readonly Field[] {
  const { t, typed } = world;
  const [accepts, cites, warned] = [bodyText(typed, 'suggested'), bodyText(typed, 'cited'), bodyText(typed, 'warned')];
  const own = byRow ? [unitField(definition), ...wordFields(definition)].map((field) => field?.name) : [];
  const fields = fieldsOf(sharedForm(definition, byRow), world).map((field) => (own.includes(field.name) ? { ...field, label: t('bulk.otherwise', { label: field.label }) } : field));
  return [
    ...(suggested.size > 0 || accepts === 'yes' ? [tickField({ name: 'suggested', label: t('bulk.suggested', { count: suggested.size }), hint: t('bulk.suggestedHint'), value: accepts })] : []), ...fields,
    ...(citable.size > 0 || cites === 'yes' ? [tickField({ name: 'cited', label: t('bulk.cited', { count: citable.size }), hint: t('bulk.citedHint'), value: cites })] : []),
    ...(warned === 'yes' || warns ? [tickField({ name: 'warned', label: t('field.warned'), value: warned })] : []),
  ];
}
