import { eq, gt } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, insertRow, updateRow } from '../../db/changeset.js';
import { people, posts, series, streamEvents, streamHeads, unitAliases, units } from '../../db/schema/index.js';
import type { House, Post } from '../../src/context.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { addPerson, changePerson } from '../../src/people/commands.js';
import { hashPassword } from '../../src/sign-in/password.js';
import { agentOf, signedIn, testApp, testHouse, type Agent } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { codesIn } from '../support/slips.js';
import { workbook } from '../imports/sample.js';

const header = '姓名\t单位\t岗位\t电话\t用户名';

async function aHouse(username = 'admin') {
  const house = await testHouse();
  await withCast(house);
  const passwordHash = await hashPassword('zhenggai-demo');
  await house.db.commit(changeset(insertRow(people, { id: 50, username: 'ganzhou-admin', usernameKey: 'ganzhou-admin', name: '县管', passwordHash, mustChangePassword: false }), insertRow(posts, { id: 50, personId: 50, role: 'admin', unitId: 4 })));
  const app = await testApp(house);
  const agent = await signedIn(app, username);
  await agent.get('/people/lists');
  return { house, app, agent };
}

function field(body: string, name: string): string {
  return (new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(body)?.[1] ?? '').replaceAll('&#x3D;', '=');
}

/** Pastes rows; answers with the address of the preview and its page. */
async function pasted(agent: Agent, ...rows: readonly string[]) {
  const answer = await agent.post('/people/lists', { text: [header, ...rows].join('\r\n') });
  const address = String(answer.headers.location);
  const { body } = await agent.get(address);
  return { address, body, form: { key: field(body, 'key'), digest: field(body, 'digest') } };
}

/** Texts of the cells of the preview's rows. */
function rowsIn(body: string): readonly (readonly string[])[] {
  const table = body.slice(body.indexOf('<tbody>'), body.indexOf('</tbody>'));
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gsu)].map(([, row = '']) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gsu)].map(([, cell = '']) => cell.replaceAll(/<input[^>]* value="([^"]*)"[^>]*>/gu, '$1').replaceAll(/<[^>]*>/gu, '').trim()));
}

async function added(house: House) {
  return house.db.reader.select({ id: people.id, username: people.username, name: people.name, phone: people.phone }).from(people).where(gt(people.id, 100)).orderBy(people.id);
}

async function confirm(agent: Agent, { address, form }: { readonly address: string; readonly form: Record<string, string> }) {
  return agent.post(`${address}/confirmation`, form);
}

test('rows that were copied from a spreadsheet are previewed, confirmed and given slips by unit, and their people come in', async () => {
  const { house, app, agent } = await aHouse();
  const list = await pasted(agent, '经办甲\t市水务局\t承办人\t0936-8000000\tshuiwu1', '经办　乙\t交通局\t承办人、单位负责人\t\t', '经办丙\t没有的局\t承办人\t\t');
  expect(rowsIn(list.body).map((cells) => [cells[1], cells[2], cells[5]])).toEqual([['新增人员', '经办甲', 'shuiwu1'], ['新增人员', '经办乙', '经办乙（拟用）'], ['有错，不导入', '经办丙', '']]);
  expect(rowsIn(list.body)[2]?.[7]).toContain('机构里没有“没有的局”');
  expect(list.body).toContain('确认导入：新增 2 人，增加岗位 0 人');
  expect(await added(house)).toEqual([]);
  const done = await confirm(agent, list);
  expect(done.statusCode).toBe(303);
  expect((await added(house)).map(({ username, name, phone }) => [username, name, phone])).toEqual([['shuiwu1', '经办甲', '0936-8000000'], ['经办乙', '经办乙', null]]);
  const { body } = await agent.get(String(done.headers.location));
  expect([body.includes('新增 2 人'), body.includes('没有导入的 1 行'), body.includes('没有的局')]).toEqual([true, true, true]);
  const slips = (await agent.get('/people/slips?after=100&through=102')).body;
  expect([...slips.matchAll(/name="unit" value="(\d+)" checked/gu)].map(([, id]) => id)).toEqual(['3', '7']);
  const printed = await agent.post('/people/slips', { after: '100', through: '102', unit: ['3', '7'] });
  expect(codesIn(printed.body)).toHaveLength(2);
  const newcomer = agentOf(app);
  await newcomer.get('/activation');
  expect((await newcomer.post('/activation', { username: '经办乙', code: codesIn(printed.body)[0] ?? '', next: 'road-bureau-2020', again: 'road-bureau-2020' })).headers.location).toBe('/');
});

