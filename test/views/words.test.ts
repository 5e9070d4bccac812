import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../db/root.js';
import { facts } from '../../src/ledger/stream.js';
import { languages, wordKeys } from '../../src/words.js';

const sentences = (language: string): ReadonlyMap<string, string> => {
  const folder = join(packageRoot, 'views/locales', language);
  return new Map(readdirSync(folder).flatMap((file) => Object.entries<string>(JSON.parse(readFileSync(join(folder, file), 'utf8')))));
};
const [chinese, english] = [sentences('zh-CN'), sentences('en')];
const valuesIn = (sentence = ''): string => [...new Set([...sentence.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name))].toSorted().join();

test('both languages have the same words', () => {
  expect(wordKeys('zh-CN').filter((key) => !english.has(key))).toEqual([]);
  expect(wordKeys('en').filter((key) => !chinese.has(key))).toEqual([]);
});

test('a sentence puts the same values in, in both languages', () => {
  expect([...chinese].filter(([key, sentence]) => valuesIn(sentence) !== valuesIn(english.get(key))).map(([key]) => key)).toEqual([]);
});

test.each(languages)('no word of %s is empty', (language) => {
  expect([...sentences(language)].filter(([, sentence]) => sentence === '').map(([key]) => key)).toEqual([]);
});

test('everything that the record keeps beside the findings has its word', () => {
  expect(facts.filter((fact) => !chinese.has(`fact.${fact}`))).toEqual([]);
});

test('between Chinese words stands Chinese punctuation', () => {
  expect([...chinese].filter(([, sentence]) => /[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]/u.test(sentence)).map(([key, sentence]) => `${key}: ${sentence}`)).toEqual([]);
});
