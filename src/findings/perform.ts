import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '../../workflows/event.js';
import { noticesAlong } from '../assignment-notices/along.js';
import type { House, Person } from '../context.js';
import { ChangedError, InvalidError, RefusedError } from '../errors.js';
import { bodyText, cleanedDeep } from '../forms.js';
import { wantsJson } from '../plugins/wants-json.js';
import { languageOf } from '../plugins/people.js';
import { words } from '../words.js';
import { onBehalfFrom } from './behalf.js';
import { act, doneBefore, mustBeFresh, type Outcome, type Request } from './commands/act.js';
import { formPage, standingOf } from './form-page.js';
import { keepFiles, withKept } from './kept.js';
import { loadInScope } from './load.js';
import { dataFrom } from './parse.js';
import { scopeOf } from './policy.js';
import { hiddenRelatives } from './relatives.js';
import { findingQueries, type Loaded } from './queries.js';
import { received, type Received } from './received.js';

export interface Numbered {
  readonly Params: { readonly number: string; readonly resource: string };
}

/** What came in, with the files that waited for it. */
interface Sent extends Received {
  readonly key: string;
  readonly seen: number | null;
}

/** Does what a submitted form (or JSON) asks: on to the finding's page, or the form again with what was typed and what is wrong with it. */
export async function performed(house: House, request: FastifyRequest<Numbered>, reply: FastifyReply, person: Person, loaded: Loaded, definition: EventDefinition): Promise<FastifyReply> {
  // Whoever may not do it at all is told so before their files are taken in.
  const refused = request.isMultipart() ? (await standingOf(house, person, loaded, definition)).refused : null;
  const form = { number: loaded.row.number, event: definition.type };
  const sent = sentBy(withKept(request, form, await received(house, request, { keeping: refused === null })));
  try {
    const outcome = await once(house, person, loaded, definition, sent, () => effect(house, request, person, loaded, definition, sent, refused));
    delete request.session.kept;
    if (wantsJson(request)) return await reply.code(201).send({ number: outcome.number, location: outcome.location, repeated: outcome.repeated });
    request.session.flash = `flash.${outcome.repeated ? 'repeated' : 'done'} ${outcome.number} ${definition.type}`;
    // What was returned may be out of one's sight.
    const still = await findingQueries(house.db.reader).isVisible(loaded.row.id, scopeOf(person, await house.tree()));
    return await reply.redirect(still ? outcome.location : '/', 303);
  } catch (error) {
    if (wantsJson(request) || !(error instanceof RefusedError || error instanceof InvalidError || error instanceof ChangedError)) throw error;
    const fresh = await loadInScope(house, person, loaded.row.number);
    const standing = await standingOf(house, person, fresh, definition);
    const refusals = error instanceof ChangedError ? [] : error.refusals;
    keepFiles(request, form, sent);
    const page = await formPage(house, fresh, definition, words(languageOf(request)), { typed: sent.body, refusals, key: randomUUID(), kept: sent.files, keptScan: sent.scan, standing, changedSince: error instanceof ChangedError ? sent.seen : null, hidden: await hiddenRelatives(house, person, fresh) });
    return reply.page('findings/form', `${page.verb} ${page.number}`, page, error.status);
  }
}

/** What is refused may have been done by the same form: its files went with the first of two clicks. */
async function once(house: House, person: Person, { row }: Loaded, { type }: EventDefinition, { key }: Sent, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    const before = error instanceof InvalidError || error instanceof RefusedError ? await doneBefore(house, person, { number: row.number, event: type }, key) : null;
    if (before) return before;
    throw error;
  }
}

async function effect(house: House, request: FastifyRequest<Numbered>, person: Person, loaded: Loaded, definition: EventDefinition, sent: Sent, refused: RefusedError | null): Promise<Outcome> {
  const asked: Omit<Request, 'data' | 'onBehalf'> = { number: request.params.number, event: definition.type, seen: sent.seen, files: sent.files, warn: bodyText(sent.body, 'warned') !== 'yes' };
  if (refused) {
    const before = await doneBefore(house, person, asked, sent.key);
    if (before) return before;
    mustBeFresh(loaded, definition, sent.seen);
    throw refused;
  }
  if (sent.wrong.length > 0) throw new InvalidError(sent.wrong);
  const onBehalf = await onBehalfFrom(house, definition, loaded, sent.body, sent.scan);
  const data = request.headers['content-type']?.startsWith('application/json') ? jsonData(sent.body) : dataFrom(definition, sent.body, loaded.snapshot.context.measures);
  return act(house, person, { ...asked, data, onBehalf }, sent.key, loaded, (done, asItWillBe) => noticesAlong(house, person, { id: null, event: definition.type }, [done], asItWillBe));
}

function sentBy(form: Received): Sent {
  const seen = bodyText(form.body, 'seen');
  return { ...form, key: bodyText(form.body, 'key') || randomUUID(), seen: /^\d{1,9}$/u.test(seen) ? Number(seen) : null };
}

/** JSON carries the event's data as it is: the same field definitions check it. */
function jsonData(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const data = body['data'];
  return typeof data === 'object' && data !== null ? Object.fromEntries(Object.entries(data).map(([name, value]) => [name, cleanedDeep(value)])) : {};
}
