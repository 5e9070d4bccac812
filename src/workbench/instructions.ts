import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { findings, findingScope, findingSnapshots, waiting } from '../../db/schema/index.js';
import type { Pages } from '../../views/pages.js';
import { daysBetween } from '../../workflows/calendar.js';
import type { Snapshot } from '../../workflows/finding.js';
import type { House, Person } from '../context.js';
import { scopeOf } from '../findings/policy.js';
import type { Words } from '../words.js';

type Asked = Pages['instructions/show']['rows'][number];

/** More open instructions than this are not read on one page; the page says so. */
export const mostInstructions = 200;

/** 批示 without a reply, of the findings that have waited longest, the oldest first: a leader's own; for an office and a unit those of what they see. */
export async function unanswered(house: House, person: Person, t: Words, most = mostInstructions): Promise<readonly Asked[]> {
  const tree = await house.tree();
  const scope = scopeOf(person, tree);
  const today = house.clock.today();
  const isLeader = person.posts.some(({ role }) => role === 'leader');
  const seen = sql`exists (select 1 from ${findingScope} where ${findingScope.findingId} = ${waiting.findingId} and ${inArray(findingScope.unitId, scope.length > 0 ? [...scope] : [0])})`;
  const mine = sql`exists (select 1 from json_each(${findingSnapshots.snapshot}, '$.context.instructions') where json_extract(value, '$.by') = ${person.id} and json_extract(value, '$.replied') = 0)`;
  const rows = await house.db.reader.select({ id: findings.id, number: findings.number, title: findings.title, snapshot: findingSnapshots.snapshot }).from(waiting).innerJoin(findings, eq(findings.id, waiting.findingId))
    .innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findings.id)).where(and(eq(waiting.event, 'REPLY_INSTRUCTION'), seen, isLeader ? mine : undefined)).groupBy(findings.id, findingSnapshots.findingId).orderBy(asc(sql`min(${waiting.sinceOn})`), asc(findings.id)).limit(most);
  const asked = rows.flatMap(({ number, title, snapshot }) => {
    const { context }: Snapshot = JSON.parse(snapshot);
    return context.instructions.filter((each) => !each.replied && (!isLeader || each.by === person.id)).map((each): Asked => {
      const unit = tree.unit(each.unitId);
      const mine = person.posts.some(({ unitId }) => unitId === each.unitId);
      return {
        number, href: `/findings/${number}`, title, text: each.text, by: each.byName, on: each.on, unit: [unit?.shortName, unit?.phone].filter(Boolean).join(' '), since: t('work.days', { days: daysBetween(each.on, today) }),
        reply: mine && !isLeader ? `/findings/${number}/instruction-reply` : null,
      };
    });
  });
  return asked.toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0)).slice(0, most);
}
