import { and, eq } from 'drizzle-orm';
import type { Row } from '../../db/changeset.js';
import { people } from '../../db/schema/index.js';
import type { House } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { theirPeople, type AdministrationScope } from './scope.js';

/** Somebody by the id in an address, in an administrator's scope. Throws NotVisibleError when there is nobody, or somebody else's. */
export async function personInScope(house: House, scope: AdministrationScope, text: string): Promise<Row<typeof people>> {
  const [row] = /^\d{1,12}$/u.test(text) ? await house.db.reader.select().from(people).where(and(eq(people.id, Number(text)), theirPeople(scope, house.clock.today()))) : [];
  if (!row) throw new NotVisibleError('no such person', { number: '', office: '', phone: '' });
  return row;
}
