import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { unitAliases, units } from '../../db/schema/index.js';
import type { Pages } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { House } from '../context.js';
import { InvalidError, NotVisibleError, TooLargeError } from '../errors.js';
import { unitChoices } from '../findings/fields.js';
import { bodyText, choice, fileField, longField, selectField, textField } from '../forms.js';
import { forAdmin } from '../people/routes.js';
import { personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { addDivisions, addUnit, changeUnit, type UnitForm } from './commands.js';
import { divisionsIn } from './divisions.js';
import { kinds, unitFrom } from './form.js';
import { isEnding, leftOpen } from './left.js';

const perPage = 100;

/** The administrator's page of units: the tree, aliases, successors, and divisions from a list. */
export function organisationRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get<{ Querystring: Record<string, unknown> }>('/organisation', async (request, reply) => {
    const t = forAdmin(request);
    return reply.page('organisation/list', t('nav.organisation'), await listPage(house, Math.max(0, Number(bodyText(request.query, 'from')) || 0), t));
  });
  app.get('/organisation/new', async (request, reply) => {
    const t = forAdmin(request);
    return reply.page('organisation/form', t('organisation.new'), await formPage(house, t, null, null, []));
  });
  app.get('/organisation/import', (request, reply) => reply.page('organisation/import', forAdmin(request)('organisation.import'), importPage(forAdmin(request), [])));

  app.post('/organisation/import', async (request, reply) => {
    const t = forAdmin(request);
    try {
      const file = await request.file();
      const bytes = await file?.toBuffer();
      if (file?.file.truncated) throw new TooLargeError('the list is larger than allowed');
      const count = await addDivisions(house, personOf(request), divisionsIn(bytes?.toString('utf8') ?? ''));
      request.session.flash = `flash.divisions ${count}`;
      return await reply.redirect('/organisation', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('organisation/import', t('organisation.import'), importPage(t, error.refusals), 422);
    }
  });

  app.post('/organisation', async (request, reply) => {
    const t = forAdmin(request);
    return saved(t, null, request.body, request, reply, async (form) => { await addUnit(house, personOf(request), form); });
  });
  app.get<{ Params: { id: string } }>('/organisation/:id', async (request, reply) => {
    const t = forAdmin(request);
    return reply.page('organisation/form', t('nav.organisation'), await formPage(house, t, await existing(request.params.id), null, []));
  });
  app.post<{ Params: { id: string } }>('/organisation/:id', async (request, reply) => {
    const t = forAdmin(request);
    const id = await existing(request.params.id);
    return saved(t, id, request.body, request, reply, (form) => changeUnit(house, personOf(request), id, form));
  });

  async function saved(t: Words, id: number | null, body: unknown, request: FastifyRequest, reply: FastifyReply, save: (form: UnitForm) => Promise<void>): Promise<FastifyReply> {
    try {
      await save(unitFrom(body, await house.tree(), id));
      request.session.flash = 'flash.saved';
      return await reply.redirect('/organisation', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('organisation/form', t('nav.organisation'), await formPage(house, t, id, body, error.refusals), 422);
    }
  }

  async function existing(text: string): Promise<number> {
    const unit = /^[1-9]\d{0,11}$/u.test(text) ? (await house.tree()).unit(Number(text)) : undefined;
    if (!unit) throw new NotVisibleError('no such unit', { number: '', office: '', phone: '' });
    return unit.id;
  }
}

async function listPage(house: House, from: number, t: Words): Promise<Pages['organisation/list']> {
  const tree = await house.tree();
  const { all } = tree;
  const aliases = new Map<number, string[]>();
  for (const { alias, unitId } of await house.db.reader.select().from(unitAliases)) aliases.set(unitId, [...(aliases.get(unitId) ?? []), alias]);
  const codes = new Map((await house.db.reader.select({ id: units.id, code: units.code }).from(units)).map((row) => [row.id, row.code ?? '']));
  return {
    total: t('organisation.total', { count: all.length }),
    rows: all.slice(from, from + perPage).map((unit) => ({
      href: `/organisation/${unit.id}`, indent: t('unit.indent').repeat(unit.path.length - 1), name: unit.name, shortName: unit.shortName, kind: t(`unitKind.${unit.kind}`), code: codes.get(unit.id) ?? '', phone: unit.phone ?? '',
      aliases: (aliases.get(unit.id) ?? []).join('、'), state: unit.endsOn === null ? null : { label: t(unit.disabledOn === null ? 'organisation.ends' : 'organisation.ended', { date: unit.endsOn }), tone: unit.disabledOn === null ? 'warn' : 'bad' },
    })),
    previous: from > 0 ? `/organisation?from=${Math.max(0, from - perPage)}` : null, next: from + perPage < all.length ? `/organisation?from=${from + perPage}` : null,
  };
}

async function formPage(house: House, t: Words, id: number | null, typed: unknown, refusals: readonly Refusal[]): Promise<Pages['organisation/form']> {
  const tree = await house.tree();
  const [row] = id === null ? [] : await house.db.reader.select().from(units).where(eq(units.id, id));
  const held = id === null ? [] : await house.db.reader.select().from(unitAliases).where(eq(unitAliases.unitId, id));
  const error = (name: string): string | null => refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  const value = (name: string, start: unknown): string => (typed === null ? (typeof start === 'string' || typeof start === 'number' ? String(start) : '') : bodyText(typed, name));
  const text = (name: 'name' | 'shortName' | 'code' | 'phone' | 'address', key: string) => textField({ name, label: t(`field.${key}`), value: value(name, row?.[name]), error: error(name), required: name === 'name' });
  const kind = value('kind', row?.kind);
  return {
    left: await leftBy(house, id, t), version: row?.version ?? 0, title: row?.name ?? t('organisation.new'), action: id === null ? '/organisation' : `/organisation/${id}`,
    faults: refusals.length === 0 ? null : { title: t('form.faults', { count: refusals.length }), items: refusals.map((refusal) => ({ href: `#f-${refusal.field ?? ''}`, text: sentenceOf(refusal, t) })) },
    fields: [
      text('name', 'unitName'), text('shortName', 'shortName'),
      selectField({ name: 'kind', label: t('field.unitKind'), required: true, error: error('kind'), choices: kinds.map((each) => choice(each, t(`unitKind.${each}`), each === kind)) }),
      ...(id === null ? [selectField({ name: 'parentId', label: t('field.parentUnit'), required: true, error: error('parentId'), choices: unitChoices(tree.all, [value('parentId', '')], tree, t) })] : []),
      text('code', 'unitCode'), text('phone', 'phone'), text('address', 'address'),
      longField({ name: 'aliases', error: error('aliases'), label: t('field.aliases'), hint: t('organisation.aliasesHint'), value: value('aliases', held.map((each) => each.alias).join('\n')) }),
      selectField({ name: 'successorId', label: t('field.successor'), error: error('successorId'), choices: unitChoices(tree.all.filter((unit) => unit.id !== id), [value('successorId', row?.successorId)], tree, t) }),
      textField({ name: 'disabledOn', label: t('field.disabledOn'), type: 'date', value: value('disabledOn', row?.disabledOn), error: error('disabledOn') }),
    ],
  };
}

/** What a unit that has ended still leads, in a sentence: the office of its jurisdiction gives it to others, the administrator does not. */
async function leftBy(house: House, id: number | null, t: Words): Promise<string | null> {
  const tree = await house.tree();
  const unit = id === null ? undefined : tree.unit(id);
  const left = unit && isEnding(unit) ? (await leftOpen(house.db.reader, [unit.id], null)).get(unit.id) : undefined;
  if (!unit || !left) return null;
  const office = tree.officeFor(unit.id);
  return t(unit.successorId === null ? 'organisation.leftNobody' : 'organisation.left', { count: left.findings, parts: left.parts, successor: unit.successorId === null ? '' : tree.unit(unit.successorId)?.name ?? '', office: [office?.name, office?.phone].filter(Boolean).join(' ') });
}

function importPage(t: Words, refusals: readonly Refusal[]): Pages['organisation/import'] {
  return { faults: refusals.length === 0 ? null : { title: t('form.faults', { count: refusals.length }), items: refusals.map((refusal) => ({ href: '#f-files', text: sentenceOf(refusal, t) })) }, fields: [fileField({ name: 'files', label: t('organisation.file'), hint: t('organisation.fileHint') })] };
}
