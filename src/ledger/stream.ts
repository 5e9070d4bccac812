import { desc, eq } from 'drizzle-orm';
import { insertRow, together, updateRow, type Changeset, type Statement } from '../../db/changeset.js';
import { retried, streamName } from '../../db/retried.js';
import { streamEvents, streamHeads, type Stream } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { beginning, hashOf } from './hash.js';

/** The records beside the findings, in the order in which they are shown. */
export const streams: readonly Stream[] = ['sign-ins', 'accounts', 'organisation', 'proceedings', 'exports', 'imports'];

/** Everything that may happen beside the findings; each has a word `fact.<name>`. */
export const facts = [
  'SignedIn', 'SignInRefused',
  'PersonAdded', 'PersonChanged', 'PersonDisabled', 'PersonEnabled', 'PasswordReset', 'PasswordChanged', 'FirstAdministratorMade',
  'ActivationIssued', 'Activated', 'ActivationRefused', 'PersonRequested', 'PersonRequestDeclined', 'DutiesHandedOver', 'PostsHandedOver',
  'UnitAdded', 'UnitChanged', 'DivisionsImported', 'DemonstrationMade',
  'RuleAdded', 'RuleRemoved',
  'CampaignAdded', 'CampaignChanged', 'CategoryAdded', 'CategoryDisabled', 'CategoryEnabled',
  'MeetingPrepared', 'MeetingChanged', 'MeetingDecided', 'MeetingDropped',
  'ViewShared', 'ViewRemoved',
  'SampleDrawn',
  'PeriodAdded', 'PeriodChanged', 'PeriodRemoved', 'PeriodClosed',
  'NoticesIssued', 'NoticeReceived',
  'LedgerExported', 'ListUploaded', 'ListImported', 'ImportDropped',
] as const;

/** Something that happened beside the findings. `payload` holds no secrets and no personal identifiers. */
export interface StreamEvent {
  readonly stream: Stream;
  readonly type: (typeof facts)[number];
  readonly actorId: number;
  readonly actorName: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Commits `changes` together with the event (or several, one after the other), chained to the last of its stream; tries again when another event came in between. */
export async function commitRecorded(house: Pick<House, 'db' | 'clock'>, changes: Changeset, event: StreamEvent, ...further: readonly StreamEvent[]): Promise<void> {
  await inTurn(house.db, event.stream, () => retried(async () => {
    const statements = await appended(house, event, ...further);
    await house.db.commit(together(changes, { statements, search: [] }));
  }));
}

/**
 * Commits an event with what `changes` answers. The end of the stream is read first, then what the changes depend on: whoever was quicker meanwhile with something that is recorded
 * there makes it a ConflictError or StaleError named `streamName`, so that it is looked at again (`retried`).
 */
export async function recorded(house: Pick<House, 'db' | 'clock'>, event: StreamEvent, changes: () => Promise<Changeset>): Promise<void> {
  const statements = await appended(house, event);
  await house.db.commit(together(await changes(), { statements, search: [] }));
}

const ends = new WeakMap<House['db'], Map<Stream, Promise<void>>>();

/** One after the other within this process: of a hundred that raced for the end of a stream, each would be tried a hundred times. Other processes are retried against. */
async function inTurn(db: House['db'], stream: Stream, write: () => Promise<void>): Promise<void> {
  const mine = ends.get(db) ?? new Map<Stream, Promise<void>>();
  ends.set(db, mine);
  const written = (mine.get(stream) ?? Promise.resolve()).then(write);
  mine.set(stream, written.catch(() => undefined));
  return written;
}

/**
 * The statements that append an event, or several of the same stream, for a command that commits them with its own changes; another event in between is a ConflictError named
 * `streamName`: try again.
 */
export async function appended(house: Pick<House, 'db' | 'clock'>, event: StreamEvent, ...further: readonly StreamEvent[]): Promise<readonly Statement[]> {
  const { stream } = event;
  const [last] = await house.db.reader.select({ seq: streamEvents.seq, hash: streamEvents.hash }).from(streamEvents).where(eq(streamEvents.stream, stream)).orderBy(desc(streamEvents.seq)).limit(1);
  const recordedAt = house.clock.now();
  const rows: (typeof streamEvents.$inferInsert)[] = [];
  let end = { seq: last?.seq ?? 0, hash: last?.hash ?? beginning };
  for (const each of [event, ...further]) rows.push(end = after(end, each, recordedAt));
  const head = last ? updateRow(streamHeads, { seq: end.seq, hash: end.hash }, { stream, seq: last.seq }, streamName) : insertRow(streamHeads, { stream, seq: end.seq, hash: end.hash }, streamName);
  return [...rows.map((row) => insertRow(streamEvents, row, streamName)), head];
}

function after({ seq, hash: previousHash }: { readonly seq: number; readonly hash: string }, event: StreamEvent, recordedAt: string): typeof streamEvents.$inferInsert {
  const row = {
    stream: event.stream, seq: seq + 1, type: event.type, actorId: event.actorId, actorName: event.actorName,
    recordedAt, payload: JSON.stringify(event.payload), previousHash,
  };
  return { ...row, hash: hashOfStreamEvent(row) };
}

/** The hash that a stream event's row must carry. */
export function hashOfStreamEvent(row: Omit<typeof streamEvents.$inferSelect, 'hash'>): string {
  return hashOf([row.stream, row.seq, row.type, row.actorId, row.actorName, row.recordedAt, row.payload, row.previousHash]);
}
