import type { NewFinding } from '../findings/commands/list.js';
import type { SourceFiling } from '../findings/sources.js';
import type { Classified } from './categories.js';
import type { ListRow } from './interpret.js';
import type { Resolution } from './units.js';
import { beginning, running, type Status } from './values.js';

/** A row with its units and its category known: what will become of it. */
export interface Settled {
  readonly stage: Exclude<Status, 'skip'>;
  readonly leadUnitId: number | null;
  /** those that must each put it right, when several are named. */
  readonly responsibleUnitIds: readonly number[];
  readonly supportingUnitIds: readonly number[];
  /** the cell names this unit and nobody else: its text need not be kept. */
  readonly alone: boolean;
  readonly unknown: readonly string[];
  readonly category: Classified;
}

/**
 * The lead is the unit named as lead, else the first responsible one; nobody yet where a name beside it is not known. A row is adopted where it stands when somebody is there to
 * go on with it by a date; otherwise it is listed, and the office assigns it.
 */
export function settle(row: ListRow, find: (cell: string) => Resolution, category: Classified): Settled {
  const { unitIds, unknown } = find(row.leadUnit || row.responsibleUnits);
  const first = unitIds[0] ?? null;
  const named = row.leadUnit === '' ? { unitIds, unknown: [] } : find(row.responsibleUnits);
  const supporting = find(row.supportingUnits);

  const stage = row.status === 'skip' || (running.includes(row.status) && (first === null || row.deadline === null)) ? 'listed' : row.status;
  // Who is named beside a unit that nobody knows may not be the one who leads: that row is the office's to decide.
  const leadUnitId = beginning.includes(stage) && unknown.length + named.unknown.length > 0 ? null : first;
  const responsibleUnitIds = leadUnitId === null ? [] : named.unitIds.length > 1 || (named.unitIds.length === 1 && named.unitIds[0] !== leadUnitId) ? named.unitIds : [];
  return { stage, leadUnitId, responsibleUnitIds, supportingUnitIds: supporting.unitIds, alone: unitIds.length === 1 && unknown.length === 0, unknown: [...new Set([...unknown, ...named.unknown, ...supporting.unknown])], category };
}

/** What a list's rows are filed under. */
export interface Filing {
  readonly importId: string;
  readonly basis: string;
  readonly today: string;
  /** the day on which the list was as it is. */
  readonly asOf: string;
  readonly jurisdictionId: number;
  readonly campaignId: number | null;
  readonly sourceOf: (row: ListRow) => SourceFiling;
}

/** The finding that a row becomes. Adopted closed without a known unit, it stands with the office's own jurisdiction. */
export function findingOf(row: ListRow, { stage, leadUnitId, responsibleUnitIds, supportingUnitIds, alone, category: { categoryId } }: Settled, filing: Filing): NewFinding {
  const lead = leadUnitId ?? (stage === 'closed' ? filing.jurisdictionId : null);
  const known = {
    title: row.title, description: row.description, severity: row.severity, ...given('requirement', row.requirement), ...given('closureStandard', row.closureStandard), ...given('rectificationType', row.type),
    ...given('deadline', row.deadline), ...given('leadUnitId', lead), ...given('responsibleUnitIds', responsibleUnitIds), ...given('supportingUnitIds', supportingUnitIds), ...given('text', row.progress),
  };
  return {
    data: { ...known, ...(stage === 'suspected' ? { suspected: true } : stage === 'listed' ? {} : adoption(row, stage, filing)) }, adopted: !beginning.includes(stage), ...filing.sourceOf(row),
    originalNumber: row.originalNumber, verbatim: row.description, campaignId: filing.campaignId, categoryId,
    texts: { responsible: row.responsible, leadLeader: row.leadLeader, supervisor: row.supervisor, extra: JSON.stringify(Object.fromEntries(row.extra.filter(([header]) => !(alone && header === row.unitHeader)))) },
    imported: { importId: filing.importId, row: row.row, fingerprint: row.fingerprint },
  };
}

/** Nothing that was adopted happened after today: a list from a later day than a pinned business date stays believable. */
function adoption(row: ListRow, stage: Settled['stage'], { basis, today, asOf }: Filing): Readonly<Record<string, unknown>> {
  const earliest = (...dates: readonly string[]): string => dates.toSorted()[0] ?? today;
  const closedOn = earliest(row.doneOn ?? asOf, today);
  const listedOn = earliest(row.foundOn ?? row.sourceDate ?? asOf, stage === 'closed' ? closedOn : today);
  return { stage, basis: basis.slice(0, 300), listedOn, ...(stage === 'closed' ? { closedOn } : {}) };
}

function given(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? {} : { [name]: value };
}
