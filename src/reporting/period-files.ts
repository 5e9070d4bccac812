import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changeset } from '../../db/changeset.js';
import type { Pages } from '../../views/pages.js';
import type { House, Person } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { writeTable, type Table } from '../exports/table.js';
import { setting } from '../house.js';
import { commitRecorded } from '../ledger/stream.js';
import { languageOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { momentOf } from './moment.js';
import { periodFor, readerOf } from './period-access.js';
import type { PeriodOfCampaign } from './period-queries.js';
import { dueColumns, dueRows, unitColumns, unitRows } from './period-summary.js';

interface One { readonly Params: { readonly id: string } }
interface File { readonly Params: { readonly id: string; readonly format: string } }

/** A period as files and on paper: by unit, and each finding with what was reported; who took what with them is recorded first. */
export function periodFileRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<File>('/reporting/periods/:id/export.:format', { exposeHeadRoute: false }, async (request, reply) => {
    const person = readerOf(request);
    const [of, t] = [await periodFor(house, person, request.params.id), words(languageOf(request))];
    return sent(house, request, reply, person, of, { name: t('period.file'), columns: dueColumns(t), rows: dueRows(house, person, of, t) });
  });

  app.get<File>('/reporting/periods/:id/units.:format', { exposeHeadRoute: false }, async (request, reply) => {
    const person = readerOf(request);
    const [of, t] = [await periodFor(house, person, request.params.id), words(languageOf(request))];
    return sent(house, request, reply, person, of, { name: t('period.byUnit'), columns: unitColumns(t), rows: each(await unitRows(house, person, of, t)) });
  });

  app.get<One>('/reporting/periods/:id/print', async (request, reply) => {
    const person = readerOf(request);
    const [of, t] = [await periodFor(house, person, request.params.id), words(languageOf(request))];
    return reply.page('reporting/print', titleOf(of), await printPage(house, person, of, t));
  });
}

interface Taken extends Pick<Table, 'columns' | 'rows'> {
  readonly name: string;
}

async function sent(house: House, request: FastifyRequest<File>, reply: FastifyReply, person: Person, of: PeriodOfCampaign, { name, ...table }: Taken): Promise<FastifyReply> {
  const { format } = request.params;
  if (format !== 'csv' && format !== 'xlsx') throw new NotVisibleError('no such format', { number: '', office: '', phone: '' });
  await commitRecorded(house, changeset(), { stream: 'exports', type: 'LedgerExported', actorId: person.id, actorName: person.name, payload: { view: request.url.slice(0, 500), format } });
  const file = encodeURIComponent(`${titleOf(of)}-${name}-${house.clock.today()}.${format}`);
  return reply
    .header('content-disposition', `attachment; filename="period.${format}"; filename*=UTF-8''${file}`)
    .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .send(writeTable({ ...table, format, title: of.period.name }));
}

async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

function titleOf({ period, campaign }: PeriodOfCampaign): string {
  return `${campaign.name} ${period.name}`;
}

/** More rows are a file's matter: a printer has only so much paper. */
const mostPrinted = 2000;

async function printPage(house: House, person: Person, of: PeriodOfCampaign, t: Words): Promise<Pages['reporting/print']> {
  const moment = (instant: string): string => momentOf(instant, house.clock.zone, t);
  const rows: string[][] = [];
  let more = false;
  for await (const cells of dueRows(house, person, of, t)) {
    if (rows.length === mostPrinted) { more = true; break; }
    rows.push([String(rows.length + 1), ...texts(cells)]);
  }
  return {
    title: t('period.printTitle', { period: titleOf(of) }), about: t('period.printAbout', { cutOff: moment(of.period.cutOffAt), now: moment(house.clock.occurring()) }),
    notPaper: (await setting(house.db, 'demo')) === '1' ? t('print.demo') : null, more: more ? t('print.more', { most: mostPrinted }) : null,
    back: { label: titleOf(of), href: `/reporting/periods/${of.period.id}` },
    unitHeads: unitColumns(t).map(({ header }) => header), units: (await unitRows(house, person, of, t)).map(texts),
    heads: [t('print.ordinal'), ...dueColumns(t).map(({ header }) => header)], rows, empty: t('period.nothingOwed'),
  };
}

function texts(cells: readonly (string | number | null)[]): string[] {
  return cells.map((cell) => (cell === null ? '' : String(cell)));
}
