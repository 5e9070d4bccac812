import { readGrid } from '../../spreadsheets/read.js';
import { tellsOf } from '../../spreadsheets/told.js';
import { peopleIn, type PeopleList } from './read.js';
import type { PeopleJob } from './reading.js';

tellsOf<PeopleJob, PeopleList>(async function* peopleOf(bytes, { delimiter }) {
  yield peopleIn(await readGrid(bytes, { encoding: null, delimiter }));
});
