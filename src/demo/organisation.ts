import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeset, insertRow, type Statement } from '../../db/changeset.js';
import { packageRoot } from '../../db/root.js';
import { campaigns, categories, people, posts, series, sources, unitAliases, units, type UnitKind } from '../../db/schema/index.js';
import { usualSwitches } from '../../workflows/rectification/1/blank.js';
import type { Post } from '../context.js';
import type { House } from '../context.js';
import { commitRecorded } from '../ledger/stream.js';
import { usernameKey } from '../people/queries.js';
import { hashPassword } from '../sign-in/password.js';

/** Of the demonstration only; printed at its start. */
export const demoPassword = 'zhenggai-demo';

/** Sector departments of the city: key, full name, short name. */
export const departments = [
  ['transport', '张掖市交通运输局', '市交通局'], ['ndrc', '张掖市发展和改革委员会', '市发改委'], ['poverty', '张掖市扶贫开发办公室', '市扶贫办'], ['hr', '张掖市人力资源和社会保障局', '市人社局'],
  ['water', '张掖市水务局', '市水务局'], ['health', '张掖市卫生健康委员会', '市卫健委'], ['insurance', '张掖市医疗保障局', '市医保局'], ['housing', '张掖市住房和城乡建设局', '市住建局'],
  ['civil', '张掖市民政局', '市民政局'], ['agriculture', '张掖市农业农村局', '市农业农村局'], ['education', '张掖市教育局', '市教育局'],
] as const;

/** Counties and districts by their code in the divisions. */
export const counties = [['ganzhou', '620702'], ['sunan', '620721'], ['minle', '620722'], ['linze', '620723'], ['gaotai', '620724'], ['shandan', '620725']] as const;

export type UnitKey = (typeof departments)[number][0] | (typeof counties)[number][0] | 'city' | 'office' | 'team' | `${(typeof counties)[number][0]}-office`;

export interface DemoPlaces {
  readonly unit: Readonly<Record<UnitKey, number>>;
  readonly campaign: { readonly rectification: number; readonly hundredDays: number };
  readonly source: { readonly lookBack: number; readonly selfCheck: number; readonly hundredDays: number };
  readonly category: Readonly<Record<string, number>>;
}

export const categoryNames = ['易地扶贫搬迁', '兜底保障', '就业扶贫', '村组道路', '产业扶贫', '住房安全', '饮水安全', '信息数据'] as const;

interface Division { readonly rows: readonly (readonly [code: string, name: string, level: 'city' | 'county' | 'township', parent: string])[] }

/** Makes the organisation, the people, the campaigns and the sources of the demonstration. */
export async function makeOrganisation(house: House): Promise<DemoPlaces> {
  const statements: Statement[] = [];
  const unit: Partial<Record<UnitKey, number>> = {};
  const paths = new Map<number, string>();
  let ids = 0;
  const add = (name: string, shortName: string, kind: UnitKind, parentId: number | null, code: string | null = null): number => {
    ids += 1;
    const path = `${parentId === null ? '/' : paths.get(parentId) ?? '/'}${ids}/`;
    paths.set(ids, path);
    statements.push(insertRow(units, { id: ids, code, name, shortName, kind, parentId, path, phone: kind === 'township' ? null : `0936-800${String(ids).padStart(4, '0')}` }));
    return ids;
  };
  const alias = (unitId: number, ...names: readonly string[]): void => { for (const name of new Set(names)) statements.push(insertRow(unitAliases, { alias: name, unitId })); };

  const byCode = new Map<string, number>();
  const divisions: Division = JSON.parse(readFileSync(join(packageRoot, 'src/demo/divisions.json'), 'utf8'));
  for (const [code, name, level, parent] of divisions.rows) byCode.set(code, add(name, name, level, byCode.get(parent) ?? null, code));
  const city = byCode.get('620700') ?? 1;
  unit.city = city;
  unit.office = add('张掖市脱贫攻坚领导小组办公室', '市扶贫领导小组办', 'office', city);
  unit.team = add('张掖市脱贫攻坚核查组', '市核查组', 'team', city);
  for (const [key, name, shortName] of departments) {
    unit[key] = add(name, shortName, 'department', city);
    alias(unit[key] ?? 0, name.replace('张掖市', ''), shortName.replace(/^市/u, ''), name.replace('张掖市', '市'));
  }
  for (const [key, code] of counties) {
    const id = byCode.get(code) ?? 0;
    const name = divisions.rows.find((row) => row[0] === code)?.[1] ?? '';
    unit[key] = id;
    unit[`${key}-office`] = add(`${name}脱贫攻坚领导小组办公室`, `${name}扶贫领导小组办`, 'office', id);
    alias(id, name.replace(/(裕固族自治县|[区县])$/u, ''), `${name}政府`, `${name}人民政府`);
  }
  const places = unit as Record<UnitKey, number>;
  const made = [...statements, ...(await peopleStatements(places)), ...ledgerStatements(places), ...['units', 'people', 'posts', 'sources', 'campaigns', 'categories'].map((name) => insertRow(series, { name, last: 1000 }))];
  await commitRecorded(house, changeset(...made), { stream: 'organisation', type: 'DemonstrationMade', actorId: 0, actorName: '系统', payload: { units: ids } });
  house.changed();
  return { unit: places, campaign: { rectification: 1, hundredDays: 2 }, source: { lookBack: 1, selfCheck: 2, hundredDays: 3 }, category: Object.fromEntries(categoryNames.map((name, index) => [name, index + 1])) };
}

