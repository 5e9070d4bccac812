import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { among, asList } from '../../db/among.js';
import { prepared } from '../../db/prepared.js';
import { findings, findingScope, findingSnapshots, waiting } from '../../db/schema/index.js';
import type { Pages } from '../../views/pages.js';
import { daysBetween } from '../../workflows/calendar.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { House, Person } from '../context.js';
import { scopeOf } from '../findings/policy.js';
import type { Words } from '../words.js';

type Asked = Pages['instructions/show']['rows'][number];

/** More open instructions than this are not read on one page; the page says so. */
export const mostInstructions = 200;

/** 批示 without a reply, of the findings that have waited longest, the oldest first: a leader's own; for an office and a unit those of what they see. */
export async function unanswered(house: House, person: Person, t: Words, most = mostInstructions): Promise<readonly Asked[]> {
  const tree = await house.tree();
  const today = house.clock.today();
  const isLeader = person.posts.some(({ role }) => role === 'leader');
  const { mine, seen } = open(house.db.reader);
  const rows = await (isLeader ? mine : seen).all({ scope: asList(scopeOf(person, tree)), personId: person.id, most });
  const asked = rows.flatMap(({ number, title, instructions }) => {
    const all: FindingContext['instructions'] = JSON.parse(instructions);
    return all.filter((each) => !each.replied && (!isLeader || each.by === person.id)).map((each): Asked => {
      const unit = tree.unit(each.unitId);
      const toReply = !isLeader && person.posts.some(({ unitId }) => unitId === each.unitId);
      return {
        number, href: `/findings/${number}`, title, text: each.text, by: each.byName, on: each.on, unit: [unit?.shortName, unit?.phone].filter(Boolean).join(' '), since: t('work.days', { days: daysBetween(each.on, today) }),
        reply: toReply ? `/findings/${number}/instruction-reply` : null,
      };
    });
  });
  return asked.toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0)).slice(0, most);
}

/** Findings with an open instruction, in the order of an index: no more snapshots are read than are shown (to sort 328 of them took 7 ms). */
const open = prepared((reader) => {
  const { findingId, event, sinceOn } = waiting;
  const inScope = sql`exists (select 1 from ${findingScope} where ${findingScope.findingId} = ${findingId} and ${among(findingScope.unitId, 'scope')})`;
  const asked = sql`exists (select 1 from json_each(${findingSnapshots.snapshot}, '$.context.instructions') where json_extract(value, '$.by') = ${sql.placeholder('personId')} and json_extract(value, '$.replied') = 0)`;
  // One row for a finding, whatever was asked of how many units.
  const first = sql`not exists (select 1 from waiting earlier where earlier.finding_id = ${findingId} and earlier.event = 'REPLY_INSTRUCTION' and earlier.ordinal < ${waiting.ordinal})`;
  const of = (whose: SQL | undefined) => reader.select({ number: findings.number, title: findings.title, instructions: sql<string>`json_extract(${findingSnapshots.snapshot}, '$.context.instructions')` }).from(waiting)
    .innerJoin(findings, eq(findings.id, findingId)).innerJoin(findingSnapshots, eq(findingSnapshots.findingId, findingId))
    .where(and(eq(event, 'REPLY_INSTRUCTION'), first, inScope, whose)).orderBy(asc(sinceOn), asc(findingId)).limit(sql.placeholder('most')).prepare();
  return { mine: of(asked), seen: of(undefined) };
});
