import { changeset, deleteRows, insertRow, together, type Changeset } from '../../../db/changeset.js';
import type { DueTimer } from '../../../db/database.js';
import { commandKeys, timers } from '../../../db/schema/index.js';
import { definitionOf } from '../../../workflows/registry.js';
import { step } from '../../../workflows/step.js';
import { timersOf } from '../../../workflows/timers.js';
import type { EventDefinition } from '../../../workflows/event.js';
import type { Refusal, StepResult, WorkflowEvent } from '../../../workflows/types.js';
import { dateIn } from '../../clock.js';
import type { House, Person } from '../../context.js';
import { ChangedError, RefusedError } from '../../errors.js';
import { actorsOf } from '../actors.js';
import { loadInScope } from '../load.js';
import { findingQueries, type Loaded } from '../queries.js';
import { basisErrors, occurrenceOf, signedThen, type Behalf } from './behalf.js';
import { openDraft, type Draft } from './draft.js';
import { citedErrors, evidenceRows, withEvidence, type NewEvidence } from './evidence.js';
import { given } from './given.js';
import { commandKeyOf } from './key.js';
import { nearest } from './nearest.js';
import { consequences } from './consequences.js';
import { warnAgainstTheCheck, warnOfNobodyLeft } from './staffing.js';
import { retried } from '../../../db/retried.js';
import { systemEvent } from './system-event.js';

export type { NewEvidence } from './evidence.js';

/** What somebody asks to be done to one finding. */
export interface Request {
  readonly number: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** seq of the last moving event that the form was made from; null when nothing was shown (command line, API). */
  readonly seen: number | null;
  readonly onBehalf: Behalf | null;
  /** files that came with the form, stored already: they become evidence in the same changeset. */
  readonly files: readonly NewEvidence[];
  /** refuse it, with a warning, when nobody would be left to verify or close. */
  readonly warn?: boolean;
  /** what the form of this row said that cannot be read as what it asks for. */
  readonly wrong?: readonly Refusal[];
}

export interface Outcome {
  readonly number: string;
  readonly location: string;
  /** true when the same form had been sent before: its one effect stands. */
  readonly repeated: boolean;
}

/**
 * THE write on a finding: loads it in the person's scope, asks the workflow, records the event, commits one changeset.
 * Throws NotVisibleError, RefusedError (who, state, input), ChangedError (the stage moved since the form was opened).
 * A second submit under one command key answers with the first one's outcome; the key counts for this person, finding and event alone.
 * `along` is written in the same changeset.
 */
export async function act(house: House, person: Person, request: Request, commandKey: string, seen: Loaded | null = null, along: Beside = nothingElse): Promise<Outcome> {
  const key = keyOfRequest(person, request, commandKey);
  // What the caller has just loaded in the person's scope serves the first try; the version in its row says whether it still stands.
  let loaded = seen;
  try {
    return await retried(async () => {
      const draft = openDraft(house);
      const first = loaded;
      loaded = null;
      const done = await prepare(house, person, request, draft, first);
      const { number } = done;
      const location = `/findings/${number}`;
      const once = insertRow(commandKeys, { key, personId: person.id, location, at: house.clock.now() }, 'command key');
      await house.db.commit(together(changeset(once), await draft.changes(), await along(done, draft.byNumber)));
      return { number, location, repeated: false };
    });
  } catch (error) {
    // The same form a second time meets its own key, or finds that the finding has moved on by it.
    const first = await doneBefore(house, person, request, commandKey);
    if (first) return first;
    throw error;
  }
}

/** What is written in the same changeset as one action: made anew for every try, since what it is numbered from may have moved. */
export type Beside = (done: Prepared, asItWillBe: Draft['byNumber']) => Promise<Changeset>;

const nothingElse: Beside = () => Promise.resolve(changeset());

/** The outcome of the same form when it was sent before; null when this is the first time. */
export async function doneBefore(house: House, person: Person, request: Pick<Request, 'event' | 'number'>, commandKey: string): Promise<Outcome | null> {
  const first = await findingQueries(house.db.reader).commandKey(keyOfRequest(person, request, commandKey));
  return first && { number: request.number, location: first.location, repeated: true };
}

function keyOfRequest(person: Person, { event, number }: Pick<Request, 'event' | 'number'>, commandKey: string): string {
  return commandKeyOf(person, `${event} ${number}`, commandKey);
}

/** Throws ChangedError when the form was made before the stage moved; what is only added to a finding is never in the way. */
export function mustBeFresh({ row }: Loaded, definition: EventDefinition | undefined, seen: number | null): void {
  if (definition?.freshness === 'stage' && seen !== null && seen < row.movedSeq) throw new ChangedError('the stage moved', { number: row.number, seen });
}

