import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeset, deleteRows, insertRow } from '../../db/changeset.js';
import { batches, evidence, findingEvents, findings, unitAliases } from '../../db/schema/index.js';
import { workBatches } from '../../src/batches/worker.js';
import { listFindings } from '../../src/findings/commands/list.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { aFinding, assignment, does, listed, photo, walked } from '../support/factories.js';

/** A house with clues that nobody was asked about, and its office at the form. */
async function withClues(amount: number) {
  const house = await testHouse();
  const cast = await withCast(house);
  const clues = await listFindings(house, await cast.person('office'), Array.from({ length: amount }, () => aFinding(cast, { suspected: true })), { commandKey: 'clues' });
  const office = await signedIn(await testApp(house), 'office');
  await office.get('/findings/check-request?all=yes');
  const row = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.row;
  return { house, cast, clues, office, row };
}

/** Clues that the road bureau has checked; with a photo those whose place is in `shown`. */
async function withChecked(amount: number, result: 'founded' | 'unfounded', shown: readonly number[] = []) {
  const made = await withClues(amount);
  const { house, cast, clues } = made;
  for (const [index, number] of clues.entries()) {
    await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
    await does(house, cast, 'transport', number, 'REPORT_CHECK', { result, note: '到现场核实，情况如上。' }, { files: shown.includes(index) ? [await photo(house)] : [] });
  }
  return made;
}

const scan = ['scan', '签字原件.pdf', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF')] as const;
const digest = (body: string): string => /name="previewed" value="([^"]*)"/u.exec(body)?.[1] ?? '';
const kept = (body: string, name: string): readonly string[] => [...body.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, 'gu'))].map(([, value]) => value ?? '');

test('each row names its own unit by any of its names; the one for all is for those that name none, and what is no unit is said and kept', async () => {
  const { clues: [one = '', two = '', three = '', four = ''], office, row } = await withClues(4);
  const form = { n: [one, two, three, four], checkUnitId: '8', checkBy: '2020-05-20', [`unit.${one}`]: '交通局', [`unit.${two}`]: '市水务局', [`unit.${four}`]: '市林业局' };
  const fresh = await office.get('/findings/check-request?all=yes');
  for (const words of [`name="unit.${one}"`, '<option value="市交通运输局">', '原序号 7', '部分村组道路项目前期手续办理偏慢']) expect(fresh.body).toContain(words);
  const preview = await office.post('/findings/check-request', { ...form, step: 'preview', key: 'a' });
  for (const words of ['可以交办核实 3 件，不能交办核实 1 件', '没有叫“市林业局”的单位', 'value="市林业局"', 'value="交通局"']) expect(preview.body).toContain(words);
  const renamed = { ...form, [`unit.${two}`]: '市核查组' };
  const changed = await office.post('/findings/check-request', { ...renamed, previewed: digest(preview.body), step: 'confirm', key: 'a' });
  expect([changed.body.includes('预览以后内容有改动'), changed.body.includes('“市核查组”不能承办本件'), (await row(one))?.state]).toEqual([true, true, 'suspected.toCheck']);
  const done = await office.follow('/findings/check-request', { ...form, previewed: digest(preview.body), step: 'confirm', key: 'a' });
  expect([done.statusCode, done.body.includes('已交办核实 3 件，没有交办核实 1 件')]).toEqual([200, true]);
  expect(done.body).toMatch(/未定单位<\/td><td[^>]*>1<\/td><td[^>]*>0<\/td><td[^>]*>1</u);
  expect(await Promise.all([one, two, three, four].map(async (number) => (await row(number))?.leadUnitId))).toEqual([3, 7, 8, null]);
});

test('a unit for all is for the rows that have none: of those that have one it changes nothing, unless that was ticked', async () => {
  const { cast, clues: [none = ''], house, office, row } = await withClues(1);
  const [named = ''] = await listFindings(house, await cast.person('office'), [aFinding(cast, { suspected: true, leadUnitId: 7 })], { commandKey: 'named' });
  const form = { n: [none, named], checkUnitId: '3', checkBy: '2020-05-20' };
  const preview = await office.post('/findings/check-request', { ...form, step: 'preview', key: 'a' });
  expect(preview.body).toContain('已有单位的 1 件也改为它');
  await office.post('/findings/check-request', { ...form, previewed: digest(preview.body), step: 'confirm', key: 'a' });
  expect(await Promise.all([none, named].map(async (number) => (await row(number))?.leadUnitId))).toEqual([3, 7]);
  await office.post('/findings/check-request', { n: [named], checkUnitId: '3', checkBy: '2020-05-20', replaceUnits: 'yes', step: 'confirm', key: 'b' });
  expect((await row(named))?.leadUnitId).toBe(3);
});

