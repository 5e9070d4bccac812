import { stages } from '../../workflows/stages.js';
import type { Field, Pages } from '../../views/pages.js';
import type { House } from '../context.js';
import { unitChoices } from '../findings/fields.js';
import { filingChoices } from '../findings/filing-choices.js';
import { channels } from '../findings/new-form.js';
import { choice, selectField, textField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { addressOf, checkFilters, stageGroups, stageNames, type Filters, type Order } from './filters.js';
import { mainEvents } from './verbs.js';

/** The form of the filters, with what is chosen. */
export async function filterFields(house: House, filters: Filters, t: Words, tree: UnitTree): Promise<readonly Field[]> {
  const { campaigns, categories } = await filingChoices(house.db.reader);
  const select = (name: keyof Filters & string, values: readonly (readonly [string, string])[]): Field => selectField({ name, label: t(`ledger.filter.${name}`), choices: values.map(([value, label]) => choice(value, label, String(filters[name] ?? '') === value)) });
  const date = (name: 'dueFrom' | 'dueTo' | 'listedFrom' | 'listedTo' | 'closedFrom' | 'closedTo'): Field => textField({ name, label: t(`ledger.filter.${name}`), type: 'date', value: filters[name] ?? '' });
  const yesNo = (name: 'adopted' | 'listed'): Field => selectField({ name, label: t(`ledger.filter.${name}`), choices: ['yes', 'no'].map((each) => choice(each, t(`ledger.${name}.${each}`), filters[name] === (each === 'yes'))) });
  const units = tree.all.filter((unit) => !['office', 'team', 'superior'].includes(unit.kind));
  return [
    textField({ name: 'q', label: t('ledger.filter.q'), value: filters.words, type: 'search' }),
    selectField({ name: 'stage', label: t('list.stage'), choices: [...stageGroups.map((name) => choice(name, t(`ledger.group.${name}`), stageNames(filters)[0] === name)), ...stages.map((stage) => choice(stage, t(`stage.${stage}`), filters.stages.length === 1 && filters.stages[0] === stage))] }),
    selectField({ name: 'waits', label: t('ledger.filter.waits'), choices: mainEvents.map(({ type }) => choice(type, t(`event.${type}`), filters.waits === type)) }),
    selectField({ name: 'unit', label: t('ledger.filter.unit'), choices: [choice(0, t('matrix.undecided'), filters.unit === 0), ...unitChoices(units, [String(filters.unit ?? '')], tree, t)] }),
    select('channel', [...channels, 'superior' as const].map((each) => [each, t(`channel.${each}`)])), select('campaign', campaigns.map((row) => [String(row.id), row.name])), select('category', [['0', t('matrix.noCategory')], ...categories.map((row): [string, string] => [String(row.id), row.name])]),
    select('type', ['immediate', 'staged', 'continuing'].map((each) => [each, t(`choice.rectificationType.${each}`)])), select('severity', ['ordinary', 'major'].map((each) => [each, t(`choice.severity.${each}`)])),
    select('light', ['red', 'yellow', 'green', 'none'].map((each) => [each, t(`ledger.light.${each}`)])),
    textField({ name: 'leader', label: t('field.leadLeader'), value: filters.leader ?? '' }),
    date('dueFrom'), date('dueTo'), date('listedFrom'), date('listedTo'), date('closedFrom'), date('closedTo'),
    selectField({ name: 'check', label: t('ledger.filter.check'), choices: checkFilters.map((each) => choice(each, t(`ledger.check.${each}`), filters.check === each)) }),
    yesNo('adopted'), yesNo('listed'),
    selectField({ name: 'kind', label: t('ledger.filter.kind'), choices: ['findings', 'parts'].map((each) => choice(each, t(`ledger.kind.${each}`), filters.parts === (each === 'parts'))) }),
  ];
}

/** What narrows the view beyond stage and light, which stand above it: each with the view without it. */
export function chipsOf(fields: readonly Field[], filters: Filters, order: Order, t: Words): Pages['findings/list']['chips'] {
  const chip = (label: string, shown: string, without: Filters): Pages['findings/list']['chips'][number] => ({ label: `${label}${t('form.colon')}${shown}`, href: addressOf(without, order), remove: t('ledger.without', { label }) });
  // What a figure led to, and no field of the form asks for.
  const led = filters.state === null ? [] : [chip(t('ledger.filter.state'), t(`state.${filters.state}`), { ...filters, state: null })];
  return [...led, ...fields.flatMap(({ name, label, value, choices }) => {
    const shown = choices.find(({ chosen }) => chosen)?.label.trim() ?? value;
    if (shown === '' || name === 'stage' || name === 'light' || (name === 'kind' && !filters.parts)) return [];
    const without: Filters = { ...filters, ...(name === 'q' ? { words: '' } : name === 'kind' ? { parts: false } : { [name]: null }) };
    return [chip(label, shown, without)];
  })];
}
