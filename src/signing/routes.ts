import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Choice, Pages } from '../../views/pages.js';
import type { EventDefinition } from '../../workflows/event.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ForbiddenError } from '../errors.js';
import type { Request } from '../findings/commands/act.js';
import { commandKeyOf } from '../findings/commands/key.js';
import { actOnMany } from '../findings/commands/many.js';
import { contextFacts } from '../findings/context-facts.js';
import { lightView, stateBadge } from '../findings/lights.js';
import { evidenceView } from '../findings/pages.js';
import { findingQueries } from '../findings/queries.js';
import { bodyText, choice, textField } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { words, type Words } from '../words.js';
import { choiceIn, decidedWith, mostSigned, waitingToSign, type ToSign } from './waiting.js';

/** What came back of a list that was sent. */
interface Answers {
  readonly typed: unknown;
  readonly refused: ReadonlyMap<string, readonly Refusal[]>;
  readonly done: number;
}
const fresh: Answers = Object.freeze({ typed: null, refused: new Map<string, readonly Refusal[]>(), done: 0 });

/** 待签: everything that waits for somebody's signature on one page, each with what is signed; some signed, some given back with a note, in one go. */
export function signingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/signing', async (request, reply) => {
    const person = signing(request);
    const t = words(languageOf(request));
    return reply.page('signing/show', t('nav.signing'), await signingPage(house, person, fresh, t));
  });

  app.post('/signing', async (request, reply) => {
    const person = signing(request);
    const t = words(languageOf(request));
    const { body } = request;
    const { rows } = await waitingToSign(house, person);
    const requests = rows.flatMap((row) => requestOf(row, body));
    if (requests.length === 0) {
      const repeated = await findingQueries(house.db.reader).commandKey(commandKeyOf(person, 'many', bodyText(body, 'key')));
      request.session.flash = repeated ? 'flash.bulkRepeated' : 'flash.nothingSigned';
      return reply.redirect('/signing', 303);
    }
    const outcomes = await actOnMany(house, person, requests, bodyText(body, 'key') || randomUUID());
    const refused = new Map(outcomes.rows.filter(({ to }) => to === null).map(({ number, refusals }) => [number, refusals] as const));
    const done = outcomes.rows.length - refused.size;
    if (refused.size > 0) return reply.page('signing/show', t('nav.signing'), await signingPage(house, person, { typed: body, refused, done }, t), 422);
    request.session.flash = outcomes.repeated ? 'flash.bulkRepeated' : `flash.signed ${done}`;
    return reply.redirect('/signing', 303);
  });
}

function signing(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!person.posts.some(({ role }) => role === 'head' || role === 'leader')) throw new ForbiddenError('only heads and leaders sign');
  return person;
}

function requestOf({ loaded: { row, snapshot }, agree, refuse }: ToSign, body: unknown): readonly Request[] {
  const [verdict = '', chosen = ''] = bodyText(body, `verdict.${row.number}`).split(':');
  const event = verdict === 'agree' ? agree : verdict === 'refuse' ? refuse : null;
  if (!event) return [];
  const seen = bodyText(body, `seen.${row.number}`);
  return [{
    number: row.number, event: event.type, data: decidedWith(event, snapshot.context, { chosen, note: bodyText(body, `note.${row.number}`), decisionNumber: bodyText(body, 'decisionNumber') }),
    seen: /^\d{1,9}$/u.test(seen) ? Number(seen) : row.movedSeq, onBehalf: null, files: [],
  }];
}

async function signingPage(house: House, person: Person, { typed, refused, done }: Answers, t: Words): Promise<Pages['signing/show']> {
  const { rows, total } = await waitingToSign(house, person);
  const gone = [...refused].filter(([number]) => !rows.some(({ loaded }) => loaded.row.number === number));
  const items = [...refused].map(([number, refusals]) => ({ href: gone.some(([each]) => each === number) ? null : `#sign-${number}`, text: `${number} ${refusals.map((refusal) => sentenceOf(refusal, t)).join(' ')}` }));
  return {
    key: randomUUID(), total: t('signing.total', { count: total }), more: total > mostSigned ? t('signing.more', { most: mostSigned }) : null, done: done > 0 ? t('flash.signed', { number: done }) : null,
    faults: items.length > 0 ? { title: t('form.faults', { count: items.length }), items } : null,
    fields: rows.some(({ agree }) => agree.type === 'CLOSE') ? [textField({ name: 'decisionNumber', label: t('field.decisionNumber'), value: bodyText(typed, 'decisionNumber'), hint: t('signing.numberHint') })] : [],
    rows: await Promise.all(rows.map((row) => rowView(house, row, typed, refused.get(row.loaded.row.number) ?? [], t))),
  };
}

/** One way to agree, or one for each thing that whoever agrees must choose. */
function agreeing(agree: EventDefinition, verdict: string, t: Words): readonly Choice[] {
  const chosen = choiceIn(agree);
  if (!chosen) return [choice('agree', t(`event.${agree.type}`), verdict === 'agree')];
  return (chosen.choices ?? []).map((each) => choice(`agree:${each}`, `${t(`event.${agree.type}`)} · ${t(`choice.${chosen.name}.${each}`)}`, verdict === `agree:${each}`));
}

async function rowView(house: House, { loaded, agree, refuse }: ToSign, typed: unknown, refusals: readonly Refusal[], t: Words): Promise<Pages['signing/show']['rows'][number]> {
  const { row } = loaded;
  const tree = await house.tree();
  const verdict = bodyText(typed, `verdict.${row.number}`);
  return {
    id: `sign-${row.number}`, number: row.number, href: `/findings/${row.number}`, title: row.title, unit: tree.short(row.leadUnitId), what: t(`queue.${agree.type}`), state: stateBadge(row.state, row.stage, t), due: row.dueOn ?? '', light: lightView(row, house.clock.today(), t),
    facts: await contextFacts(house, loaded, agree.type, t), files: (await findingQueries(house.db.reader).evidence(row.id)).slice(0, 10).map((file) => evidenceView(file, row.number, house.clock.zone, t)),
    choices: [...agreeing(agree, verdict, t), choice('refuse', t(`event.${refuse.type}`), verdict === 'refuse'), choice('', t('signing.later'), verdict === '')],
    note: bodyText(typed, `note.${row.number}`), seen: row.movedSeq, error: refusals.map((refusal) => sentenceOf(refusal, t)).join(' '),
  };
}
