import type { FastifyInstance } from 'fastify';
import type { Call } from '../../views/pages/arrival.js';
import type { Badge, Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { NotVisibleError } from '../errors.js';
import type { UnitTree } from '../organisation/tree.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { days, guides, guidesOf, questions, topics, type Guide } from './guides.js';
import { putAway } from './tour.js';

/** 帮助: a page for each role in plain words, and whom to call. Everybody may read all of them: who knows what the others do asks fewer questions. */
export function helpRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/help', async (request, reply) => {
    const t = words(languageOf(request));
    const person = personOf(request);
    const own = guidesOf(person);
    const all = guides.map((guide) => ({ href: `/help/${guide}`, label: t(`help.${guide}`), text: t(`help.${guide}.sees`), own: own.includes(guide) }));
    return reply.page('help/index', t('nav.help'), { guides: all.toSorted((one, other) => Number(other.own) - Number(one.own)), calls: callsOf(person, await house.tree(), t) });
  });

  app.get<{ Params: { guide: string } }>('/help/:guide', async (request, reply) => {
    const t = words(languageOf(request));
    const guide = guides.find((each) => each === request.params.guide);
    if (!guide) throw new NotVisibleError('no such guide', { number: '', office: '', phone: '' });
    return reply.page('help/show', t(`help.${guide}`), helpPage(guide, callsOf(personOf(request), await house.tree(), t), t));
  });

  app.post('/help/seen', async (request, reply) => {
    await putAway(house, personOf(request));
    return reply.redirect('/', 303);
  });
}

function helpPage(guide: Guide, calls: readonly Call[], t: Words): Pages['help/show'] {
  const numbered = (amount: number): readonly number[] => Array.from({ length: amount }, (_, index) => index + 1);
  return {
    title: t(`help.${guide}`), crumbs: [{ label: t('nav.help'), href: '/help' }, { label: t(`help.${guide}`), href: null }], sees: t(`help.${guide}.sees`), days: numbered(days).map((n) => t(`help.${guide}.day.${n}`)),
    topics: numbered(topics[guide]).map((n) => ({ name: t(`help.${guide}.topic.${n}`), what: t(`help.${guide}.topic.${n}.what`) })),
    questions: numbered(questions).map((n) => ({ question: t(`help.${guide}.ask.${n}`), answer: t(`help.${guide}.answer.${n}`) })), colours: coloursOf(guide, t), calls,
    guides: guides.map((each) => ({ label: t(`help.${each}`), href: `/help/${each}`, current: each === guide })),
  };
}

/** Colours never stand alone: each comes with a sign and its words. */
function coloursOf(guide: Guide, t: Words): Pages['help/show']['colours'] {
  const of = (labels: readonly (readonly [Badge['tone'], string])[]): Pages['help/show']['colours'] => labels.map(([tone, label]) => ({ badge: { label: t(label), tone }, text: t(`help.colour.${label}`) }));
  if (guide === 'auditor') return [];
  return guide === 'admin' ? of([['good', 'people.active'], ['warn', 'people.notIn'], ['bad', 'people.disabled']]) : of([['good', 'ledger.light.green'], ['warn', 'ledger.light.yellow'], ['bad', 'ledger.light.red'], ['quiet', 'light.paused']]);
}

/** The office that decides where somebody works, and the one above it: each once. */
function callsOf(person: Person, tree: UnitTree, t: Words): readonly Call[] {
  const nearest = person.posts.map(({ unitId }) => tree.officeFor(unitId)).filter((office) => office !== undefined);
  const root = tree.all.find(({ parentId }) => parentId === null);
  const above = root ? tree.officeFor(root.id) : undefined;
  const all = [...new Set([...nearest, ...(above ? [above] : [])])];
  return all.map((office) => ({ unit: office.name, phone: office.phone ?? t('help.noPhone'), about: t(office === above && !nearest.includes(office) ? 'help.call.above' : 'help.call.own') }));
}
