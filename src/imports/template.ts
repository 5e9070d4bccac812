import type { Readable } from 'node:stream';
import { writeTable } from '../exports/table.js';
import type { Words } from '../words.js';

const columns = ['originalNumber', 'channel', 'sourceDate', 'category', 'subcategory', 'description', 'requirement', 'measures', 'closureStandard', 'type', 'severity', 'deadline', 'leadLeader', 'leadUnit', 'responsible', 'supportingUnits', 'progress', 'status', 'remark'] as const;
const dates: readonly string[] = ['sourceDate', 'deadline'];

/** An empty list in the five aspects, with the headers that an import knows. */
export function templateOf(t: Words): Readable {
  return writeTable({
    format: 'xlsx', title: t('import.templateName'), rows: noRows(),
    columns: columns.map((name) => ({ header: t(`import.template.${name}`), width: ['description', 'requirement', 'measures', 'closureStandard', 'progress'].includes(name) ? 40 : 14, kind: dates.includes(name) ? 'date' : 'text' })),
  });
}

async function* noRows(): AsyncGenerator<readonly (string | null)[]> {
  yield* [];
}
