// Writes until it is killed; says each number only after its commit was acknowledged. Run by killed.test.ts.
import { changeset, insertRow } from '../../db/changeset.js';
import { openDatabase } from '../../db/open.js';
import { settings } from '../../db/schema/index.js';

const db = await openDatabase({ file: process.argv[2] ?? '' });
for (let number = 0; number < 100_000; number += 1) {
  await db.commit(changeset(insertRow(settings, { name: `n${number}`, value: 'x' })));
  process.stdout.write(`${number}\n`);
}
