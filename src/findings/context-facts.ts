import type { Fact } from '../../views/pages/findings.js';
import type { House } from '../context.js';
import type { Words } from '../words.js';
import { findingQueries, type Loaded } from './queries.js';

/** What somebody must have before their eyes while they fill in a form: problem, standard, and for a verdict the claim and the last send-back. */
export async function contextFacts(house: House, { row, snapshot: { context } }: Loaded, event: string, t: Words): Promise<readonly Fact[]> {
  const queries = findingQueries(house.db.reader);
  const texts = await queries.texts(row.id);
  const facts = [
    [t('aspect.problem'), texts?.description ?? ''], [t('field.requirement'), texts?.requirement ?? ''], [t('field.closureStandard'), texts?.closureStandard ?? ''],
    [t('field.deadline'), context.deadline ?? context.checkBy ?? ''], ...(verdicts.includes(event) ? await lastWords(house, row.id, t) : []),
    ...(context.extension && ['GRANT', 'REFUSE'].includes(event) ? [[t('event.REQUEST_EXTENSION'), `${context.extension.date ?? ''} ${context.extension.reason}`] as const] : []),
    ...(context.reopening && ['REOPEN', 'REFUSE_REOPENING'].includes(event) ? [[t('event.PROPOSE_REOPENING'), context.reopening.reason] as const] : []),
    ...(event === 'REPLY_INSTRUCTION' ? context.instructions.filter((each) => !each.replied).map((each) => [t('event.INSTRUCT'), `${each.byName}:${each.text}`] as const) : []),
  ] as const;
  return facts.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
}

const verdicts = ['PASS', 'SEND_BACK', 'CLOSE', 'GIVE_OPINION', 'ASSIGN_VERIFICATION', 'SIGN_CLAIM', 'LOOK_BACK', 'SPOT_CHECK', 'CONFIRM', 'DISMISS', 'SEND_BACK_CHECK'];

/** The last claim, verdict and check report, as they were written. */
async function lastWords(house: House, findingId: number, t: Words): Promise<readonly (readonly [string, string])[]> {
  const events = await findingQueries(house.db.reader).events(findingId, null, 50);
  return ['REPORT_CHECK', 'CLAIM', 'SEND_BACK', 'PASS'].flatMap((type) => {
    const found = events.find((event) => event.type === type);
    if (!found) return [];
    const data: Readonly<Record<string, unknown>> = JSON.parse(found.payload);
    const text = [data['text'], data['missing'], data['note']].find((value) => typeof value === 'string');
    return [[`${t(`event.${type}`)} ${found.occurredOn}`, typeof text === 'string' ? text : ''] as const];
  });
}
