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
  const fields = fieldsOf(sharedForm(definition, ownWords), world).flatMap((field) => sharedField(field, definition, rows, ownWords, world));
  return [
    ...(suggested.size > 0 || accepts === 'yes' ? [tickField({ name: 'suggested', label: t('bulk.suggested', { count: suggested.size }), hint: t('bulk.suggestedHint'), value: accepts })] : []), ...fields,
    ...(citable.size > 0 || cites === 'yes' ? [tickField({ name: 'cited', label: t('bulk.cited', { count: citable.size }), hint: t('bulk.citedHint'), value: cites })] : []),
    ...(warned === 'yes' || warns ? [tickField({ name: 'warned', label: t('field.warned'), value: warned })] : []),
  ];
}

/** A field that is said once for all: with a word where rows may say it themselves, or have a unit already, which it changes only where that is ticked. */
function sharedField(field: Field, definition: EventDefinition, rows: Pick<Rows, 'numbers' | 'loaded' | 'suggested' | 'citable'>, ownWords: OwnWords, { t, typed }: FormWorld): readonly Field[] {
  const unit = unitField(definition);
  const haveOne = unit?.name === field.name ? [...rows.loaded.values()].filter(({ snapshot }) => heldBy(unit, snapshot.context) !== null).length : 0;
  if (haveOne > 0) {
    const all = tickField({ name: 'replaceUnits', label: t('bulk.replaceUnits', { count: haveOne }), value: bodyText(typed, 'replaceUnits') });
    return [{ ...field, label: t('bulk.whereNone', { label: field.label }), required: ownWords === 'nothing' && isMissing(definition, field.name, rows) }, all];
  }
  const own = ownWords !== 'nothing' && [unit, ...wordFields(definition, ownWords)].some((each) => each?.name === field.name);
  return [own ? { ...field, label: t('bulk.otherwise', { label: field.label }) } : { ...field, required: field.required || isMissing(definition, field.name, rows) }];
}

/** Some row has nothing of its own to start from, so that it must be said here: marked, though only those rows are refused without it. */
function isMissing({ fields }: EventDefinition, name: string, { numbers, loaded, suggested, citable }: Pick<Rows, 'numbers' | 'loaded' | 'suggested' | 'citable'>): boolean {
  const asked = fields.find((field) => field.required && (field.kind === 'evidence' ? 'files' : field.name) === name);
  if (!asked) return false;
  if (asked.kind === 'evidence') return citable.size < numbers.length;
  return [...loaded].some(([number, { snapshot }]) => heldBy(asked, snapshot.context) === null && suggested.get(number)?.data[name] === undefined);
}
