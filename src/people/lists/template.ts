import type { Readable } from 'node:stream';
import { writeTable } from '../../exports/table.js';
import type { Words } from '../../words.js';
import { columns } from './meanings.js';

/** A list with the headers that are known and one row that explains them; the reader leaves that row out. */
export function peopleTemplate(t: Words): Readable {
  return writeTable({
    format: 'xlsx', title: t('people.list.templateName'), rows: example(t),
    columns: columns.map((name) => ({ header: t(`people.list.column.${name}`), width: name === 'unit' || name === 'posts' ? 30 : 16, kind: 'text' })),
  });
}

async function* example(t: Words): AsyncGenerator<readonly string[]> {
  yield await Promise.resolve(columns.map((name) => t(`people.list.example.${name}`)));
}
