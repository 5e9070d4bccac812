import { eq } from 'drizzle-orm';
import { setImmediate } from 'node:timers/promises';
import { changeset, insertRow, together, type Changeset, type NewRow, type Statement } from '../../../db/changeset.js';
import { campaigns, commandKeys, findingEvents, findings, findingSnapshots, findingSources, findingTexts, importedRows, sources, type Channel } from '../../../db/schema/index.js';
import { takeNumbers } from '../../../db/series.js';
import { keyOf } from '../../../workflows/definition.js';
import { current } from '../../../workflows/registry.js';
import { step } from '../../../workflows/step.js';
import type { Actor } from '../../../workflows/actor.js';
import type { Switches } from '../../../workflows/finding.js';
import type { StepResult, WorkflowEvent } from '../../../workflows/types.js';
import type { House, Person } from '../../context.js';
import { ForbiddenError, RefusedError } from '../../errors.js';
import { projectionChanges } from '../../ledger/changes.js';
import { project } from '../../ledger/project.js';
import { beginning } from '../../ledger/hash.js';
import { record } from '../../ledger/record.js';
import type { UnitTree } from '../../organisation/tree.js';
import { officePostOf } from '../policy.js';
import type { Loaded } from '../queries.js';
import { retried } from '../../../db/retried.js';
import { commandKeyOf } from './key.js';
import { searchText, toldOpenly } from './search.js';
import { latestOf } from './write.js';

/** What somebody lists: the data of LIST or ADOPT, and what it is filed under. */
export interface NewFinding {
  readonly data: Readonly<Record<string, unknown>>;
  /** taken over at its real stage; `data` then is that of ADOPT. */
  readonly adopted: boolean;
  readonly sourceId: number;
  /** the channel of a source that is made in the same changeset; otherwise it is looked up. */
  readonly channel?: Channel;
  /** of a source whose origin only the host office may see. */
  readonly confidential?: boolean;
  readonly originalNumber: string;
  readonly verbatim: string;
  readonly campaignId: number | null;
  readonly categoryId: number | null;
  readonly texts?: Partial<NewRow<typeof findingTexts>>;
  /** an imported row: which list, which row, and what makes a second import change nothing. */
  readonly imported?: { readonly importId: string; readonly row: number; readonly fingerprint: string };
}

/** What goes along with a listing. */
interface Listing {
  readonly commandKey: string;
  /** where the same form is answered to when it comes again; the first finding's page unless it says so. */
  readonly location?: string;
  /** statements before and after those of the findings, in the same changeset. */
  readonly before?: readonly Statement[];
  readonly after?: readonly Statement[];
  /** the caller tries again itself, since its own statements must be made anew. */
  readonly once?: boolean;
}

/** Lists findings in one changeset, all or none; answers with their ledger numbers. Throws RefusedError for the first that may not be listed. */
export async function listFindings(house: House, person: Person, news: readonly NewFinding[], { commandKey, location, before = [], after = [], once = false }: Listing): Promise<readonly string[]> {
  const post = officePostOf(person);
  if (!post) throw new ForbiddenError('only an office lists findings');
  const tree = await house.tree();
  const host: Actor = { personId: person.id, name: person.name, role: 'office', unitId: post.unitId, unitName: tree.unit(post.unitId)?.name ?? '', relations: ['host', 'jurisdiction'], belongs: [] };
  const filed = await filings(house, news);
  const attempt = async (): Promise<readonly string[]> => {
    const prepared = await prepareListing(house, tree, host, news, filed);
    const key = insertRow(commandKeys, { key: commandKeyOf(person, 'LIST', commandKey), personId: person.id, location: location ?? `/findings/${prepared.numbers[0] ?? ''}`, at: house.clock.now() }, 'command key');
    await house.db.commit(together(changeset(key, ...before), prepared.changeset, changeset(...after)));
    return prepared.numbers;
  };
  return once ? attempt() : retried(attempt);
}

interface Filed {
  readonly channel: Channel;
  readonly confidential: boolean;
  readonly switches: Switches | null;
}

async function filings(house: House, news: readonly NewFinding[]): Promise<(one: NewFinding) => Filed> {
  const known = new Map<number, Omit<Filed, 'switches'>>();
  const switches = new Map<number, Switches>();
  for (const id of new Set(news.map((one) => one.sourceId))) {
    const [source] = await house.db.reader.select({ channel: sources.channel, confidential: sources.confidential }).from(sources).where(eq(sources.id, id));
    if (source) known.set(id, source);
  }
  for (const id of new Set(news.map((one) => one.campaignId))) {
    const [campaign] = id === null ? [] : await house.db.reader.select({ switches: campaigns.switches }).from(campaigns).where(eq(campaigns.id, id));
    if (campaign && id !== null) switches.set(id, JSON.parse(campaign.switches));
  }
  const sourceOf = (one: NewFinding): Omit<Filed, 'switches'> => (one.channel ? { channel: one.channel, confidential: one.confidential ?? false } : known.get(one.sourceId) ?? { channel: 'other', confidential: false });
  // Of a confidential source, lists, filters, counts and exports know only that a superior handed it down.
  const shown = (source: Omit<Filed, 'switches'>): Omit<Filed, 'switches'> => (source.confidential ? { ...source, channel: 'superior' } : source);
  return (one) => ({ ...shown(sourceOf(one)), switches: one.campaignId === null ? null : switches.get(one.campaignId) ?? null });
}

