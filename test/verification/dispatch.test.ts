import { expect, test } from 'vitest';
import { changeset, insertRow } from '../../db/changeset.js';
import { posts } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { signedIn, testApp, testHouse, type Agent } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { assignment, claim, does, listed, photo, walked } from '../support/factories.js';

/** Two problems of the road bureau, one of the water bureau and one of Ganzhou district that wait to be given out; the second inspector is seconded to the water bureau. */
async function aHouse() {
  const house = await testHouse();
  const cast = await withCast(house);
  const one = await listed(house, cast, { title: '道路甲' });
  const two = await listed(house, cast, { title: '道路乙' });
  for (const number of [one, two]) await walked(house, cast, number, 'ASSIGN_VERIFICATION');
  const rectified = async (title: string, username: string, leadUnitId: number): Promise<string> => {
    const number = await listed(house, cast, { title });
    await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, leadUnitId, rectificationType: 'immediate', deadline: '2020-05-15' });
    await does(house, cast, username, number, 'ACCEPT');
    await does(house, cast, username, number, 'REPORT', { text: '已办结' });
    await does(house, cast, username, number, 'CLAIM', claim, { files: [await photo(house, title)] });
    return number;
  };
  // Neither unit of the cast has a head; one person may be both.
  await house.db.commit(changeset(insertRow(posts, { id: 101, personId: 12, unitId: 7, role: 'head' }), insertRow(posts, { id: 102, personId: 6, unitId: 4, role: 'head' }), insertRow(posts, { id: 103, personId: 8, unitId: 7, role: 'handler', kind: 'secondment' })));
  const water = await rectified('水务丙', 'water', 7);
  await does(house, cast, 'water', water, 'SIGN_CLAIM');
  const district = await rectified('甘州丁', 'ganzhou', 4);
  await does(house, cast, 'ganzhou', district, 'SIGN_CLAIM');
  const found = async (number: string) => { const loaded = await findingQueries(house.db.reader).byNumber(number); if (!loaded) throw new Error(number); return loaded; };
  const verifiers = async (number: string) => (await found(number)).snapshot.context.verifierIds;
  return { house, cast, app: await testApp(house), one, two, water, district, found, verifiers };
}

/** Addresses as a browser reads them. */
function plain(html: string): string {
  return html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
}

/** What the preview carries on to its confirmation. */
function confirmed(body: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...body.matchAll(/<input type="hidden" name="(key|previewed|seen\.[^"]+)" value="([^"]*)"/gu)].map(([, name = '', value = '']) => [name, value]));
}

async function preview(office: Agent, form: Readonly<Record<string, string | readonly string[]>>) {
  await office.get('/verification');
  return office.post('/verification', { step: 'preview', ...form });
}

test('what waits is grouped by place and due day, each figure leads to its rows, and only who is free is offered', async () => {
  const { app, one, water, district } = await aHouse();
  const office = await signedIn(app, 'office');
  const body = plain((await office.get('/verification')).body);
  expect(body).toContain('4 件、0 项');
  for (const text of ['张掖市直单位', '甘州区（区县级）', '/verification?place=4&due=week"', '/verification?place=1"']) expect(body).toContain(text);
  const rowOf = (number: string) => new RegExp(`>${number}</a>.*?</tr>`, 'su').exec(body)?.[0] ?? '';
  expect(rowOf(one)).toContain('可派：核查甲、核查乙');
  expect(rowOf(water)).toMatch(/可派：核查甲、核查丙</u);
  const narrowed = (await office.get('/verification?place=4&due=week')).body;
  expect([narrowed.includes(`>${district}</a>`), narrowed.includes(`>${one}</a>`)]).toEqual([true, false]);
  expect((await office.get('/verification?due=over')).body).not.toContain(`>${district}</a>`);
});

