import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { categories, findingEvents, findings, findingTexts, findingUnits, sources, streamEvents } from '../../db/schema/index.js';
import type { House, Person } from '../../src/context.js';
import { ChangedError, ForbiddenError, InvalidError } from '../../src/errors.js';
import { classifier } from '../../src/imports/categories.js';
import { chooseMapping } from '../../src/imports/commands/choose.js';
import { confirmImport } from '../../src/imports/commands/confirm.js';
import { uploadList } from '../../src/imports/commands/upload.js';
import { officeOf, wishOf } from '../../src/imports/judged.js';
import { previewOf } from '../../src/imports/preview.js';
import { importOf, type ImportRow } from '../../src/imports/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { fiveAspects } from './sample.js';

const first = { page: 1, faultPage: 1 };

async function uploaded(house: House, person: Person, bytes: Uint8Array, name = '整改清单2020.xlsx'): Promise<ImportRow> {
  const record = await importOf(house.db.reader, await uploadList(house, person, { name, content: Readable.from([bytes]) }), officeOf(person));
  if (!record) throw new Error('The upload left no record.');
  return record;
}

async function settled() {
  const house = await testHouse();
  const cast = await withCast(house);
  return { house, office: await cast.person('office'), cast };
}

test('a five-aspect list is listed, adopted and left out row by row', async () => {
  const { house, office } = await settled();
  const record = await uploaded(house, office, await fiveAspects());
  const preview = await previewOf(house, office, record, first);
  expect(preview.counts).toEqual({ new: 2, adopted: 2, already: 0, skipped: 1, faulty: 0 });
  expect(preview.look).toMatchObject({ total: 5, leftTotal: 1, mapping: { headerRow: 3, year: 2020 } });
  expect(preview.units.names).toEqual([['市卫健委', 1]]);

  const numbers = await confirmImport(house, office, record, randomUUID());
  expect(numbers).toEqual(['ZG-2020-0001', 'ZG-2020-0002', 'ZG-2020-0003', 'ZG-2020-0004']);
  const rows = await house.db.reader.select().from(findings).orderBy(findings.number);
  expect(rows.map((row) => [row.stage, row.adopted, row.leadUnitId, row.dueOn, row.rectificationType, row.channel])).toEqual([
    ['listed', false, 3, '2020-06-30', 'staged', 'provincial-look-back'],
    ['rectifying', true, 7, '2020-06-30', 'immediate', 'provincial-look-back'],
    ['closed', true, 1, '2020-04-30', null, 'self-check'],
    ['listed', false, 8, null, 'continuing', 'self-check'],
  ]);
  expect(rows[2]).toMatchObject({ closedOn: '2020-05-06', listedOn: '2020-04-01' });
  const [texts] = await house.db.reader.select().from(findingTexts).where(eq(findingTexts.findingId, rows[0]?.id ?? 0));
  expect(texts).toMatchObject({ description: '部分村组道路项目前期手续偏慢。\n3个项目未开工', requirement: '项目全部开工', responsible: '经办甲', leadLeader: '牵头领导甲' });
  expect(JSON.parse(texts?.extra ?? '{}')).toMatchObject({ '涉及地区/户/资金': '3个村', 整改措施: '逐项倒排周调度', 责任单位: '甘州区、高台县', 配合单位: '市水务局' });
  const documents = await house.db.reader.select({ date: sources.documentDate, document: sources.documentNumber }).from(sources).where(eq(sources.issuer, '市整改办公室'));
  expect(documents).toEqual([{ date: '2020-03-20', document: '整改清单2020' }, { date: '2020-04-01', document: '整改清单2020' }]);
  const [event] = await house.db.reader.select().from(streamEvents).where(eq(streamEvents.type, 'ListImported'));
  expect(JSON.parse(event?.payload ?? '{}')).toMatchObject({ listed: 2, adopted: 2 });
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('the same list again changes nothing and says so; next week’s copy with new progress is the same list', async () => {
  const { house, office } = await settled();
  await confirmImport(house, office, await uploaded(house, office, await fiveAspects()), randomUUID());
  const again = await uploaded(house, office, await fiveAspects());
  expect((await previewOf(house, office, again, first)).counts).toEqual({ new: 0, adopted: 0, already: 4, skipped: 1, faulty: 0 });
  expect(await confirmImport(house, office, again, randomUUID())).toEqual([]);
  const later = await fiveAspects((rows) => {
    const row = rows[3];
    if (row) row[17] = '已办结3个项目手续';
    rows.splice(3, 0, rows[3]?.map((cell, column) => (column === 5 ? '新发现的问题' : cell)) ?? []);
  });
  expect((await previewOf(house, office, await uploaded(house, office, later), first)).counts).toMatchObject({ new: 1, already: 4 });
  expect(await house.db.reader.$count(findings)).toBe(4);
});

test('a confidential list leaves no name of its own on what is adopted from it', async () => {
  const { house, office } = await settled();
  const record = await uploaded(house, office, await fiveAspects(), '某人来信.xlsx');
  const wish = wishOf(record);
  await chooseMapping(house, record, { ...wish, source: { ...wish.source, confidential: true } }, record.version);
  const chosen = await importOf(house.db.reader, record.id, officeOf(office));
  if (!chosen) throw new Error('gone');
  await confirmImport(house, office, chosen, randomUUID());
  const events = await house.db.reader.select({ payload: findingEvents.payload }).from(findingEvents);
  expect(events).toHaveLength(4);
  expect(events.filter(({ payload }) => payload.includes('某人来信'))).toEqual([]);
});

test('one faulty cell keeps the whole list out, and it is named', async () => {
  const { house, office } = await settled();
  const record = await uploaded(house, office, await fiveAspects((rows) => { const row = rows[4]; if (row) row[11] = '尽快'; }));
  const { faults, counts } = await previewOf(house, office, record, first);
  expect(counts.faulty).toBe(1);
  expect(faults).toEqual([{ code: 'notADate', row: 5, letter: 'L', header: '整改时限', text: '尽快' }]);
  await expect(confirmImport(house, office, record, randomUUID())).rejects.toThrow(InvalidError);
  expect(await house.db.reader.$count(findings)).toBe(0);
});

test('a unit chosen for a name holds for every row of the list, and a value for every cell', async () => {
  const { house, office } = await settled();
  const record = await uploaded(house, office, await fiveAspects());
  const wish = { ...wishOf(record), units: [['市卫健委', 3]] as const, statuses: [['正在整改', 'listed']] as const };
  await chooseMapping(house, record, wish, record.version);
  await expect(chooseMapping(house, record, wish, record.version)).rejects.toThrow(ChangedError);
  const chosen = await importOf(house.db.reader, record.id, officeOf(office));
  if (!chosen) throw new Error('gone');
  await confirmImport(house, office, chosen, randomUUID());
  const rows = await house.db.reader.select().from(findings).orderBy(findings.number);
  expect(rows.map((row) => [row.stage, row.leadUnitId])).toEqual([['listed', 3], ['listed', 7], ['closed', 3], ['listed', 8]]);
});

test('a row that is taken over keeps every unit that it names, and they see it; a list gives work only to whom the office may', async () => {
  const { house, office, cast } = await settled();
  const list = '序号,问题描述,牵头单位,责任单位,配合单位,整改时限,销号情况\n1,甲问题,市交通局,甘州区、高台县,市水务局,2020-06-30,正在整改\n';
  await confirmImport(house, office, await uploaded(house, office, Buffer.from(list), '多单位.csv'), randomUUID());
  const held = await house.db.reader.select({ unitId: findingUnits.unitId, relation: findingUnits.relation }).from(findingUnits);
  expect(held.map(({ unitId, relation }) => `${unitId} ${relation}`).toSorted()).toEqual(['2 host', '3 lead', '4 responsible', '7 supporting', '8 responsible']);
  const county = await cast.person('ganzhou-office');
  const other = '序号,问题描述,责任单位,整改时限,销号情况\n1,乙问题,市交通局,2020-06-30,正在整改\n2,丙问题,某镇,2020-06-30,正在整改\n';
  await confirmImport(house, county, await uploaded(house, county, Buffer.from(other), '区清单.csv'), randomUUID());
  const rows = await house.db.reader.select({ title: findings.title, stage: findings.stage, leadUnitId: findings.leadUnitId }).from(findings).orderBy(findings.number);
  expect(rows.slice(1)).toEqual([{ title: '乙问题', stage: 'listed', leadUnitId: null }, { title: '丙问题', stage: 'rectifying', leadUnitId: 9 }]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a category that is not known here is chosen once for the whole list; a name that is none, or two, is said at its field', async () => {
  const { house, office } = await settled();
  const known = [{ id: 1, name: '道路交通' }, { id: 2, name: '饮水安全' }, { id: 3, name: '管护', parentId: 1 }, { id: 4, name: '管护', parentId: 2 }, { id: 5, name: '旧类', disabledOn: '2020-01-01' }];
  await house.db.commit(changeset(...known.map((row) => insertRow(categories, row))));
  const list = '序号,问题描述,问题大类,问题小类\n1,甲,道路 交通,\n2,乙,路,\n3,丙,路,\n4,丁,旧类,\n5,戊,,\n';
  const record = await uploaded(house, office, Buffer.from(list), '清单.csv');
  expect((await previewOf(house, office, record, first)).categories).toEqual({ names: [['路', 2], ['旧类', 1]], total: 2 });
  const agent = await signedIn(await testApp(house), 'office');
  const address = `/imports/${record.id}`;
  expect((await agent.get(address)).body).toContain('有 2 个类别在系统里没有');
  const choose = async (version: number, ...said: readonly string[]): Promise<string> => {
    const names = ['路', '旧类'].flatMap((text, index) => [[`categories-${index}-text`, text], [`categories-${index}`, said[index] ?? '']]);
    return (await agent.follow(`${address}/mapping`, { channel: 'other', issuer: '某办', version: String(version), ...Object.fromEntries(names) })).body;
  };
  const wrong = await choose(record.version, '管护', '没有的');
  expect(wrong).toContain('叫“管护”的类别不止一个');
  expect(wrong).toContain('系统里没有类别“没有的”');
  expect(wrong).toContain('value="没有的"');
  expect(await choose(record.version, '饮水安全 / 管护')).toContain('value="饮水安全 / 管护"');
  const chosen = await importOf(house.db.reader, record.id, officeOf(office));
  if (!chosen) throw new Error('gone');
  await confirmImport(house, office, chosen, randomUUID());
  const rows = await house.db.reader.select({ categoryId: findings.categoryId }).from(findings).orderBy(findings.number);
  expect(rows.map(({ categoryId }) => categoryId)).toEqual([1, 4, 4, null, null]);
});

test('a smaller category belongs to the larger one that its row names; one out of use is nobody’s choice any more', async () => {
  const known = [{ id: 1, name: '道路交通', parentId: null, disabledOn: null }, { id: 2, name: '饮水安全', parentId: null, disabledOn: null }, { id: 3, name: '管护', parentId: 1, disabledOn: null }, { id: 4, name: '管护', parentId: 2, disabledOn: null }, { id: 5, name: '旧类', parentId: null, disabledOn: '2020-01-01' }];
  const of = classifier(known, [['老叫法', 2], ['废弃的', 5]]);
  expect([of('饮水安全', '管护'), of('道路交通', '管护'), of('饮水安全 / 管护', '')].map(({ categoryId }) => categoryId)).toEqual([4, 3, 4]);
  expect([of('', '管护'), of('废弃的', ''), of('老叫法', ''), of('', '')]).toEqual([{ categoryId: null, unknown: '管护' }, { categoryId: null, unknown: '废弃的' }, { categoryId: 2, unknown: null }, { categoryId: null, unknown: null }]);
});

test('two clicks on the button import once', async () => {
  const { house, office } = await settled();
  const record = await uploaded(house, office, await fiveAspects());
  const key = randomUUID();
  const outcomes = await Promise.allSettled([confirmImport(house, office, record, key), confirmImport(house, office, record, key), confirmImport(house, office, record, randomUUID())]);
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.length === 4)).toHaveLength(1);
  expect(await house.db.reader.$count(findings)).toBe(4);
});

test('only an office imports, and another office does not see the list', async () => {
  const { house, office, cast } = await settled();
  const record = await uploaded(house, office, await fiveAspects());
  const [transport, county] = [await cast.person('transport'), await cast.person('ganzhou-office')];
  await expect(uploaded(house, transport, await fiveAspects())).rejects.toThrow(ForbiddenError);
  expect(await importOf(house.db.reader, record.id, officeOf(county))).toBeNull();
});

test('a list that calls itself one of clues is one, unless somebody says otherwise; what came in leads to its handing out', async () => {
  const { house, office } = await settled();
  const list = (name: string): Buffer => Buffer.from(`疑似问题清单,,\n序号,疑似问题,责任单位\n1,${name}甲,市交通局\n2,${name}乙,\n`);
  const clues = await uploaded(house, office, list('线索'), '清单.csv');
  expect((await previewOf(house, office, clues, first)).look).toMatchObject({ hasProblem: true, mapping: { clues: true, columns: ['originalNumber', 'description', 'responsibleUnits'] } });
  expect(await confirmImport(house, office, clues, randomUUID())).toEqual(['XS-2020-0001', 'XS-2020-0002']);
  const agent = await signedIn(await testApp(house), 'office');
  const report = (await agent.get(`/imports/${clues.id}`)).body;
  const [, next = ''] = /href="(\/findings\/check-request[^"]*)">交办核实 2 件/u.exec(report) ?? [];
  expect((await agent.get(next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))).body).toContain('name="unit.XS-2020-0002"');
  expect((await agent.get('/findings/XS-2020-0001')).body).toContain('登记疑似问题');
  const other = await uploaded(house, office, list('问题'), '清单.csv');
  await chooseMapping(house, other, { ...wishOf(other), clues: false }, other.version);
  const chosen = await importOf(house.db.reader, other.id, officeOf(office));
  expect(chosen && (await confirmImport(house, office, chosen, randomUUID()))).toEqual(['ZG-2020-0001', 'ZG-2020-0002']);
});

