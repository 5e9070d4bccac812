import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { ConflictError, StaleError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { campaigns, categories } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { Switches } from '../../workflows/finding.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { commitRecorded, type StreamEvent } from '../ledger/stream.js';

export interface CampaignForm {
  readonly name: string;
  readonly hostOfficeId: number;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly switches: Switches;
  readonly disabledOn: string | null;
}

/** Adds a campaign. Throws InvalidError when the name is taken. */
export async function addCampaign(house: House, by: Person, form: CampaignForm): Promise<void> {
  await unlessTaken('campaign', () => retried(async () => {
    const { first, statement } = await takeNumbers(house.db.reader, 'campaigns');
    await commitRecorded(house, changeset(statement, insertRow(campaigns, { id: first, ...rowOf(form) }, 'campaign')), fact('CampaignAdded', by, { id: first, ...form }));
  }));
}

/** Changes a campaign for what is listed from now on: findings keep the switches with which they were listed. Throws InvalidError when somebody else was quicker. */
export async function changeCampaign(house: House, by: Person, { id, version }: { readonly id: number; readonly version: number }, form: CampaignForm): Promise<void> {
  await unlessTaken('campaign', () => commitRecorded(house, changeset(updateRow(campaigns, { ...rowOf(form), version: version + 1 }, { id, version }, 'campaign')), fact('CampaignChanged', by, { id, ...form })));
}

/** Adds a category, a smaller one below a larger. */
export async function addCategory(house: House, by: Person, form: { readonly name: string; readonly parentId: number | null }): Promise<void> {
  await retried(async () => {
    const { first, statement } = await takeNumbers(house.db.reader, 'categories');
    await commitRecorded(house, changeset(statement, insertRow(categories, { id: first, ...form }, 'category')), fact('CategoryAdded', by, { id: first, ...form }));
  });
}

/** Takes a category out of use, or back into it; findings keep it. */
export async function disableCategory(house: House, by: Person, id: number, disabled: boolean): Promise<void> {
  await commitRecorded(house, changeset(updateRow(categories, { disabledOn: disabled ? house.clock.today() : null }, { id }, 'category')), fact(disabled ? 'CategoryDisabled' : 'CategoryEnabled', by, { id }));
}

function rowOf({ switches, ...columns }: CampaignForm) {
  return { ...columns, switches: JSON.stringify(switches) };
}

function fact(type: StreamEvent['type'], by: Person, payload: Readonly<Record<string, unknown>>): StreamEvent {
  return { stream: 'organisation', type, actorId: by.id, actorName: by.name, payload };
}

async function unlessTaken(statement: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (error instanceof ConflictError && error.statement === statement) throw new InvalidError([{ rule: 'campaign.taken', kind: 'input', params: {}, field: 'name' }]);
    if (error instanceof StaleError && error.statement === statement) throw new InvalidError([{ rule: 'changedMeanwhile', kind: 'input', params: {}, field: null }]);
    throw error;
  }
}
