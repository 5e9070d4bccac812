import { deleteRows, insertRow, together, type Changeset, type Statement } from '../../../db/changeset.js';
import { ConflictError } from '../../../db/errors.js';
import { commandKeys, evidence, timers } from '../../../db/schema/index.js';
import { definitionOf } from '../../../workflows/registry.js';
import { step } from '../../../workflows/step.js';
import type { OnBehalf, StepResult } from '../../../workflows/types.js';
import type { House, Person } from '../../context.js';
import { ChangedError, RefusedError } from '../../errors.js';
import { actorsOf } from '../actors.js';
import { loadInScope } from '../load.js';
import { findingQueries, type Loaded } from '../queries.js';
import { given } from './given.js';
import { partsWrites } from './parts.js';
import { nearest } from './nearest.js';
import { retried } from './retry.js';
import { systemEvent } from './system-event.js';
import { writesOf } from './write.js';

/** What somebody asks to be done to one finding. */
export interface Request {
  readonly number: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** seq of the last moving event that the form was made from; null when nothing was shown (command line, API). */
  readonly seen: number | null;
  readonly onBehalf: OnBehalf | null;
  /** files that came with the form, stored already: they become evidence in the same changeset. */
  readonly files: readonly NewEvidence[];
}

export interface NewEvidence {
  readonly id: string;
  readonly kind: 'photo' | 'document' | 'table' | 'scan' | 'other';
  readonly phase: 'before' | 'during' | 'after';
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly note: string;
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
 * A second submit under one command key answers with the first one's outcome.
 */
export async function act(house: House, person: Person, request: Request, commandKey: string): Promise<Outcome> {
  const before = await findingQueries(house.db.reader).commandKey(commandKey);
  if (before) return { number: request.number, location: before.location, repeated: true };
  const tries = async (): Promise<Outcome> => {
    const prepared = await prepare(house, person, request);
    const location = `/findings/${prepared.number}`;
    const key = insertRow(commandKeys, { key: commandKey, personId: person.id, location, at: house.clock.now() }, 'command key');
    await house.db.commit(together({ statements: [key], search: [] }, prepared.changeset));
    return { number: prepared.number, location, repeated: false };
  };
  try {
    return await retried(tries);
  } catch (error) {
    if (!(error instanceof ConflictError) || error.statement !== 'command key') throw error;
    const first = await findingQueries(house.db.reader).commandKey(commandKey);
    return { number: request.number, location: first?.location ?? `/findings/${request.number}`, repeated: true };
  }
}

export interface Prepared {
  readonly number: string;
  readonly from: string | null;
  readonly to: string;
  readonly changeset: Changeset;
}

/** Everything that acting would write, without writing it: single actions, batches and previews all go through here. */
export async function prepare(house: House, person: Person, request: Request): Promise<Prepared> {
  const loaded = await loadInScope(house, person, request.number);
  const definition = definitionOf(loaded.row.workflow);
  const eventDefinition = definition.events[request.event];
  if (eventDefinition?.freshness === 'stage' && request.seen !== null && request.seen < loaded.row.movedSeq) throw new ChangedError('the stage moved', { number: loaded.row.number, seen: request.seen });
  const tree = await house.tree();
  const facts = await given(house, eventDefinition?.given ?? [], request.data, loaded, tree);
  const data = { ...withEvidence(request), ...facts.data };
  const calendar = await house.calendar();
  const asked = { type: request.event, data, onBehalf: request.onBehalf, occurredAt: house.clock.occurring(), today: house.clock.today(), dates: {} };
  const result = nearest(actorsOf(person, loaded.snapshot.context, tree).map((actor) => step(definition, loaded.snapshot, { ...asked, actor }, calendar)));
  if (result.kind === 'refused') throw new RefusedError(result.because, result.refusals);
  const extra = [...facts.statements, ...request.files.map((file) => evidenceRow(house, person, loaded, file))];
  return { number: result.snapshot.context.number, from: result.from, to: result.to, changeset: await withConsequences(house, loaded, result, extra) };
}

/** The engine's own event on a finding: a timer that is due. Answers false when the finding no longer wants it; the timer's row goes either way. */
export async function actAsSystem(house: House, timer: { readonly findingId: number; readonly name: string; readonly event: string }): Promise<boolean> {
  return retried(async () => {
    const loaded = await findingQueries(house.db.reader).byId(timer.findingId);
    const gone = deleteRows(timers, { findingId: timer.findingId, name: timer.name }, `timer ${timer.name}`, 1);
    const result = loaded && step(definitionOf(loaded.row.workflow), loaded.snapshot, systemEvent(house, timer.event, {}), await house.calendar());
    if (!loaded || result?.kind !== 'moved') {
      await house.db.commit({ statements: [gone], search: [] });
      return false;
    }
    await house.db.commit(await withConsequences(house, loaded, result, []));
    return true;
  });
}

/** The finding's own writes, and what follows in the same transaction: its new parts, and the parent of a part. */
async function withConsequences(house: House, loaded: Loaded, moved: Extract<StepResult, { kind: 'moved' }>, extra: readonly Statement[]): Promise<Changeset> {
  const tree = await house.tree();
  const own = writesOf(house, definitionOf(loaded.row.workflow), tree, loaded, moved, extra);
  const further: Changeset[] = [];
  const news = moved.effects.filter((effect) => effect.type === 'createPart');
  if (news.length > 0) further.push(await partsWrites(house, tree, loaded, moved, news));
  for (const effect of moved.effects) if (effect.type === 'tellParent') further.push(await parentWrites(house, effect));
  return further.length === 0 ? own : together(own, ...further);
}

/** "5/6": the parent learns in the same transaction that a part opened or closed. */
async function parentWrites(house: House, { parent, part, open }: { readonly parent: string; readonly part: string; readonly open: boolean }): Promise<Changeset> {
  const loaded = await findingQueries(house.db.reader).byNumber(parent);
  if (!loaded) throw new Error(`The part ${part} names a parent ${parent} that is not there.`);
  const definition = definitionOf(loaded.row.workflow);
  const result = step(definition, loaded.snapshot, systemEvent(house, 'PART_CHANGED', { part, open }), await house.calendar());
  if (result.kind === 'refused') throw new RefusedError(result.because, [{ rule: 'parentNotOpen', kind: 'state', params: { number: parent }, field: null }]);
  return writesOf(house, definition, await house.tree(), loaded, result);
}

function withEvidence({ data, files }: Request): Request['data'] {
  if (files.length === 0) return data;
  const chosen = Array.isArray(data['evidence']) ? data['evidence'] : [];
  return { ...data, evidence: [...chosen, ...files.map((file) => file.id)] };
}

function evidenceRow(house: House, person: Person, loaded: Loaded, file: NewEvidence): Statement {
  return insertRow(evidence, { ...file, findingId: loaded.row.id, eventSeq: loaded.row.version + 1, uploadedBy: person.id, uploadedAt: house.clock.now() });
}
