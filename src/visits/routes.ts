import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import { findingQueries, type Loaded } from '../findings/queries.js';
import { bodyText, bodyTexts } from '../forms.js';
import { visibleRows } from '../findings/visible-rows.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { visitsPage } from './list-page.js';
import { mostInAPacket, packetPage } from './packet.js';
import { isUrgency, placeOf, urgencyOf } from './places.js';
import { visitsOf } from './queries.js';
import { keepFiles, sentSheet } from './sent.js';
import { sheetPage, type Shown } from './sheet-page.js';
import { mostOnASheet, numbersOf, recordSheet, verdicts } from './sheet.js';

interface Asked {
  readonly Querystring: Record<string, unknown>;
}

const action = '/visits/record';

/** 我的核查: an inspector's outings: what to visit, a packet to take along, and what was found, several findings in one go. */
export function visitRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<Asked>('/visits', async (request, reply) => {
    const person = inspectorIn(request);
    const t = words(languageOf(request));
    return reply.page('visits/list', t('nav.visits'), await visitsPage(house, person, bodyText(request.query, 'due'), t));
  });

  app.get<Asked>('/visits/packet', async (request, reply) => {
    const person = inspectorIn(request);
    const t = words(languageOf(request));
    const { numbers, place } = await asked(house, person, request.query, t);
    const rows = await Promise.all(numbers.slice(0, mostInAPacket).map((number) => findingQueries(house.db.reader).byNumber(number)));
    const page = await packetPage(house, rows.filter((row) => row !== null), t, {
      title: t('visits.packetTitle'), back: { label: t('nav.visits'), href: '/visits', current: false }, event: 'PASS', results: verdicts.map(({ value }) => value), more: numbers.length > mostInAPacket,
      facts: [{ label: t('visits.place'), value: place }, { label: t('role.inspector'), value: person.name }, { label: t('visits.printed'), value: house.clock.today() }, { label: t('visits.amount'), value: t('visits.count', { count: Math.min(numbers.length, mostInAPacket) }) }].filter(({ value }) => value !== ''),
      empty: emptied(t),
    });
    return reply.page('visits/packet', page.title, page);
  });

  app.get<Asked>(action, async (request, reply) => {
    const person = inspectorIn(request);
    const t = words(languageOf(request));
    const { numbers } = await asked(house, person, request.query, t);
    const loaded = await visibleRows(house, person, numbers.slice(0, mostOnASheet));
    const page = await sheetPage(house, person, loaded, t, shownAs(t, { key: randomUUID(), more: numbers.length > mostOnASheet, sent: null, recorded: null }));
    return reply.page('visits/record', page.title, page);
  });

  app.post(action, async (request, reply) => {
    const person = inspectorIn(request);
    const t = words(languageOf(request));
    const sent = await sentSheet(house, request, action);
    const recorded = await recordSheet(house, person, verdicts, await visibleRows(house, person, numbersOf(sent.body)), sent);
    keepFiles(request, action, sent, recorded.done);
    if (recorded.faults.length === 0 && recorded.refused.size === 0) {
      request.session.flash = `flash.visited ${recorded.done.length}`;
      return reply.redirect('/visits', 303);
    }
    // As they are by now: what was refused because it moved on is shown as it stands.
    const loaded: ReadonlyMap<string, Loaded> = await visibleRows(house, person, numbersOf(sent.body));
    const page = await sheetPage(house, person, loaded, t, shownAs(t, { key: sent.key, more: false, sent, recorded }));
    return reply.page('visits/record', page.title, page, 422);
  });
}

function shownAs(t: Words, rest: Pick<Shown, 'key' | 'more' | 'sent' | 'recorded'>): Shown {
  return { ...rest, title: t('visits.recordTitle'), action, back: { label: t('nav.visits'), href: '/visits', current: false }, results: verdicts, empty: emptied(t) };
}

function emptied(t: Words): Shown['empty'] {
  return { text: t('visits.empty'), href: '/visits', label: t('nav.visits') };
}

function inspectorIn(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!person.posts.some(({ role }) => role === 'inspector')) throw new ForbiddenError('only inspectors go on visits');
  return person;
}

/** The rows that an address names, or those of a place and a due day: only what waits for this person's verdict. */
async function asked(house: House, person: Person, query: unknown, t: Words): Promise<{ readonly numbers: readonly string[]; readonly place: string }> {
  const [tree, today, mine] = [await house.tree(), house.clock.today(), await visitsOf(house.db.reader, person.id)];
  const [named, place, due] = [bodyTexts(query, 'n'), bodyText(query, 'place'), bodyText(query, 'due')];
  const rows = named.length > 0 ? mine.filter(({ number }) => named.includes(number)) : mine.filter((row) => (place === '' || String(placeOf(row.leadUnitId, tree, t).id) === place) && (!isUrgency(due) || urgencyOf(row.dueOn, today) === due));
  const places = [...new Set(rows.map((row) => placeOf(row.leadUnitId, tree, t).label))];
  return { numbers: rows.map(({ number }) => number), place: places.length > 3 ? t('visits.places', { count: places.length }) : places.join(t('list.and')) };
}
