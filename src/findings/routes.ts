import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { definitionOf } from '../../workflows/registry.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { House } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { justDone } from '../flash.js';
import { sentenceOfEvent } from '../ledger/sentence.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { nextInQueue } from '../workbench/next.js';
import { words } from '../words.js';
import { formPage, standingOf } from './form-page.js';
import { fresh } from './form-world.js';
import { loadInScope } from './load.js';
import { newFindingRoutes } from './new.js';
import { performed, type Numbered } from './perform.js';
import { findingQueries, type Loaded } from './queries.js';
import { hiddenRelatives } from './relatives.js';
import { showFinding } from './show.js';

/** The page of a finding, its history, and every action of its workflow as a resource below it. */
export function findingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  newFindingRoutes(app, { house });

  app.get<Numbered>('/findings/:number', async (request, reply) => {
    const person = personOf(request);
    const loaded = await loadInScope(house, person, request.params.number);
    if (loaded.row.number !== request.params.number) return reply.redirect(`/findings/${loaded.row.number}`, 303);
    const t = words(languageOf(request));
    const page = await showFinding(house, person, loaded, t, justDone(request.session.flash));
    return reply.page('findings/show', `${page.number} ${page.title}`, { ...page, next: await nextInQueue(house, person, request.session.flash, t) });
  });

  app.get<Numbered & { Querystring: { before?: string } }>('/findings/:number/history', async (request, reply) => {
    const loaded = await loadInScope(house, personOf(request), request.params.number);
    const { row } = loaded;
    const t = words(languageOf(request));
    const before = /^\d{1,9}$/u.test(request.query.before ?? '') ? Number(request.query.before) : null;
    const events = await findingQueries(house.db.reader).events(row.id, before, 50);
    const tree = await house.tree();
    const hidden = await hiddenRelatives(house, personOf(request), loaded);
    const last = events.at(-1);
    const older = last && last.seq > 1 ? `/findings/${row.number}/history?before=${last.seq}` : null;
    const items = events.map((event) => sentenceOfEvent(event, t, tree, hidden, loaded.snapshot.context.parent));
    return reply.page('findings/history', t('finding.history'), { number: row.number, title: row.title, items, older });
  });

  app.get<Numbered>('/findings/:number/:resource', async (request, reply) => {
    const person = personOf(request);
    const loaded = await loadInScope(house, person, request.params.number);
    const definition = eventFor(loaded, request.params.resource);
    const t = words(languageOf(request));
    const standing = await standingOf(house, person, loaded, definition);
    const { refused } = standing;
    const page = await formPage(house, loaded, definition, t, { ...fresh, keptScan: null, key: randomUUID(), changedSince: null, standing, hidden: new Set() });
    if (!refused) return reply.page('findings/form', `${page.verb} ${page.number}`, page);
    const why = refused.refusals.map((refusal) => sentenceOf(refusal, t)).join(' ');
    return reply.page('findings/form', `${page.verb} ${page.number}`, { ...page, refused: why, fields: [], behalf: [], hasBehalf: false }, refused.status);
  });

  app.post<Numbered>('/findings/:number/:resource', async (request, reply) => {
    const person = personOf(request);
    const loaded = await loadInScope(house, person, request.params.number);
    return performed(house, request, reply, person, loaded, eventFor(loaded, request.params.resource));
  });
}

/** Which event a resource stands for. A resource that no event of this workflow has is not there. */
function eventFor(loaded: Loaded, resource: string): EventDefinition {
  const found = Object.values(definitionOf(loaded.row.workflow).events).find((event) => event.resource === resource);
  if (!found) throw new NotVisibleError('no such action', { number: loaded.row.number, office: '', phone: '' });
  return found;
}
