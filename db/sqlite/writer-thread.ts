import Sqlite from 'better-sqlite3';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { copyTo } from './copy.js';
import { anyNumber, type Answer, type Batch, type Job, type Piece, type Task, type Write } from './protocol.js';

/**
 * The one writer. Everything that is waiting shares a transaction, a savepoint each, and is answered after the sync: 32 requests
 * then cost one fsync instead of 32. While a transaction runs, the next ones gather.
 */
const port = parentPort;
if (!port) throw new Error('The writer runs in a thread of its own.');
const { file } = workerData as { file: string }; // posted by writer.ts, the only one who starts this thread
const connection = new Sqlite(file);
connection.pragma('journal_mode = WAL');
// better-sqlite3 falls back to NORMAL under WAL unless told after opening; a power cut then loses acknowledged commits.
connection.pragma('synchronous = FULL');
connection.pragma('foreign_keys = ON');
connection.pragma('busy_timeout = 5000');
// Checkpoints happen between requests; the file keeps its size and is reused, since a growing one halved commits.
connection.pragma('wal_autocheckpoint = 0');

const begin = connection.prepare('BEGIN IMMEDIATE');
const commit = connection.prepare('COMMIT');
const rollback = connection.prepare('ROLLBACK');
const savepoint = connection.prepare('SAVEPOINT one');
const release = connection.prepare('RELEASE one');
const undo = connection.prepare('ROLLBACK TO one');
const shapes = new Map<number, { sql: string; statement: Sqlite.Statement<unknown[]> | null }>();
/** What came so far of changesets that are sent in several messages. */
const pieces = new Map<number, Write[]>();
let asserted = false;
let sinceCheckpoint = 0;

port.on('message', (message: Batch | Task | Piece) => {
  if ('task' in message) answer([taskDone(message)]);
  else if ('pieceOf' in message) keep(message);
  else drain(message);
});

function keep({ shapes: news, pieceOf, writes }: Piece): void {
  for (const [id, sql] of news) shapes.set(id, { sql, statement: null });
  const held = pieces.get(pieceOf) ?? [];
  for (const write of writes) held.push(write);
  pieces.set(pieceOf, held);
}

function drain(first: Batch): void {
  const batches = [first];
  const tasks: Task[] = [];
  // Asked before a message is taken: one that was taken and not looked at would never be answered.
  while (batches.length < 64) {
    const more = receiveMessageOnPort(port!);
    if (!more) break;
    const message = more.message as Batch | Task | Piece; // the same protocol
    if ('task' in message) tasks.push(message);
    else if ('pieceOf' in message) keep(message);
    else batches.push(message);
  }
  for (const batch of batches) for (const [id, sql] of batch.shapes) shapes.set(id, { sql, statement: null });
  const jobs = batches.flatMap((batch) => batch.jobs);
  answer(written(jobs));
  if (tasks.length > 0) answer(tasks.map(taskDone));
  sinceCheckpoint += jobs.length;
  if (sinceCheckpoint >= checkpointEvery) setImmediate(checkpointQuietly);
}

/** Commits between checkpoints: about ten megabytes of log, which then is written over again from its beginning. */
const checkpointEvery = 1000;

/** After the answers are out: nobody who was acknowledged waits for it. */
function checkpointQuietly(): void {
  if (sinceCheckpoint < checkpointEvery) return;
  sinceCheckpoint = 0;
  connection.pragma('wal_checkpoint(PASSIVE)');
}

function written(jobs: readonly Job[]): Answer[] {
  try {
    begin.run();
    const answers = jobs.map(jobDone);
    commit.run();
    if (!asserted) assertFull();
    return answers;
  } catch (error) {
    if (connection.inTransaction) rollback.run();
    return jobs.map((job) => ({ id: job.id, failure: { kind: 'defect', name: 'transaction', message: messageOf(error) } }));
  }
}

function jobDone(job: Job): Answer {
  savepoint.run();
  let at = 'changeset';
  const before = pieces.get(job.id) ?? [];
  pieces.delete(job.id);
  try {
    for (const writes of [before, job.writes]) {
      for (const write of writes) {
        at = write[3];
        const changes = changesOf(write);
        if (write[2] !== anyNumber && changes !== write[2]) throw new Miss(`${changes} rows instead of ${write[2]}`);
      }
    }
    release.run();
    return { id: job.id, failure: null };
  } catch (error) {
    undo.run();
    release.run();
    return { id: job.id, failure: { kind: kindOf(error), name: at, message: messageOf(error) } };
  }
}

class Miss extends Error {}

function changesOf([shape, values]: Write): number {
  const known = shapes.get(shape);
  if (!known) throw new Error(`The writer has not been told shape ${shape}.`);
  known.statement ??= connection.prepare<unknown[]>(known.sql);
  return known.statement.run(...values).changes;
}

function kindOf(error: unknown): 'stale' | 'conflict' | 'defect' {
  if (error instanceof Miss) return 'stale';
  const code = error instanceof Sqlite.SqliteError ? error.code : '';
  return code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_ROWID' ? 'conflict' : 'defect';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function assertFull(): void {
  if (connection.pragma('synchronous', { simple: true }) !== 2 || connection.pragma('journal_mode', { simple: true }) !== 'wal') {
    throw new Error('The database does not sync every commit (synchronous is not FULL).');
  }
  asserted = true;
}

function taskDone({ id, task, file: target }: Task): Answer {
  try {
    return { id, failure: null, value: run(task, target ?? '') };
  } catch (error) {
    return { id, failure: { kind: 'defect', name: task, message: messageOf(error) } };
  }
}

function run(task: Task['task'], target: string): number {
  switch (task) {
    case 'checkpoint': connection.pragma('wal_checkpoint(PASSIVE)'); return 0;
    case 'backup': copyTo(connection, target); return 0;
    case 'synchronous': return Number(connection.pragma('synchronous', { simple: true }));
    case 'close': connection.pragma('wal_checkpoint(TRUNCATE)'); connection.close(); return 0;
  }
}

function answer(answers: readonly Answer[]): void {
  port!.postMessage(answers);
}
