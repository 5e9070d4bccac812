import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Refusal } from '../../workflows/types.js';
import { localTime } from '../clock.js';
import type { House, Person } from '../context.js';
import { ChangedError, InvalidError, NotVisibleError, UnreadableListError } from '../errors.js';
import { bodyText, fileField } from '../forms.js';
import { languageOf, personOf } from '../plugins/people.js';
import { refusalOf } from '../spreadsheets/refused.js';
import { words, type Words } from '../words.js';
import { chooseMapping } from './commands/choose.js';
import { dropImport } from './commands/drop.js';
import { uploadList } from './commands/upload.js';
import { wishOfForm } from './form.js';
import { judged, officeOf, wishOf } from './judged.js';
import type { Wish } from './mapping.js';
import { importPage } from './page.js';
import { previewOf } from './preview.js';
import { campaignRows, categoryRows, importOf, importsOf, lastOf, type ImportRow } from './queries.js';
import { importReport, stateBadge } from './report.js';
import { runningImports } from './running.js';
import { templateOf } from './template.js';

interface One {
  readonly Params: { readonly id: string };
  readonly Querystring: { readonly page?: string; readonly faults?: string };
}
const pageSize = 20;

/** Lists that the office was given: upload, look, choose, import. For offices only. */
export function importRoutes(app: FastifyInstance, { house }: { house: House }): void {
  const running = runningImports(house);

  app.get<One>('/imports', async (request, reply) => listPage(house, request, reply, null));

  app.get('/imports/template.xlsx', async (request, reply) => {
    officeOf(personOf(request));
    const t = words(languageOf(request));
    return reply.header('content-disposition', `attachment; filename="template.xlsx"; filename*=UTF-8''${encodeURIComponent(`${t('import.templateName')}.xlsx`)}`)
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(templateOf(t));
  });

  app.post('/imports', async (request, reply) => {
    const person = personOf(request);
    officeOf(person);
    const file = request.isMultipart() ? await request.file() : undefined;
    const t = words(languageOf(request));
    if (!file || file.filename === '') return listPage(house, request, reply, { what: t('import.refused.noFile'), next: t('import.refused.noFileNext') });
    try {
      return await reply.redirect(`/imports/${await uploadList(house, person, { name: file.filename, content: Readable.from(file.file) })}`, 303);
    } catch (error) {
      if (!(error instanceof UnreadableListError)) throw error;
      return listPage(house, request, reply, refusalOf(error, t, file.filename));
    }
  });

  app.get<One>('/imports/:id', async (request, reply) => {
    const record = await recordOf(house, request);
    const t = words(languageOf(request));
    const progress = running.progressOf(record.id);
    if (progress && progress.error === null) return waitingPage(reply, record, progress, t);
    if (record.state !== 'mapping') return reply.page('imports/report', record.name, await importReport(house, record, t));
    running.forget(record.id);
    return showPage(house, request, reply, record, refusalsOf(progress?.error ?? null));
  });

  app.post<One>('/imports/:id/mapping', async (request, reply) => {
    const record = await recordOf(house, request);
    const { wish, refusals } = wishOfForm(request.body, await house.tree(), await categoryRows(house.db.reader), wishOf(record));
    if (refusals.length > 0) return showPage(house, request, reply, { ...record, mapping: JSON.stringify(wish) }, refusals);
    await chooseMapping(house, record, wish, Number(bodyText(request.body, 'version')));
    return reply.redirect(`/imports/${record.id}`, 303);
  });

  app.post<One>('/imports/:id/confirmation', async (request, reply) => {
    const record = await recordOf(house, request);
    // The second of two clicks finds it confirmed: its page says so.
    if (record.state === 'confirmed') return reply.redirect(`/imports/${record.id}`, 303);
    if (record.version !== Number(bodyText(request.body, 'version'))) throw new ChangedError('the import changed', { name: record.name });
    // What was chosen on the page is not imported unseen: the preview shows it first.
    if (bodyText(request.body, 'channel') !== '') {
      const { wish, refusals } = wishOfForm(request.body, await house.tree(), await categoryRows(house.db.reader), wishOf(record));
      if (refusals.length > 0) return showPage(house, request, reply, { ...record, mapping: JSON.stringify(wish) }, refusals);
      if (!(await readAlike(house, personOf(request), record, wish))) {
        await chooseMapping(house, record, wish, record.version);
        request.session.flash = 'flash.importChanged';
        return reply.redirect(`/imports/${record.id}`, 303);
      }
    }
    try {
      await running.begin(personOf(request), record, bodyText(request.body, 'key') || randomUUID());
      return await reply.redirect(`/imports/${record.id}`, 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return showPage(house, request, reply, record, error.refusals);
    }
  });

  app.post<One>('/imports/:id/drop', async (request, reply) => {
    await dropImport(house, personOf(request), await recordOf(house, request));
    return reply.redirect('/imports', 303);
  });
}

/** Do these choices make of the list what the preview showed? */
async function readAlike(house: House, person: Person, record: ImportRow, wish: Wish): Promise<boolean> {
  const read = async (mapping: string): Promise<string> => {
    for await (const told of judged(house, person, { ...record, mapping })) if ('look' in told) return JSON.stringify(told.look.mapping);
    return '';
  };
  return (await read(record.mapping)) === (await read(JSON.stringify(wish)));
}

async function recordOf(house: House, request: FastifyRequest<One>): Promise<ImportRow> {
  const found = await importOf(house.db.reader, request.params.id, officeOf(personOf(request)));
  if (!found) throw new NotVisibleError('no such import', { number: '', office: '', phone: '' });
  return found;
}

async function listPage(house: House, request: FastifyRequest, reply: FastifyReply, refused: { readonly what: string; readonly next: string } | null): Promise<FastifyReply> {
  const t = words(languageOf(request));
  const page = pageIn(request.query, 'page');
  const rows = await importsOf(house.db.reader, officeOf(personOf(request)), (page - 1) * pageSize, pageSize + 1);
  const megabytes = house.config.uploadLimit / 1024 / 1024;
  return reply.page('imports/list', t('nav.imports'), {
    refused, field: fileField({ name: 'file', label: t('import.fileLabel'), hint: t('import.fileHint', { megabytes }), required: true }),
    rows: rows.slice(0, pageSize).map((row) => ({ href: `/imports/${row.id}`, name: row.name, when: localTime(house.clock.zone, row.createdAt), by: row.by, state: stateBadge(row.state, t), brought: row.state === 'confirmed' ? t('ledger.total', { count: row.rows }) : '' })),
    pager: { summary: '', first: page > 2 ? '/imports' : null, last: null, sizes: [], previous: page > 1 ? `/imports?page=${page - 1}` : null, next: rows.length > pageSize ? `/imports?page=${page + 1}` : null },
  }, refused ? 422 : 200);
}

async function showPage(house: House, request: FastifyRequest, reply: FastifyReply, record: ImportRow, refusals: readonly Refusal[]): Promise<FastifyReply> {
  const person = personOf(request);
  const t = words(languageOf(request));
  const [page, faultPage] = [pageIn(request.query, 'page'), pageIn(request.query, 'faults')];
  try {
    const preview = await previewOf(house, person, record, { page, faultPage });
    const shown = { record, preview, page, faultPage, refusals, tree: await house.tree(), today: house.clock.today(), campaigns: await campaignRows(house.db.reader), categories: await categoryRows(house.db.reader), twin: await twinOf(house, person, record) };
    return await reply.page('imports/show', record.name, importPage(shown, t), refusals.length > 0 ? 422 : 200);
  } catch (error) {
    if (!(error instanceof UnreadableListError)) throw error;
    // Another sheet or header was chosen, and there is no list: say so, and begin again with the guess.
    return listPage(house, request, reply, refusalOf(error, t, record.name));
  }
}

function waitingPage(reply: FastifyReply, record: ImportRow, { phase, done, total }: { readonly phase: string; readonly done: number; readonly total: number }, t: Words): FastifyReply {
  return reply.header('refresh', '2').page('imports/waiting', record.name, { name: record.name, what: t(`import.waiting.${phase}`, { done, total }), done, total: Math.max(1, total), href: `/imports/${record.id}` });
}

/** The same file was imported before under another source: its rows would come a second time. */
async function twinOf(house: House, person: Person, record: ImportRow): Promise<string | null> {
  const before = await lastOf(house.db.reader, record.sha256, officeOf(person));
  if (!before) return null;
  const [{ source: one }, { source: other }] = [wishOf(before), wishOf(record)];
  const same = one.issuer === other.issuer && one.documentNumber === other.documentNumber && one.documentDate === other.documentDate;
  return same ? null : [one.issuer, one.documentNumber, one.documentDate].filter(Boolean).join(' ');
}

function refusalsOf(error: unknown): readonly Refusal[] {
  if (error === null) return [];
  return error instanceof InvalidError ? error.refusals : [{ rule: error instanceof ChangedError ? 'import.changed' : 'import.failed', kind: 'state', params: {}, field: null }];
}

function pageIn(query: unknown, name: string): number {
  const text = bodyText(query, name);
  return /^[1-9]\d{0,5}$/u.test(text) ? Number(text) : 1;
}