test('what was handed out wrongly is taken back in one go from the page of its batch, and the units that the list named are proposed again', async () => {
  const { cast, house, office, row } = await withClues(1);
  const clues = await listFindings(house, await cast.person('office'), [7, 8].map((leadUnitId) => aFinding(cast, { suspected: true, leadUnitId })), { commandKey: 'named' });
  const done = await office.follow('/findings/check-request', { n: clues, checkUnitId: '3', checkBy: '2020-05-20', replaceUnits: 'yes', step: 'confirm', key: 'a' });
  const [, id = ''] = /\/findings\/check-recall\?done(?:=|&#x3D;)([^"]+)">办错了？收回核实这 2 件/u.exec(done.body) ?? [];
  const back = (await office.get(`/findings/check-recall?done=${id}`)).body;
  for (const number of clues) expect(back).toContain(`value="${number}"`);
  await office.post('/findings/check-recall', { n: clues, reason: '核实单位选错了。', step: 'confirm', key: 'b' });
  expect(await Promise.all(clues.map(async (number) => { const found = await row(number); return [found?.state, found?.leadUnitId]; }))).toEqual([['suspected.toCheck', 7], ['suspected.toCheck', 8]]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a city and its county in one word are the county, as in a list', async () => {
  const { clues: [one = ''], office, row } = await withClues(1);
  await office.post('/findings/check-request', { n: one, checkBy: '2020-05-20', [`unit.${one}`]: '张掖市甘州区', step: 'confirm', key: 'a' });
  expect((await row(one))?.leadUnitId).toBe(4);
});

test('a part of a name is enough where it is one unit’s; where it may be several, they are named', async () => {
  const { house, clues: [one = '', two = '', three = ''], office, row } = await withClues(3);
  await house.db.commit(changeset(insertRow(unitAliases, { alias: '水上交通运输处', unitId: 7 })));
  house.changed();
  const done = await office.follow('/findings/check-request', { n: [one, two, three], checkBy: '2020-05-20', [`unit.${one}`]: '水务', [`unit.${two}`]: '甘州', [`unit.${three}`]: '交通运输', step: 'confirm', key: 'a' });
  expect([(await row(one))?.leadUnitId, (await row(two))?.leadUnitId, (await row(three))?.leadUnitId]).toEqual([7, 4, null]);
  expect(done.body).toContain('“交通运输”可能是：市交通运输局、市水务局，请写全称。');
});

test('a name that two units go by is not guessed', async () => {
  const { house, clues: [one = ''], office, row } = await withClues(1);
  await house.db.commit(changeset(insertRow(unitAliases, { alias: '交通局', unitId: 7 })));
  house.changed();
  const { body } = await office.post('/findings/check-request', { n: one, checkBy: '2020-05-20', [`unit.${one}`]: '交通局', step: 'preview' });
  expect(body).toContain('“交通局”可能是：市交通运输局、市水务局');
  expect((await row(one))?.leadUnitId).toBeNull();
});

test('a unit reports its checks together, each with its own result and words; what a row does not say is said once, or missing in that row', async () => {
  const { house, cast, clues, row } = await withClues(3);
  const [one = '', two = '', three = ''] = clues;
  for (const number of clues) await does(house, cast, 'office', number, 'HAND_OUT', { checkUnitId: 3, checkBy: '2020-05-20' });
  const transport = await signedIn(await testApp(house), 'transport');
  const page = (await transport.get('/findings/check-report?all=yes')).body;
  for (const words of [`name="result.${one}"`, `name="note.${three}"`, '结果：用统一的', '说明（逐行没有填的都用它）']) expect(page).toContain(words);
  const rows: readonly (readonly [string, string])[] = [['n', one], ['n', two], ['n', three], [`result.${one}`, 'unfounded'], [`note.${one}`, '现场核对，标志标线齐全。'], [`result.${two}`, 'partly'], [`note.${two}`, '短'], [`note.${three}`, '三处缺失，照片附后。']];
  const send = async (step: string, more: readonly (readonly [string, string])[]) => transport.send('/findings/check-report', [...rows, ...more, ['step', step], ['key', 'checks']], []);
  const preview = (await send('preview', [])).body;
  for (const words of ['可以反馈核实 1 件，不能反馈核实 2 件', '>现场核对，标志标线齐全。</textarea>', '<option value="partly" selected>']) expect(preview).toContain(words);
  const shared: readonly (readonly [string, string])[] = [['result', 'founded'], [`note.${two}`, '一处缺失，已经补上。']];
  const said = rows.filter(([name]) => name !== `note.${two}`);
  const again = (await transport.send('/findings/check-report', [...said, ...shared, ['step', 'preview'], ['key', 'checks']], [])).body;
  expect(again).toContain('可以反馈核实 3 件');
  const done = await transport.send('/findings/check-report', [...said, ...shared, ['previewed', digest(again)], ['step', 'confirm'], ['key', 'checks']], []);
  expect(done.statusCode).toBe(303);
  const results = await Promise.all(clues.map(async (number) => (await findingQueries(house.db.reader).byNumber(number))?.snapshot.context.checkResult));
  expect([results, (await row(three))?.latest]).toEqual([['unfounded', 'partly', 'founded'], '三处缺失，照片附后。']);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('when it is asked for, each row says its own requirement, date and responsible units; what it leaves empty is said once', async () => {
  const { house, cast, office } = await withClues(0);
  const [one, two] = [await listed(house, cast, { title: '甲问题' }), await listed(house, cast, { title: '乙问题' })];
  const fresh = await office.get(`/findings/assignment?n=${one}&n=${two}`);
  expect([fresh.body.includes('逐件填写：'), fresh.body.includes(`name="deadline.${one}"`)]).toEqual([true, false]);
  const asked = (await office.send('/findings/assignment', [['n', one], ['n', two], [`unit.${one}`, '水务局'], ['step', 'own'], ['key', 'a']], [])).body;
  expect([asked.includes(`name="deadline.${one}"`), asked.includes('name="own" value="yes"'), asked.includes('value="水务局"')]).toEqual([true, true, true]);
  const form: readonly (readonly [string, string])[] = [
    ['own', 'yes'], ['n', one], ['n', two], ['requirement', '统一的整改要求。'], ['closureStandard', '统一的销号标准。'], ['rectificationType', 'staged'], ['deadline', '2020-06-30'],
    [`unit.${one}`, '水务局'], [`deadline.${one}`, '2020-06-05'], [`requirement.${one}`, '逐项办结前期手续。'], [`unit.${two}`, '交通局'], [`responsibleUnitIds.${two}`, '甘州、没有的局'],
  ];
  const send = async (rows: readonly (readonly [string, string])[]) => (await office.send('/findings/assignment', [...rows, ['step', 'preview'], ['key', 'a']], [])).body;
  const preview = await send(form);
  for (const words of ['可以交办 1 件，不能交办 1 件', '没有叫“没有的局”的单位', 'value="2020-06-05"', '甘州、没有的局']) expect(preview).toContain(words);
  const right = form.map(([name, value]) => [name, value.replace('、没有的局', '')] as const);
  await office.send('/findings/assignment', [...right, ['previewed', digest(await send(right))], ['step', 'confirm'], ['key', 'a']], []);
  const found = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.snapshot.context;
  expect([(await found(one))?.deadline, (await found(one))?.requirement, (await found(one))?.leadUnitId]).toEqual(['2020-06-05', '逐项办结前期手续。', 7]);
  expect([(await found(two))?.deadline, (await found(two))?.requirement, (await found(two))?.responsibleUnitIds]).toEqual(['2020-06-30', '统一的整改要求。', [4]]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('asked row by row, what was said for all still comes before what a finding holds; what is emptied in a row is not held on to', async () => {
  const { house, cast, office } = await withClues(0);
  const numbers = [await listed(house, cast, { title: '甲问题' }), await listed(house, cast, { title: '乙问题' })];
  const [one = '', two = ''] = numbers;
  for (const number of numbers) {
    await does(house, cast, 'office', number, 'ASSIGN', { ...assignment, deadline: '2020-05-30', responsibleUnitIds: [4] });
    await does(house, cast, 'office', number, 'RECALL', { reason: '交办有误，收回重办。' });
  }
  const asked = (await office.send('/findings/assignment', [['n', one], ['n', two], ['deadline', '2020-06-30'], ['step', 'own'], ['key', 'a']], [])).body;
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(asked)?.[1];
  expect([field(`deadline.${one}`), field(`responsibleUnitIds.${one}`)]).toEqual(['', '甘州区']);
  const form: readonly (readonly [string, string])[] = [
    ['own', 'yes'], ['n', one], ['n', two], ['deadline', '2020-06-30'], ...numbers.flatMap((number): readonly (readonly [string, string])[] => [[`unit.${number}`, ''], [`deadline.${number}`, ''], [`requirement.${number}`, '按要求整改。'], [`closureStandard.${number}`, '按标准销号。'], [`rectificationType.${number}`, 'staged']]),
    [`responsibleUnitIds.${one}`, ''], [`responsibleUnitIds.${two}`, '甘州区'], ['key', 'a'],
  ];
  const preview = (await office.send('/findings/assignment', [...form, ['step', 'preview']], [])).body;
  await office.send('/findings/assignment', [...form, ['previewed', digest(preview)], ['step', 'confirm']], []);
  const found = async (number: string) => (await findingQueries(house.db.reader).byNumber(number))?.snapshot.context;
  expect([(await found(one))?.deadline, (await found(one))?.responsibleUnitIds, (await found(two))?.responsibleUnitIds]).toEqual(['2020-06-30', [], [4]]);
});

test('the rows that a batch left begin with what was typed for them', async () => {
  const { clues: [one = '', two = ''], office } = await withClues(2);
  const done = (await office.follow('/findings/check-request', { n: [one, two], checkBy: '2020-05-20', [`unit.${one}`]: '交通局', [`unit.${two}`]: '没有的局', step: 'confirm', key: 'a' })).body;
  const [, href = ''] = /href="([^"]*again[^"]*)"/u.exec(done) ?? [];
  const left = (await office.get(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))).body;
  expect([left.includes('value="2020-05-20"'), left.includes(`name="unit.${two}" value="没有的局"`), left.includes(`name="unit.${one}"`)]).toEqual([true, true, false]);
});

test('what was done in one go has an address of its own: the second click, and whoever comes back, see the same', async () => {
  const { clues, office, house } = await withClues(2);
  const form = { n: clues, checkUnitId: '3', checkBy: '2020-05-20', step: 'confirm', key: 'one' };
  const [first, second] = await Promise.all([office.post('/findings/check-request', form), office.post('/findings/check-request', form)]);
  expect([first.statusCode, second.statusCode, first.headers.location]).toEqual([303, 303, second.headers.location]);
  const { body } = await office.get(String(first.headers.location));
  for (const words of ['已交办核实 2 件', clues[0] ?? '', 'href="/assignment-notices"']) expect(body).toContain(words);
  expect((await house.db.reader.select().from(findingEvents).where(eq(findingEvents.type, 'HAND_OUT'))).length).toBe(2);
  const other = await signedIn(await testApp(house), 'office2');
  expect((await other.get(String(first.headers.location))).statusCode).toBe(404);
});

test('of which nothing can be done, nothing is recorded; the form says why and keeps what was typed', async () => {
  const { house, cast, clues: [one = ''], office } = await withClues(1);
  const form = { n: one, [`seen.${one}`]: '1', checkUnitId: '3', checkBy: '2020-05-20', note: '请逐户核实' };
  await does(house, cast, 'office2', one, 'HAND_OUT', { checkUnitId: 7, checkBy: '2020-05-21' });
  const again = await office.post('/findings/check-request', { ...form, step: 'confirm', key: 'one' });
  expect([again.statusCode, again.body.includes('一件也没有办成'), again.body.includes('请逐户核实')]).toEqual([422, true, true]);
  expect((await house.db.reader.select().from(findingEvents).where(eq(findingEvents.type, 'HAND_OUT'))).length).toBe(1);
});

test('a leader’s closure of several major findings is entered with one paper, which each of them keeps as its own', async () => {
  const house = await testHouse();
  const cast = await withCast(house);
  const numbers = [await listed(house, cast, { severity: 'major' }), await listed(house, cast, { severity: 'major' })];
  for (const number of numbers) await walked(house, cast, number, 'CLOSE');
  const office = await signedIn(await testApp(house), 'office');
  const ledger = await office.get('/findings?stage=verified');
  expect(ledger.body).toContain('formaction="/findings/closure"');
  const fresh = await office.get('/findings/closure?all=yes&stage=verified');
  expect([fresh.body.includes('multipart/form-data'), fresh.body.includes('name="behalfPersonId"')]).toEqual([true, true]);
  const texts: readonly (readonly [string, string])[] = [...numbers.map((number) => ['n', number] as const), ['outcome', 'rectified'], ['decisionNumber', '张整〔2020〕8号'], ['behalfPersonId', '9'], ['basisNumber', '阅批〔2020〕3号'], ['basisDate', '2020-05-11']];
  const without = await office.send('/findings/closure', [...texts, ['step', 'preview']], []);
  expect([without.statusCode, without.body.includes('href="#f-scan"')]).toEqual([422, true]);
  const preview = await office.send('/findings/closure', [...texts, ['step', 'preview']], [scan]);
  expect(preview.body).toContain('可以审签销号 2 件');
  const [paper = ''] = kept(preview.body, 'keptScan');
  const confirmed = await office.send('/findings/closure', [...texts, ['keptScan', paper], ['previewed', digest(preview.body)], ['step', 'confirm'], ['key', 'k']], []);
  expect(confirmed.statusCode).toBe(303);
  // The second click finds it done, though the paper went with the first.
  const again = await office.send('/findings/closure', [...texts, ['keptScan', paper], ['previewed', digest(preview.body)], ['step', 'confirm'], ['key', 'k']], []);
  expect([again.statusCode, again.headers.location]).toEqual([303, confirmed.headers.location]);
  const rows = await house.db.reader.select({ number: findings.number, stage: findings.stage }).from(findings);
  expect(rows.map(({ stage }) => stage)).toEqual(['closed', 'closed']);
  const papers = (await house.db.reader.select().from(evidence)).filter(({ name }) => name === '签字原件.pdf');
  expect([papers.length, new Set(papers.map(({ findingId }) => findingId)).size, new Set(papers.map(({ sha256 }) => sha256)).size]).toEqual([2, 2, 1]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('clues that their units found to be nothing are dismissed together, each on the evidence of its own check', async () => {
  const { house, clues: [one = '', two = ''], office, row } = await withChecked(2, 'unfounded', [0]);
  const form = { n: [one, two], reason: '经核实不属实，予以认定。', cited: 'yes' };
  const preview = await office.post('/findings/dismissal', { ...form, step: 'preview' });
  expect(preview.body).toContain('可以认定不属实 1 件，不能认定不属实 1 件');
  expect(preview.body).toContain('引用各件已有的佐证材料（1 件有）');
  await office.post('/findings/dismissal', { ...form, previewed: digest(preview.body), step: 'confirm', key: 'd' });
  expect([(await row(one))?.stage, (await row(two))?.stage]).toEqual(['unfounded', 'suspected']);
  const both = await office.send('/findings/dismissal', [['n', two], ['reason', '经核实不属实，予以认定。'], ['step', 'confirm'], ['key', 'e']], [['files', '核实报告.pdf', scan[2]]]);
  expect([both.statusCode, (await row(two))?.stage]).toEqual([303, 'unfounded']);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('a batch of a whole view carries the files along to every piece', async () => {
  const { house, office } = await withChecked(3, 'unfounded');
  const begun = await office.send('/findings/dismissal', [['whole', 'stage=suspected'], ['reason', '经核实不属实，予以认定。'], ['step', 'whole']], [['files', '核实报告.pdf', scan[2]]]);
  const address = String(begun.headers.location);
  await workBatches(house);
  expect((await office.get(address)).body).toContain('核实报告.pdf');
  // A change that is refused loses neither what came before nor what came with it.
  const [held = ''] = kept((await office.get(address)).body, 'kept');
  const refused = await office.send(`${address}/preview`, [['version', '1'], ['reason', ''], ['kept', held]], [['files', '补充说明.pdf', scan[2]]]);
  const ids = kept(refused.body, 'kept');
  expect([refused.statusCode, ids.length, refused.body.includes('补充说明.pdf')]).toEqual([422, 2, true]);
  await office.send(`${address}/preview`, [['version', '1'], ['reason', '经复核不属实，予以认定。'], ...ids.map((id) => ['kept', id] as const)], []);
  await workBatches(house);
  await office.post(`${address}/confirmation`, { version: '2' });
  await workBatches(house);
  expect((await house.db.reader.select().from(evidence)).filter(({ name }) => name === '补充说明.pdf').length).toBe(3);
  const reports = (await house.db.reader.select().from(evidence)).filter(({ name }) => name === '核实报告.pdf');
  expect([reports.length, new Set(reports.map(({ findingId }) => findingId)).size]).toEqual([3, 3]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('nobody signs for others who decides nothing, and of no rows nothing is recorded', async () => {
  const { house, clues, office } = await withChecked(1, 'founded');
  const handler = await office.send('/findings/confirmation', [['n', clues[0] ?? ''], ['note', '属实'], ['behalfPersonId', '4'], ['basisNumber', '阅批〔2020〕3号'], ['basisDate', '2020-05-11'], ['step', 'preview']], [scan]);
  expect([handler.statusCode, handler.body.includes('href="#f-behalfPersonId"')]).toEqual([422, true]);
  const empty = await office.post('/findings/confirmation', { note: '属实', step: 'confirm', key: 'none' });
  expect([empty.statusCode, (await house.db.reader.select().from(batches)).length]).toEqual([422, 0]);
});

test('a name that comes to mean another unit after the preview is previewed again', async () => {
  const { house, clues: [one = ''], office, row } = await withClues(1);
  const form = { n: one, checkBy: '2020-05-20', [`unit.${one}`]: '交通局' };
  const preview = await office.post('/findings/check-request', { ...form, step: 'preview' });
  await house.db.commit(changeset(deleteRows(unitAliases, { alias: '交通局', unitId: 3 }, 'alias'), insertRow(unitAliases, { alias: '交通局', unitId: 7 })));
  house.changed();
  const confirmed = await office.post('/findings/check-request', { ...form, previewed: digest(preview.body), step: 'confirm', key: 'a' });
  expect([confirmed.body.includes('预览以后内容有改动'), (await row(one))?.leadUnitId]).toEqual([true, null]);
});

test('a finding that goes by two numbers is done once', async () => {
  const { house, cast, clues: [clue = ''] } = await withChecked(1, 'founded');
  await does(house, cast, 'office', clue, 'CONFIRM', { note: '属实', ...assignment, straightOn: true });
  const leader = await signedIn(await testApp(house), 'leader');
  await leader.get('/findings/instruction');
  const { body } = await leader.follow('/findings/instruction', { n: [clue, 'ZG-2020-0001'], text: '请抓紧办理。', unitId: '3', step: 'confirm', key: 'i' });
  expect(body).toContain('共 1 件');
  expect((await house.db.reader.select().from(findingEvents).where(eq(findingEvents.type, 'INSTRUCT'))).length).toBe(1);
});

test('the unit that a confirmation proposes is seen in its preview, and history says that it is proposed', async () => {
  const { house, clues: [clue = ''], office, row } = await withChecked(1, 'founded');
  const form = { n: clue, note: '属实', [`unit.${clue}`]: '市水务局' };
  const preview = await office.post('/findings/confirmation', { ...form, step: 'preview' });
  expect(preview.body).toMatch(/市水务局<\/td><td[^>]*>1<\/td><td[^>]*>1</u);
  await office.post('/findings/confirmation', { ...form, previewed: digest(preview.body), step: 'confirm', key: 'c' });
  expect([(await row(clue))?.leadUnitId, (await row(clue))?.stage]).toEqual([7, 'listed']);
  const history = (await office.get('/findings/ZG-2020-0001/history')).body;
  expect([history.includes('建议承办单位'), history.includes('牵头单位')]).toEqual([true, false]);
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('the same form for a whole view begins one batch', async () => {
  const { house, office } = await withClues(2);
  const form = { checkUnitId: '3', checkBy: '2020-05-20', whole: 'stage=suspected', step: 'whole', key: 'w' };
  const [one, two] = await Promise.all([office.post('/findings/check-request', form), office.post('/findings/check-request', form)]);
  expect([one.statusCode, one.headers.location]).toEqual([303, two.headers.location]);
  expect((await house.db.reader.select().from(batches)).length).toBe(1);
});
