/** The columns of the full list that offices keep, in their usual order; the words of their heads are `export.<key>`. */
export const columnKeys = [
  'number', 'originalNumber', 'channel', 'category', 'title', 'description', 'requirement', 'closureStandard', 'type', 'severity', 'deadline', 'leadUnit', 'responsibleUnits', 'supportingUnits', 'responsible', 'latest', 'checkResult', 'stage', 'stuck',
  'listedOn', 'closedOn', 'adopted', 'extra',
] as const;

export type ColumnKey = (typeof columnKeys)[number];

export function isColumn(text: string): text is ColumnKey {
  return columnKeys.some((key) => key === text);
}

/** 问题、任务、责任、时限、成效五张清单: columns over one ledger, as offices hand them in. */
export const lists: Readonly<Record<string, readonly ColumnKey[]>> = Object.freeze({
  problems: ['number', 'originalNumber', 'channel', 'category', 'title', 'description'],
  tasks: ['number', 'title', 'requirement', 'closureStandard', 'type'],
  responsibility: ['number', 'title', 'leadUnit', 'responsibleUnits', 'supportingUnits', 'responsible'],
  deadlines: ['number', 'title', 'leadUnit', 'type', 'deadline', 'stage', 'stuck'],
  results: ['number', 'title', 'leadUnit', 'latest', 'stage', 'closedOn'],
});

/** What the usual list shows. */
export const usualColumns: readonly ColumnKey[] = ['number', 'title', 'leadUnit', 'stage', 'severity', 'deadline', 'latest', 'stuck'];
