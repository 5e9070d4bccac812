import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { dataErrors } from '../../workflows/fields.js';
import { current } from '../../workflows/registry.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, InvalidError, RefusedError } from '../errors.js';
import { bodyText } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { commandKeyOf } from './commands/key.js';
import { listFindings } from './commands/list.js';
import { retried } from '../../db/retried.js';
import { faultsOf } from './form-page.js';
import { filingFrom, newFields } from './new-form.js';
import { dataFrom } from './parse.js';
import { officePostOf } from './policy.js';
import { findingQueries } from './queries.js';
import { sourcesFor } from './sources.js';

/** Listing one finding by hand: problem, source, and what is known already. For offices only. */
export function newFindingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/findings/new', async (request, reply) => {
    const office = officeOf(personOf(request));
    const t = words(languageOf(request));
    return reply.page('findings/new', t('finding.new'), { key: randomUUID(), faults: null, fields: await newFields(house, office, t, null, []) });
  });

  app.post('/findings', async (request, reply) => {
    const person = personOf(request);
    const office = officeOf(person);
    const { body } = request;
    const key = bodyText(body, 'key') || randomUUID();
    const doneBefore = () => findingQueries(house.db.reader).commandKey(commandKeyOf(person, 'LIST', key));
    const before = await doneBefore();
    if (before) return reply.redirect(before.location, 303);
    try {
      const [number = ''] = await retried(() => listOne(house, person, body, key));
      request.session.flash = `flash.listed ${number}`;
      return await reply.redirect(`/findings/${number}`, 303);
    } catch (error) {
      const first = await doneBefore();
      if (first) return reply.redirect(first.location, 303);
      if (!(error instanceof RefusedError || error instanceof InvalidError)) throw error;
      const t = words(languageOf(request));
      return reply.page('findings/new', t('finding.new'), { key, faults: faultsOf(error.refusals, t), fields: await newFields(house, office, t, body, error.refusals) }, error.status);
    }
  });
}

function officeOf(person: Person): number {
  const post = officePostOf(person);
  if (!post) throw new ForbiddenError('only an office lists findings');
  return post.unitId;
}

async function listOne(house: House, person: Person, body: unknown, commandKey: string): Promise<readonly string[]> {
  const definition = current.events['LIST'];
  if (!definition) throw new Error('The current workflow lists nothing.');
  const data = dataFrom(definition, body, []);
  const late = typeof data['deadline'] === 'string' && data['deadline'] < house.clock.today() && bodyText(body, 'warned') !== 'yes';
  const wrong = [...dataErrors(definition, data), ...(late ? [pastDeadline(data['deadline'])] : [])];
  const { source, suggested, ...filing } = await filingFrom(house, officeOf(person), body, wrong);
  const made = await sourcesFor(house, source.issuer, [source]);
  const one = { data: { ...data, ...suggested }, adopted: false, ...made.of(source), ...filing, verbatim: bodyText(body, 'description') };
  return listFindings(house, person, [one], { commandKey, before: made.statements, once: true });
}

/** Not forbidden, since a list may come late; but it is overdue at once, and who types it must know. */
function pastDeadline(date: unknown): Refusal {
  return { rule: 'pastDeadline', kind: 'input', params: { date: String(date) }, field: 'warned' };
}
