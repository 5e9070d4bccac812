import type { Row } from '../../db/changeset.js';
import type { findingEvents } from '../../db/schema/index.js';
import type { Actor, OnBehalf } from '../../workflows/actor.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';

/** A fact in words: who did what, when, with what was written, and for whom. */
export interface Told {
  readonly on: string;
  readonly sentence: string;
  readonly note: string | null;
  readonly behalf: string | null;
}

type Event = Pick<Row<typeof findingEvents>, 'type' | 'actor' | 'onBehalf' | 'occurredOn' | 'payload' | 'dates'>;

/**
 * An event as a sentence in the reader's language; numbers in `hidden` do not exist for them, `parent` is the number of the finding of which this one is a part.
 * The fact and the sentence about it are two things: the event never changes.
 */
export function sentenceOfEvent(row: Event, t: Words, tree: UnitTree, hidden: ReadonlySet<string> = new Set(), parent: string | null = null): Told {
  const actor: Actor = JSON.parse(row.actor);
  const behalf: OnBehalf | null = row.onBehalf === null ? null : JSON.parse(row.onBehalf);
  const data: Readonly<Record<string, unknown>> = JSON.parse(row.payload);
  const doer = behalf?.principal ?? actor;
  const family = familySentence(row.type, data, t, tree, hidden);
  if (family !== null) return { on: row.occurredOn, sentence: family, note: null, behalf: null };
  const who = doer.role === 'system' ? systemWords(row.type, parent, t) : t('sentence.who', { unit: doer.unitName, role: t(`role.${doer.role}`), name: doer.name });
  const details = detailsOf(data, JSON.parse(row.dates), t, tree, hidden);
  return {
    on: row.occurredOn,
    sentence: t(details ? 'sentence.with' : 'sentence.did', { who, event: t(row.type === 'LIST' && data['suspected'] === true ? 'sentence.clue' : `event.${row.type}`), details }),
    note: noteOf(data),
    behalf: behalf && t('sentence.behalf', { typist: actor.name, name: behalf.principal.name, number: behalf.basisNumber, date: behalf.basisDate }),
  };
}

/** A part is listed and assigned by the event of its parent, and by nobody else. */
function systemWords(type: string, parent: string | null, t: Words): string {
  return parent !== null && (type === 'LIST' || type === 'ASSIGN') ? t('sentence.along', { parent }) : t('sentence.system');
}

/** What a finding learns of its parts and of its parent: which, and what has become of it. Null for every other event. */
function familySentence(type: string, data: Readonly<Record<string, unknown>>, t: Words, tree: UnitTree, hidden: ReadonlySet<string>): string | null {
  const date = typeof data['deadline'] === 'string' ? data['deadline'] : t('sentence.none');
  if (type === 'PARENT_CHANGED') return t(data['bindsOnly'] === true ? 'sentence.parentBinds' : 'sentence.parentChanged', { date });
  if (type !== 'PART_CHANGED') return null;
  // What becomes of a part is told to whoever sees it.
  if (typeof data['part'] === 'string' && hidden.has(data['part'])) return t('sentence.partElsewhere');
  const unit = typeof data['unitId'] === 'number' ? tree.short(data['unitId']) : '';
  const number = typeof data['part'] === 'string' ? data['part'] : '';
  const part = unit === '' ? number : t('sentence.partOf', { number, unit });
  if (data['bindsOnly'] === true) return t('sentence.partBinds', { part });
  return data['open'] === true ? t('sentence.partOpen', { part, date }) : t('sentence.partOver', { part, end: t(`stage.${typeof data['ended'] === 'string' ? data['ended'] : 'closed'}`) });
}

