import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Database } from '../../db/database.js';
import { openDatabase } from '../../db/open.js';

/** An empty, migrated ledger of its own in a folder of its own; both are gone when the test is over. */
export async function freshDatabase(): Promise<{ readonly db: Database; readonly dir: string; readonly file: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-'));
  const file = join(dir, 'ledger.db');
  cpSync(await template(), file);
  const db = await openDatabase({ file });
  onTestFinished(async () => {
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return { db, dir, file };
}

let made: Promise<string> | null = null;

/** Migrated once per test file and copied for each test. */
function template(): Promise<string> {
  made ??= make();
  return made;
}

async function make(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'zhenggai-template-'));
  process.once('exit', () => { rmSync(dir, { recursive: true, force: true }); });
  const file = join(dir, 'ledger.db');
  const db = await openDatabase({ file });
  await db.close();
  return file;
}

/** Every engine behind the port, each with how a test gets an empty ledger of it: the contract holds for all of them. */
export const engines = [{ engine: 'SQLite', fresh: freshDatabase }] as const;
