import { randomBytes } from 'node:crypto';
import type { Field } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { unitChoices } from '../findings/fields.js';
import { filingChoices } from '../findings/filing-choices.js';
import { bodyText, choice, radioField, selectField, textField, tickField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { NewSample } from './draw-sample.js';
import { drawsIn } from './sight.js';

export const kinds = ['LOOK_BACK', 'SPOT_CHECK'] as const;
/** As many as a team can look at; who wants everything needs no sample. */
const mostWanted = 500;
const longestSeed = 100;

/** The fields of a draw; what was typed stays. */
export async function drawFields(house: House, person: Person, typed: unknown, refusals: readonly Refusal[], t: Words): Promise<readonly Field[]> {
  const tree = await house.tree();
  const { campaigns, categories } = await filingChoices(house.db.reader);
  const places = drawsIn(person, tree);
  const given = (name: string, label: string) => ({ name, label: t(`field.${label}`), value: bodyText(typed, name), error: refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null });
  const named = (name: string, label: string, hint: string, from: readonly { readonly id: number; readonly name: string }[]) => selectField({ ...given(name, label), hint: t(hint), choices: from.map((each) => choice(each.id, each.name, bodyText(typed, name) === String(each.id))) });
  const kind = bodyText(typed, 'kind');
  return [
    radioField({ ...given('kind', 'sampleKind'), required: true, choices: kinds.map((each) => choice(each, t(`samples.kind.${each}`), each === (kind || kinds[0]))) }),
    ...(places.length > 1 ? [selectField({ ...given('unitId', 'sampleUnit'), required: true, choices: places.flatMap((id) => { const unit = tree.unit(id); return unit ? [choice(id, unit.name, bodyText(typed, 'unitId') === String(id))] : []; }) })] : []),
    named('campaignId', 'campaign', 'samples.anyCampaign', campaigns), named('categoryId', 'category', 'samples.anyCategory', categories),
    selectField({ ...given('leadUnitId', 'leadUnitId'), hint: t('samples.anyUnit'), choices: unitChoices(unitsIn(places, tree), [bodyText(typed, 'leadUnitId')], tree, t) }),
    textField({ ...given('wanted', 'wanted'), type: 'number', required: true }), textField({ ...given('seed', 'seed'), hint: t('samples.seedHint'), autocomplete: 'off' }),
    tickField({ ...given('parts', 'sampleParts') }),
  ];
}

function unitsIn(places: readonly number[], tree: UnitTree) {
  return tree.all.filter((unit) => unit.disabledOn === null && unit.kind !== 'office' && unit.kind !== 'team' && unit.kind !== 'superior' && places.some((place) => tree.within(unit.id, place)));
}

/** A draw as it was typed; a seed that was not is made here. Throws InvalidError with every fault. */
export async function sampleFrom(house: House, person: Person, body: unknown): Promise<NewSample> {
  const tree = await house.tree();
  const { campaigns, categories } = await filingChoices(house.db.reader);
  const wrong: Refusal[] = [];
  const fault = (rule: string, field: string, label: string, params: Refusal['params'] = {}): null => { wrong.push({ rule, kind: 'input', params: { name: label, ...params }, field }); return null; };
  const among = (name: string, label: string, ids: readonly number[], rule = 'field.notAChoice'): number | null => {
    const text = bodyText(body, name);
    return text === '' ? null : ids.find((id) => String(id) === text) ?? fault(rule, name, label);
  };
  const places = drawsIn(person, tree);
  const [only, ...others] = places;
  const unitId = others.length === 0 ? only ?? null : bodyText(body, 'unitId') === '' ? fault('field.required', 'unitId', 'sampleUnit') : among('unitId', 'sampleUnit', places);
  const [kind, wanted, typed] = [kinds.find((each) => each === bodyText(body, 'kind')), bodyText(body, 'wanted'), bodyText(body, 'seed')];
  if (!kind) fault('field.required', 'kind', 'sampleKind');
  if (!/^\d{1,3}$/u.test(wanted) || Number(wanted) < 1 || Number(wanted) > mostWanted) fault('field.notANumber', 'wanted', 'wanted', { min: 1, max: mostWanted });
  if ([...typed].length > longestSeed) fault('field.tooLong', 'seed', 'seed', { max: longestSeed, length: [...typed].length });
  const rest = {
    campaignId: among('campaignId', 'campaign', campaigns.map(({ id }) => id)), categoryId: among('categoryId', 'category', categories.map(({ id }) => id)),
    leadUnitId: among('leadUnitId', 'leadUnitId', unitsIn(places, tree).map(({ id }) => id), 'field.noSuchUnit'), parts: bodyText(body, 'parts') === 'yes',
  };
  if (wrong.length > 0 || !kind || unitId === null) throw new InvalidError(wrong);
  return { kind, unitId, ...rest, wanted: Number(wanted), seed: typed || randomBytes(8).toString('hex'), seedTyped: typed !== '' };
}
