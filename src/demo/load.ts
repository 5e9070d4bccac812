import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { people, settings } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { loadCalendar } from '../calendar/load.js';
import { setting } from '../house.js';
import { makeArrivals } from './arrival.js';
import { playNotices } from './handout.js';
import { playClues } from './clues.js';
import { play } from './courses.js';
import { lookBackFindings, ownFindings } from './findings.js';
import { demoMeeting } from './meetings.js';
import { reportingWeeks } from './reporting.js';
import { makeOrganisation } from './organisation.js';
import { demoDate, Theatre } from './theatre.js';
import { drawDemoSample } from './verification.js';

/** Is this ledger the demonstration, or half of one? `npm start` refuses it. */
export async function isDemo(house: Pick<House, 'db'>): Promise<boolean> {
  return (await setting(house.db, 'demo')) !== undefined;
}

/** Was loading it broken off? */
export async function isHalfDemo(house: Pick<House, 'db'>): Promise<boolean> {
  return (await setting(house.db, 'demo')) === 'loading';
}

/**
 * Loads the demonstration case into an empty ledger, every history run through the workflow itself. The ledger is known as a
 * demonstration before its first invented row. `progress` hears how far it is. Nothing happens when it is there.
 */
export async function loadDemo(house: House, progress: (done: string) => void = () => undefined): Promise<void> {
  if (await isDemo(house)) return;
  const [somebody] = await house.db.reader.select({ id: people.id }).from(people).limit(1);
  if (somebody) throw new Error('This ledger is in use already; the demonstration needs an empty one. Choose another DATA_DIR.');
  await house.db.commit(changeset(insertRow(settings, { name: 'demo', value: 'loading' })));
  await loadCalendar(house);
  const places = await makeOrganisation(house);
  progress('organisation');
  const stage = new Theatre(house, places);
  await stage.load();
  for (const [index, each] of [...lookBackFindings, ...ownFindings].entries()) await play(stage, each, index);
  progress('findings');
  await playClues(stage);
  await demoMeeting(stage.at('2020-05-09', 9), stage.person('office'), places.unit.office, demoDate);
  await drawDemoSample(house, { unitId: places.unit.city, campaignId: places.campaign.rectification, date: '2020-05-08' });
  await playNotices(house, (date, hour) => stage.at(date, hour));
  progress('clues');
  await makeArrivals(house, places, demoDate);
  await reportingWeeks(house, places);
  await house.db.commit(changeset(updateRow(settings, { value: '1' }, { name: 'demo' }, 'demo'), insertRow(settings, { name: 'businessDate', value: demoDate })));
}