test('several places go to several people in one go; the preview says who gets how many and names each conflict, and it is done once', async () => {
  const { app, one, two, water, district, found, verifiers } = await aHouse();
  const office = await signedIn(app, 'office');
  const form = { n: [one, two, water, district], 'who.1': ['8'], 'by.1': '2020-05-20', 'who.4': ['7', '8'] };
  const shown = await preview(office, form);
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toContain('选中 4 件：可以派发 3 件，不能派发 1 件');
  expect(shown.body).toMatch(/核查乙<\/td><td[^>]*>4<\/td><td[^>]*>3<\/td><td[^>]*>1</u);
  expect(shown.body).toContain('核查乙不能核查本问题');
  expect(await verifiers(one)).toEqual([]);
  const confirm = { ...form, ...confirmed(shown.body), step: 'confirm' };
  const done = await office.follow('/verification', confirm);
  expect([done.statusCode, done.body.includes(water)]).toEqual([200, true]);
  expect([await verifiers(one), await verifiers(two), await verifiers(water), await verifiers(district)]).toEqual([[8], [8], [], [7, 8]]);
  expect((await found(one)).snapshot.context.verifyBy).toBe('2020-05-20');
  const versions = (await found(one)).row.version;
  expect((await office.post('/verification', confirm)).statusCode).toBe(303);
  expect((await found(one)).row.version).toBe(versions);
  const load = plain((await office.get('/verification')).body);
  expect(load).toMatch(/核查乙<\/td><td[^>]*>市核查组<\/td><td[^>]*><a href="\/verification\?of=8">3</u);
});

test('what is confirmed is what was previewed: a changed choice is previewed again, a row that moved on is refused', async () => {
  const { house, cast, app, one, two, verifiers } = await aHouse();
  const office = await signedIn(app, 'office');
  const form = { n: [one, two], 'who.1': ['7'] };
  const shown = await preview(office, form);
  const other = await office.post('/verification', { ...form, 'who.1': ['8'], ...confirmed(shown.body), step: 'confirm' });
  expect([other.statusCode, await verifiers(one)]).toEqual([200, []]);
  await does(house, cast, 'office2', one, 'ASSIGN_VERIFICATION', { verifierIds: [8] });
  const late = await office.follow('/verification', { ...form, ...confirmed(shown.body), step: 'confirm' });
  expect(late.body).toContain(one);
  expect([await verifiers(one), await verifiers(two)]).toEqual([[8], [7]]);
});

test('nobody chosen is nothing asked', async () => {
  const { app, one } = await aHouse();
  const office = await signedIn(app, 'office');
  const shown = await preview(office, { n: [one] });
  expect([shown.statusCode, shown.body.includes('还没有为任何一组选择核查人员')]).toEqual([422, true]);
});

test('what an inspector has is given to another on the same page, and is then no longer theirs', async () => {
  const { house, cast, app, one, verifiers } = await aHouse();
  await does(house, cast, 'office', one, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
  const office = await signedIn(app, 'office');
  const page = (await office.get('/verification?of=7')).body;
  expect(page).toContain('核查甲手上的核查');
  expect(page).toContain('现由 核查甲 核查');
  const form = { of: '7', n: [one], 'who.1': ['8'] };
  const shown = await office.post('/verification', { step: 'preview', ...form });
  expect((await office.post('/verification', { ...form, ...confirmed(shown.body), step: 'confirm' })).statusCode).toBe(303);
  expect(await verifiers(one)).toEqual([8]);
  expect((await (await signedIn(app, 'inspector')).get('/visits')).body).not.toContain(one);
  expect((await (await signedIn(app, 'inspector2')).get('/visits')).body).toContain(one);
});

test('a conflict that came up after the assignment is refused again at the verdict', async () => {
  const { house, cast, app, one, found } = await aHouse();
  await does(house, cast, 'office', one, 'ASSIGN_VERIFICATION', { verifierIds: [7] });
  await house.db.commit(changeset(insertRow(posts, { id: 104, personId: 7, unitId: 3, role: 'handler', kind: 'secondment' })));
  const inspector = await signedIn(app, 'inspector');
  await inspector.get('/visits/record');
  const response = await inspector.post('/visits/record', { n: one, method: 'onSite', companions: '同行甲', [`result.${one}`]: 'pass', [`note.${one}`]: '看过了，属实。' });
  expect(response.statusCode).toBe(422);
  expect((await found(one)).row.stage).toBe('verifying');
  expect(response.body).toContain('看过了，属实。');
});

test('another office has nothing of it, and only offices give out', async () => {
  const { app, one } = await aHouse();
  const county = await signedIn(app, 'ganzhou-office');
  const page = await county.get('/verification');
  expect([page.statusCode, page.body.includes(one)]).toEqual([200, false]);
  expect((await county.get('/verification?of=7')).body).not.toContain(one);
  for (const username of ['inspector', 'transport', 'leader', 'admin']) expect((await (await signedIn(app, username)).get('/verification')).statusCode).toBe(403);
});
