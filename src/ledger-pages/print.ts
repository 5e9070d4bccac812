import type { Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { setting } from '../house.js';
import type { Words } from '../words.js';
import { columnsOf, rowsOf } from './columns.js';
import { addressOf, filtersFrom, ignoredNotice } from './filters.js';
import { lists } from './column-keys.js';

/** More rows are a file's matter: a printer has only so much paper. */
const mostPrinted = 2000;

/** The whole view on paper, not the page on the screen: its columns, its head on every sheet, its rows never split, their number at the end. */
export async function printPage(house: House, person: Person, query: Readonly<Record<string, unknown>>, t: Words): Promise<Pages['findings/print']> {
  const read = filtersFrom(query);
  const filters = read.filters.columns.length > 0 ? read.filters : { ...read.filters, columns: lists['deadlines'] ?? [] };
  const address = addressOf(filters, read.order);
  const asked = Object.fromEntries(new URLSearchParams(address.split('?')[1] ?? ''));
  const rows: string[][] = [];
  let more = false;
  for await (const cells of rowsOf(house, person, { ...asked, stage: filters.stages }, t)) {
    if (rows.length === mostPrinted) { more = true; break; }
    rows.push(cells.map((cell) => (cell === null ? '' : String(cell))));
  }
  const columns = columnsOf(filters, t);
  return {
    ignored: ignoredNotice(read.ignored, t), title: t('nav.ledger'), about: t('print.about', { date: house.clock.today() }), notPaper: (await setting(house.db, 'demo')) === '1' ? t('print.demo') : null, more: more ? t('print.more', { most: mostPrinted }) : null,
    heads: [t('print.ordinal'), ...columns.map(({ header }) => header)], rows: rows.map((cells, index) => [String(index + 1), ...cells]), span: columns.length + 1, total: t(filters.parts ? 'ledger.totalParts' : 'ledger.total', { count: rows.length }), back: address,
  };
}
