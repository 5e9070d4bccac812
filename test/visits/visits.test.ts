import { expect, test } from 'vitest';
import { evidence } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse, type Agent } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, claim, does, listed, photo, walked } from '../support/factories.js';

const jpeg = (content: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from(`JFIF ${content}`), Buffer.from([0xff, 0xd9])]);
const note = '已到现场查看，前期手续已全部办结。';
const missing = '两条村组道路仍没有开工许可，请补齐后再申请。';

/** Three problems of the road bureau that wait for the first inspector's verdict, and one that waits for the second's. */
async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers: string[] = [];
  for (const title of ['甲问题', '乙问题', '丙问题', '丁问题']) {
    const number = await listed(house, cast, { title });
    await walked(house, cast, number, 'ASSIGN_VERIFICATION');
    await does(house, cast, 'office', number, 'ASSIGN_VERIFICATION', { verifierIds: [title === '丁问题' ? 8 : 7], verifyBy: title === '乙问题' ? '2020-05-12' : '2020-05-20' });
    numbers.push(number);
  }
  const [one = '', two = '', three = '', others = ''] = numbers;
  const found = async (number: string) => { const loaded = await findingQueries(house.db.reader).byNumber(number); if (!loaded) throw new Error(number); return loaded; };
  const types = async (number: string) => (await findingQueries(house.db.reader).events((await found(number)).row.id, null, 3)).map(({ type }) => type);
  return { house, cast, app: await testApp(house), one, two, three, others, found, types };
}

/** A sheet as the page gives it: its key and what each row was seen at. */
async function opened(agent: Agent, query: string) {
  const { body } = await agent.get(`/visits/record?${query}`);
  const key = /name="key" value="([^"]+)"/u.exec(body)?.[1] ?? '';
  const seen = [...body.matchAll(/name="(seen\.[^"]+)" value="(\d+)"/gu)].map(([, name = '', value = '']): [string, string] => [name, value]);
  const rows = [...body.matchAll(/name="n" value="([^"]+)"/gu)].map(([, number = '']): [string, string] => ['n', number]);
  return { body, key, rows, common: [...rows, ...seen, ['key', key], ['method', 'onSite'], ['companions', '同行甲'], ['companions', '']] as readonly (readonly [string, string])[] };
}

test('an inspector sees what waits for them by place, the earliest first, and nobody else\'s', async () => {
  const { app, one, two, three, others } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  const { body } = await inspector.get('/visits');
  expect([one, two, three, others].map((number) => body.includes(`>${number}<`))).toEqual([true, true, true, false]);
  expect(body.indexOf(`>${two}<`)).toBeLessThan(body.indexOf(`>${one}<`));
  expect(body).toContain('张掖市直单位');
  expect(body).toContain('7 天内 1');
  const packet = (await inspector.get('/visits/packet?place=1')).body;
  for (const text of [one, two, three, assignment.closureStandard, claim.text, '措施', '核查通过', '不得核查或同行', '交通经办甲']) expect(packet).toContain(text);
  expect(packet).not.toContain(others);
  expect((await inspector.get(`/visits/packet?n=${others}`)).body).not.toContain('丁问题');
});

test('only inspectors go on visits', async () => {
  const { app } = await aHouse();
  for (const username of ['office', 'transport', 'leader', 'admin']) expect((await (await signedIn(app, username)).get('/visits')).statusCode).toBe(403);
  expect((await (await signedIn(app, 'transport')).post('/visits/record', { n: 'ZG-2020-0001' })).statusCode).toBe(403);
});

