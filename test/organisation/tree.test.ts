import { expect, test } from 'vitest';
import { unitTree, type Unit } from '../../src/organisation/tree.js';

const unit = (id: number, name: string): Unit => ({ id, name, shortName: name, kind: 'county', parentId: null, path: [id], phone: null, disabledOn: null, endsOn: null, successorId: null });
const tree = unitTree([unit(1, '肃南裕固族自治县'), unit(2, '肃北蒙古族自治县'), unit(3, '祁丰藏族乡'), unit(4, '民乐县'), unit(5, '大泉沟乡')], [{ alias: '民乐', unitId: 4 }]);
const found = (text: string): readonly number[] => tree.named(text).map(({ id }) => id);

test('an autonomous county or township is found by the name that everybody uses', () => {
  expect([found('肃南县'), found('肃北县'), found('祁丰乡')]).toEqual([[1], [2], [3]]);
});

test('nothing else is found by a beginning: a name is a name', () => {
  expect([found('肃县'), found('大泉乡'), found('民乐区'), found('肃南乡'), found('县')]).toEqual([[], [], [], [], []]);
});
