import { changeset, insertRow, together } from '../../db/changeset.js';
import { people, posts, series, sources, unitAliases, units, type UnitKind } from '../../db/schema/index.js';
import type { House, Person, Post } from '../../src/context.js';
import { peopleQueries } from '../../src/people/queries.js';
import { hashPassword } from '../../src/sign-in/password.js';

const organisation: readonly (readonly [id: number, name: string, short: string, kind: UnitKind, parent: number | null])[] = [
  [1, '张掖市', '张掖市', 'city', null], [2, '市整改办公室', '市整改办', 'office', 1], [3, '市交通运输局', '市交通局', 'department', 1], [4, '甘州区', '甘州区', 'county', 1],
  [5, '甘州区整改办公室', '甘州区整改办', 'office', 4], [6, '市核查组', '市核查组', 'team', 1], [7, '市水务局', '市水务局', 'department', 1], [8, '高台县', '高台县', 'county', 1], [9, '甘州区某镇', '某镇', 'township', 4],
];
const cast: readonly (readonly [id: number, username: string, name: string, role: Post['role'], unit: number])[] = [
  [1, 'office', '办公室甲', 'office', 2], [2, 'office2', '办公室乙', 'office', 2], [3, 'ganzhou-office', '区办甲', 'office', 5], [4, 'transport', '交通经办甲', 'handler', 3],
  [5, 'transport-head', '交通负责人', 'head', 3], [6, 'ganzhou', '甘州经办甲', 'handler', 4], [7, 'inspector', '核查甲', 'inspector', 6], [8, 'inspector2', '核查乙', 'inspector', 6],
  [9, 'leader', '牵头领导', 'leader', 1], [10, 'admin', '管理员', 'admin', 1], [11, 'auditor', '审计员', 'auditor', 1], [12, 'water', '水务经办甲', 'handler', 7], [13, 'gaotai', '高台经办甲', 'handler', 8],
  [14, 'inspector3', '核查丙', 'inspector', 6],
];

export interface Cast {
  /** Somebody of the cast, as they are signed in. */
  person(username: string): Promise<Person>;
  readonly sourceId: number;
}

let hashed: Promise<string> | null = null;

/** The small named cast of the tests: a city office and a county's, a road bureau, inspectors, a leader; password zhenggai-demo. */
export async function withCast(house: House): Promise<Cast> {
  hashed ??= hashPassword('zhenggai-demo');
  const passwordHash = await hashed;
  const paths = new Map<number, string>();
  for (const [id, , , , parent] of organisation) paths.set(id, `${parent === null ? '/' : paths.get(parent) ?? '/'}${id}/`);
  await house.db.commit(together(
    changeset(...organisation.map(([id, name, shortName, kind, parentId]) => insertRow(units, { id, name, shortName, kind, parentId, path: paths.get(id) ?? '/' }))),
    changeset(...cast.map(([id, username, name]) => insertRow(people, { id, username, usernameKey: username, name, passwordHash, mustChangePassword: false }))),
    changeset(...cast.map(([id, , , role, unitId]) => insertRow(posts, { id, personId: id, unitId, role }))),
    changeset(
      insertRow(unitAliases, { alias: '交通局', unitId: 3 }), insertRow(sources, { id: 1, channel: 'audit', issuer: '省审计厅', documentNumber: '甘审〔2020〕1号' }),
      ...(['units', 'people', 'posts', 'sources'] as const).map((name) => insertRow(series, { name, last: 100 })),
    ),
  ));
  house.changed();
  return {
    sourceId: 1,
    async person(username) {
      const row = await peopleQueries(house.db.reader).byUsername(username);
      const found = row && (await peopleQueries(house.db.reader).person(row.id, house.clock.today()));
      if (!found) throw new Error(`Nobody of the cast is called ${username}.`);
      return found;
    },
  };
}
