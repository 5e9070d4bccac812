import { setImmediate } from 'node:timers/promises';
import { changeset, together, updateRow, type Changeset, type Statement } from '../../db/changeset.js';
import { retried } from '../../db/retried.js';
import { batches, batchRows } from '../../db/schema/index.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Refusal } from '../../workflows/types.js';
import { noticeChanges, noticeKinds, withParts, type HandedOut, type NoticeKind } from '../assignment-notices/issue.js';
import { notNoticed } from '../assignment-notices/queries.js';
import type { House, Person } from '../context.js';
import { actOnMany, previewMany, type RowOutcome } from '../findings/commands/many.js';
import { findingQueries } from '../findings/queries.js';
import { officePostOf } from '../findings/policy.js';
import { bodyText } from '../forms.js';
import { rulesDigest } from '../rules/proposals.js';
import { requestsFor } from './asked.js';
import { rowsFor } from './rows.js';
import { eventIn, formOf } from './kept-form.js';
import { rowsFrom, type BatchRecord, type BatchRow } from './queries.js';

/** Rows a transaction: a hundred hold the writer for about 40 ms, and whoever writes meanwhile comes in between. */
export const pieceSize = 100;

/** Previews or does the next piece of a batch: its rows and how far the batch has come are one changeset, so that a stop at any moment loses nothing and repeats nothing. */
export async function doPiece(house: House, person: Person, batch: BatchRecord): Promise<void> {
  const definition = eventIn(batch);
  const rows = await rowsFrom(house.db.reader, batch.id, batch.next, pieceSize);
  if (batch.state === 'previewing') await previewPiece(house, person, batch, definition, rows);
  else if (rows.length === 0) await finish(house, person, batch);
  else await runPiece(house, person, batch, definition, rows);
}

async function previewPiece(house: House, person: Person, batch: BatchRecord, definition: EventDefinition, rows: readonly BatchRow[]): Promise<void> {
  const found = await rowsFor(house, person, definition, rows.map(({ number }) => number));
  const requests = await requestsFor(house, definition, found, formOf(batch), 'nothing');
  const outcomes = await previewMany(house, person, requests);
  const changes = outcomes.map(({ to, next, refusals }, index): Statement => updateRow(batchRows, {
    outcome: to === null ? 'cannot' : 'can', unitId: (next ?? found.loaded.get(rows[index]?.number ?? ''))?.row.leadUnitId ?? null, seen: requests[index]?.seen ?? null, why: refusals.length > 0 ? JSON.stringify(refusals) : null,
  }, { batchId: batch.id, ordinal: rows[index]?.ordinal ?? 0 }, 'row of a batch'));
  const can = outcomes.filter(({ to }) => to !== null).length;
  await house.db.commit(changeset(moved(batch, rows.length, can, outcomes.length - can, batch.next + rows.length >= batch.total ? { state: 'previewed' } : {}), ...changes));
}

/** What the preview said cannot be done is left as it is; the others are done as they were previewed, or refused because somebody moved them on or changed the rules that filled them in. */
async function runPiece(house: House, person: Person, batch: BatchRecord, definition: EventDefinition, rows: readonly BatchRow[]): Promise<void> {
  const wanted = rows.filter(({ outcome }) => outcome === 'can');
  const form = formOf(batch);
  if (bodyText(form.body, 'suggested') === 'yes' && form.rules !== await rulesDigest(house, officePostOf(person)?.unitId ?? 0)) {
    await house.db.commit(changeset(moved(batch, rows.length, 0, wanted.length), ...wanted.map((row) => rowDone(batch, row, { number: row.number, to: null, next: null, refusals: [rulesChanged] }))));
    return;
  }
  const found = await rowsFor(house, person, definition, wanted.map(({ number }) => number));
  // Whoever reads meanwhile comes in between the steps, and does not wait for all of them.
  await setImmediate();
  const body = { ...form.body, step: 'confirm', ...Object.fromEntries(wanted.map(({ number, seen }) => [`seen.${number}`, String(seen ?? 0)])) };
  const along = (outcomes: readonly RowOutcome[]): Promise<Changeset> => {
    const done = outcomes.filter(({ to }) => to !== null).length;
    return Promise.resolve(changeset(moved(batch, rows.length, done, outcomes.length - done), ...outcomes.map((outcome, index) => rowDone(batch, wanted[index], outcome))));
  };
  const requests = await requestsFor(house, definition, found, { ...form, body }, 'nothing');
  await setImmediate();
  await actOnMany(house, person, requests, `${batch.id} ${batch.version} ${batch.next}`, along);
}

const rulesChanged: Refusal = { rule: 'bulk.rulesChanged', kind: 'state', params: {}, field: null };

function rowDone({ id }: BatchRecord, row: BatchRow | undefined, { number, to, next, refusals }: RowOutcome): Statement {
  const key = { batchId: id, ordinal: row?.ordinal ?? 0 };
  if (to === null) return updateRow(batchRows, { outcome: 'refused', why: JSON.stringify(refusals) }, key, 'row of a batch');
  return updateRow(batchRows, { outcome: 'done', unitId: next?.row.leadUnitId ?? null, seen: next?.row.movedSeq ?? null, ...(next && next.row.number !== number ? { became: next.row.number } : {}) }, key, 'row of a batch');
}

/** The batch moves on by a piece; a miss means that another worker did it. */
function moved({ id, next, can, cannot, state }: BatchRecord, rows: number, done: number, refused: number, also: Partial<BatchRecord> = {}): Statement {
  return updateRow(batches, { next: next + rows, can: can + done, cannot: cannot + refused, ...also }, { id, next, state }, 'batch');
}

/** At the end the notices, one per unit, in the changeset that ends the batch. */
async function finish(house: House, person: Person, batch: BatchRecord): Promise<void> {
  const kind = noticeKinds.get(batch.event);
  const handed = kind ? await handedOut(house, batch, kind) : [];
  await retried(async () => {
    const end = updateRow(batches, { state: 'done', finishedAt: house.clock.now() }, { id: batch.id, state: 'running' }, 'batch');
    await house.db.commit(together(changeset(end), await noticeChanges(house, person, await notNoticed(house.db.reader, handed), batch.id)));
  });
}

async function handedOut(house: House, batch: BatchRecord, kind: NoticeKind): Promise<readonly HandedOut[]> {
  const queries = findingQueries(house.db.reader);
  const handed: HandedOut[] = [];
  for (let from = 0; from < batch.total; from += pieceSize) {
    for (const { number, became, unitId, seen, outcome } of await rowsFrom(house.db.reader, batch.id, from, pieceSize)) {
      if (outcome !== 'done' || unitId === null || seen === null) continue;
      const loaded = await queries.byNumber(became ?? number);
      if (loaded) handed.push(...(await withParts({ kind, loaded, unitId, seq: seen }, queries.byNumber)));
    }
    await setImmediate();
  }
  return handed;
}
