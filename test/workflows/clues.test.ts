import { describe, expect, it } from 'vitest';
import { current } from '../../workflows/registry.js';
import { checker, clerk, done, findingAt, ganzhou, handler, person, refusedBy, transportBureau, waterBureau } from './cast.js';

const township = person(81, '某镇经办甲', 'handler', ganzhou, ['handedOn']);

describe('a clue that was handed out', () => {
  it('comes back to the office: recalled, or returned by a unit that is not concerned; what the list named is proposed again', () => {
    const listed = done(null, 'LIST', clerk, { data: { severity: 'ordinary', suspected: true, number: 'XS-2020-0001', leadUnitId: waterBureau } });
    const handed = done(listed, 'HAND_OUT', clerk);
    expect(handed.context).toMatchObject({ checkUnitId: transportBureau, suggestedUnitId: transportBureau });
    const recalled = done(handed, 'RECALL_CHECK', clerk);
    expect([recalled.value, recalled.context.checkUnitId, recalled.context.checkBy, recalled.context.suggestedUnitId]).toEqual([{ suspected: 'toCheck' }, null, null, waterBureau]);
    expect(done(handed, 'RETURN_CHECK', checker).context.suggestedUnitId).toBe(ganzhou);
    expect(done(handed, 'RETURN_CHECK', checker, { data: { suggestedUnitId: null } }).context.suggestedUnitId).toBe(waterBureau);
    expect(done(done(done(handed, 'HAND_OUT', clerk), 'RETURN_CHECK', checker, { data: { suggestedUnitId: null } }), 'HAND_OUT', clerk).context.listedUnitId).toBe(waterBureau);
    expect(refusedBy(findingAt('suspected.checked'), 'RECALL_CHECK', clerk)).toEqual(['notInThisStage']);
  });
});

describe('a check that a unit handed on', () => {
  const handedOn = () => done(findingAt('suspected.checking'), 'HAND_ON', checker);

  it('waits below first, until the date of the unit above at the latest', () => {
    expect(refusedBy(findingAt('suspected.checking'), 'HAND_ON', checker, { data: { checkBy: '2020-05-21' } })).toEqual(['withinCheckBy']);
    expect(refusedBy(findingAt('suspected.checking'), 'HAND_ON', checker, { on: '2020-05-21', data: { checkBy: '2020-05-25' } })).toEqual([]);
    expect(current.waiting('suspected.checking', handedOn().context)).toMatchObject([{ event: 'REPORT_UP', unitId: ganzhou, dueOn: '2020-05-18' }, { event: 'REPORT_CHECK', unitId: transportBureau, dueOn: '2020-05-20' }]);
  });

  it('is reported by the unit that answers for it, which begins with what was found below', () => {
    const answered = done(handedOn(), 'REPORT_UP', township);
    expect(answered.value).toEqual({ suspected: 'checking' });
    expect(answered.context.handedOn).toMatchObject({ result: 'partly', note: '到村核实，两处属实，一处已办结。' });
    expect(current.waiting('suspected.checking', answered.context).map(({ event }) => event)).toEqual(['REPORT_CHECK']);
    expect(current.events['REPORT_CHECK']?.fields.map(({ startsWith }) => startsWith)).toEqual(['handedOn.result', 'handedOn.note', undefined]);
  });

  it('binds whoever checked below: they do not judge what they found', () => {
    const reported = done(done(handedOn(), 'REPORT_UP', township), 'REPORT_CHECK', checker);
    expect(refusedBy(reported, 'CONFIRM', person(township.personId, township.name, 'office', 1, ['host']))).toEqual(['never.check.any']);
  });

  it('waits below again when it is sent back, and nowhere once it is recalled', () => {
    const back = done(done(done(handedOn(), 'REPORT_UP', township), 'REPORT_CHECK', checker), 'SEND_BACK_CHECK', clerk);
    expect(current.waiting('suspected.checking', back.context).map(({ event }) => event)).toEqual(['REPORT_UP', 'REPORT_CHECK']);
    expect(done(handedOn(), 'RECALL_CHECK', clerk).context.handedOn).toBeNull();
  });

  it('is no matter of another unit below, nor of the one that leads', () => {
    for (const other of [handler, person(82, '另一镇经办甲', 'handler', 99, [])]) expect(refusedBy(handedOn(), 'REPORT_UP', other)).toEqual(['notYourPost']);
  });
});
