import { expect, test } from 'vitest';
import { changeUnit, type UnitForm } from '../../src/organisation/commands.js';
import { divisionsIn } from '../../src/organisation/divisions.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';

async function aHouse() {
  const house = await testHouse();
  await withCast(house);
  return { house, agent: await signedIn(await testApp(house), 'admin') };
}

test('a unit is added below another, is found by its aliases, and is changed where it stands', async () => {
  const { house, agent } = await aHouse();
  await agent.get('/organisation/new');
  expect((await agent.post('/organisation', { name: '市教育局', shortName: '教育局', kind: 'department', parentId: '1', aliases: '市教委、教委\n教育体育局' })).statusCode).toBe(303);
  const [unit] = (await house.tree()).named('教委');
  expect(unit).toMatchObject({ name: '市教育局', path: [1, unit?.id] });
  await agent.get(`/organisation/${unit?.id ?? 0}`);
  expect((await agent.post(`/organisation/${unit?.id ?? 0}`, { name: '市教育体育局', kind: 'department', successorId: '3', disabledOn: '2020-12-31' })).statusCode).toBe(303);
  expect((await house.tree()).unit(unit?.id ?? 0)).toMatchObject({ name: '市教育体育局', successorId: 3, disabledOn: null, endsOn: '2020-12-31', parentId: 1 });
});

test('an office that hosts findings stays an office', async () => {
  const { house, agent } = await aHouse();
  await agent.get('/organisation/2');
  const refused = await agent.post('/organisation/2', { name: '市整改办公室', kind: 'department' });
  expect([refused.statusCode, refused.body.includes('请新增单位')]).toEqual([422, true]);
  expect((await house.tree()).unit(2)?.kind).toBe('office');
});

test('units added at the same time all get in', async () => {
  const { house, agent } = await aHouse();
  await agent.get('/organisation/new');
  const before = (await house.tree()).all.length;
  const answers = await Promise.all(['教育局', '民政局', '财政局'].map((name) => agent.post('/organisation', { name, kind: 'department', parentId: '1' })));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
  expect((await house.tree()).all.length).toBe(before + 3);
});

test('a form that is wrong says what, and changes nothing', async () => {
  const { house, agent } = await aHouse();
  const before = (await house.tree()).all.length;
  await agent.get('/organisation/new');
  const good = { name: '市教育局', kind: 'department', parentId: '1' };
  const faulty: readonly (readonly [Record<string, string>, string])[] = [
    [{ ...good, name: '' }, '请填写“单位名称”'], [{ ...good, kind: 'kingdom' }, '请填写“'], [{ ...good, name: '局'.repeat(101) }, '“单位名称”太长'],
    [{ ...good, parentId: '' }, '请填写“上级单位”'], [{ ...good, parentId: '999' }, '上级单位不存在'], [{ ...good, parentId: '1e0' }, '上级单位不存在'],
    [{ ...good, disabledOn: '2020-02-31' }, '不是有效日期'], [{ ...good, successorId: '999' }, '承接单位不能是本单位'], [{ ...good, aliases: '名'.repeat(101) }, '太长'],
  ];
  for (const [form, sentence] of faulty) {
    const { statusCode, body } = await agent.post('/organisation', form);
    expect([statusCode, body.includes(sentence)], sentence).toEqual([422, true]);
  }
  await agent.get('/organisation/3');
  expect((await agent.post('/organisation/3', { name: '市交通运输局', kind: 'department', successorId: '3' })).statusCode).toBe(422);
  expect((await agent.post('/organisation/3', { name: '市交通运输局', kind: 'department', successorId: '7' })).statusCode).toBe(303);
  expect((await agent.post('/organisation/7', { name: '市水务局', kind: 'department', successorId: '3' })).statusCode).toBe(422);
  expect((await house.tree()).all.length).toBe(before);
});

test('an address that names no unit is not there', async () => {
  const { agent } = await aHouse();
  for (const id of ['1e0', '0', '999', '-1', '3.0', '%20', 'abc']) expect([id, (await agent.get(`/organisation/${id}`)).statusCode]).toEqual([id, 404]);
});

test('divisions come from a list, once; a list that is none says which row', async () => {
  const { house, agent } = await aHouse();
  const before = (await house.tree()).all.length;
  const list = Buffer.from('﻿code,name,level,parent\r\n620700,张掖市,city,620000\r\n620702,甘州区,county,620700\r\n620702001,东街街道,township,620702\r\n');
  await agent.get('/organisation/import');
  expect((await agent.upload('/organisation/import', 'divisions.csv', list)).statusCode).toBe(303);
  expect((await house.tree()).all.length).toBe(before + 3);
  expect((await house.tree()).named('东街街道')[0]?.path.length).toBe(4);
  await agent.get('/organisation/import');
  await agent.upload('/organisation/import', 'divisions.csv', list);
  expect((await house.tree()).all.length).toBe(before + 3);
  await agent.get('/organisation/import');
  const refused = await agent.upload('/organisation/import', 'divisions.csv', Buffer.from('code,name,level,parent\n620702,甘州区,county,1\nX,坏行,county,1\n'));
  expect([refused.statusCode, refused.body.includes('第 3 行读不懂')]).toEqual([422, true]);
  expect(() => divisionsIn('not a list at all')).toThrow();
});

test('of two units that are given each other as successors at once, one is told; nobody follows in a circle', async () => {
  const { house } = await aHouse();
  const form = (name: string, successorId: number): UnitForm => ({ name, shortName: name, kind: 'department', parentId: 1, code: '', phone: '', address: '', aliases: [], successorId, disabledOn: '2020-05-10' });
  const admin = { id: 10, name: '管理员' };
  const both = await Promise.allSettled([changeUnit(house, admin, 3, form('市交通运输局', 7)), changeUnit(house, admin, 7, form('市水务局', 3))]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const tree = await house.tree();
  expect([tree.unit(3)?.successorId, tree.unit(7)?.successorId]).toContain(null);
});
