import { changeset } from '../../db/changeset.js';
import type { Refusal } from '../../workflows/types.js';
import type { House, Person } from '../context.js';
import { NotVisibleError, RefusedError } from '../errors.js';
import { act } from '../findings/commands/act.js';
import { loadInScope } from '../findings/load.js';
import type { Loaded } from '../findings/queries.js';
import { deleteDraft, draftKey, draftsOf, isDraftRace, isEmpty, isSame, saveDraft, type Written } from './drafts.js';
import { currentMarks, ownUnits, reportingUnit } from './grid.js';
import { numbersIn, seenIn, writtenIn } from './written.js';

/** What became of the rows: `done` of them were taken; those refused say why. */
export interface Answers {
  readonly done: number;
  readonly refused: ReadonlyMap<string, readonly Refusal[]>;
}

/** Rows written at once: the writer thread lets those that wait share a sync. */
const atOnce = 8;
/** As long as the workflow lets a report be. */
const mostText = 20_000;

/** Row by row, each in a transaction of its own that clears its draft: one that is refused holds up nobody else's, and a second sending of the page repeats none. */
export async function sendReports(house: House, person: Person, body: unknown, key: string): Promise<Answers> {
  return eachRow(body, async (number) => {
    const loaded = await loadInScope(house, person, number);
    const written = writtenIn(body, number, loaded.snapshot.context.measures);
    if (isEmpty(written)) return false;
    mustBePercentages(written);
    const unitId = await unitOf(house, person, loaded);
    const asked = { number, event: 'REPORT', data: dataOf(written), seen: null, onBehalf: null, files: [] };
    const drafted = unitId === null ? [] : deleteDraft({ findingId: loaded.row.id, unitId }, seenIn(body, number));
    const { repeated } = await act(house, person, asked, `${key} ${number}`, loaded, () => Promise.resolve(changeset(...drafted)));
    return !repeated;
  });
}

function dataOf({ text, nothingNew, progress }: Written): Readonly<Record<string, unknown>> {
  return { ...(text === '' ? {} : { text }), nothingNew, ...(progress.length === 0 ? {} : { progress }) };
}

/** Keeps what was written for the unit, without sending it. Rows that are as they were are left alone. */
export async function keepDrafts(house: House, person: Person, body: unknown): Promise<Answers> {
  return eachRow(body, async (number) => {
    const loaded = await loadInScope(house, person, number);
    return kept(house, person, loaded, writtenIn(body, number, loaded.snapshot.context.measures), seenIn(body, number));
  });
}

/** 其余无新进展: ticks every row in which nothing is written and which is not reported on in the current period, as drafts: they are looked at once more and sent together. */
export async function tickTheRest(house: House, person: Person, body: unknown): Promise<Answers> {
  const { marks } = await currentMarks(house, person);
  return eachRow(body, async (number) => {
    const loaded = await loadInScope(house, person, number);
    const written = writtenIn(body, number, loaded.snapshot.context.measures);
    const mark = marks.get(loaded.row.id);
    const isRest = isEmpty(written) && mark !== 'inTime' && mark !== 'late';
    const saved = await kept(house, person, loaded, isRest ? { ...written, nothingNew: true } : written, seenIn(body, number));
    return saved && isRest;
  });
}

async function kept(house: House, person: Person, loaded: Loaded, written: Written, seen: number): Promise<boolean> {
  const unitId = await unitOf(house, person, loaded);
  if (unitId === null) throw refused('reporting.notYours', 'state');
  if (written.text.length > mostText) throw refused('reporting.tooLong', 'input', { max: mostText });
  mustBePercentages(written);
  const at = { findingId: loaded.row.id, unitId };
  const held = (await draftsOf(house.db.reader, [at.findingId], [unitId])).get(draftKey(at));
  if (held ? isSame(held, written) : isEmpty(written)) return false;
  if (!(await saveDraft(house, person, at, written, seen))) throw refused('reporting.draftChanged', 'state');
  return true;
}

function mustBePercentages({ progress }: Written): void {
  if (progress.some(({ percent }) => !Number.isInteger(percent) || percent < 0 || percent > 100)) throw refused('reporting.percent', 'input');
}

async function unitOf(house: House, person: Person, loaded: Loaded): Promise<number | null> {
  return ownUnits(person).length === 0 ? null : reportingUnit(loaded, person, await house.tree(), house.clock.today());
}

async function eachRow(body: unknown, write: (number: string) => Promise<boolean>): Promise<Answers> {
  const refusals = new Map<string, readonly Refusal[]>();
  const [numbers, waiting] = [numbersIn(body), numbersIn(body).values()];
  let done = 0;
  const works = async (): Promise<void> => {
    for (const number of waiting) {
      try {
        if (await write(number)) done += 1;
      } catch (error) {
        refusals.set(number, refusalsOf(error, number));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, numbers.length) }, works));
  return { done, refused: new Map(numbers.flatMap((number) => { const why = refusals.get(number); return why ? [[number, why] as const] : []; })) };
}

function refusalsOf(error: unknown, number: string): readonly Refusal[] {
  if (error instanceof RefusedError) return error.refusals;
  if (error instanceof NotVisibleError) return [{ rule: 'notThere', kind: 'who', params: { number }, field: null }];
  if (isDraftRace(error)) return refused('reporting.draftChanged', 'state').refusals;
  throw error;
}

function refused(rule: string, because: 'state' | 'input', params: Refusal['params'] = {}): RefusedError {
  return new RefusedError(because, [{ rule, kind: because, params, field: null }]);
}