test('a batch is the single actions: the same events with the same hashes, the same people and posts', async () => {
  const [{ house: batch, agent }, { house: single }] = [await aHouse(), await aHouse()];
  await confirm(agent, await pasted(agent, '经办丁\t市水务局\t承办人\t1\tdd', '交通经办甲\t市交通局\t单位负责人\t\t', '经办戊\t某镇\t承办人\t\tww', '经办丁\t市水务局\t单位负责人\t\tdd'));
  const by = { id: 10, name: '管理员' };
  const post = (role: Post['role'], unitId: number) => ({ role, unitId, kind: 'home', untilOn: null }) as const;
  await addPerson(single, by, { username: 'dd', name: '经办丁', phone: '1', posts: [post('handler', 7), post('head', 7)] }, null);
  await addPerson(single, by, { username: 'ww', name: '经办戊', phone: '', posts: [post('handler', 9)] }, null);
  await changePerson(single, by, 4, { username: 'transport', name: '交通经办甲', phone: '', posts: [post('handler', 3), post('head', 3)] });
  const kept = async ({ db: { reader } }: House) => ({
    events: await reader.select().from(streamEvents).where(eq(streamEvents.stream, 'accounts')).orderBy(streamEvents.seq), head: await reader.select().from(streamHeads).where(eq(streamHeads.stream, 'accounts')),
    people: (await reader.select().from(people).orderBy(people.id)).map(({ passwordHash: _, ...row }) => row), posts: await reader.select().from(posts).orderBy(posts.id), series: await reader.select().from(series).orderBy(series.name),
  });
  const [one, other] = [await kept(batch), await kept(single)];
  expect(one.events.map(({ type }) => type)).toEqual(['PersonAdded', 'PersonAdded', 'PersonChanged']);
  expect(one).toEqual(other);
  expect((await verifyLedger(batch)).faults).toEqual([]);
});

test('who is there already gets a further post, or nothing; a name of two characters that is padded is the same name', async () => {
  const { house, agent } = await aHouse();
  const list = await pasted(agent, '交通经办甲\t交通局\t承办人\t\t', '水务经办甲\t市水务局\t承办人、单位负责人\t0936-1\t', '交通 负责人\t市交通运输局\t单位负责人(挂职)\t\ttransport-head');
  expect(rowsIn(list.body).map((cells) => cells[1])).toEqual(['已有，不变', '增加岗位', '增加岗位']);
  await confirm(agent, list);
  expect(await added(house)).toEqual([]);
  const held = await house.db.reader.select().from(posts).where(gt(posts.id, 100)).orderBy(posts.id);
  expect(held.map(({ personId, role, unitId, kind }) => [personId, role, unitId, kind])).toEqual([[5, 'head', 3, 'secondment'], [12, 'head', 7, 'home']]);
  // A list adds posts; name and telephone of who is there are theirs.
  expect((await house.db.reader.select({ phone: people.phone }).from(people).where(eq(people.id, 12)))[0]?.phone).toBeNull();
  const again = await pasted(agent, '交通经办甲\t交通局\t承办人\t\t');
  expect([again.body.includes('没有可以导入的人'), (await confirm(agent, again)).statusCode]).toEqual([true, 422]);
});

