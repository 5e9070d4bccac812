import type { Pages } from '../../views/pages.js';
import { daysBetween } from '../../workflows/calendar.js';
import { current } from '../../workflows/registry.js';
import { lightView } from '../findings/lights.js';
import { otherDecision } from '../findings/other-decision.js';
import { stuckWords } from '../findings/stuck.js';
import { unitWords } from '../findings/unit-words.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import type { WaitingFor } from './queries.js';

/** What a row is written with. */
export interface RowWorld {
  readonly tree: UnitTree;
  readonly today: string;
  readonly originals: ReadonlyMap<number, string>;
  readonly t: Words;
}

/** Something that waits: which, whose, how long still, since when, with whom. `mine` brings the button that does it. */
export function rowView(row: WaitingFor, mine: boolean, { tree, today, originals, t }: RowWorld): Pages['workbench/show']['watched'][number] {
  // What the unit found to be nothing is dismissed rather than confirmed.
  const [first, second] = mine && row.event === 'CONFIRM' && row.checkResult === 'unfounded' ? ['DISMISS', 'CONFIRM'] as const : [row.event, otherDecision(row.event)] as const;
  const due = { stage: row.stage, paused: row.paused, rectificationType: row.rectificationType, dueOn: row.dueOn ?? row.findingDueOn };
  const original = originals.get(row.id);
  return {
    number: row.number, href: `/findings/${row.number}`, title: row.title, unit: unitWords(row, tree, t),
    original: original && original !== row.number ? t('source.original', { number: original }) : '', latest: row.latest ?? '',
    returned: row.returned === null ? null : { label: t(`event.${row.returned}`), tone: 'warn' },
    checked: row.event === 'CONFIRM' && row.checkResult !== null ? { label: t(`choice.result.${row.checkResult}`), tone: row.checkResult === 'unfounded' ? 'quiet' : 'info' } : null,
    verb: t(`event.${first}`), verbHref: mine ? wayTo(row.number, first) : null, other: mine && second !== undefined ? { label: t(`event.${second}`), href: wayTo(row.number, second) ?? '' } : null,
    since: t('work.days', { days: daysBetween(row.sinceOn, today) }), due: due.dueOn ?? '', light: lightView(due, today, t),
    stuck: stuckWords(row, tree, t),
  };
}

function wayTo(number: string, event: string): string | null {
  const resource = current.events[event]?.resource;
  return resource ? `/findings/${number}/${resource}` : null;
}
