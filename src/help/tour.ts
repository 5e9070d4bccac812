import { eq } from 'drizzle-orm';
import { changeset, insertRow } from '../../db/changeset.js';
import { ConflictError } from '../../db/errors.js';
import { toursSeen } from '../../db/schema/index.js';
import type { Tour } from '../../views/pages/arrival.js';
import type { House, Person } from '../context.js';
import type { Words } from '../words.js';
import { guidesOf, type Guide } from './guides.js';

/** Where the three first steps lead. */
const steps: Readonly<Record<Guide, readonly [string, string, string]>> = {
  office: ['/imports', '/matrix', '/handover'], unit: ['/findings', '/reporting', '/account'], sector: ['/findings', '/workflow', '/account'], inspector: ['/findings', '/matrix', '/account'],
  leader: ['/findings', '/matrix', '/account'], admin: ['/people/new', '/people/slips', '/person-requests'], auditor: ['/audit', '/audit?stream=accounts', '/account'],
};

/** Three steps for whoever is here for the first time; null once they were put away. */
export async function tourOf(house: Pick<House, 'db'>, person: Person, t: Words): Promise<Tour | null> {
  const [guide] = guidesOf(person);
  if (!guide) return null;
  const [seen] = await house.db.reader.select({ at: toursSeen.at }).from(toursSeen).where(eq(toursSeen.personId, person.id));
  if (seen) return null;
  return { title: t('help.tour'), help: `/help/${guide}`, steps: steps[guide].map((href, index) => ({ href, text: t(`help.${guide}.step.${index + 1}`), label: t('help.go') })) };
}

/** Puts the first steps away for good. Twice is once. */
export async function putAway(house: Pick<House, 'db' | 'clock'>, person: Person): Promise<void> {
  try {
    await house.db.commit(changeset(insertRow(toursSeen, { personId: person.id, at: house.clock.now() }, 'tour')));
  } catch (error) {
    if (!(error instanceof ConflictError && error.statement === 'tour')) throw error;
  }
}