test('each fault is said at its row, and only the good rows are written', async () => {
  const { house, agent } = await aHouse();
  await house.db.commit(changeset(insertRow(unitAliases, { alias: '整改办', unitId: 2 }), insertRow(unitAliases, { alias: '整改办', unitId: 5 }), updateRow(units, { disabledOn: '2020-05-01' }, { id: 8 }, 'unit'), updateRow(people, { disabledOn: '2020-05-01' }, { id: 12 }, 'person'), updateRow(posts, { untilOn: '2020-05-01' }, { id: 5 }, 'post')));
  house.changed();
  const rows: readonly (readonly [string, string])[] = [
    ['\t市水务局\t承办人\t\t', '请填写“姓名”'], ['甲一\t\t承办人\t\t', '没有写单位'], ['甲二\t整改办\t办公室\t\t', '叫“整改办”的不止一个（市整改办公室、甘州区整改办公室）'], ['甲三\t高台县\t承办人\t\t', '或者已停用'],
    ['甲四\t市水务局\t局长\t\t', '没有“局长”这个岗位'], ['甲五\t市水务局\t\t\t', '没有写岗位'], ['甲六\t市水务局\t办公室\t\t', '“市水务局”不是。单位可以写“市整改办公室”'], ['甲七\t张掖市\t系统管理员、承办人\t\t', '三员分立'],
    ['甲八\t市水务局\t承办人\t\toffice', '用户名 office 已有人用'], ['甲九\t市水务局\t承办人\t\t-x', '用户名须为'], [`${'甲'.repeat(41)}\t市水务局\t承办人\t\t`, '太长'], ['水务经办甲\t市水务局\t单位负责人\t\t', '已停用。请先恢复使用'],
    ['交通负责人\t市交通局\t单位负责人\t\t', '已于 2020-05-01 截止'], ['交通经办甲\t市交通局\t单位负责人\t\tother', '用户名是 transport'], ['管理员\t张掖市\t安全审计员\t\tadmin', '自己的岗位不能自己改'], ['=\t市水务局\t承办人\t\t', '请填上用户名'],
    ['乙一\t市水务局\t承办人\t\tyy', ''], ['乙一\t市水务局\t承办人\t\t', '与第 18 行是同一个人'], ['乙二\t市水务局\t承办人\t\tYY', '在名单里已给了另一个人'],
  ];
  const list = await pasted(agent, ...rows.map(([row]) => row));
  const why = rowsIn(list.body).map((cells) => cells[7] ?? '');
  for (const [index, [row, sentence]] of rows.entries()) expect([row, why[index]?.includes(sentence), sentence === '' ? why[index] : '']).toEqual([row, true, '']);
  await confirm(agent, list);
  expect((await added(house)).map(({ username }) => username)).toEqual(['yy']);
});

test('a county administrator names units of the county alone, by whatever name, and no auditor', async () => {
  const { house, agent } = await aHouse('ganzhou-admin');
  await house.db.commit(changeset(insertRow(unitAliases, { alias: '整改办', unitId: 2 }), insertRow(unitAliases, { alias: '整改办', unitId: 5 })));
  house.changed();
  const list = await pasted(agent, '甲一\t市水务局\t承办人\t\t', '甲二\t张掖市\t系统管理员\t\t', '甲三\t甘州区\t安全审计员\t\t', '甲四\t整改办\t办公室\t\t', '甲五\t高台县\t承办人\t\t', '甲六\t某镇\t承办人\t\ttransport', '甲七\t甘州区\t承办人\t\t');
  expect(rowsIn(list.body).map((cells) => cells[1])).toEqual(['有错，不导入', '有错，不导入', '有错，不导入', '新增人员', '有错，不导入', '有错，不导入', '新增人员']);
  expect(rowsIn(list.body)[0]?.[7]).toContain('不在您的管理范围内');
  await confirm(agent, list);
  const held = await house.db.reader.select().from(posts).where(gt(posts.id, 100)).orderBy(posts.id);
  expect(held.map(({ role, unitId }) => [role, unitId])).toEqual([['office', 5], ['handler', 4]]);
});

test('whoever has a post elsewhere, too, gets none from the county, and is not added a second time', async () => {
  const { house, agent } = await aHouse('ganzhou-admin');
  await house.db.commit(changeset(insertRow(posts, { id: 60, personId: 6, role: 'inspector', unitId: 6, kind: 'secondment' })));
  const list = await pasted(agent, '甘州经办甲\t甘州区\t单位负责人\t\t');
  expect([rowsIn(list.body)[0]?.[1], rowsIn(list.body)[0]?.[7]?.includes('由管两边的上级管理员办理')]).toEqual(['有错，不导入', true]);
});

test('only what was previewed is done: rows, outcomes and posts that a form names are not looked at, and without the digest nothing is written', async () => {
  const { house, agent } = await aHouse();
  const list = await pasted(agent, '甲一\t市水务局\t承办人\t\tjy1');
  const forged = await agent.post(`${list.address}/confirmation`, { key: list.form.key, digest: 'x', rows: '甲二', text: `${header}\n甲二\t张掖市\t系统管理员\t\tking`, 'posts.0.role': 'admin' });
  expect([forged.statusCode, forged.body.includes('请再确认一次')]).toEqual([409, true]);
  expect((await agent.post(`${list.address}/confirmation`, {})).statusCode).toBe(409);
  expect(await added(house)).toEqual([]);
  await agent.post(`${list.address}/confirmation`, { ...list.form, rows: '甲二', 'posts.0.role': 'admin' });
  expect((await added(house)).map(({ username }) => username)).toEqual(['jy1']);
});

