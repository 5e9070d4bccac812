import { readApart, type Reading } from '../../spreadsheets/reading.js';
import type { PeopleList } from './read.js';

/** What the reading process is sent. */
export interface PeopleJob {
  readonly bytes: Uint8Array;
  /** of a text; null: as it is found. */
  readonly delimiter: string | null;
}

/** Reads a list of people. Throws UnreadableListError. */
export async function readPeople({ bytesOf, delimiter }: Omit<PeopleJob, 'bytes'> & Pick<Reading<PeopleJob>, 'bytesOf'>): Promise<PeopleList> {
  for await (const list of readApart<PeopleJob, PeopleList>({ file: new URL('./reading-process', import.meta.url), bytesOf, jobOn: (bytes) => ({ bytes, delimiter }) })) return list;
  throw new Error('The reading process told of no people.');
}
