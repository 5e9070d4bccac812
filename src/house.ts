import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { eq } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open.js';
import { calendarDays, calendarYears, settings, unitAliases, units } from '../db/schema/index.js';
import type { Calendar } from '../workflows/types.js';
import { runningClock, type Clock } from './clock.js';
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

/** The house on a database that is open already; by its own clock unless another is given. */
export async function houseOn(db: Database, config: Config, log: Logger, given: Clock | null = null): Promise<House> {
  const clock = given ?? runningClock(config.zone, (await setting(db, 'businessDate')) ?? null);
  const tree = kept(() => readTree(db, clock.today()), clock.today);
  const calendar = kept(() => readCalendar(db), () => '');
  return {
    config, db, log, clock, files: storeOnDisk(join(config.dataDir, 'evidence')),
    tree: tree.read, calendar: calendar.read,
    changed: () => { tree.forget(); calendar.forget(); },
  };
}

/** A fact about this ledger, e.g. "demo"; undefined when it was never set. */
export async function setting(db: Database, name: string): Promise<string | undefined> {
  const [row] = await db.reader.select().from(settings).where(eq(settings.name, name));
  return row?.value;
}

/** Read once, and again when it is forgotten or what it holds for (a day) is over. */
function kept<T>(load: () => Promise<T>, holdsFor: () => string): { read: () => Promise<T>; forget: () => void } {
  let value: { readonly loaded: Promise<T>; readonly holds: string } | null = null;
  const forget = (): void => { value = null; };
  const read = (): Promise<T> => {
    const holds = holdsFor();
    if (value?.holds !== holds) value = { holds, loaded: load().catch((error: unknown) => { forget(); throw error; }) };
    return value.loaded;
  };
  return { read, forget };
}

/** The organisation as it is on a day: a unit whose end is still to come has not ended. */
async function readTree(db: Database, today: string): Promise<UnitTree> {
  const rows = await db.reader.select().from(units).orderBy(units.id);
  const aliases = await db.reader.select().from(unitAliases);
  const endedBy = (day: string | null): string | null => (day !== null && day <= today ? day : null);
  return unitTree(rows.map((row) => ({ ...row, disabledOn: endedBy(row.disabledOn), endsOn: row.disabledOn, path: row.path.split('/').filter(Boolean).map(Number) })), aliases);
}

async function readCalendar(db: Database): Promise<Calendar> {
  const years = await db.reader.select({ year: calendarYears.year }).from(calendarYears);
  const days = await db.reader.select().from(calendarDays);
  return { years: years.map(({ year }) => year), days: Object.fromEntries(days.map(({ date, off, name }) => [date, { off, name }])) };
}