/** The short facts of an event, each by its own words: units by name, choices by label. */
function detailsOf(data: Readonly<Record<string, unknown>>, dates: Readonly<Record<string, string>>, t: Words, tree: UnitTree, hidden: ReadonlySet<string>): string {
  const unit = (id: unknown): string => (typeof id === 'number' ? tree.unit(id)?.name ?? '' : '');
  const units = ['checkUnitId', 'handedOnTo', 'leadUnitId', 'sectorUnitId', 'suggestedUnitId', 'unitId'].flatMap((name) => (unit(data[name]) ? [pair(t, name === 'leadUnitId' && data['straightOn'] === false ? 'suggestedUnitId' : name, unit(data[name]))] : []));
  const lists = ['responsibleUnitIds', 'supportingUnitIds', 'jointLeadUnitIds'].flatMap((name) => (Array.isArray(data[name]) ? [pair(t, name, data[name].map(unit).filter(Boolean).join('、'))] : []));
  const choices = ['severity', 'rectificationType', 'result', 'opinion', 'outcome', 'method'].flatMap((name) => (typeof data[name] === 'string' ? [pair(t, name, t(`choice.${name}.${data[name]}`))] : []));
  const plain = ['checkBy', 'deadline', 'requestedDate', 'reviewOn', 'verifyBy', 'decisionNumber', 'receiver', 'target', 'from', 'responsible', 'leadLeader', 'supervisor', 'part', 'merged', 'splitFrom'].flatMap((name) => (typeof data[name] === 'string' && data[name] !== '' && !hidden.has(data[name]) ? [pair(t, name, data[name])] : []));
  const people = [...namesIn(t, 'verifierIds', data['verifiers']), ...namesIn(t, 'companions', data['companions'])];
  const rows = Array.isArray(data['measures']) ? [t('sentence.measures', { count: data['measures'].length })] : [];
  // Whom parts went to is told to whoever sees all of them.
  const handed = Array.isArray(data['parts']) && hidden.size === 0 ? data['parts'].map(recordOf) : [];
  const parts = handed.map(({ unitId, deadline }) => t('sentence.partTo', { unit: unit(unitId), date: String(deadline) }));
  const files = Array.isArray(data['evidence']) && data['evidence'].length > 0 ? [t('sentence.files', { count: data['evidence'].length })] : [];
  const window = ['acceptBy', 'noticeUntil'].flatMap((name) => (dates[name] ? [pair(t, name, dates['uncertain'] === name ? t('sentence.uncertain', { date: dates[name] }) : dates[name])] : []));
  const known = Array.isArray(data['numbers']) ? data['numbers'].filter((number) => !hidden.has(number)) : [];
  const numbers = known.length > 0 ? [pair(t, 'splitInto', known.join('、'))] : [];
  const followed = Object.entries(recordOf(data['succession'])).map(([from, to]) => t('sentence.becomes', { old: unit(Number(from)), new: unit(to) }));
  return [...units, ...lists, ...choices, ...plain, ...numbers, ...followed, ...amendedIn(data, t), ...reclassifiedIn(data, t), ...people, ...rows, ...parts, ...files, ...window].join(t('sentence.comma'));
}

/** What was, and what is: only of the texts that an amendment changed. */
function amendedIn(data: Readonly<Record<string, unknown>>, t: Words): readonly string[] {
  const text = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : t('sentence.none'));
  return Object.entries(recordOf(data['before'])).flatMap(([name, old]) => (typeof data[name] === 'string' && data[name] !== '' && data[name] !== old ? [pair(t, name, t('sentence.becomes', { old: text(old), new: text(data[name]) }))] : []));
}

function reclassifiedIn({ categoryWas, categoryIs }: Readonly<Record<string, unknown>>, t: Words): readonly string[] {
  const name = (category: unknown): string => String(recordOf(category)['name'] ?? t('sentence.none'));
  return categoryIs === undefined ? [] : [pair(t, 'categoryId', t('sentence.becomes', { old: name(categoryWas), new: name(categoryIs) }))];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** People, as names or as somebody with a name. Each may stand there once for each of their posts. */
function namesIn(t: Words, label: string, value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  const names = all.map((each): unknown => (typeof each === 'object' && each !== null ? Reflect.get(each, 'name') : each)).filter((name) => typeof name === 'string');
  return names.length > 0 ? [pair(t, label, [...new Set(names)].join('、'))] : [];
}

function pair(t: Words, name: string, value: string): string {
  return t('sentence.pair', { label: t(`field.${name}`), value });
}

function noteOf(data: Readonly<Record<string, unknown>>): string | null {
  const texts = ['text', 'note', 'reason', 'missing', 'basis', 'lateReason'].map((name) => data[name]).filter((value): value is string => typeof value === 'string' && value !== '');
  return texts.length > 0 ? texts.join('\n') : null;
}
