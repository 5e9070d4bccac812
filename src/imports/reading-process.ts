import { readGrid } from '../spreadsheets/read.js';
import { tellsOf } from '../spreadsheets/told.js';
import { interpreter } from './interpret.js';
import { lookAt } from './look.js';
import type { FindingsJob, FindingsTold } from './reading.js';

/** Rows in one message. */
const chunk = 200;

tellsOf<FindingsJob, FindingsTold>(async function* findingsOf(bytes, { name, today, hostId, wish }) {
  const { look, body } = lookAt(await readGrid(bytes, wish), wish, { name, today });
  yield { kind: 'look', look };
  const interpret = interpreter(look.mapping, look.headers, hostId);
  for (let from = 0; from < body.rows.length; from += chunk) yield { kind: 'rows', rows: body.rows.slice(from, from + chunk).map(interpret) };
});
