import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pages } from '../../views/pages.js';
import { blank } from '../../workflows/rectification/1/blank.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { ForbiddenError, InvalidError, NotVisibleError } from '../errors.js';
import { unitChoices } from '../findings/fields.js';
import { categoryNames, filingChoices } from '../findings/filing-choices.js';
import { faultsOf } from '../findings/form-page.js';
import { officePostOf } from '../findings/policy.js';
import { fitsOf } from '../findings/unit-facts.js';
import { bodyText, choice, selectField, textField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { languageOf, personOf } from '../plugins/people.js';
import { sentenceOf } from '../refusals.js';
import { words, type Words } from '../words.js';
import { addRule, removeRule } from './commands.js';
import { rulesOf, type AssignmentRule } from './suggest.js';

const mostDays = 1830;

/** 分派规则: to whom the office usually hands out what. Batches propose by them; nothing is handed out by itself. */
export function ruleRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/rules', async (request, reply) => {
    const { office, t } = officeIn(request);
    return reply.page('rules/list', t('nav.rules'), await rulesPage(house, office, t, null, []));
  });

  app.post('/rules', async (request, reply) => {
    const { office, person, t } = officeIn(request);
    try {
      await addRule(house, person, await ruleFrom(house, office, request.body));
      request.session.flash = 'flash.saved';
      return await reply.redirect('/rules', 303);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('rules/list', t('nav.rules'), await rulesPage(house, office, t, request.body, error.refusals), 422);
    }
  });

  app.post<{ Params: { id: string } }>('/rules/:id/removal', async (request, reply) => {
    const { office, person } = officeIn(request);
    const rule = (await rulesOf(house.db.reader, office)).find(({ id }) => String(id) === request.params.id);
    if (!rule) throw new NotVisibleError('no such rule', { number: '', office: '', phone: '' });
    await removeRule(house, person, rule);
    request.session.flash = 'flash.saved';
    return reply.redirect('/rules', 303);
  });
}

function officeIn(request: FastifyRequest): { readonly office: number; readonly person: Person; readonly t: Words } {
  const person = personOf(request);
  const post = officePostOf(person);
  if (!post) throw new ForbiddenError('only an office keeps rules');
  return { office: post.unitId, person, t: words(languageOf(request)) };
}

/** A rule as it was typed. Throws InvalidError with every fault. */
async function ruleFrom(house: House, hostOfficeId: number, body: unknown): Promise<Omit<AssignmentRule, 'id'>> {
  const tree = await house.tree();
  const { categories } = await filingChoices(house.db.reader);
  const wrong: Refusal[] = [];
  const fault = (rule: string, field: string, label: string, params: Refusal['params'] = {}): null => { wrong.push({ rule, kind: 'input', params: { name: label, ...params }, field }); return null; };
  const unit = (name: string, label: string, required = false): number | null => {
    const text = bodyText(body, name);
    if (text === '') return required ? fault('field.required', name, label) : null;
    return unitsFor(tree, hostOfficeId).find(({ id }) => String(id) === text)?.id ?? fault('field.noSuchUnit', name, label);
  };
  const [category, days, supervisor] = [bodyText(body, 'categoryId'), bodyText(body, 'days'), bodyText(body, 'supervisor')];
  const unitId = unit('unitId', 'leadUnitId', true);
  const rule = {
    hostOfficeId, categoryId: category === '' ? null : categories.find(({ id }) => String(id) === category)?.id ?? fault('field.notAChoice', 'categoryId', 'category'),
    regionUnitId: unit('regionUnitId', 'regionUnitId'), sectorUnitId: unit('sectorUnitId', 'sectorUnitId'), supervisor,
    days: days === '' ? null : /^\d{1,4}$/u.test(days) && Number(days) >= 1 && Number(days) <= mostDays ? Number(days) : fault('field.notANumber', 'days', 'days', { min: 1, max: mostDays }),
  };
  if ([...supervisor].length > 60) fault('field.tooLong', 'supervisor', 'supervisor', { max: 60, length: [...supervisor].length });
  if (unitId === null || wrong.length > 0) throw new InvalidError(wrong);
  return { ...rule, unitId };
}

function unitsFor(tree: UnitTree, hostOfficeId: number) {
  return tree.all.filter((unit) => fitsOf(unit, { ...blank, hostOfficeId }, tree).includes('checker'));
}

async function rulesPage(house: House, office: number, t: Words, typed: unknown, refusals: readonly Refusal[]): Promise<Pages['rules/list']> {
  const tree = await house.tree();
  const { categories } = await filingChoices(house.db.reader);
  const names = new Map((await categoryNames(house.db.reader)).map(({ id, name }) => [id, name]));
  const given = (name: string, label: string) => ({ name, label: t(`field.${label}`), value: bodyText(typed, name), error: refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null });
  const unit = (name: string, label: string, required = false) => selectField({ ...given(name, label), required, choices: unitChoices(unitsFor(tree, office), [bodyText(typed, name)], tree, t) });
  const nameOf = (id: number | null): string => (tree.short(id));
  return {
    faults: faultsOf(refusals, t),
    fields: [
      selectField({ ...given('categoryId', 'category'), hint: t('rules.anyHint'), choices: categories.map(({ id, name }) => choice(id, name, bodyText(typed, 'categoryId') === String(id))) }), unit('regionUnitId', 'regionUnitId'),
      unit('unitId', 'leadUnitId', true), unit('sectorUnitId', 'sectorUnitId'), textField(given('supervisor', 'supervisor')), textField({ ...given('days', 'days'), type: 'number', hint: t('rules.daysHint') }),
    ],
    rows: (await rulesOf(house.db.reader, office)).map((rule) => ({
      category: rule.categoryId === null ? t('rules.any') : names.get(rule.categoryId) ?? '', region: rule.regionUnitId === null ? t('rules.any') : nameOf(rule.regionUnitId), unit: nameOf(rule.unitId),
      sector: nameOf(rule.sectorUnitId), supervisor: rule.supervisor, days: rule.days === null ? '' : String(rule.days), removal: `/rules/${rule.id}/removal`,
    })),
  };
}
