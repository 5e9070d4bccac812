import Sqlite from 'better-sqlite3';
import { asc, eq } from 'drizzle-orm';
import { join } from 'node:path';
import { findingEvents } from '../../db/schema/index.js';
import type { House } from '../../src/context.js';
import { beginning } from '../../src/ledger/hash.js';
import { eventOf, hashOfEvent } from '../../src/ledger/record.js';
import type { WorkflowEvent } from '../../workflows/types.js';

/** Rewrites a finding's history as somebody with the file and the source would: every event and every hash after it. */
export async function forged(house: House, findingId: number, change: (event: WorkflowEvent) => WorkflowEvent): Promise<void> {
  const rows = await house.db.reader.select().from(findingEvents).where(eq(findingEvents.findingId, findingId)).orderBy(asc(findingEvents.seq));
  const behind = new Sqlite(join(house.config.dataDir, 'ledger.db'));
  behind.exec('DROP TRIGGER IF EXISTS finding_events_no_update');
  let previousHash = beginning;
  for (const row of rows) {
    const { actor, data } = change(eventOf(row));
    const next = { ...row, actorId: actor.personId, actor: JSON.stringify(actor), payload: JSON.stringify(data), previousHash };
    previousHash = hashOfEvent(next);
    behind.prepare('UPDATE finding_events SET actor_id = ?, actor = ?, payload = ?, previous_hash = ?, hash = ? WHERE finding_id = ? AND seq = ?').run(next.actorId, next.actor, next.payload, next.previousHash, previousHash, findingId, row.seq);
  }
  behind.prepare('UPDATE finding_snapshots SET head_hash = ? WHERE finding_id = ?').run(previousHash, findingId);
  behind.close();
}
