import type { FastifyInstance } from 'fastify';
import type { Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { goesOn, isEnding, leftOpen, type Left } from './left.js';
import type { Unit, UnitTree } from './tree.js';

/** 单位撤并: what units that have ended leave open with an office, which gives it to others. */
export function successionRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/successions', async (request, reply) => {
    const person = personOf(request);
    if (officesOf(person).length === 0) throw new ForbiddenError('only an office');
    const t = words(languageOf(request));
    return reply.page('successions/list', t('nav.successions'), await listPage(house, person, t));
  });
}

/** What the workbench says of it; nothing when nothing is left open. */
export async function endedNotice(house: House, person: Person, t: Words): Promise<Pages['workbench/show']['notices']> {
  const left = await leftOpen(house.db.reader, endingUnits(person, await house.tree()).filter((unit) => !goesOn(unit)).map(({ id }) => id), officesOf(person));
  const sum = (kind: keyof Left): number => [...left.values()].reduce((total, each) => total + each[kind], 0);
  return left.size === 0 ? [] : [{ text: t('succession.notice', { units: left.size, count: sum('findings'), parts: sum('parts') }), href: '/successions', label: t('succession.look') }];
}

/** Everything open of a unit stands here, also what another office below decides on: the figures are those of the lists to which they lead. */
async function listPage(house: House, person: Person, t: Words): Promise<Pages['successions/list']> {
  const tree = await house.tree();
  const ending = endingUnits(person, tree);
  const left = await leftOpen(house.db.reader, ending.map(({ id }) => id), null);
  const amountOf = ({ id }: Unit): number => (left.get(id)?.findings ?? 0) + (left.get(id)?.parts ?? 0);
  return {
    empty: t('succession.none'),
    rows: ending.toSorted((one, other) => amountOf(other) - amountOf(one)).map((unit) => {
      const { findings, parts } = left.get(unit.id) ?? { findings: 0, parts: 0 };
      const successor = unit.successorId === null ? undefined : tree.unit(unit.successorId);
      const link = (count: number, word: string, more: string) => (count === 0 ? [] : [{ label: t(word, { count }), href: `/findings?unit=${unit.id}&exact=yes&stage=suspected&stage=open&stage=verified${more}`, current: false }]);
      return {
        unit: unit.name, endedOn: unit.endsOn ?? t('succession.notYet'), successor: successor?.name ?? t('succession.nobody'), open: [...link(findings, 'succession.findings', ''), ...link(parts, 'succession.parts', '&kind=parts')],
        act: findings + parts > 0 && successor && unit.disabledOn !== null ? { href: `/findings/succession?all=yes&unit=${unit.id}&exact=yes&stage=suspected&stage=open&stage=verified`, label: t('event.SUCCEED') } : null,
        text: goesOn(unit) ? t('succession.ahead', { date: unit.endsOn, successor: successor?.name ?? t('succession.nobody') }) : t(findings + parts === 0 ? 'succession.clear' : successor ? 'succession.reassign' : 'succession.choose', { successor: successor?.name ?? '' }),
      };
    }),
  };
}

/** Within the jurisdictions of somebody's offices. */
function endingUnits(person: Person, tree: UnitTree): readonly Unit[] {
  const own = officesOf(person).map((id) => tree.jurisdictionOf(id));
  return own.length === 0 ? [] : tree.all.filter((unit) => isEnding(unit) && own.some((id) => tree.within(unit.id, id)));
}

function officesOf({ posts }: Pick<Person, 'posts'>): readonly number[] {
  return [...new Set(posts.filter(({ role }) => role === 'office').map(({ unitId }) => unitId))];
}
