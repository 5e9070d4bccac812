import { importFile } from '../imports/cli.js';
import { withHouse } from './house.js';

/** A list from a file: a preview, and with --yes the import. */
export async function importCommand(args: readonly string[]): Promise<number> {
  return withHouse((house) => importFile(house, args));
}
