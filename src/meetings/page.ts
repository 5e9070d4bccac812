import { randomUUID } from 'node:crypto';
import type { Badge, Field, Pages } from '../../views/pages.js';
import { leaderCloses } from '../../workflows/rectification/1/closer.js';
import type { Refusal } from '../../workflows/types.js';
import { meetingResults, type MeetingResult } from './results.js';
import type { House, Person } from '../context.js';
import { faultsOf } from '../findings/form-page.js';
import { stateBadge } from '../findings/lights.js';
import { principals } from '../findings/form-world.js';
import { officePostOf } from '../findings/policy.js';
import { bodyText, choice, fileField, selectField, textField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import { itemsOf, type Meeting } from './queries.js';
import { meetingRows, type MeetingRow } from './rows.js';

const tones: Readonly<Record<Meeting['state'], Badge['tone']>> = { prepared: 'info', decided: 'good', dropped: 'quiet' };

/** What came back of a decision that could not be taken: as it was typed, what is wrong, and which rows stand in the way. */
export interface Sent {
  readonly typed: unknown;
  readonly refusals: readonly Refusal[];
  readonly rows: ReadonlyMap<string, readonly Refusal[]>;
}
export const nothingSent: Sent = Object.freeze({ typed: null, refusals: [], rows: new Map<string, readonly Refusal[]>() });

export function stateOf({ state }: Pick<Meeting, 'state'>, t: Words): Badge {
  return { label: t(`meeting.state.${state}`), tone: tones[state] };
}

/** A meeting: its list with what can be closed and why not, the form by which it decides, and afterwards its minutes. */
export async function meetingPage(house: House, person: Person, meeting: Meeting, { typed, refusals, rows: refused }: Sent, t: Words): Promise<Pages['meetings/show']> {
  const tree = await house.tree();
  const rows = await meetingRows(house, person, await itemsOf(house.db.reader, meeting.id), (channel) => t(`channel.${channel}`));
  const isOpen = meeting.state === 'prepared';
  const decides = isOpen && officePostOf(person)?.unitId === meeting.officeId;
  const leaders = decides && rows.some(({ loaded }) => leaderCloses(loaded.snapshot.context)) ? await leadersFor(house, rows) : [];
  const faults = faultsOf([...refusals, ...[...refused].flatMap(([number, each]) => each.map((refusal) => ({ ...refusal, field: `result-${number}` })))], t);
  const address = `/meetings/${meeting.id}`;
  return {
    title: meeting.title, state: stateOf(meeting, t), facts: aboutOf(meeting, tree, t), address, paper: `${address}/paper`, version: meeting.version, key: randomUUID(), decides, faults,
    summary: isOpen ? t('meeting.summary', { total: rows.length, can: rows.filter((row) => row.refusals.length === 0).length }) : summaryOf(rows, t),
    rows: rows.map((row) => rowView(row, decides, typed, refused.get(row.item.number) ?? [], tree, t)),
    fields: decides ? [textField({ name: 'decisionNumber', label: t('field.decisionNumber'), required: true, value: bodyText(typed, 'decisionNumber'), error: errorOf('decisionNumber', refusals, t) })] : [],
    behalf: leaders.length === 0 ? [] : behalfFields(leaders, typed, refusals, t),
  };
}

/** The list as it is read aloud, with room for what is decided; afterwards the minutes. */
export async function meetingPaper(house: House, person: Person, meeting: Meeting, isDemo: boolean, t: Words): Promise<Pages['meetings/paper']> {
  const tree = await house.tree();
  const rows = await meetingRows(house, person, await itemsOf(house.db.reader, meeting.id), (channel) => t(`channel.${channel}`));
  return {
    title: meeting.title, back: `/meetings/${meeting.id}`, facts: aboutOf(meeting, tree, t), notPaper: isDemo ? t('meeting.demo') : null,
    rows: rows.map((row, index) => ({ ...paperRow(row, tree, t), ordinal: index + 1 })),
    total: meeting.state === 'decided' ? summaryOf(rows, t) : t('meeting.total', { count: rows.length }), isDecided: meeting.state === 'decided',
  };
}

function aboutOf(meeting: Meeting, tree: UnitTree, t: Words): Pages['meetings/show']['facts'] {
  const all = [
    [t('relation.host'), tree.unit(meeting.officeId)?.name ?? ''], [t('field.meeting.heldOn'), meeting.heldOn], [t('field.meeting.place'), meeting.place], [t('field.meeting.attendees'), meeting.attendees],
    [t('field.decisionNumber'), meeting.decisionNumber ?? ''], [t('meeting.preparedBy'), meeting.preparedBy], [t('meeting.decidedBy'), meeting.decidedBy ?? ''],
  ] as const;
  return all.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value }));
}

