import { asc, eq, gt } from 'drizzle-orm';
import { findings, findingSnapshots } from '../../../db/schema/index.js';
import type { House } from '../../context.js';
import { verifyFinding } from './finding.js';
import { noticeFaults } from './notices.js';
import type { VerifyFault, VerifyReport } from './report.js';
import { periodFaults } from './reporting.js';
import { streams } from '../stream.js';
import { meetingFaults } from './meetings.js';
import { sampleFaults } from './samples.js';
import { countFaults, fileFaults, numberFaults, searchFaults, strangeStreams, streamFaults, sumFaults } from './whole.js';

const page = 500;

/**
 * Checks the ledger against itself: every chain and hash, every file; replays every history through its workflow version and compares
 * snapshot, row and all that is kept beside it; proves separation of duties again from the events alone; counts, the word index, samples (drawn again), and numbers
 * without gaps. Pages through, so memory does not grow; others may write meanwhile: all of it is read as it stood at the beginning.
 */
export function verifyLedger(house: House): Promise<VerifyReport> {
  return house.db.atOneTime(() => verified(house));
}

async function verified(house: House): Promise<VerifyReport> {
  const faults: VerifyFault[] = [];
  const counted = { findings: 0, events: 0 };
  for (let after = 0; ;) {
    const rows = await house.db.reader.select({ row: findings, snapshot: findingSnapshots.snapshot, headHash: findingSnapshots.headHash }).from(findings)
      .leftJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id)).where(gt(findings.id, after)).orderBy(asc(findings.id)).limit(page);
    for (const each of rows) {
      counted.findings += 1;
      counted.events += await verifyFinding(house, each, (what, detail = '') => { faults.push({ where: each.row.number, what, detail }); });
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.row.id;
  }
  faults.push(...(await strangeStreams(house.db.reader)));
  for (const stream of streams) faults.push(...(await streamFaults(house.db.reader, stream)));
  faults.push(...(await numberFaults(house.db.reader)), ...(await countFaults(house.db.reader)), ...(await sumFaults(house.db.reader)), ...(await noticeFaults(house.db.reader)), ...(await searchFaults(house.db)), ...(await meetingFaults(house.db.reader)), ...(await sampleFaults(house.db.reader)));
  faults.push(...(await periodFaults(house.db.reader)));
  const files = await fileFaults(house);
  return { ...counted, files: files.checked, faults: [...faults, ...files.faults] };
}
