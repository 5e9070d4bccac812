import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Pages } from '../../views/pages.js';
import { isLoaded, isWorkingDay, plusDays } from '../../workflows/calendar.js';
import type { Refusal } from '../../workflows/types.js';
import { localTime } from '../clock.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { faultsOf } from '../findings/form-page.js';
import { bodyText, choice, selectField } from '../forms.js';
import { languageOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import { marks } from './dues.js';
import { momentOf } from './moment.js';
import { campaignsKept, periodFor, periodKept, readerOf } from './period-access.js';
import { addPeriods, changePeriod, faultsOfPlan, mustBeOpen, removePeriod } from './period-commands.js';
import { periodFields, periodFrom, startOf, weeklyFields, weeklyFrom, type Start } from './period-form.js';
import { periodsPage } from './period-list.js';
import { periodPage, type Narrowed } from './period-page.js';
import { periodsOf, type Campaign, type PeriodOfCampaign } from './period-queries.js';
import { weekdayOf, weeklyPeriods, type Period, type PlannedPeriod } from './periods.js';

interface One { readonly Params: { readonly id: string } }

/** 填报周期: what was owed and what was there, for whoever works on a campaign; kept by its host office and the administrator. */
export function periodRoutes(app: FastifyInstance, { house }: { house: House }): void {
  app.get('/reporting/periods', async (request, reply) => {
    const t = words(languageOf(request));
    return reply.page('reporting/periods', t('nav.periods'), await periodsPage(house, readerOf(request), bodyText(request.query, 'show') === 'ahead', pageIn(request.query), t));
  });

  app.get('/reporting/periods/new', async (request, reply) => {
    const t = words(languageOf(request));
    const kept = await campaignsKept(house, readerOf(request));
    return reply.page('reporting/period-form', t('period.new'), newPage(house, kept, request.query, null, [], t));
  });

  app.post('/reporting/periods', async (request, reply) => {
    const t = words(languageOf(request));
    const person = readerOf(request);
    const kept = await campaignsKept(house, person);
    try {
      return await planned(request, reply, person, campaignIn(request.body, kept, house.clock.zone), t);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return reply.page('reporting/period-form', t('period.new'), newPage(house, kept, request.body, request.body, toldOf(request.body, error.refusals), t), error.refusals.length > 0 ? 422 : 200);
    }
  });

  app.get<One>('/reporting/periods/:id', async (request, reply) => {
    const t = words(languageOf(request));
    const person = readerOf(request);
    const of = await periodFor(house, person, request.params.id);
    return reply.page('reporting/period', `${of.campaign.name} ${of.period.name}`, await periodPage(house, person, of, narrowedBy(request.query), t));
  });

  app.get<One>('/reporting/periods/:id/change', async (request, reply) => {
    const of = await periodKept(house, readerOf(request), request.params.id);
    mustBeOpen(of.period, house.clock.occurring());
    return reply.page('reporting/period-form', of.period.name, changePage(house, of, null, [], words(languageOf(request))));
  });

  app.post<One>('/reporting/periods/:id', async (request, reply) => {
    const person = readerOf(request);
    const of = await periodKept(house, person, request.params.id);
    try {
      await changePeriod(house, person, of.period, versionIn(request.body), unmoved(of, periodFrom(request.body, house.clock.zone), house.clock.zone));
      return await done(request, reply, `/reporting/periods/${of.period.id}`);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      const now = await periodKept(house, person, request.params.id);
      return reply.page('reporting/period-form', of.period.name, changePage(house, now, request.body, error.refusals, words(languageOf(request))), 422);
    }
  });

  app.post<One>('/reporting/periods/:id/removal', async (request, reply) => {
    const person = readerOf(request);
    const of = await periodKept(house, person, request.params.id);
    await removePeriod(house, person, of.period, versionIn(request.body));
    return done(request, reply, '/reporting/periods?show=ahead');
  });

  /** The first sending shows what would be added; the second adds just that, once. */
  async function planned(request: FastifyRequest, reply: FastifyReply, person: Person, campaign: Campaign, t: Words): Promise<FastifyReply> {
    const [now, kept] = [house.clock.occurring(), await periodsOf(house.db.reader, campaign.id)];
    const plan = planFrom(request.body, house.clock.zone, now, kept);
    if (bodyText(request.body, 'step') === 'add') {
      await addPeriods(house, person, campaign.id, plan, bodyText(request.body, 'key') || randomUUID());
      return done(request, reply, plan.some(({ opensAt }) => opensAt <= now) ? '/reporting/periods' : '/reporting/periods?show=ahead');
    }
    const wrong = faultsOfPlan(kept, plan, now);
    if (wrong.length > 0 || bodyText(request.body, 'step') === 'edit') throw new InvalidError(wrong);
    return reply.page('reporting/period-plan', t('period.new'), await planPage(house, campaign, plan, request.body, t));
  }
}

function done(request: FastifyRequest, reply: FastifyReply, to: string): FastifyReply {
  request.session.flash = 'flash.saved';
  return reply.redirect(to, 303);
}

function versionIn(body: unknown): number {
  return Number(bodyText(body, 'version')) || 0;
}

function pageIn(query: unknown): number {
  const text = bodyText(query, 'page');
  return /^[1-9]\d{0,5}$/u.test(text) ? Number(text) : 1;
}

/** Without a mark the page begins with what is missing: that is what it is opened for. */
function narrowedBy(query: unknown): Narrowed {
  const [mark, unit] = [bodyText(query, 'mark'), bodyText(query, 'unit')];
  return { mark: mark === 'all' ? null : marks.find((each) => each === mark) ?? 'missing', unitId: /^\d{1,12}$/u.test(unit) ? Number(unit) : null, page: pageIn(query) };
}

/** The form shows minutes: an opening that was not touched stays the instant that it was. */
function unmoved({ period }: PeriodOfCampaign, typed: PlannedPeriod, zone: string): PlannedPeriod {
  return localTime(zone, typed.opensAt) === localTime(zone, period.opensAt) ? { ...typed, opensAt: period.opensAt } : typed;
}

/** What was typed, as periods; none of a series whose cut-offs have all passed. Throws InvalidError with every fault. */
function planFrom(body: unknown, zone: string, now: string, kept: readonly Period[]): readonly PlannedPeriod[] {
  return isWeekly(body) ? weeklyPeriods(weeklyFrom(body, kept.length + 1), zone, now, kept.some(({ opensAt }) => opensAt <= now)) : [periodFrom(body, zone)];
}

/** The campaign that was chosen. Throws InvalidError, with what else is wrong. */
function campaignIn(body: unknown, kept: readonly Campaign[], zone: string): Campaign {
  const campaign = kept.find(({ id }) => String(id) === bodyText(body, 'campaignId'));
  if (campaign) return campaign;
  const missing: Refusal = { rule: 'field.required', kind: 'input', params: { name: 'period.campaignId' }, field: 'campaignId' };
  try {
    planFrom(body, zone, '', []);
  } catch (error) {
    if (error instanceof InvalidError) throw new InvalidError([missing, ...error.refusals]);
    throw error;
  }
  throw new InvalidError([missing]);
}

/** Where the form of a series says what that of one period says elsewhere. */
const seriesFields: Readonly<Record<string, string>> = { opensOn: 'from', cutOffOn: 'from', name: 'pattern' };

/** Of a series of thirty that all overlap five are enough; its form has other fields than that of one period. */
function toldOf(body: unknown, refusals: readonly Refusal[]): readonly Refusal[] {
  const placed = refusals.map((refusal) => (isWeekly(body) && refusal.field !== null ? { ...refusal, field: seriesFields[refusal.field] ?? refusal.field } : !isWeekly(body) && refusal.field === 'to' ? { ...refusal, field: 'cutOffOn' } : refusal));
  return [...new Map(placed.map((refusal) => [JSON.stringify(refusal), refusal])).values()].slice(0, 5);
}

function isWeekly(body: unknown): boolean {
  return bodyText(body, 'kind') === 'weekly';
}

function newPage(house: House, kept: readonly Campaign[], asked: unknown, typed: unknown, refusals: readonly Refusal[], t: Words): Pages['reporting/period-form'] {
  const weekly = isWeekly(asked);
  const chosen = bodyText(asked, 'campaignId') || (kept.length === 1 ? String(kept[0]?.id) : '');
  const start = startFor(house, weekly, t);
  return {
    crumbs: [{ label: t('nav.periods'), href: '/reporting/periods' }, { label: t(weekly ? 'period.weekly' : 'period.one'), href: null }], title: t(weekly ? 'period.weekly' : 'period.one'), hint: t('period.hint'), action: '/reporting/periods', hidden: [{ name: 'kind', value: weekly ? 'weekly' : 'one' }],
    faults: faultsOf(refusals, t), version: 0, removal: null, verb: t('period.preview'), cancel: '/reporting/periods',
    fields: [
      selectField({ name: 'campaignId', label: t('field.period.campaignId'), required: true, choices: kept.map(({ id, name }) => choice(id, name, String(id) === chosen)), error: refusals.some(({ field }) => field === 'campaignId') ? t('rule.field.required', { name: t('field.period.campaignId') }) : null }),
      ...(weekly ? weeklyFields(typed, start, refusals, t) : periodFields(typed, start, refusals, t)),
    ],
  };
}

/** This week and the next eleven, or next week: Monday to Thursday noon. */
function startFor(house: House, weekly: boolean, t: Words): Start {
  const today = house.clock.today();
  const monday = plusDays(today, 1 - weekdayOf(today));
  if (weekly) return { pattern: t('period.pattern'), opensWeekday: '1', opensTime: '00:00', weekday: '4', time: '12:00', from: today, to: plusDays(monday, 7 * 11 + 6) };
  return { opensOn: plusDays(monday, 7), opensTime: '00:00', cutOffOn: plusDays(monday, 10), cutOffTime: '12:00' };
}

async function planPage(house: House, campaign: Campaign, plan: readonly PlannedPeriod[], body: unknown, t: Words): Promise<Pages['reporting/period-plan']> {
  const calendar = await house.calendar();
  const moment = (instant: string): string => momentOf(instant, house.clock.zone, t);
  const rows = plan.map(({ name, opensAt, cutOffAt }) => {
    const date = localTime(house.clock.zone, cutOffAt).slice(0, 10);
    const note = isWorkingDay(date, calendar) ? (isLoaded(date, calendar) ? '' : t('period.notLoaded')) : t('period.dayOff', { name: calendar.days[date]?.name ?? t('period.weekend') });
    return { name, opens: moment(opensAt), cutOff: moment(cutOffAt), note };
  });
  const names = ['kind', 'campaignId', 'name', 'opensOn', 'opensTime', 'cutOffOn', 'cutOffTime', 'pattern', 'first', 'opensWeekday', 'weekday', 'time', 'from', 'to'];
  const off = plan.filter(({ cutOffAt }) => !isWorkingDay(localTime(house.clock.zone, cutOffAt).slice(0, 10), calendar)).length;
  return {
    crumbs: [{ label: t('nav.periods'), href: '/reporting/periods' }, { label: t('period.planned'), href: null }], title: t('period.planned'), summary: t('period.summary', { campaign: campaign.name, count: plan.length }), warning: off > 0 ? t('period.daysOff', { count: off }) : null,
    action: '/reporting/periods', key: randomUUID(), hidden: [...names.map((name) => ({ name, value: bodyText(body, name) })).filter(({ value }) => value !== ''), { name: 'step', value: 'add' }], rows, verb: t('period.add', { count: plan.length }),
  };
}

function changePage(house: House, { period, campaign }: PeriodOfCampaign, typed: unknown, refusals: readonly Refusal[], t: Words): Pages['reporting/period-form'] {
  const href = `/reporting/periods/${period.id}`;
  return {
    crumbs: [{ label: t('nav.periods'), href: '/reporting/periods' }, { label: `${campaign.name} ${period.name}`, href }, { label: t('period.change'), href: null }], title: t('period.change'), hint: t('period.changeHint'), action: href, hidden: [], faults: faultsOf(refusals, t),
    fields: periodFields(typed, startOf(period, house.clock.zone), refusals, t), verb: t('people.save'), removal: period.opensAt > house.clock.occurring() ? `${href}/removal` : null, version: period.version, cancel: href,
  };
}