test('one visit: one passed, one sent back, one that moved on meanwhile is refused with everything typed kept; sent again, nothing is done twice', async () => {
  const { house, cast, app, one, two, three, found, types } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  const { common, key, body } = await opened(inspector, 'place=1');
  expect(body).toContain('<option value="核查乙">');
  await does(house, cast, 'office', three, 'ASSIGN_VERIFICATION', { verifierIds: [7, 8] });
  const texts: readonly (readonly [string, string])[] = [...common, [`result.${one}`, 'pass'], [`note.${one}`, note], [`result.${two}`, 'back'], [`note.${two}`, missing], [`result.${three}`, 'pass'], [`note.${three}`, '丙问题也看过了，属实。']];
  const response = await inspector.send('/visits/record', texts, [[`files.${one}`, '甲现场.jpg', jpeg('甲')], [`files.${three}`, '丙现场.jpg', jpeg('丙')]]);
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('已录入 2 件');
  expect(response.body).toContain(`href="#row-${three}"`);
  expect(response.body).toContain('丙问题也看过了，属实。');
  expect(response.body).toContain('丙现场.jpg（已上传');
  expect(response.body).not.toContain(`id="row-${one}"`);
  expect([(await found(one)).row.stage, (await found(two)).row.state, (await found(three)).row.state]).toEqual(['verified', 'rectifying.executing', 'verifying.inspection']);
  expect((await types(one))[0]).toBe('PASS');
  expect((await types(two))[0]).toBe('SEND_BACK');
  const files = await house.db.reader.select().from(evidence);
  expect(files.filter(({ name }) => name.endsWith('现场.jpg')).map(({ name, phase }) => [name, phase])).toEqual([['甲现场.jpg', 'after']]);

  // The same page once more, by an impatient thumb: what stands is not done again.
  const versions = [(await found(one)).row.version, (await found(two)).row.version];
  await inspector.send('/visits/record', texts.filter(([name]) => !name.endsWith(three)), []);
  expect([(await found(one)).row.version, (await found(two)).row.version]).toEqual(versions);

  // The row that was refused, with its photo kept, now that it was looked at as it stands.
  const kept = /name="kept\.[^"]+" value="([^"]+)"/u.exec(response.body)?.[1] ?? '';
  await inspector.send('/visits/record', texts, []);
  const again = await inspector.send('/visits/record', [['n', three], [`seen.${three}`, String((await found(three)).row.movedSeq)], ['key', key], ['method', 'onSite'], ['companions', '同行甲'], [`result.${three}`, 'pass'], [`note.${three}`, '属实。'], [`kept.${three}`, kept]], []);
  expect(again.statusCode).toBe(303);
  expect((await found(three)).row.stage).toBe('verified');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('what a refused sheet brought waits for it: the photo becomes evidence when the row stands', async () => {
  const { house, app, one } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  const { common } = await opened(inspector, `n=${one}`);
  const first = await inspector.send('/visits/record', [...common, [`result.${one}`, 'pass']], [[`files.${one}`, '现场.jpg', jpeg('现场')]]);
  expect(first.statusCode).toBe(422);
  expect(first.body).toContain('请填写');
  const kept = /name="kept\.[^"]+" value="([^"]+)"/u.exec(first.body)?.[1] ?? '';
  const second = await inspector.send('/visits/record', [...common, [`result.${one}`, 'pass'], [`note.${one}`, note], [`kept.${one}`, kept]], []);
  expect(second.statusCode).toBe(303);
  expect((await house.db.reader.select().from(evidence)).filter(({ id }) => id === kept).map(({ name }) => name)).toEqual(['现场.jpg']);
});

test('a file that is none is named at its row, and the row waits', async () => {
  const { app, one, found } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  const { common } = await opened(inspector, `n=${one}`);
  const response = await inspector.send('/visits/record', [...common, [`result.${one}`, 'pass'], [`note.${one}`, note]], [[`files.${one}`, '程序.exe', Buffer.from('MZ\u0000\u0001')]]);
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('程序.exe');
  expect(response.body).toContain(note);
  expect((await found(one)).row.stage).toBe('verifying');
});

test('how and with whom is asked once for all: without it nothing is done, and what was typed stays', async () => {
  const { app, one, two, found } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  await inspector.get('/visits/record?place=1');
  const response = await inspector.post('/visits/record', { n: [one, two], [`result.${one}`]: 'pass', [`note.${one}`]: note, [`note.${two}`]: '只写了情况' });
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('href="#f-method"');
  expect(response.body).toContain('href="#f-companions"');
  expect(response.body).toContain(note);
  expect((await found(one)).row.stage).toBe('verifying');
  const nothing = await inspector.post('/visits/record', { n: [one, two], method: 'onSite', companions: '同行甲' });
  expect(nothing.body).toContain('还没有选择任何一件的结果');
  const forgotten = await inspector.post('/visits/record', { n: two, method: 'onSite', companions: '同行甲', [`note.${two}`]: '只写了情况' });
  expect(forgotten.body).toContain('没有选择结果');
  expect(forgotten.body).toContain('只写了情况');
});

test('nobody records what was given to another inspector, nor goes along who had a hand in it', async () => {
  const { app, one, others, found } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  await inspector.get('/visits/record?place=1');
  const stolen = await inspector.post('/visits/record', { n: others, method: 'onSite', companions: '同行甲', [`result.${others}`]: 'pass', [`note.${others}`]: note });
  expect(stolen.statusCode).toBe(422);
  expect(stolen.body).toContain('没有派给您');
  expect((await found(others)).row.stage).toBe('verifying');
  const partial = await inspector.post('/visits/record', { n: one, method: 'onSite', companions: '交通经办甲', [`result.${one}`]: 'pass', [`note.${one}`]: note });
  expect(partial.statusCode).toBe(422);
  expect(partial.body).toContain('交通经办甲 须回避');
  expect((await found(one)).row.stage).toBe('verifying');
});

test('a number that is not there, or lies elsewhere, is told as such with what was typed about it', async () => {
  const { app } = await aHouse();
  const inspector = await signedIn(app, 'inspector');
  await inspector.get('/visits/record?place=1');
  const response = await inspector.post('/visits/record', { n: 'ZG-2020-0999', method: 'onSite', companions: '同行甲', 'result.ZG-2020-0999': 'pass', 'note.ZG-2020-0999': '写了很多' });
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('ZG-2020-0999 已不在您的范围内');
  expect(response.body).toContain('写了很多');
});

test('whoever reads the form of a verdict sees the claim, who may not verify, and with whom it was sent back last', async () => {
  const { house, cast, app, one } = await aHouse();
  await does(house, cast, 'inspector', one, 'SEND_BACK', { method: 'household', companions: ['核查乙'], missing });
  await does(house, cast, 'transport', one, 'REPORT', { text: '已补齐' });
  await does(house, cast, 'transport', one, 'CLAIM', claim, { files: [await photo(house, '第二次')] });
  await does(house, cast, 'transport-head', one, 'SIGN_CLAIM');
  await does(house, cast, 'office', one, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
  const { body } = await (await signedIn(app, 'inspector')).get(`/findings/${one}/verification`);
  for (const text of [claim.text, missing, '入户走访', '同行：核查乙', '市交通局的人员', '交通经办甲']) expect(body).toContain(text);
});

