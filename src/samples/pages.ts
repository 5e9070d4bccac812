import type { Row } from '../../db/changeset.js';
import type { findingEvents, samples } from '../../db/schema/index.js';
import type { Badge, Pages } from '../../views/pages.js';
import { definitionOf } from '../../workflows/registry.js';
import { availability } from '../../workflows/step.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { actorsOf } from '../findings/actors.js';
import { faultsOf } from '../findings/form-page.js';
import { categoryNames } from '../findings/filing-choices.js';
import { stateBadge } from '../findings/lights.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { visibleRows } from '../findings/visible-rows.js';
import { demoLine } from '../visits/packet.js';
import type { Words } from '../words.js';
import { drawnInTurn, hashOfList, listOf } from './draw.js';
import { drawFields } from './form.js';
import { answersTo, itemsOf, populationOf, progressOf, samplesIn } from './queries.js';
import { drawsIn, isInspector, unitsInSight } from './sight.js';

type Sample = Row<typeof samples>;
const perPage = 20;

/** 抽查与回头看: every sample in somebody's sight, the newest first, and the form that draws. */
export async function samplesPage(house: House, person: Person, t: Words, { key, before, typed, refusals }: { readonly key: string; readonly before: number | null; readonly typed: unknown; readonly refusals: readonly Refusal[] }): Promise<Pages['samples/list']> {
  const { reader } = house.db;
  const tree = await house.tree();
  const found = await samplesIn(reader, unitsInSight(person, tree), before, perPage + 1);
  const rows = found.slice(0, perPage);
  const progress = await progressOf(reader, rows.map(({ id }) => id));
  const mayDraw = drawsIn(person, tree).length > 0;
  const views = [];
  for (const row of rows) {
    const { drawn: size, done } = progress.get(row.id) ?? { drawn: 0, done: 0 };
    views.push({ href: `/samples/${row.id}`, name: t('samples.name', { id: row.id }), kind: kindBadge(row, t), from: await fromWords(house, row, t), size: t('samples.size', { drawn: size, population: row.populationSize }), on: row.drawnOn, by: row.drawnByName, progress: t('samples.progress', { done, total: size }) });
  }
  return { rows: views, older: found.length > perPage ? `/samples?before=${rows.at(-1)?.id ?? 0}` : null, mayDraw, faults: faultsOf(refusals, t), key, fields: mayDraw ? await drawFields(house, person, typed, refusals, t) : [] };
}

function kindBadge({ kind }: Pick<Sample, 'kind'>, t: Words): Badge {
  return { label: t(`samples.kind.${kind}`), tone: kind === 'LOOK_BACK' ? 'info' : 'quiet' };
}

/** What a sample was drawn from, in words. */
async function fromWords(house: House, sample: Omit<Sample, 'population'>, t: Words): Promise<string> {
  const tree = await house.tree();
  const queries = findingQueries(house.db.reader);
  const category = sample.categoryId === null ? null : (await categoryNames(house.db.reader)).find(({ id }) => id === sample.categoryId)?.name;
  const unit = (id: number | null): string => (tree.short(id));
  return [unit(sample.unitId), (await queries.campaignName(sample.campaignId)) ?? t('samples.allCampaigns'), category, unit(sample.leadUnitId), t(sample.parts ? 'samples.ofParts' : 'samples.ofFindings')].filter(Boolean).join(' · ');
}

/** A sample with how it was drawn, whether it comes out the same when it is drawn again, and how far it is. */
export async function samplePage(house: House, person: Person, sample: Sample, show: string, t: Words): Promise<Pages['samples/show']> {
  const { reader } = house.db;
  const items = await itemsOf(reader, sample.id);
  const answers = await answersTo(reader, sample.id, sample.kind);
  const loaded = await visibleRows(house, person, items.map(({ number }) => number));
  const resultAt = (findingId: number): Shown => { const answer = answers.get(findingId); return answer ? resultOf(answer) : 'left'; };
  const results = [...answers.values()].map(resultOf);
  const unsound = results.filter((result) => result === 'unsound').length;
  const tree = await house.tree();
  const rows = [];
  for (const { ordinal, number, findingId } of items.filter((item) => isShown(resultAt(item.findingId), show))) rows.push({ ordinal: String(ordinal), ...(await rowView(house, person, loaded.get(number), number, answers.get(findingId), t)) });
  const figure = (name: string, value: number, tone: 'plain' | 'good' | 'bad'): Pages['samples/show']['figures'][number] => ({ label: t(`samples.figure.${name}`), value: String(value), note: null, href: value === 0 ? null : `/samples/${sample.id}${name === 'drawn' ? '' : `?show=${name}`}`, tone });
  const left = items.filter(({ findingId, number }) => !answers.has(findingId) && loaded.has(number));
  return {
    title: `${t(`samples.kind.${sample.kind}`)} · ${t('samples.name', { id: sample.id })}`, demo: await demoLine(house, t),
    figures: [figure('drawn', items.length, 'plain'), figure('done', results.length, 'plain'), figure('sound', results.length - unsound, 'good'), figure('unsound', unsound, unsound > 0 ? 'bad' : 'plain'), figure('left', items.length - results.length, 'plain')],
    facts: [
      { label: t('samples.from'), value: await fromWords(house, sample, t) }, { label: t('samples.drawn'), value: t('samples.drawnBy', { on: sample.drawnOn, name: sample.drawnByName, unit: tree.short(sample.unitId) }) },
      { label: t('samples.population'), value: t('samples.populationOf', { size: sample.populationSize, wanted: sample.wanted }) },
    ],
    proof: [
      { label: t('field.seed'), value: t(sample.seedTyped ? 'samples.seedTyped' : 'samples.seedMade', { seed: sample.seed }) },
      { label: t('samples.populationHash'), value: sample.populationHash }, { label: t('samples.rule'), value: t('samples.ruleText') },
    ],
    check: await checkOf(sample, items.map(({ number }) => number), t), drift: await driftOf(house, sample, t),
    record: isInspector(person) && left.length > 0 ? `/samples/${sample.id}/record` : null, packet: `/samples/${sample.id}/packet`, rows,
  };
}

