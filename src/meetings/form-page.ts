import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import type { House } from '../context.js';
import { faultsOf } from '../findings/form-page.js';
import { stateBadge } from '../findings/lights.js';
import { bodyText } from '../forms.js';
import type { Words } from '../words.js';
import { meetingFields } from './form.js';
import type { Sent } from './page.js';
import { candidatesOf, mostItems, preparedElsewhere, type Meeting } from './queries.js';

/** The form of a meeting: what waits for a decision, and which of it in which order. */
export async function formPage(house: House, officeId: number, meeting: Meeting | null, { chosen, order }: Chosen, { typed, refusals }: Pick<Sent, 'typed' | 'refusals'>, t: Words): Promise<Pages['meetings/form']> {
  const tree = await house.tree();
  const rows = await candidatesOf(house.db.reader, officeId);
  const elsewhere = new Map((await preparedElsewhere(house.db.reader, rows.map(({ id }) => id), meeting?.id ?? null)).map(({ number, title }) => [number, title]));
  const usual = meeting === null && typed === null && chosen.length === 0;
  return {
    title: meeting?.title ?? t('meeting.new'), action: meeting ? `/meetings/${meeting.id}` : '/meetings', back: meeting ? `/meetings/${meeting.id}` : '/meetings', version: meeting?.version ?? 0, key: randomUUID(), faults: faultsOf(refusals, t), fields: meetingFields(meeting, house.clock.today(), typed, refusals, t),
    more: rows.length === mostItems ? t('meeting.more', { most: mostItems }) : null,
    rows: rows.map((row) => ({
      number: row.number, href: `/findings/${row.number}`, title: row.title, unit: tree.short(row.leadUnitId), state: stateBadge(row.state, row.stage, t), verifiedOn: row.verifiedOn ?? '', elsewhere: elsewhere.has(row.number) ? t('meeting.onAnother', { title: elsewhere.get(row.number) }) : null,
      chosen: !elsewhere.has(row.number) && (usual ? row.state === 'verified.approval' : chosen.includes(row.number)), order: bodyText(typed, `order.${row.number}`) || (order.includes(row.number) ? String(order.indexOf(row.number) + 1) : ''),
    })),
  };
}

/** Rows by their numbers: those that are ticked, and the order in which they stand. */
export interface Chosen {
  readonly chosen: readonly string[];
  readonly order: readonly string[];
}