test('a preview that is stale is told, and nothing is written: a name was taken, a unit ended, a person changed', async () => {
  const { house, agent } = await aHouse();
  const handler = { role: 'handler', unitId: 7, kind: 'home', untilOn: null } as const;
  const taken = await pasted(agent, '甲一\t市水务局\t承办人\t\tjy1', '甲二\t市水务局\t承办人\t\tjy2');
  await addPerson(house, { id: 0, name: 'console' }, { username: 'JY2', name: '别人', phone: '', posts: [handler] }, 'x');
  const answer = await confirm(agent, taken);
  expect([answer.statusCode, answer.body.includes('没有导入'), answer.body.includes('用户名 jy2 已有人用')]).toEqual([409, true, true]);
  const ended = await pasted(agent, '甲三\t市交通局\t承办人\t\t', '甲四\t市水务局\t承办人\t\t');
  await house.db.commit(changeset(updateRow(units, { disabledOn: '2020-05-01' }, { id: 3 }, 'unit')));
  house.changed();
  expect((await confirm(agent, ended)).statusCode).toBe(409);
  const changed = await pasted(agent, '水务经办甲\t市水务局\t单位负责人\t\t');
  await changePerson(house, { id: 0, name: 'console' }, 12, { username: 'water', name: '水务经办甲', phone: '1', posts: [handler] });
  expect((await confirm(agent, changed)).statusCode).toBe(409);
  expect((await added(house)).map(({ username }) => username)).toEqual(['JY2']);
});

test('a double click has one effect, also when both clicks come at once, and both lead to the same page', async () => {
  const { house, agent } = await aHouse();
  const list = await pasted(agent, '甲一\t市水务局\t承办人\t\t', '甲二\t市水务局\t承办人\t\t');
  const answers = await Promise.all([confirm(agent, list), confirm(agent, list), confirm(agent, list)]);
  answers.push(await confirm(agent, list));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303, 303]);
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(await added(house)).toHaveLength(2);
  expect(await house.db.reader.$count(streamEvents, eq(streamEvents.stream, 'accounts'))).toBe(2);
});

test('a name that stands at several units is several people; with one user name it is one person with posts at each', async () => {
  const { house, agent } = await aHouse();
  const list = await pasted(agent, '甲一\t市水务局\t承办人\t\t', '甲一\t市交通局\t承办人\t\t', '甲二\t市水务局\t承办人\t\tjy2', '甲二\t市交通局\t承办人\t\tjy2');
  expect(rowsIn(list.body).map((cells) => [cells[1], cells[5]])).toEqual([['新增人员', '甲一（拟用）'], ['新增人员', '甲一.市交通局（拟用）'], ['新增人员', 'jy2'], ['增加岗位', 'jy2']]);
  await confirm(agent, list);
  expect((await added(house)).map(({ username }) => username).toSorted()).toEqual(['jy2', '甲一', '甲一.市交通局'].toSorted());
});

test('two lists with one name that are confirmed at once: one is written, the other is told', async () => {
  const { house, app, agent } = await aHouse();
  const other = await signedIn(app, 'ganzhou-admin');
  await other.get('/people/lists');
  const lists = [await pasted(agent, '甲一\t市水务局\t承办人\t\tsame'), await pasted(other, '乙一\t某镇\t承办人\t\tsame')] as const;
  const answers = await Promise.all([confirm(agent, lists[0]), confirm(other, lists[1])]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409]);
  expect(await added(house)).toHaveLength(1);
});

