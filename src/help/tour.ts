import { eq } from 'drizzle-orm';
import { changeset, insertRow } from '../../db/changeset.js';
import { ConflictError } from '../../db/errors.js';
import { toursSeen } from '../../db/schema/index.js';
import type { Tour } from '../../views/pages/arrival.js';
import type { House, Person } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { guidesOf, type Guide } from './guides.js';

/** Who begins with other steps than their guide: a county's office hands on and chases, a head signs. */
type Beginner = Guide | 'county' | 'head';

/** Where the three first steps lead. */
const steps: Readonly<Record<Beginner, readonly [string, string, string]>> = {
  office: ['/imports', '/matrix', '/handover'], county: ['/matrix', '/findings', '/reporting/periods'], unit: ['/findings', '/reporting', '/account'], head: ['/signing', '/findings', '/reporting'],
  sector: ['/findings', '/workflow', '/account'], inspector: ['/visits', '/samples', '/account'], leader: ['/signing', '/findings?stage=open&light=red&sort=due', '/matrix'], admin: ['/people/new', '/people/slips', '/person-requests'], auditor: ['/audit', '/audit?stream=accounts', '/account'],
};

/** Three steps for whoever is here for the first time; null once they were put away. */
export async function tourOf(house: Pick<House, 'db' | 'tree'>, person: Person, t: Words): Promise<Tour | null> {
  const [guide] = guidesOf(person);
  if (!guide) return null;
  const [seen] = await house.db.reader.select({ at: toursSeen.at }).from(toursSeen).where(eq(toursSeen.personId, person.id));
  if (seen) return null;
  const beginner = beginnerOf(guide, person, await house.tree());
  return { title: t('help.tour'), help: `/help/${guide}`, steps: steps[beginner].map((href, index) => ({ href, text: t(`help.${beginner}.step.${index + 1}`), label: t('help.go') })) };
}

function beginnerOf(guide: Guide, { posts }: Pick<Person, 'posts'>, tree: UnitTree): Beginner {
  if (guide === 'unit') return posts.some(({ role }) => role === 'head') ? 'head' : 'unit';
  const office = guide === 'office' ? posts.find(({ role }) => role === 'office') : undefined;
  return office && tree.unit(tree.jurisdictionOf(office.unitId))?.parentId !== null ? 'county' : guide;
}

/** Puts the first steps away for good. Twice is once. */
export async function putAway(house: Pick<House, 'db' | 'clock'>, person: Person): Promise<void> {
  try {
    await house.db.commit(changeset(insertRow(toursSeen, { personId: person.id, at: house.clock.now() }, 'tour')));
  } catch (error) {
    if (!(error instanceof ConflictError && error.statement === 'tour')) throw error;
  }
}
