import type { Field } from '../../views/pages.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { FormWorld } from '../findings/fields.js';
import { fieldsOf, heldBy } from '../findings/fields.js';
import { bodyText, tickField } from '../forms.js';
import { sharedForm } from './asked.js';
import { unitField, wordFields, type OwnWords } from './own-fields.js';
import type { Rows } from './rows.js';

/** What is asked once, with what the rows bring along: proposals of rules, evidence that may be cited, a warning to be read. What was ticked stays there to be ticked, whichever rows are looked at. */
export function sharedFields(definition: EventDefinition, rows: Pick<Rows, 'numbers' | 'loaded' | 'suggested' | 'citable'>, { ownWords, warns }: { readonly ownWords: OwnWords; readonly warns: boolean }, world: FormWorld): readonly Field[] {
  const { t, typed } = world;
  const { suggested, citable } = rows;
  const [accepts, cites, warned] = [bodyText(typed, 'suggested'), bodyText(typed, 'cited'), bodyText(typed, 'warned')];
  const own = ownWords === 'nothing' ? [] : [unitField(definition), ...wordFields(definition, ownWords)].map((field) => field?.name);
  const fields = fieldsOf(sharedForm(definition, ownWords), world).map((field) => (own.includes(field.name) ? { ...field, label: t('bulk.otherwise', { label: field.label }) } : { ...field, required: field.required || isMissing(definition, field.name, rows) }));
  return [
    ...(suggested.size > 0 || accepts === 'yes' ? [tickField({ name: 'suggested', label: t('bulk.suggested', { count: suggested.size }), hint: t('bulk.suggestedHint'), value: accepts })] : []), ...fields,
    ...(citable.size > 0 || cites === 'yes' ? [tickField({ name: 'cited', label: t('bulk.cited', { count: citable.size }), hint: t('bulk.citedHint'), value: cites })] : []),
    ...(warned === 'yes' || warns ? [tickField({ name: 'warned', label: t('field.warned'), value: warned })] : []),
  ];
}

/** Some row has nothing of its own to start from, so that it must be said here: marked, though only those rows are refused without it. */
function isMissing({ fields }: EventDefinition, name: string, { numbers, loaded, suggested, citable }: Pick<Rows, 'numbers' | 'loaded' | 'suggested' | 'citable'>): boolean {
  const asked = fields.find((field) => field.required && (field.kind === 'evidence' ? 'files' : field.name) === name);
  if (!asked) return false;
  if (asked.kind === 'evidence') return citable.size < numbers.length;
  return [...loaded].some(([number, { snapshot }]) => heldBy(asked, snapshot.context) === null && suggested.get(number)?.data[name] === undefined);
}