/** What acting will have done. */
export interface Prepared {
  readonly number: string;
  readonly from: string | null;
  readonly to: string;
  /** the finding as it will be. */
  readonly next: Loaded;
}

/** Everything that acting would write, into the draft, without writing it: single actions, batches and previews all go through here. */
export async function prepare(house: House, person: Person, request: Request, draft: Draft, seen: Loaded | null = null): Promise<Prepared> {
  const loaded = draft.latest(seen ?? (await loadInScope(house, person, request.number)));
  const definition = definitionOf(loaded.row.workflow);
  const eventDefinition = definition.events[request.event];
  mustBeFresh(loaded, eventDefinition, request.seen);
  const tree = await house.tree();
  const data = withEvidence(eventDefinition, request.data, request.files);
  const files = [...request.files, ...(request.onBehalf?.scan ? [request.onBehalf.scan] : [])];
  const occurrence = occurrenceOf(house, request.onBehalf);
  const facts = await given(house, draft, eventDefinition, data, loaded, tree, files, occurrence.today);
  const asked = { ...occurrence, type: request.event, data: { ...data, ...facts }, dates: {} };
  const result = await best(house, person, request.onBehalf && (await signedThen(house, loaded, request.onBehalf)), loaded, asked);
  const wrong = result.kind === 'refused' && result.because !== 'input' ? [] : [...(await citedErrors(house, eventDefinition, loaded, data, request.files)), ...(await basisErrors(house, loaded, request.event, request.onBehalf)), ...misplaced(request, data), ...(request.wrong ?? [])];
  if (result.kind === 'refused') throw new RefusedError(result.because, [...result.refusals, ...wrong]);
  if (wrong.length > 0) throw new RefusedError('input', wrong);
  if (request.warn) {
    warnAgainstTheCheck(loaded, request.event);
    await warnOfNobodyLeft(house, draft, loaded, result);
  }
  await consequences(house, draft, tree, loaded, result, evidenceRows(house, person, loaded, eventDefinition, data, files));
  return { number: result.snapshot.context.number, from: result.from, to: result.to, next: draft.latest(loaded) };
}

/** Of the person's posts, and of those of whom they act for, the one that may; else the one that comes nearest. */
async function best(house: House, person: Person, onBehalf: Behalf | null, { row, snapshot }: Loaded, asked: Omit<WorkflowEvent, 'actor' | 'onBehalf'>): Promise<StepResult> {
  const definition = definitionOf(row.workflow);
  const calendar = await house.calendar();
  const behalves = onBehalf ? onBehalf.principals.map((principal) => ({ principal, basisNumber: onBehalf.basisNumber, basisDate: onBehalf.basisDate, scan: onBehalf.scan?.id ?? null })) : [null];
  const actors = actorsOf(person, snapshot.context, await house.tree());
  return nearest(actors.flatMap((actor) => behalves.map((each) => step(definition, snapshot, { ...asked, actor, onBehalf: each }, calendar))));
}

/** Files that came with a form which asks for none are refused, not dropped. */
function misplaced({ files }: Request, data: Request['data']): readonly Refusal[] {
  return files.length > 0 && !Array.isArray(data['evidence']) ? [{ rule: 'unknownField', kind: 'input', params: { key: files[0]?.name ?? '' }, field: null }] : [];
}

/**
 * The engine's own event on a finding, when its timer is due: it counts as having happened at the first instant at which it may, however late. Answers false when the finding no longer wants it: its row goes, and nothing else happens.
 * Throws RefusedError when the finding wants it and its rules refuse (a defect, or a clock that was set back): the row stays.
 */
export async function actAsSystem(house: House, timer: DueTimer): Promise<boolean> {
  return retried(async () => {
    const loaded = await findingQueries(house.db.reader).byId(timer.findingId);
    const wanted = loaded && timersOf(definitionOf(loaded.row.workflow), loaded.snapshot).some((each) => each.name === timer.name && each.event === timer.event);
    if (!wanted) {
      await house.db.commit(changeset(deleteRows(timers, { findingId: timer.findingId, name: timer.name }, `timer ${timer.name}`)));
      return false;
    }
    const event = { ...systemEvent(house, timer.event, {}), occurredAt: timer.dueAt, today: dateIn(house.clock.zone, timer.dueAt) };
    const result = step(definitionOf(loaded.row.workflow), loaded.snapshot, event, await house.calendar());
    if (result.kind === 'refused') throw new RefusedError(result.because, result.refusals);
    const draft = openDraft(house);
    await consequences(house, draft, await house.tree(), loaded, result, []);
    await house.db.commit(await draft.changes());
    return true;
  });
}