test('2,001 rows are refused and told; 2,000 are previewed by fifty and written together', async () => {
  const { house, agent } = await aHouse();
  const rows = Array.from({ length: 2001 }, (_, index) => `经办${index}\t市水务局\t承办人\t\tjy${index}`);
  const tooMany = await agent.post('/people/lists', { text: [header, ...rows].join('\n') });
  expect([tooMany.statusCode, tooMany.body.includes('清单超过 2000 行')]).toEqual([422, true]);
  const list = await pasted(agent, ...rows.slice(0, 2000));
  expect([rowsIn(list.body).length, list.body.includes('第 1/40 页，共 2000 行'), list.body.length < 80_000]).toEqual([50, true, true]);
  expect((await confirm(agent, list)).statusCode).toBe(303);
  expect(await added(house)).toHaveLength(2000);
});

test('names that look like formulas, markup or others are kept as text; NUL and what nobody sees is taken away', async () => {
  const { house, agent } = await aHouse();
  const list = await pasted(agent, '=HYPERLINK("x")甲\t市水务局\t承办人\t\tfa', '<b>乙</b>\t市水务局\t承办人\t\tfb', '丙\u0000\u200b丁\t市水务局\t承办人\t\tfc', 'ＷＡＴＥＲ\t市水务局\t承办人\t\tｆａ', '丙丁\t市水务局\t承办人\t\t');
  // A text with NUL in it is no list, as in a file.
  expect(list.address).toBe('undefined');
  const clean = await pasted(agent, '=HYPERLINK("x")甲\t市水务局\t承办人\t\tfa', '<b>乙</b>\t市水务局\t承办人\t\tfb', '丙\u200b丁\t市水务局\t承办人\t\tfc', 'ＷＡＴＥＲ\t市水务局\t承办人\t\tｆａ', '丙丁\t市水务局\t承办人\t\t');
  expect(rowsIn(clean.body).map((cells) => cells[1])).toEqual(['新增人员', '新增人员', '新增人员', '有错，不导入', '有错，不导入']);
  expect([clean.body.includes('<b>乙'), clean.body.includes('与第 4 行是同一个人')]).toEqual([false, true]);
  await confirm(agent, clean);
  expect((await added(house)).map(({ name }) => name)).toEqual(['=HYPERLINK("x")甲', '<b>乙</b>', '丙丁']);
});

test('a file is read as a list of findings is: .xlsx and .csv alike, with dates and merged units; a bad one gets the same sentences', async () => {
  const { house, agent } = await aHouse();
  const book = await workbook([['人员名单'], ['序号', '姓 名', '所在单位', '岗位', '职务', '任职起', '任职止'], [1, '甲一', '市水务局', '承办人', '科长', new Date('2020-06-01T00:00:00Z'), '2021-5-31'], [2, '甲二', '市水务局', '承办人', '', '5/6/2020', '']]);
  const { body } = await agent.get(String((await agent.upload('/people/lists', '名单.xlsx', book)).headers.location));
  expect(rowsIn(body).map((cells) => [cells[0], cells[1], cells[4]])).toEqual([['3', '新增人员', '承办人，2020-06-01 起，至 2021-05-31'], ['4', '有错，不导入', '承办人，至 '.slice(0, 3)]]);
  expect([body.includes('没有用到的列：职务。'), body.includes('看不懂日期“5/6/2020”')]).toEqual([true, true]);
  const csv = await agent.upload('/people/lists', '名单.csv', Buffer.from('姓名,单位,岗位\n甲三,"市水务局",承办人\n'));
  const address = String(csv.headers.location);
  const page = (await agent.get(address)).body;
  await agent.post(`${address}/confirmation`, { key: field(page, 'key'), digest: field(page, 'digest') });
  expect((await added(house)).map(({ name }) => name)).toEqual(['甲三']);
  const bad: readonly (readonly [string, Uint8Array, string])[] = [
    ['旧.xls', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from('Workbook', 'utf16le')]), '这是旧版 Excel'], ['a.pdf', Buffer.from('%PDF-1.4'), '这不是表格文件'], ['空.csv', Buffer.from(''), '文件里没有内容'],
    ['网页.xls', Buffer.from('<html><table></table></html>'), '这其实是网页'], ['没有表头.csv', Buffer.from('甲,乙\n丙,丁\n'), '没有找到表头'], ['没有人.csv', Buffer.from('姓名,单位,岗位\n'), '下面没有一个人'],
  ];
  for (const [name, bytes, sentence] of bad) {
    const answer = await agent.upload('/people/lists', name, bytes);
    expect([name, answer.statusCode, answer.body.includes(sentence)]).toEqual([name, 422, true]);
  }
  expect((await agent.post('/people/lists', { text: ' ' })).body).toContain('没有选择文件，也没有粘贴内容');
  expect((await agent.send('/people/lists', [], [['file', 'a.csv', Buffer.from('姓名')], ['file', 'b.csv', Buffer.from('姓名')]])).body).toContain('一次选了几份文件');
  expect((await agent.send('/people/lists', [['text', '姓名\t单位\t岗位']], [['file', 'a.csv', Buffer.from('姓名,单位,岗位\n甲,市水务局,承办人\n')]])).body).toContain('二者取一');
});

