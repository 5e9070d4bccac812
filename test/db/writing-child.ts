// Writes until it is killed; says each number only after its commit was acknowledged. Run by killed.test.ts.
// With "checkpointing" it writes rows of 100 KB and moves the log into the file after every twenty.
import { changeset, insertRow } from '../../db/changeset.js';
import { openDatabase } from '../../db/open.js';
import { settings } from '../../db/schema/index.js';

const [, , file = '', how] = process.argv;
const large = how === 'checkpointing';
const value = 'x'.repeat(large ? 100_000 : 1);
const db = await openDatabase({ file });
for (let number = 0; number < 100_000; number += 1) {
  await db.commit(changeset(insertRow(settings, { name: `n${number}`, value })));
  process.stdout.write(`${number}\n`);
  if (large && number % 20 === 19) await db.checkpoint();
}
