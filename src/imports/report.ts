import type { Badge } from '../../views/pages.js';
import type { ImportReport } from '../../views/pages/imports.js';
import { localTime } from '../clock.js';
import { eventOf } from '../../workflows/registry.js';
import type { House } from '../context.js';
import type { Words } from '../words.js';
import { broughtBy, type ImportRow } from './queries.js';

/** What became of an import: how many rows, under which sources, and the first of them. */
export async function importReport(house: House, record: ImportRow, t: Words): Promise<ImportReport> {
  const { numbers, bySource, adopted, total } = await broughtBy(house.db.reader, record.id);
  const when = record.confirmedAt ?? record.createdAt;
  return {
    name: record.name, state: stateBadge(record.state, t),
    summary: record.state === 'dropped' ? t('import.done.dropped') : total === 0 ? t('import.done.nothing') : t('import.done.some', { total, listed: total - adopted, adopted }),
    facts: [{ label: t('import.when'), value: localTime(house.clock.zone, when) }, { label: 'SHA-256', value: record.sha256 }],
    sources: bySource.map((source) => ({ href: `/findings?source=${source.id}`, label: [t(`channel.${source.channel}`), source.issuer, source.documentNumber, source.documentDate].filter(Boolean).join(' · '), amount: t('ledger.total', { count: source.amount }) })),
    next: bySource.flatMap((source) => [next('HAND_OUT', source.id, source.toCheck, t), next('ASSIGN', source.id, source.listed, t)]).filter((each) => each !== null),
    rows: numbers.map((row) => ({ number: row.number, href: `/findings/${row.number}`, title: row.title, row: String(row.row), kind: { label: t(`import.outcome.${row.adopted ? 'adopted' : 'new'}`), tone: row.adopted ? 'good' : 'info' } })),
    more: total > numbers.length ? t('import.done.more', { count: total - numbers.length }) : null,
  };
}

/** From what was brought in to the form that hands it out. */
function next(event: string, source: number, count: number, t: Words): ImportReport['next'][number] | null {
  return count === 0 ? null : { href: `/findings/${eventOf(event).resource ?? ''}?all=yes&source=${source}`, label: t('bulk.confirm', { verb: t(`event.${event}`), count }) };
}

export function stateBadge(state: ImportRow['state'], t: Words): Badge {
  return { label: t(`import.state.${state}`), tone: stateTones[state] };
}

const stateTones: Readonly<Record<ImportRow['state'], Badge['tone']>> = { mapping: 'warn', confirmed: 'good', dropped: 'quiet' };
