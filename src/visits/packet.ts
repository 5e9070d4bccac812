import type { Pages, Way } from '../../views/pages.js';
import type { Fact } from '../../views/pages/findings.js';
import type { House } from '../context.js';
import { contextFacts } from '../findings/context-facts.js';
import { originOf } from '../findings/origins.js';
import { evidenceView } from '../findings/pages.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { setting } from '../house.js';
import type { Words } from '../words.js';

/** More would be a book; the page says so, and the rest is a second one. */
export const mostInAPacket = 50;
/** Files named for one finding; its page has them all. */
const mostFiles = 30;

/** 核查包: one finding a block, with what was asked, what is said to be done, and room for what is seen. */
export async function packetPage(house: House, rows: readonly Loaded[], t: Words, about: { readonly title: string; readonly back: Way; readonly facts: readonly Fact[]; readonly event: string; readonly results: readonly string[]; readonly more: boolean; readonly empty: Pages['visits/packet']['empty'] }): Promise<Pages['visits/packet']> {
  const blocks = [];
  for (const row of rows.slice(0, mostInAPacket)) blocks.push(await blockOf(house, row, about.event, t));
  return {
    title: about.title, back: about.back, facts: about.facts, demo: await demoLine(house, t), more: about.more || rows.length > mostInAPacket ? t('visits.packetMore', { most: mostInAPacket }) : null,
    boxes: [...about.results, 'none'].map((value) => ({ label: t(`visits.result.${value}`) })), blocks, empty: about.empty,
  };
}

/** Papers of a demonstration say that they are none. */
export async function demoLine(house: House, t: Words): Promise<string | null> {
  return (await setting(house.db, 'demo')) === undefined ? null : t('verification.demoPaper');
}

async function blockOf(house: House, loaded: Loaded, event: string, t: Words): Promise<Pages['visits/packet']['blocks'][number]> {
  const { row } = loaded;
  const files = await findingQueries(house.db.reader).evidence(row.id);
  return {
    number: row.number, title: row.title,
    facts: [...(await sourceFacts(house, loaded, t)), ...(await contextFacts(house, loaded, event, t))],
    evidence: files.slice(0, mostFiles).map((file) => evidenceView(file, row.number, house.clock.zone, t)),
  };
}

/** Where it came from and in whose words; of a confidential source, and of whoever handed it on, nothing but that. */
async function sourceFacts(house: House, { row }: Loaded, t: Words): Promise<readonly Fact[]> {
  const from = await findingQueries(house.db.reader).sources(row.id);
  return from.flatMap(({ source, originalNumber, verbatim }) => {
    return [{ label: t('field.source'), value: originOf(source, originalNumber, false, t) }, ...(verbatim === '' || source.confidential ? [] : [{ label: t('visits.verbatim'), value: verbatim }])];
  });
}