type Shown = 'sound' | 'unsound' | 'left';

/** Does a row belong to the figure that was followed? Any other word shows all. */
function isShown(result: Shown, show: string): boolean {
  if (show === 'done') return result !== 'left';
  return !['sound', 'unsound', 'left'].includes(show) || result === show;
}

/** 重算: drawn again from what is kept, it must be the same. */
async function checkOf({ population, populationHash, seed, wanted, populationSize }: Sample, numbers: readonly string[], t: Words): Promise<Pages['samples/show']['check']> {
  const from = population.split('\n');
  const again = await drawnInTurn(from, seed, wanted);
  const same = hashOfList(population) === populationHash && from.length === populationSize && again.length === numbers.length && again.every((number, index) => number === numbers[index]);
  return { tone: same ? 'good' : 'bad', text: t(same ? 'samples.same' : 'samples.differs', { size: from.length, drawn: numbers.length }) };
}

/** The ledger goes on; the list stays. */
async function driftOf(house: House, sample: Sample, t: Words): Promise<string | null> {
  const now = await populationOf(house.db.reader, await house.tree(), house.clock.today(), sample);
  if (listOf(now) === sample.population) return null;
  const [was, is] = [new Set(sample.population.split('\n')), new Set(now)];
  return t('samples.drift', { now: is.size, more: [...is].filter((number) => !was.has(number)).length, fewer: [...was].filter((number) => !is.has(number)).length });
}

function resultOf({ payload }: Row<typeof findingEvents>): 'sound' | 'unsound' {
  const data: Readonly<Record<string, unknown>> = JSON.parse(payload);
  return data['result'] === 'unsound' ? 'unsound' : 'sound';
}

/** A row with what was found; of a finding that went out of the reader's sight nothing but its number. */
async function rowView(house: House, person: Person, loaded: Loaded | undefined, number: string, answer: Row<typeof findingEvents> | undefined, t: Words): Promise<Omit<Pages['samples/show']['rows'][number], 'ordinal'>> {
  if (!loaded) return { number, href: '', title: t('samples.outOfSight'), unit: '', state: { label: '', tone: 'quiet' }, result: { label: '', tone: 'quiet' }, on: '', by: '', note: '', reopening: null };
  const { row, snapshot } = loaded;
  const tree = await house.tree();
  const data: Readonly<Record<string, unknown>> = answer ? JSON.parse(answer.payload) : {};
  const actor: { readonly name?: string } = answer ? JSON.parse(answer.actor) : {};
  const behalf: { readonly principal?: { readonly name?: string } } = answer?.onBehalf ? JSON.parse(answer.onBehalf) : {};
  const result = answer ? resultOf(answer) : null;
  const mayPropose = result === 'unsound' && availability(definitionOf(row.workflow), snapshot, actorsOf(person, snapshot.context, tree), house.clock.today()).some(({ event, allowed }) => event === 'PROPOSE_REOPENING' && allowed);
  return {
    number: row.number, href: `/findings/${row.number}`, title: row.title, unit: tree.short(row.leadUnitId), state: stateBadge(row.state, row.stage, t),
    result: result === null ? { label: t('samples.notYet'), tone: 'quiet' } : { label: t(`choice.result.${result}`), tone: result === 'sound' ? 'good' : 'bad' },
    on: answer?.occurredOn ?? '', by: behalf.principal?.name ?? actor.name ?? '', note: typeof data['note'] === 'string' ? data['note'] : '',
    reopening: mayPropose ? `/findings/${row.number}/reopening-proposal` : null,
  };
}
