import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeset, insertRow } from '../../db/changeset.js';
import { packageRoot } from '../../db/root.js';
import { calendarDays, calendarYears } from '../../db/schema/index.js';
import type { House } from '../context.js';

const shipped = [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026];

interface Year {
  readonly year: number;
  readonly source: string;
  readonly days: readonly (readonly [date: string, off: boolean, name: string])[];
}

/** Loads the shipped working-day tables (State Council notices, named in each file) into a ledger that has none of that year. */
export async function loadCalendar(house: House): Promise<void> {
  const { years } = await house.calendar();
  for (const year of shipped.filter((each) => !years.includes(each))) {
    const table: Year = JSON.parse(readFileSync(join(packageRoot, `src/calendar/years/${year}.json`), 'utf8'));
    // A notice of one year names days at the turn of the next one too; each day is kept once, by its own year's file.
    const days = table.days.filter(([date]) => date.startsWith(String(year)));
    await house.db.commit(changeset(insertRow(calendarYears, { year, source: table.source }), ...days.map(([date, off, name]) => insertRow(calendarDays, { date, off, name }))));
  }
  house.changed();
}
