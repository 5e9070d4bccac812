import { expect, test } from 'vitest';
import { evidence } from '../../db/schema/index.js';
import { findingQueries } from '../../src/findings/queries.js';
import { verifyLedger } from '../../src/ledger/verify/verify.js';
import { signedIn, testApp, testHouse, type Agent } from '../support/app.js';
import { withCast } from '../support/cast.js';
import { listed, walked } from '../support/factories.js';

const scan = ['scan', '签字原件.pdf', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF')] as const;
const paper = [['behalfPersonId', '5'], ['basisNumber', '交运签〔2020〕3号'], ['basisDate', '2020-05-11']] as const;

/** A plan that waits for the head of the road bureau, who signs on paper. */
async function waitingForTheHead() {
  const house = await testHouse();
  const cast = await withCast(house);
  const number = await listed(house, cast);
  await walked(house, cast, number, 'SIGN_PLAN');
  const app = await testApp(house);
  const enter = async (agent: Agent, texts: readonly (readonly [string, string])[], files: readonly (readonly [string, string, Uint8Array])[] = [scan]) => {
    await agent.get(`/findings/${number}/plan-signature`);
    return agent.send(`/findings/${number}/plan-signature`, texts, files);
  };
  const state = async (): Promise<string> => (await findingQueries(house.db.reader).byNumber(number))?.row.state ?? '';
  return { house, number, app, enter, state };
}

test('the handler enters what the head signed, with the paper; history names both, and the scan is kept', async () => {
  const { house, number, app, enter, state } = await waitingForTheHead();
  const transport = await signedIn(app, 'transport');
  expect((await transport.get(`/findings/${number}/plan-signature`)).body).toContain('可以代录');
  expect((await enter(transport, paper)).statusCode).toBe(303);
  expect(await state()).toBe('rectifying.planReview');
  const { body } = await transport.get(`/findings/${number}/history`);
  for (const word of ['交通负责人', '交通经办甲', '交运签〔2020〕3号']) expect(body).toContain(word);
  expect((await house.db.reader.select().from(evidence)).map((file) => file.name)).toEqual(['签字原件.pdf']);
  expect((await transport.get(`/findings/${number}`)).body).toContain('<span class="quiet">签字原件 · ');
  expect((await verifyLedger(house)).faults).toEqual([]);
});

test('without person, paper, date or scan nothing is entered, and the form says which is missing', async () => {
  const { app, enter, state } = await waitingForTheHead();
  const transport = await signedIn(app, 'transport');
  const without = (name: string) => paper.filter(([each]) => each !== name);
  const faulty: readonly (readonly [readonly (readonly [string, string])[], readonly (readonly [string, string, Uint8Array])[], string])[] = [
    [without('behalfPersonId'), [scan], '被代录人'], [without('basisNumber'), [scan], '依据文号'], [without('basisDate'), [scan], '依据'], [paper, [], '签字原件扫描'],
    [[...without('basisDate'), ['basisDate', '2020-05-12']], [scan], '依据'], [[...without('basisDate'), ['basisDate', '2020-05-01']], [scan], '2020-05-11'],
    [[...without('behalfPersonId'), ['behalfPersonId', '999']], [scan], '被代录人'],
  ];
  for (const [texts, files, word] of faulty) {
    const { statusCode, body } = await enter(transport, texts, files);
    expect([statusCode, /id="faults"[\s\S]*/u.exec(body)?.[0].includes(word)], `${word} ${JSON.stringify(texts)}`).toEqual([422, true]);
  }
  expect(await state()).toBe('rectifying.planSigning');
});

test('nobody enters a decision for somebody who may not make it, or types for another unit', async () => {
  const { app, enter, state } = await waitingForTheHead();
  const texts = (person: string) => [['behalfPersonId', person], ...paper.slice(1)] as const;
  expect((await enter(await signedIn(app, 'transport'), texts('7'))).statusCode).toBe(403);
  expect((await enter(await signedIn(app, 'transport'), texts('9'))).statusCode).toBe(403);
  expect((await enter(await signedIn(app, 'water'), paper)).statusCode).toBe(404);
  expect((await enter(await signedIn(app, 'inspector'), paper)).statusCode).toBe(403);
  expect(await state()).toBe('rectifying.planSigning');
});
