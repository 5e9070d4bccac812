import { changeset, deleteRows, insertRow } from '../../db/changeset.js';
import { ConflictError } from '../../db/errors.js';
import { retried } from '../../db/retried.js';
import { assignmentRules } from '../../db/schema/index.js';
import { takeNumbers } from '../../db/series.js';
import type { House, Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { commitRecorded } from '../ledger/stream.js';
import type { AssignmentRule } from './suggest.js';

/** Adds a rule of the office. Throws InvalidError when there is one for the same category and region. */
export async function addRule(house: House, person: Person, rule: Omit<AssignmentRule, 'id'>): Promise<void> {
  try {
    await retried(async () => {
      const { first, statement } = await takeNumbers(house.db.reader, 'assignment_rules');
      await commitRecorded(house, changeset(statement, insertRow(assignmentRules, { id: first, ...rule }, 'rule')), { stream: 'organisation', type: 'RuleAdded', actorId: person.id, actorName: person.name, payload: { id: first, ...rule } });
    });
  } catch (error) {
    if (error instanceof ConflictError && error.statement === 'rule') throw new InvalidError([{ rule: 'rules.twice', kind: 'input', params: {}, field: 'categoryId' }]);
    throw error;
  }
}

/** Takes a rule away; what was handed out by it stays. */
export async function removeRule(house: House, person: Person, { id, hostOfficeId, ...rest }: AssignmentRule): Promise<void> {
  await commitRecorded(house, changeset(deleteRows(assignmentRules, { id, hostOfficeId }, 'rule')), { stream: 'organisation', type: 'RuleRemoved', actorId: person.id, actorName: person.name, payload: { id, ...rest } });
}
