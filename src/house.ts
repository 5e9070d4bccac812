import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { eq } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open.js';
import { calendarDays, calendarYears, settings, unitAliases, units } from '../db/schema/index.js';
import type { Calendar } from '../workflows/types.js';
import { runningClock } from './clock.js';
import type { Config } from './config.js';
import type { House } from './context.js';
import { storeOnDisk } from './evidence/store-on-disk.js';
import { unitTree, type UnitTree } from './organisation/tree.js';

/** Opens the ledger in the data folder (made when it is not there) and everything that features are handed. Throws UnusableDatabaseError. */
export async function openHouse(config: Config, log: Logger = pino({ level: config.logLevel })): Promise<House> {
  mkdirSync(config.dataDir, { recursive: true });
  const db = await openDatabase({ file: join(config.dataDir, 'ledger.db') });
  return houseOn(db, config, log);
}

/** The house on a database that is open already. */
export async function houseOn(db: Database, config: Config, log: Logger): Promise<House> {
  const pinned = (await setting(db, 'businessDate')) ?? null;
  const tree = kept(() => readTree(db));
  const calendar = kept(() => readCalendar(db));
  return {
    config, db, log, clock: runningClock(config.zone, pinned), files: storeOnDisk(join(config.dataDir, 'evidence')),
    tree: tree.read, calendar: calendar.read,
    changed: () => { tree.forget(); calendar.forget(); },
  };
}

/** A fact about this ledger, e.g. "demo"; undefined when it was never set. */
export async function setting(db: Database, name: string): Promise<string | undefined> {
  const [row] = await db.reader.select().from(settings).where(eq(settings.name, name));
  return row?.value;
}

function kept<T>(load: () => Promise<T>): { read: () => Promise<T>; forget: () => void } {
  let value: Promise<T> | null = null;
  const read = (): Promise<T> => (value ??= load().catch((error: unknown) => { value = null; throw error; }));
  return { read, forget: () => { value = null; } };
}

async function readTree(db: Database): Promise<UnitTree> {
  const rows = await db.reader.select().from(units).orderBy(units.id);
  const aliases = await db.reader.select().from(unitAliases);
  return unitTree(rows.map((row) => ({ ...row, path: row.path.split('/').filter(Boolean).map(Number) })), aliases);
}

async function readCalendar(db: Database): Promise<Calendar> {
  const years = await db.reader.select({ year: calendarYears.year }).from(calendarYears);
  const days = await db.reader.select().from(calendarDays);
  return { years: years.map(({ year }) => year), days: Object.fromEntries(days.map(({ date, off, name }) => [date, { off, name }])) };
}
