import type { Fact } from '../../views/pages/findings.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { House } from '../context.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { peopleNames } from '../people/names.js';
import { findingQueries, type Loaded } from './queries.js';

/** What somebody must have before their eyes while they fill in a form: problem, standard, and for a verdict the claim and the last send-back. */
export async function contextFacts(house: House, { row, snapshot: { context } }: Loaded, event: string, t: Words): Promise<readonly Fact[]> {
  const queries = findingQueries(house.db.reader);
  const texts = await queries.texts(row.id);
  const facts = [
    [t('aspect.problem'), texts?.description ?? ''], [t('field.requirement'), texts?.requirement ?? ''], [t('field.closureStandard'), texts?.closureStandard ?? ''],
    [t(context.deadline === null && context.checkBy !== null ? 'field.checkBy' : 'field.deadline'), context.deadline ?? context.checkBy ?? ''], ...(inspected.includes(event) ? await whoMayNot(house, context, t) : []), ...(planned.includes(event) && context.measures.length > 0 ? [[t('finding.measures'), measuresIn(context, await house.tree(), t)] as const] : []), ...(verdicts.includes(event) ? await lastWords(house, row.id, t) : []),
    ...(context.extension && ['GRANT', 'REFUSE'].includes(event) ? [[t('event.REQUEST_EXTENSION'), `${context.extension.date ?? ''} ${context.extension.reason}`] as const] : []),
    ...(context.reopening && ['REOPEN', 'REFUSE_REOPENING'].includes(event) ? [[t('event.PROPOSE_REOPENING'), context.reopening.reason] as const] : []),
    ...(event === 'REPLY_INSTRUCTION' ? context.instructions.filter((each) => !each.replied).map((each) => [t('event.INSTRUCT'), `${each.byName}：${each.text}`] as const) : []),
  ] as const;
  return facts.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
}

/** What is done by people who had no hand in it: they see whose it was before they set out. */
const inspected = ['ASSIGN_VERIFICATION', 'PASS', 'SEND_BACK', 'LOOK_BACK', 'SPOT_CHECK'];

/** With whom it lies, and who therefore neither verifies nor comes along: people of these units, and whoever reported or claimed. */
export async function whoMayNot(house: House, { leadUnitId, jointLeadUnitIds, responsibleUnitIds, supportingUnitIds, verifierIds, verifyBy, marks }: FindingContext, t: Words): Promise<readonly (readonly [string, string])[]> {
  const tree = await house.tree();
  const units = [...new Set([leadUnitId, ...jointLeadUnitIds, ...responsibleUnitIds, ...supportingUnitIds])].map((id) => (tree.short(id))).filter(Boolean);
  const reported = [...new Set(marks.filter(({ duty }) => duty === 'report' || duty === 'claim').map(({ personId }) => personId))];
  const names = await peopleNames(house.db.reader, [...reported, ...verifierIds]);
  const named = (ids: readonly number[]): string => [...new Set(ids.map((id) => names.get(id) ?? '').filter(Boolean))].join(t('list.and'));
  return [
    [t('field.leadUnitId'), leadUnitId === null ? '' : tree.unit(leadUnitId)?.name ?? ''],
    [t('field.verifierIds'), [named(verifierIds), verifyBy && t('verification.until', { date: verifyBy })].filter(Boolean).join('')],
    [t('verification.barred'), [t('verification.barredUnits', { units: units.join(t('list.and')) }), named(reported) && t('verification.barredPeople', { names: named(reported) })].filter(Boolean).join('\n')],
  ];
}

/** What is decided on with the plan before one's eyes. */
const planned = ['SIGN_PLAN', 'RETURN_PLAN', 'GIVE_OPINION', 'APPROVE_PLAN', 'REJECT_PLAN', 'SIGN_CLAIM', 'RETURN_CLAIM', 'PASS', 'SEND_BACK', 'CLOSE'];

/** One measure a line: what, who, by when, what comes of it, how far it is. */
function measuresIn({ measures }: FindingContext, tree: UnitTree, t: Words): string {
  return measures.map((each) => [`${each.id}. ${each.text}`, [tree.unit(each.ownerUnitId)?.shortName, each.owner].filter(Boolean).join(' '), each.dueOn, each.deliverable, each.done ? t('finding.done') : `${each.percent}%`].filter(Boolean).join(' · ')).join('\n');
}

/** Decisions, and what answers them: whoever fills them in must know how it came to this. */
const verdicts = ['PASS', 'SEND_BACK', 'CLOSE', 'GIVE_OPINION', 'ASSIGN_VERIFICATION', 'SIGN_CLAIM', 'RETURN_CLAIM', 'CLAIM', 'REPORT', 'SUBMIT_PLAN', 'APPROVE_PLAN', 'REJECT_PLAN', 'SIGN_PLAN', 'LOOK_BACK', 'SPOT_CHECK', 'CONFIRM', 'DISMISS', 'SEND_BACK_CHECK', 'REPORT_CHECK', 'ASSIGN', 'REASSIGN'];
const told = ['REPORT_CHECK', 'SEND_BACK_CHECK', 'RETURN', 'SUBMIT_PLAN', 'REJECT_PLAN', 'RETURN_PLAN', 'CLAIM', 'RETURN_CLAIM', 'SEND_BACK', 'PASS', 'SPOT_CHECK'];

/** The last claim, verdict, return and check report, as they were written, in the order in which they came; a claim with its self-check. */
async function lastWords(house: House, findingId: number, t: Words): Promise<readonly (readonly [string, string])[]> {
  const events = await findingQueries(house.db.reader).events(findingId, null, 50);
  const last = events.filter(({ type }, index) => told.includes(type) && events.findIndex((each) => each.type === type) === index);
  return last.toReversed().map((event) => {
    const data: Readonly<Record<string, unknown>> = JSON.parse(event.payload);
    const text = [data['text'], data['missing'], data['note'], data['reason']].find((value) => typeof value === 'string' && value !== '');
    return [`${t(`event.${event.type}`)} ${event.occurredOn}`, [found(data['result'], event.type, t), typeof text === 'string' ? text : '', visitedBy(data, t), ...ticked(data['checklist'], t)].filter(Boolean).join('\n')] as const;
  });
}

/** What a look at it found, before the words that were written. */
function found(result: unknown, type: string, t: Words): string {
  return type === 'SPOT_CHECK' && typeof result === 'string' ? t(`choice.result.${result}`) : '';
}

/** How an earlier verdict came about: by which method, and with whom. */
function visitedBy({ method, companions }: Readonly<Record<string, unknown>>, t: Words): string {
  const names = Array.isArray(companions) ? companions.filter((name) => typeof name === 'string').join(t('list.and')) : '';
  return [typeof method === 'string' ? t(`choice.method.${method}`) : '', names && t('verification.companions', { names })].filter(Boolean).join(' · ');
}

function ticked(checklist: unknown, t: Words): readonly string[] {
  return typeof checklist === 'object' && checklist !== null ? Object.entries(checklist).map(([key, yes]) => `${yes === true ? '✓' : '✗'} ${t(`choice.checklist.${key}`)}`) : [];
}