test('the template is read back: its headers are known, and its example adds nobody', async () => {
  const { house, agent } = await aHouse();
  const template = await agent.get('/people/lists/template.xlsx');
  expect(template.statusCode).toBe(200);
  expect((await agent.upload('/people/lists', '模板.xlsx', template.rawPayload)).body).toContain('下面没有一个人');
  expect(await added(house)).toEqual([]);
});

test('a list is its administrator’s alone, and nobody else comes near: not another administrator, not those who work here', async () => {
  const { app, agent } = await aHouse();
  const list = await pasted(agent, '甲一\t市水务局\t承办人\t\t');
  const county = await signedIn(app, 'ganzhou-admin');
  expect((await county.get(list.address)).statusCode).toBe(404);
  expect((await county.post(`${list.address}/confirmation`, list.form)).statusCode).toBe(404);
  for (const name of ['x', '../../ledger.db', 'a'.repeat(64)]) expect((await agent.get(`/people/lists/${encodeURIComponent(name)}`)).statusCode).toBe(404);
  for (const username of ['office', 'transport', 'leader', 'auditor']) {
    const other = await signedIn(app, username);
    for (const url of ['/people/lists', '/people/lists/template.xlsx', list.address]) expect([username, url, (await other.get(url)).statusCode]).toEqual([username, url, 403]);
    for (const url of ['/people/lists', `${list.address}/confirmation`]) expect([username, url, (await other.post(url, { text: header })).statusCode]).toEqual([username, url, 403]);
  }
});

test('a proposed user name is typed over in its row: previewed before it is given, checked like every other, and done only as it was looked at', async () => {
  const { house, agent } = await aHouse();
  const list = await pasted(agent, '经办甲\t市水务局\t承办人\t\tshuiwu1', '经办乙\t交通局\t承办人\t\t', '经办乙\t交通局\t单位负责人\t\t');
  expect([list.body.includes('name="username.2"'), list.body.includes('name="username.3"'), list.body.includes('name="username.4"')]).toEqual([false, true, false]);
  const names = async () => rowsIn((await agent.get(list.address)).body).map((cells) => [cells[1], cells[5]]);
  const typed = async (username: string, step = 'names') => agent.post(`${list.address}/confirmation`, { ...list.form, step, 'username.3': username, 'username.2': 'other' });
  const answer = await typed('jiaotong.yi', '');
  expect([answer.statusCode, String(answer.headers.location).startsWith(`${list.address}?`), await added(house)]).toEqual([303, true, []]);
  expect(await names()).toEqual([['新增人员', 'shuiwu1'], ['新增人员', 'jiaotong.yi'], ['增加岗位', 'jiaotong.yi']]);
  expect((await confirm(agent, list)).statusCode).toBe(409);
  for (const [wrong, why] of [['office', '用户名 office 已有人用，请换一个。'], ['x', '用户名'], ['shuiwu1', '在名单里已给了另一个人']] as const) {
    await typed(wrong);
    const { body } = await agent.get(list.address);
    expect([wrong, rowsIn(body)[1]?.[1], rowsIn(body)[1]?.[5], rowsIn(body)[1]?.[7]?.includes(why)]).toEqual([wrong, '有错，不导入', wrong, true]);
  }
  await typed('');
  expect((await names())[1]).toEqual(['新增人员', '经办乙（拟用）']);
  await typed('jiaotong.yi');
  const { body } = await agent.get(list.address);
  expect((await confirm(agent, { address: list.address, form: { key: field(body, 'key'), digest: field(body, 'digest'), 'username.3': 'jiaotong.yi' } })).statusCode).toBe(303);
  expect((await added(house)).map(({ username }) => username)).toEqual(['shuiwu1', 'jiaotong.yi']);
  expect((await verifyLedger(house)).faults).toEqual([]);
});
