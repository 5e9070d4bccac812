import type { FastifyInstance } from 'fastify';
import { eq, inArray } from 'drizzle-orm';
import { changeset } from '../../db/changeset.js';
import { categories, findings, findingSources, findingTexts, findingUnits, sources } from '../../db/schema/index.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, NotVisibleError } from '../errors.js';
import { writeTable, type Cell, type Column } from '../exports/table.js';
import { seesFindings } from '../findings/policy.js';
import type { UnitTree } from '../organisation/tree.js';
import { commitRecorded } from '../ledger/stream.js';
import { languageOf, personOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { filtersFrom } from './filters.js';
import { pageOf, sightOf, stuckWith, viewOf, type Cursor } from './queries.js';
import { stuckWords } from './page.js';

/** The view as a file, all its rows, streamed; who took what with them is recorded first. */
export function exportRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Params: { format: string }; Querystring: Record<string, unknown> }>('/findings/export.:format', async (request, reply) => {
    const person = personOf(request);
    if (!seesFindings(person)) throw new ForbiddenError('this post works on no findings');
    const { format } = request.params;
    if (format !== 'csv' && format !== 'xlsx') throw new NotVisibleError('no such format', { number: '', office: '', phone: '' });
    const t = words(languageOf(request));
    await commitRecorded(house, changeset(), { stream: 'exports', type: 'LedgerExported', actorId: person.id, actorName: person.name, payload: { view: request.url.slice(0, 500), format } });
    const name = `${t('export.name')}-${house.clock.today()}.${format}`;
    return reply
      .header('content-disposition', `attachment; filename="ledger.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`)
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(writeTable({ format, title: t('nav.ledger'), columns: columnsOf(t), rows: rowsOf(house, person, request.query, t) }));
  });
}

/** Columns of the full list that offices keep; the headers are those that an import understands. */
export function columnsOf(t: Words): readonly Column[] {
  const column = (key: string, width: number, kind: Column['kind'] = 'text'): Column => ({ header: t(`export.${key}`), width, kind });
  return [
    column('number', 16), column('originalNumber', 10), column('channel', 16), column('category', 16), column('title', 36), column('description', 50), column('requirement', 36), column('closureStandard', 36),
    column('type', 12), column('severity', 8), column('deadline', 12, 'date'), column('leadUnit', 22), column('responsibleUnits', 30), column('supportingUnits', 30), column('responsible', 12), column('latest', 36), column('stage', 14), column('stuck', 30), column('listedOn', 12, 'date'), column('closedOn', 12, 'date'), column('adopted', 8),
  ];
}

/** Every row of a view, five hundred at a time: what is in the file is what the pages show, in their order. */
export async function* rowsOf(house: House, person: Person, query: unknown, t: Words): AsyncGenerator<readonly Cell[]> {
  const tree = await house.tree();
  const { filters, order } = filtersFrom(query);
  const sight = await sightOf(house, person, filters);
  const view = viewOf(sight, filters);
  const categoryNames = new Map((await house.db.reader.select({ id: categories.id, name: categories.name }).from(categories)).map((row) => [row.id, row.name]));
  let cursor: Cursor | null = null;
  for (;;) {
    const { rows, more } = await pageOf(house.db.reader, view, order, cursor, 500);
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return;
    const { byId, texts, originals, unitsOf } = await besides(house, ids, sight.offices, tree);
    const stuck = await stuckWith(house.db.reader, ids);
    for (const row of rows) {
      const [full, text, source] = [byId.get(row.id), texts.get(row.id), originals.get(row.id)];
      yield [
        row.number, source ?? '', full ? t(`channel.${full.channel}`) : '', full?.categoryId ? categoryNames.get(full.categoryId) ?? '' : '', row.title, text?.description ?? '', text?.requirement ?? '', text?.closureStandard ?? '',
        row.rectificationType ? t(`choice.rectificationType.${row.rectificationType}`) : '', t(`choice.severity.${row.severity}`), row.dueOn, row.leadUnitId === null ? '' : tree.unit(row.leadUnitId)?.name ?? '', unitsOf(row.id, 'responsible'), unitsOf(row.id, 'supporting'), text?.responsible ?? '',
        row.latest ?? '', t(`state.${row.state}`), stuckWords(stuck.get(row.id), tree, t), full?.listedOn ?? null, full?.closedOn ?? null, row.adopted ? t('ledger.adopted.yes') : '',
      ];
    }
    const last = rows.at(-1);
    if (!more || !last) return;
    cursor = { row: { value: order.by === 'due' ? last.dueOn ?? '9999-12-31' : last.number, number: last.number }, backwards: false };
  }
}

/** Texts and numbers of the rows; the number in a confidential source only for its own office. */
async function besides(house: House, ids: readonly number[], offices: readonly number[], tree: UnitTree) {
  const { reader } = house.db;
  const full = await reader.select({ id: findings.id, channel: findings.channel, categoryId: findings.categoryId, listedOn: findings.listedOn, closedOn: findings.closedOn }).from(findings).where(inArray(findings.id, [...ids]));
  const texts = await reader.select().from(findingTexts).where(inArray(findingTexts.findingId, [...ids]));
  const known = (await reader.select({ id: findingSources.findingId, number: findingSources.originalNumber, confidential: sources.confidential, host: findings.hostOfficeId, parentId: findings.parentId }).from(findingSources)
    .innerJoin(sources, eq(sources.id, findingSources.sourceId)).innerJoin(findings, eq(findings.id, findingSources.findingId)).where(inArray(findingSources.findingId, [...ids])))
    .filter((row) => !row.confidential || (row.parentId === null && offices.includes(row.host)));
  const relations = await reader.select().from(findingUnits).where(inArray(findingUnits.findingId, [...ids]));
  const unitsOf = (id: number, relation: string): string => relations.filter((row) => row.findingId === id && row.relation === relation).map((row) => tree.unit(row.unitId)?.name).filter(Boolean).join('、');
  return { unitsOf, byId: new Map(full.map((row) => [row.id, row])), texts: new Map(texts.map((row) => [row.findingId, row])), originals: new Map(known.map((row) => [row.id, row.number])) };
}
