import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Frame } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { seesFindings } from '../findings/policy.js';
import { flashFrom } from '../flash.js';
import { setting } from '../house.js';
import { words, type Words } from '../words.js';
import { assetHref } from './assets.js';
import { languageOf, sessionOf } from './people.js';

/** What stands around every page, for one request. */
export async function frameMaker(house: House): Promise<(request: FastifyRequest, reply: FastifyReply, title: string) => Frame> {
  const demo = (await setting(house.db, 'demo')) === '1';
  const styles = Object.freeze([assetHref('bootstrap.css'), assetHref('app.css')]);
  return (request, reply, title) => {
    const language = languageOf(request);
    const t = words(language);
    const { person } = request;
    return {
      language, title, path: request.method === 'GET' ? request.url : '/', csrf: sessionOf(request) ? reply.generateCsrf() : '',
      person: person && { name: person.name, posts: person.posts.map((post) => t(`role.${post.role}`)).filter((role, index, all) => all.indexOf(role) === index).join(t('list.and')) },
      ...(person ? navigation(person, request.administers?.whole ?? false, request.url, t) : { navigation: [], more: [] }), search: person !== null && seesFindings(person), flash: flashOf(request, t),
      banner: demo ? t('house.demo') : null, today: house.clock.today(), styles, script: assetHref('app.js'),
      otherLanguage: language === 'zh-CN' ? { code: 'en', label: 'English' } : { code: 'zh-CN', label: '中文' },
    };
  };
}

/** What is opened every day stands in the bar; the rest one step behind it. */
function navigation(person: Person, administersAll: boolean, url: string, t: Words): Pick<Frame, 'navigation' | 'more'> {
  const has = (...roles: readonly string[]): boolean => person.posts.some((post) => roles.includes(post.role));
  const daily = [
    { href: '/', word: 'nav.workbench', shown: true },
    { href: '/findings', word: 'nav.ledger', shown: seesFindings(person) },
    { href: '/reporting', word: 'nav.reporting', shown: has('handler', 'head') },
    { href: '/signing', word: 'nav.signing', shown: has('head', 'leader') },
    { href: '/visits', word: 'nav.visits', shown: has('inspector') },
    { href: '/matrix', word: 'nav.matrix', shown: has('office', 'leader', 'inspector') },
    { href: '/imports', word: 'nav.imports', shown: has('office') },
    { href: '/people', word: 'nav.people', shown: has('admin') },
    { href: '/organisation', word: 'nav.organisation', shown: administersAll },
    { href: '/campaigns', word: 'nav.campaigns', shown: administersAll },
    { href: '/audit', word: 'nav.audit', shown: has('auditor') },
  ].filter((entry) => entry.shown);
  // What a week needs first, what is rare after it, help last.
  const behind = [
    { href: '/meetings', word: 'nav.meetings', shown: has('office', 'leader') },
    { href: '/verification', word: 'nav.verification', shown: has('office') },
    { href: '/reporting/periods', word: 'nav.periods', shown: seesFindings(person) || has('admin') },
    { href: '/assignment-notices', word: 'nav.notices', shown: seesFindings(person) },
    { href: '/samples', word: 'nav.samples', shown: has('office', 'inspector', 'leader') },
    { href: '/instructions', word: 'nav.instructions', shown: seesFindings(person) },
    { href: '/rules', word: 'nav.rules', shown: has('office') },
    { href: '/findings/new', word: 'nav.new', shown: has('office') },
    { href: '/handover', word: 'nav.handover', shown: has('office') },
    { href: '/handovers', word: 'nav.handovers', shown: has('admin') },
    { href: '/successions', word: 'nav.successions', shown: has('office') },
    { href: '/person-requests', word: 'nav.personRequests', shown: has('office', 'handler', 'head', 'sector', 'admin') },
    { href: '/help', word: 'nav.help', shown: true },
  ].filter((entry) => entry.shown);
  const path = url.split('?')[0] ?? '/';
  const current = [...daily, ...behind].filter((entry) => entry.href === path || (entry.href !== '/' && path.startsWith(entry.href))).toSorted((one, other) => one.href.length - other.href.length).at(-1);
  const way = ({ href, word }: (typeof daily)[number]): Frame['navigation'][number] => ({ href, label: t(word), current: href === current?.href });
  return { navigation: daily.map(way), more: behind.map(way) };
}

/** What the last write had to say, once. */
function flashOf(request: FastifyRequest, t: Words): string | null {
  const flash = sessionOf(request)?.flash;
  if (flash === undefined) return null;
  delete request.session.flash;
  const { key, number, event } = flashFrom(flash);
  return t(key, { number, event: event && t(`done.${event}`) });
}
