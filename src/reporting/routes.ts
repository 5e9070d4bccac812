import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, NotVisibleError, RefusedError } from '../errors.js';
import { act } from '../findings/commands/act.js';
import { lightView, stateBadge } from '../findings/lights.js';
import type { Loaded } from '../findings/queries.js';
import { bodyText } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { words, type Words } from '../words.js';
import { mostRows, reportable } from './grid.js';

/** What came back of the rows that were sent: refused ones keep what was typed. */
interface Answers {
  readonly typed: unknown;
  readonly refused: ReadonlyMap<string, readonly Refusal[]>;
  readonly done: number;
}

/** 集中填报: one page with everything that a unit has to report on; each row that is filled in is an event of its own. */
export function reportingRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/reporting', async (request, reply) => {
    const person = reporter(request);
    const t = words(languageOf(request));
    return reply.page('reporting/show', t('nav.reporting'), await gridPage(house, person, t, randomUUID(), { typed: null, refused: new Map(), done: 0 }));
  });

  app.post('/reporting', async (request, reply) => {
    const person = reporter(request);
    const t = words(languageOf(request));
    const key = bodyText(request.body, 'key') || randomUUID();
    const answers = await reported(house, person, request.body, key);
    if (answers.refused.size === 0) {
      request.session.flash = answers.done === 0 ? 'flash.nothingReported' : `flash.reported ${answers.done}`;
      return reply.redirect('/reporting', 303);
    }
    return reply.page('reporting/show', t('nav.reporting'), await gridPage(house, person, t, key, answers), 422);
  });
}

function reporter(request: FastifyRequest): Person {
  const person = personOf(request);
  if (!person.posts.some(({ role }) => role === 'handler' || role === 'head')) throw new ForbiddenError('only a unit reports');
  return person;
}

/** Row by row, each in a transaction of its own: one that is refused holds up nobody else's, and a second sending of the page repeats none. */
async function reported(house: House, person: Person, body: unknown, key: string): Promise<Answers> {
  const refused = new Map<string, readonly Refusal[]>();
  let done = 0;
  for (const number of numbersIn(body)) {
    const [text, nothingNew] = [bodyText(body, `text.${number}`), bodyText(body, `nothing.${number}`) === 'yes'];
    if (text === '' && !nothingNew) continue;
    try {
      const { repeated } = await act(house, person, { number, event: 'REPORT', data: { ...(text === '' ? {} : { text }), nothingNew }, seen: null, onBehalf: null, files: [] }, `${key} ${number}`);
      if (!repeated) done += 1;
    } catch (error) {
      if (error instanceof RefusedError) refused.set(number, error.refusals);
      else if (error instanceof NotVisibleError) refused.set(number, [{ rule: 'notThere', kind: 'who', params: { number }, field: null }]);
      else throw error;
    }
  }
  return { typed: body, refused, done };
}

function numbersIn(body: unknown): readonly string[] {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  return [...new Set(names.flatMap((name) => /^(?:text|nothing)\.([A-Z]{2}-\d{4}-[\d-]{4,12})$/u.exec(name)?.[1] ?? []))].slice(0, mostRows);
}

async function gridPage(house: House, person: Person, t: Words, key: string, { typed, refused, done }: Answers): Promise<Pages['reporting/show']> {
  const { rows, more } = await reportable(house, person);
  const today = house.clock.today();
  // What can no longer be reported on has no row; what was typed about it is not lost.
  const faults = [...refused].map(([number, refusals]) => ({ here: rows.some(({ row }) => row.number === number), number, why: refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') }))
    .map(({ here, number, why }) => (here ? { href: `#text-${number}`, text: `${number} ${why}` } : { href: null, text: t('reporting.gone', { number, why, text: bodyText(typed, `text.${number}`) }) }));
  return {
    key, total: t('ledger.total', { count: rows.length }), more: more ? t('reporting.more', { most: mostRows }) : null, done: done > 0 ? t('flash.reported', { number: done }) : null,
    faults: faults.length > 0 ? { title: t('form.faults', { count: faults.length }), items: faults } : null, rows: rows.map((row) => rowView(row, typed, refused.get(row.row.number) ?? [], today, t)),
    empty: { text: t('reporting.empty'), href: '/', label: t('nav.workbench') },
  };
}

function rowView({ row, snapshot: { context } }: Loaded, typed: unknown, refusals: readonly Refusal[], today: string, t: Words): Pages['reporting/show']['rows'][number] {
  // What was taken is not typed again; what was refused stays.
  const kept = refusals.length > 0;
  return {
    number: row.number, href: `/findings/${row.number}`, title: row.title, state: stateBadge(row.state, row.stage, t), dueOn: row.dueOn ?? '', light: lightView(row, today, t), latest: row.latest ?? '',
    measures: context.measures.length === 0 ? '' : t('reporting.measures', { done: context.measures.filter((measure) => measure.done).length, total: context.measures.length }), full: `/findings/${row.number}/report`,
    text: kept ? bodyText(typed, `text.${row.number}`) : '', nothing: kept && bodyText(typed, `nothing.${row.number}`) === 'yes', error: kept ? refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') : null,
  };
}