/** By function, never by name: the people of a demonstration are nobody. */
async function peopleStatements(unit: Readonly<Record<UnitKey, number>>): Promise<readonly Statement[]> {
  const passwordHash = await hashPassword(demoPassword);
  const cast: readonly (readonly [username: string, name: string, role: Post['role'], unit: number])[] = [
    ['office', '市办经办甲', 'office', unit.office], ['office2', '市办经办乙', 'office', unit.office], ['leader', '市牵头领导', 'leader', unit.city], ['inspector', '核查员甲', 'inspector', unit.team],
    ['inspector2', '核查员乙', 'inspector', unit.team], ['admin', '系统管理员', 'admin', unit.city], ['auditor', '安全审计员', 'auditor', unit.city],
    ...departments.flatMap(([key, , shortName]) => [[key, `${shortName}经办甲`, 'handler', unit[key]], [`${key}-head`, `${shortName}负责人`, 'head', unit[key]]] as const),
    ...counties.flatMap(([key]) => [[key, '县区经办甲', 'handler', unit[key]], [`${key}-head`, '县区负责人', 'head', unit[key]], [`${key}-office`, '县区办经办甲', 'office', unit[`${key}-office`]]] as const),
    // Whoever passed something does not look at it again: that takes a second pair.
    ['inspector3', '核查员丙', 'inspector', unit.team], ['inspector4', '核查员丁', 'inspector', unit.team],
  ];
  return cast.flatMap(([username, name, role, unitId], index) => [
    insertRow(people, { id: index + 1, username, usernameKey: usernameKey(username), name, passwordHash, mustChangePassword: false }),
    insertRow(posts, { id: index + 1, personId: index + 1, unitId, role }),
  ]);
}

function ledgerStatements(unit: Readonly<Record<UnitKey, number>>): readonly Statement[] {
  const host = { hostOfficeId: unit.office };
  return [
    insertRow(campaigns, { id: 1, name: '脱贫攻坚问题整改', ...host, startsOn: '2020-03-01', endsOn: '2020-06-30', switches: JSON.stringify(usualSwitches) }),
    insertRow(campaigns, { id: 2, name: '脱贫攻坚“百日攻坚”行动', ...host, startsOn: '2020-04-01', endsOn: '2020-07-10', switches: JSON.stringify({ ...usualSwitches, headSigns: false }) }),
    insertRow(sources, { id: 1, channel: 'provincial-look-back', issuer: '甘肃省脱贫攻坚领导小组', documentDate: '2020-03-10', reportBackOn: '2020-06-30' }),
    insertRow(sources, { id: 2, channel: 'self-check', issuer: '张掖市脱贫攻坚领导小组', documentDate: '2020-03-12' }),
    insertRow(sources, { id: 3, channel: 'self-check', issuer: '张掖市脱贫攻坚领导小组办公室', documentDate: '2020-04-20' }),
    ...categoryNames.map((name, index) => insertRow(categories, { id: index + 1, name })),
  ];
}
