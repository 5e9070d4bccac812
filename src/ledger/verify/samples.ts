import { and, asc, eq, gt } from 'drizzle-orm';
import type { Row } from '../../../db/changeset.js';
import type { Reader } from '../../../db/database.js';
import { sampleItems, samples, streamEvents } from '../../../db/schema/index.js';
import { drawnInTurn, hashOfList } from '../../samples/draw.js';
import type { VerifyFault } from './report.js';

const page = 100;

/** Every sample is what its event SampleDrawn says, and comes out the same when it is drawn again; every such event has its sample, and none stands without one. */
export async function sampleFaults(reader: Reader): Promise<readonly VerifyFault[]> {
  const faults: VerifyFault[] = [];
  const told = new Set<number>();
  for (let after = 0; ;) {
    const events = await reader.select().from(streamEvents).where(and(eq(streamEvents.stream, 'proceedings'), eq(streamEvents.type, 'SampleDrawn'), gt(streamEvents.seq, after))).orderBy(asc(streamEvents.seq)).limit(page);
    for (const event of events) faults.push(...(await faultsOf(reader, event, told)));
    const last = events.at(-1);
    if (!last) break;
    after = last.seq;
  }
  const held = await reader.select({ id: samples.id }).from(samples);
  return [...faults, ...held.filter(({ id }) => !told.has(id)).map(({ id }) => fault(id, 'SampleDrawn'))];
}

async function faultsOf(reader: Reader, event: Row<typeof streamEvents>, told: Set<number>): Promise<readonly VerifyFault[]> {
  const payload: Readonly<Record<string, unknown>> = JSON.parse(event.payload);
  const id = Number(payload['id']);
  told.add(id);
  const [row] = await reader.select().from(samples).where(eq(samples.id, id));
  if (!row) return [fault(id, 'samples')];
  const items = await reader.select().from(sampleItems).where(eq(sampleItems.sampleId, id)).orderBy(asc(sampleItems.ordinal));
  const { items: drawnThen, ...columns } = payload;
  const changed = Object.entries(columns).filter(([column, value]) => Reflect.get(row, column) !== value).map(([column]) => column);
  const again = await drawnInTurn(row.population.split('\n'), row.seed, row.wanted);
  return [
    ...[...changed, ...(row.drawnByName === event.actorName ? [] : ['drawnByName'])].map((column) => fault(id, column)),
    ...(hashOfList(row.population) === row.populationHash ? [] : [fault(id, 'population')]),
    ...(JSON.stringify(items.map(({ number, version }) => [number, version])) === JSON.stringify(drawnThen) && JSON.stringify(items.map(({ number }) => number)) === JSON.stringify(again) ? [] : [fault(id, 'sample_items')]),
  ];
}

function fault(id: number, detail: string): VerifyFault {
  return { where: `sample ${id}`, what: 'sample', detail };
}
