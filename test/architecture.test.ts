import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { packageRoot } from '../db/root.js';

/** Every source file of a folder with what it imports, as written. */
function importsIn(folder: string): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return new Map(files.map((file) => [`${folder}/${file}`, ts.preProcessFile(readFileSync(join(packageRoot, folder, file), 'utf8')).importedFiles.map((each) => each.fileName)]));
}

function offenders(folder: string, isWrong: (imported: string, file: string) => boolean): readonly string[] {
  return [...importsIn(folder)].flatMap(([file, imported]) => imported.filter((each) => isWrong(each, file)).map((each) => `${file} imports ${each}`));
}

const drivers = /^(?:better-sqlite3|pg|drizzle-orm\/(?:better-sqlite3|sqlite-core|pg-core|node-postgres))$/u;

test('workflows import xstate and their own files, and nothing else', () => {
  expect(offenders('workflows', (imported) => imported !== 'xstate' && (!imported.startsWith('.') || imported.includes('/db/') || imported.includes('/src/')))).toEqual([]);
});

test('only db/ imports a driver or a dialect', () => {
  expect([...offenders('src', (imported) => drivers.test(imported)), ...offenders('views', (imported) => drivers.test(imported)), ...offenders('workflows', (imported) => drivers.test(imported))]).toEqual([]);
});

test('outside db/ nobody knows which engine there is', () => {
  expect(offenders('src', (imported) => imported.includes('/sqlite/'))).toEqual([]);
});

test('db/ knows nothing of pages and features', () => {
  expect(offenders('db', (imported) => imported.includes('/src/') || imported.includes('/views/'))).toEqual([]);
});

test('lists of findings and lists of people share how a spreadsheet is read, and know nothing of each other', () => {
  const across = [...offenders('src/imports', (imported) => imported.includes('/people/')), ...offenders('src/people', (imported) => imported.includes('/imports/'))];
  expect([...across, ...offenders('src/spreadsheets', (imported) => /\/(?:imports|people)\//u.test(imported))]).toEqual([]);
});

test('step() is the only caller of transition()', () => {
  const callers = [...importsIn('workflows').keys(), ...importsIn('src').keys()].filter((file) => /\bimport\b[^;]*\btransition\b[^;]*from 'xstate'/u.test(readFileSync(join(packageRoot, file), 'utf8')));
  expect(callers).toEqual(['workflows/step.ts']);
});

test('one file reads the environment, one reads the clock', () => {
  const sources = [...importsIn('src').keys()];
  expect(sources.filter((file) => readFileSync(join(packageRoot, file), 'utf8').includes('process.env'))).toEqual(['src/config.ts']);
  expect(sources.filter((file) => /Date\.now\(|new Date\(\)|Temporal\.Now/u.test(readFileSync(join(packageRoot, file), 'utf8')))).toEqual(['src/clock.ts']);
});