async function prepareListing(house: House, tree: UnitTree, host: Actor, news: readonly NewFinding[], filed: (one: NewFinding) => Filed): Promise<{ readonly numbers: readonly string[]; readonly changeset: Changeset }> {
  const year = house.clock.today().slice(0, 4);
  const ids = await takeNumbers(house.db.reader, 'findings', news.length);
  const isClue = (one: NewFinding): boolean => one.data['suspected'] === true;
  const counted = { ZG: news.filter((one) => !isClue(one)).length, XS: news.filter(isClue).length };
  const taken = { ZG: counted.ZG > 0 ? await takeNumbers(house.db.reader, `ZG-${year}`, counted.ZG) : null, XS: counted.XS > 0 ? await takeNumbers(house.db.reader, `XS-${year}`, counted.XS) : null };
  const next = { ZG: taken.ZG?.first ?? 0, XS: taken.XS?.first ?? 0 };
  const calendar = await house.calendar();
  const numbers: string[] = [];
  const parts: Changeset[] = [];
  for (const [index, one] of news.entries()) {
    // A list of 20,000 rows takes seconds: other people's pages come in between.
    if (index % 50 === 49) await setImmediate();
    const series = isClue(one) ? 'XS' : 'ZG';
    const number = ledgerNumber(series, year, next[series]++);
    const event: WorkflowEvent = {
      type: one.adopted ? 'ADOPT' : 'LIST', actor: host, onBehalf: null, occurredAt: house.clock.occurring(), today: house.clock.today(), dates: {},
      data: { ...one.data, number, hostOfficeId: host.unitId, switches: filed(one).switches, filed: filedUnder(one, filed(one).channel, one.data['description']) },
    };
    const result = step(current, null, event, calendar);
    if (result.kind === 'refused') throw new RefusedError(result.because, result.refusals);
    numbers.push(number);
    parts.push(firstWrites(house, tree, result, { id: ids.first + index, parentId: null, clue: series === 'XS', one, ...filed(one) }).changeset);
  }
  const series = [ids.statement, ...(taken.ZG ? [taken.ZG.statement] : []), ...(taken.XS ? [taken.XS.statement] : [])];
  return { numbers, changeset: together({ statements: series, search: [] }, ...parts) };
}

/** What a finding is filed under, outside its workflow, as its first event freezes it; words that are the description's own are not kept twice. */
export function filedUnder({ sourceId, originalNumber, verbatim, campaignId, categoryId, texts }: Omit<NewFinding, 'data' | 'adopted'>, channel: Channel, description: unknown): Readonly<Record<string, unknown>> {
  return { sourceId, originalNumber, ...(verbatim === description ? {} : { verbatim }), campaignId, categoryId, channel, leadLeader: texts?.leadLeader ?? '', supervisor: texts?.supervisor ?? '', responsible: texts?.responsible ?? '', extra: texts?.extra ?? '{}' };
}

/** "ZG-2020-0001": four digits, more when there are more. */
export function ledgerNumber(series: string, year: string, value: number): string {
  return `${series}-${year}-${String(value).padStart(4, '0')}`;
}

/** The rows of a finding's first event, and the finding as it would be loaded after them; also used for parts. */
export function firstWrites(
  house: Pick<House, 'clock'>, tree: UnitTree, moved: Extract<StepResult, { kind: 'moved' }>,
  { id, parentId, clue, one, channel, confidential }: { readonly id: number; readonly parentId: number | null; readonly clue: boolean; readonly one: Omit<NewFinding, 'data' | 'adopted'>; readonly channel: Channel; readonly confidential: boolean },
): { readonly changeset: Changeset; readonly loaded: Loaded } {
  const { snapshot, event } = moved;
  const now = house.clock.now();
  const projection = project(current, snapshot, { campaignId: one.campaignId, categoryId: one.categoryId, channel, isPart: parentId !== null }, tree);
  const first = record(event, 1, { findingId: id, seq: 1, workflow: keyOf(current), from: null, to: moved.to, previousHash: beginning, recordedAt: now });
  const row: Loaded['row'] = {
    id, parentId, clueNumber: clue ? snapshot.context.number : null, campaignId: one.campaignId, categoryId: one.categoryId, sourceId: one.sourceId, channel,
    version: 1, movedSeq: 1, returnedSeq: null, createdAt: now, updatedAt: now, latest: latestOf(event.data), ...projection.row,
  };
  const description = textOf(event.data['description']);
  const statements = [
    insertRow(findings, row),
    insertRow(findingEvents, first),
    insertRow(findingSnapshots, { findingId: id, workflow: keyOf(current), snapshot: JSON.stringify(snapshot), headHash: first.hash }),
    insertRow(findingTexts, { findingId: id, description, requirement: snapshot.context.requirement, closureStandard: snapshot.context.closureStandard, ...one.texts }),
    insertRow(findingSources, { findingId: id, sourceId: one.sourceId, originalNumber: one.originalNumber, verbatim: one.verbatim }),
    ...projectionChanges(id, null, { projection, measures: [], returned: false }, { today: event.today, zone: house.clock.zone }),
    ...(one.imported ? [insertRow(importedRows, { fingerprint: one.imported.fingerprint, importId: one.imported.importId, row: one.imported.row, findingId: id }, 'imported row')] : []),
  ];
  return { changeset: { statements, search: [{ findingId: id, text: searchText(snapshot.context, clue ? snapshot.context.number : null, description, toldOpenly([{ confidential, originalNumber: one.originalNumber }], one.texts?.extra)) }] }, loaded: { row, snapshot, headHash: first.hash } };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
