import { randomUUID } from 'node:crypto';
import { changeset, updateRow } from '../../db/changeset.js';
import { people } from '../../db/schema/index.js';
import type { House, Post } from '../context.js';
import { addPerson } from '../people/commands.js';
import { peopleQueries, usernameKey } from '../people/queries.js';
import { requestPerson } from '../person-requests/commands.js';
import { hashPassword } from '../sign-in/password.js';
import { demoPassword, type DemoPlaces } from './organisation.js';

const nobody = Object.freeze({ id: 0, name: '系统' });

/** Somebody to administer a county, some who have not come in yet, and a request that waits for the administrator. */
export async function makeArrivals(house: House, { unit }: DemoPlaces, today: string): Promise<void> {
  const post = (role: Post['role'], unitId: number) => [{ role, unitId, kind: 'home', untilOn: null }] as const;
  const added = (username: string, name: string, role: Post['role'], unitId: number): Promise<number> => addPerson(house, nobody, { username, name, phone: '', posts: post(role, unitId) }, null);
  const id = await added('ganzhou-admin', '县区管理员', 'admin', unit.ganzhou);
  await house.db.commit(changeset(updateRow(people, { passwordHash: await hashPassword(demoPassword), mustChangePassword: false }, { id }, 'person')));
  await added('ganzhou-new', '县区经办乙', 'handler', unit.ganzhou);
  await added('ganzhou-office2', '县区办经办乙', 'office', unit['ganzhou-office']);
  await added('transport2', '市交通局经办乙', 'handler', unit.transport);
  const queries = peopleQueries(house.db.reader);
  const row = await queries.byUsername(usernameKey('ganzhou-office'));
  const office = row && (await queries.person(row.id, today));
  const dated = { ...house, clock: { ...house.clock, today: () => today } };
  if (office) await requestPerson(dated, office, { unitId: unit.ganzhou, role: 'head', name: '县区负责人乙', phone: '', note: '接替县区负责人，六月到岗。' }, randomUUID());
}
