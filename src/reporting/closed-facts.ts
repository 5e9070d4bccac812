import { createHash } from 'node:crypto';
import type { Row } from '../../db/changeset.js';
import type { reportingDues, reportingPeriods } from '../../db/schema/index.js';

/** What the event PeriodClosed says of a period: the totals, and the SHA-256 over every due in the order of its finding, so that no mark can be changed unseen. */
export function closedFacts(period: Pick<Row<typeof reportingPeriods>, 'id' | 'campaignId' | 'name' | 'opensAt' | 'cutOffAt'>, dues: readonly Omit<Row<typeof reportingDues>, 'periodId'>[]) {
  const digest = createHash('sha256');
  for (const { findingId, unitId, seq, reportedSeq, reportedAt } of dues) digest.update(`${JSON.stringify([findingId, unitId, seq, reportedSeq, reportedAt])}\n`);
  const reported = dues.filter(({ reportedAt }) => reportedAt !== null).length;
  return { id: period.id, campaignId: period.campaignId, name: period.name, opensAt: period.opensAt, cutOffAt: period.cutOffAt, owed: dues.length, reported, missing: dues.length - reported, dues: digest.digest('hex') };
}