test('a list of clues comes in as clues, each with the unit that the file names, and is handed out by it; nothing of it is counted as a finding', async () => {
  const { house, office } = await settled();
  const list = '序号,问题描述,责任单位,状态\n1,甲线索,市交通局,\n2,乙线索,市水务局,\n3,丙线索,某处,\n4,丁问题,市水务局,不属实\n';
  const record = await uploaded(house, office, Buffer.from(list), '线索.csv');
  await chooseMapping(house, record, { ...wishOf(record), clues: true }, record.version);
  const chosen = await importOf(house.db.reader, record.id, officeOf(office));
  if (!chosen) throw new Error('gone');
  const numbers = await confirmImport(house, office, chosen, randomUUID());
  expect(numbers).toEqual(['XS-2020-0001', 'XS-2020-0002', 'XS-2020-0003']);
  const agent = await signedIn(await testApp(house), 'office');
  await agent.get('/findings/check-request?all=yes');
  const done = (await agent.follow('/findings/check-request', { n: numbers, checkBy: '2020-05-20', step: 'confirm', key: 'all' })).body;
  expect(done).toContain('已交办核实 2 件');
  const kept = await house.db.reader.select().from(findings).orderBy(findings.number);
  expect(kept.map(({ state, leadUnitId, adopted, listedOn }) => [state, leadUnitId, adopted, listedOn])).toEqual([['suspected.checking', 3, false, null], ['suspected.checking', 7, false, null], ['suspected.toCheck', null, false, null]]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});
