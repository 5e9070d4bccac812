import { expect, test } from 'vitest';
import { dayIn } from '../../src/people/lists/days.js';
import { columns, meaningOf } from '../../src/people/lists/meanings.js';
import { postsIn } from '../../src/people/lists/post-words.js';
import { candidatesFor, proposed } from '../../src/people/lists/usernames.js';
import { languages, words } from '../../src/words.js';

const roles = ['office', 'handler', 'head', 'sector', 'inspector', 'leader', 'admin', 'auditor'] as const;

test.each(languages)('the words of the product in %s are understood: every post, every header of the template', (language) => {
  const t = words(language);
  for (const role of roles) expect(postsIn(t(`role.${role}`))).toEqual({ posts: [{ role, kind: 'home' }], unknown: [] });
  for (const column of columns) expect([column, meaningOf(t(`people.list.column.${column}`))]).toEqual([column, column]);
  expect(postsIn(t('people.list.example.posts')).posts.map(({ role }) => role)).toEqual(['handler', 'head']);
});

test('several posts stand in one cell, a secondment says so, and what is no post is named', () => {
  expect(postsIn('承办人、单位负责人;核查人员（挂职）\n承办人')).toEqual({ posts: [{ role: 'handler', kind: 'home' }, { role: 'head', kind: 'home' }, { role: 'inspector', kind: 'secondment' }], unknown: [] });
  expect(postsIn('Handler; Head of unit')).toEqual({ posts: [{ role: 'handler', kind: 'home' }, { role: 'head', kind: 'home' }], unknown: [] });
  expect(postsIn('承办人、局长')).toEqual({ posts: [{ role: 'handler', kind: 'home' }], unknown: ['局长'] });
});

test('a day is one day or none: what may be two, or has no year, is not guessed', () => {
  expect(['2020-06-30', '2020年6月30日', '2020/6/30', '', '长期', '30/06/2020'].map(dayIn)).toEqual(['2020-06-30', '2020-06-30', '2020-06-30', null, null, '2020-06-30']);
  expect(['5/6/2020', '6月底', '立行立改', '2020-02-31', '以后'].map(dayIn)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('a user name is proposed from the name, then with the unit, then with a number, and never twice', () => {
  const taken = new Set(['经办甲']);
  const names = candidatesFor('经办甲', '市水务局');
  expect([proposed(names, taken), proposed(names, taken), proposed(names, taken)]).toEqual(['经办甲.市水务局', '经办甲2', '经办甲3']);
  expect(candidatesFor('Ada  Doe', 'Water')[0]).toBe('ada.doe');
  expect(candidatesFor('=+-@', '')).toEqual([]);
});
