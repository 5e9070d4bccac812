import type { NewRow } from '../../db/changeset.js';
import type { leadReports } from '../../db/schema/index.js';
import { doer } from '../../workflows/guard.js';
import type { WorkflowEvent } from '../../workflows/types.js';

/**
 * The row of lead_reports that an event makes: only a report by the lead unit's own people counts for its periods. A supporting unit reports its
 * own measures, and the lead unit still has to. Null for every other event.
 */
export function leadReportOf(findingId: number, seq: number, event: Pick<WorkflowEvent, 'type' | 'actor' | 'onBehalf' | 'occurredAt'>): NewRow<typeof leadReports> | null {
  const { relations, unitId } = doer(event);
  return event.type === 'REPORT' && relations.includes('lead') ? { findingId, seq, unitId, at: event.occurredAt } : null;
}