function summaryOf(rows: readonly MeetingRow[], t: Words): string {
  const of = (...results: readonly MeetingResult[]): number => rows.filter(({ item }) => item.result !== null && results.includes(item.result)).length;
  return t('meeting.minutes', { total: rows.length, closed: of('closed', 'basicallyClosed'), sentBack: of('sentBack'), deferred: of('deferred') });
}

function rowView(row: MeetingRow, decides: boolean, typed: unknown, refusals: readonly Refusal[], tree: UnitTree, t: Words): Pages['meetings/show']['rows'][number] {
  const { item, loaded } = row;
  const can = row.refusals.length === 0;
  const chosen = bodyText(typed, `result.${item.number}`) || (typed === null && !can ? 'deferred' : '');
  return {
    ...paperRow(row, tree, t), href: `/findings/${item.number}`, id: `f-result-${item.number}`,
    can: item.result ? resultBadge(item.result, t) : loaded.row.stage !== 'verified' ? stateBadge(loaded.row.state, loaded.row.stage, t) : can ? { label: t('meeting.can'), tone: 'good' } : { label: t('meeting.cannot'), tone: 'warn' },
    seen: loaded.row.movedSeq, why: item.result === null && refusals.length === 0 ? row.refusals.map((refusal) => sentenceOf(refusal, t)).join(' ') : '', error: refusals.map((refusal) => sentenceOf(refusal, t)).join(' '), leaders: leaderCloses(loaded.snapshot.context) ? t('meeting.leaders') : null,
    choices: decides ? meetingResults.map((each) => choice(each, t(`meeting.result.${each}`), chosen === each)) : [], reason: bodyText(typed, `reason.${item.number}`),
  };
}

function paperRow({ item, loaded: { row }, origin, originalNumber, standard, claim, verdict }: MeetingRow, tree: UnitTree, t: Words): Omit<Pages['meetings/paper']['rows'][number], 'ordinal'> {
  return {
    number: item.number, original: [origin, originalNumber !== '' && originalNumber !== item.number && t('source.original', { number: originalNumber })].filter(Boolean).join(' '), title: row.title, unit: tree.short(row.leadUnitId), standard, claim,
    verdict: verdict ? [verdict.on, verdict.names.join('、'), verdict.note].filter(Boolean).join(' ') : '', result: item.result ? t(`meeting.result.${item.result}`) : '', why: item.reason,
  };
}

function resultBadge(result: MeetingResult, t: Words): Badge {
  return { label: t(`meeting.result.${result}`), tone: { closed: 'good', basicallyClosed: 'good', sentBack: 'bad', deferred: 'quiet' }[result] as Badge['tone'] };
}

/** Leaders for whom a row that is the leader's may be entered. */
async function leadersFor(house: House, rows: readonly MeetingRow[]): Promise<readonly Person[]> {
  const found = new Map<number, Person>();
  for (const { loaded } of rows) if (leaderCloses(loaded.snapshot.context)) for (const person of await principals(house, loaded.snapshot.context, ['leader'])) found.set(person.id, person);
  return [...found.values()];
}

function behalfFields(leaders: readonly Person[], typed: unknown, refusals: readonly Refusal[], t: Words): readonly Field[] {
  return [
    selectField({ name: 'leaderId', label: t('meeting.leader'), hint: t('meeting.leaderHint'), error: errorOf('leaderId', refusals, t), choices: leaders.map((leader) => choice(leader.id, leader.name, bodyText(typed, 'leaderId') === String(leader.id))) }),
    fileField({ name: 'scan', label: t('field.scan'), hint: t('field.scan.hint'), error: errorOf('scan', refusals, t) }),
  ];
}

function errorOf(name: string, refusals: readonly Refusal[], t: Words): string | null {
  return refusals.filter(({ field }) => field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
}
