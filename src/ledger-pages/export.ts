import type { FastifyInstance } from 'fastify';
import { changeset } from '../../db/changeset.js';
import type { House } from '../context.js';
import { ForbiddenError, InvalidError, NotVisibleError } from '../errors.js';
import { writeTable } from '../exports/table.js';
import { seesFindings } from '../findings/policy.js';
import { commitRecorded } from '../ledger/stream.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words } from '../words.js';
import { columnsOf, rowsOf } from './columns.js';
import { filtersFrom, namesOf } from './filters.js';

/** The view as a file, all its rows, streamed; who took what with them is recorded first. */
export function exportRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Params: { format: string }; Querystring: Record<string, unknown> }>('/findings/export.:format', { exposeHeadRoute: false }, async (request, reply) => {
    const person = personOf(request);
    if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
    const { format } = request.params;
    if (format !== 'csv' && format !== 'xlsx') throw new NotVisibleError('no such format', { number: '', office: '', phone: '' });
    const t = words(languageOf(request));
    const { filters, ignored } = filtersFrom(request.query);
    // A file says nowhere what it was narrowed to: nobody is to hand in the whole ledger for a part of it.
    if (ignored.length > 0) throw new InvalidError([{ rule: 'ledger.ignored', kind: 'input', params: { names: namesOf(ignored, t) }, field: null }]);
    await commitRecorded(house, changeset(), { stream: 'exports', type: 'LedgerExported', actorId: person.id, actorName: person.name, payload: { view: request.url.slice(0, 500), format } });
    const name = `${t('export.name')}-${house.clock.today()}.${format}`;
    return reply
      .header('content-disposition', `attachment; filename="ledger.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`)
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(writeTable({ format, title: t('nav.ledger'), columns: columnsOf(filters, t), rows: rowsOf(house, person, request.query, t) }));
  });
}
