import { parse } from 'node-html-parser';
import { describe, expect, it, test } from 'vitest';
import { render, templateFiles } from '../../src/plugins/views.js';
import { hasWord, languages } from '../../src/words.js';
import type { Pages } from '../../views/pages.js';
import { sampleFrame, samples } from './samples.js';
import { decisionsOf, walked, wordsOf } from './walk.js';

const names = Object.keys(samples).toSorted().filter((name): name is keyof Pages => name in samples);

test('every page has a template, every template a page', () => {
  expect([...templateFiles().keys()].filter((name) => !name.startsWith('components/') && !name.startsWith('layouts/')).toSorted()).toEqual(names);
});

describe.each(names)('%s', (name) => {
  it('asks its model for nothing that is not there', () => {
    expect(walked(name, { ...samples[name], csrf: 'token' }).faults).toEqual([]);
  });

  it.each(languages)('is drawn in %s, with every id once and every reference answered', (language) => {
    const page = parse(render(name, samples[name], sampleFrame(language)));
    const ids = page.querySelectorAll('[id]').map((element) => element.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const asked = ['for', 'aria-describedby', 'aria-labelledby', 'list'].flatMap((attribute) => page.querySelectorAll(`[${attribute}]`).flatMap((element) => (element.getAttribute(attribute) ?? '').split(' ')));
    expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
    expect(page.querySelectorAll('h1')).toHaveLength(1);
  });

  it('has no script, style or handler of its own, and a token in every form that writes', () => {
    const page = parse(render(name, samples[name], sampleFrame()));
    expect(page.querySelectorAll('style, script:not([src]), [style], [onclick], [onsubmit], [onchange]').map(String)).toEqual([]);
    expect(page.querySelectorAll('form[method=post]').filter((form) => !form.querySelector('[name=_csrf]') && !form.getAttribute('action')?.includes('_csrf=')).map((form) => form.getAttribute('action'))).toEqual([]);
  });
});

test('the layout asks the frame for nothing that is not there', () => {
  expect(walked('layouts/main', { ...sampleFrame(), body: '' })).toMatchObject({ faults: [], unseen: [] });
});

test('the samples fill every list of every template somewhere, so that all rows were looked at', () => {
  const walks = names.map((name) => walked(name, { ...samples[name], csrf: 'token' }));
  const seen = new Set(walks.flatMap((walk) => walk.seen));
  expect(walks.flatMap((walk) => walk.unseen).filter((place) => !seen.has(place))).toEqual([]);
});

test('a path that the model has not is named with its template', () => {
  expect(walked('errors/show', { title: '没有找到', what: '', next: '' }).faults).toEqual(['errors/show: "reference" is not in the model']);
});

test.each(languages)('every word that a template names is there in %s', (language) => {
  expect([...templateFiles().keys()].flatMap((name) => wordsOf(name).filter((key) => !hasWord(language, key)).map((key) => `${name}: ${key}`))).toEqual([]);
});

test.each([...templateFiles()])('%s decides nothing and lets nothing through unescaped', (name, source) => {
  expect(decisionsOf(name)).toEqual([]);
  if (name !== 'layouts/main') expect(source).not.toContain('{{{');
});

test('what people type is shown as they typed it, never as markup', () => {
  const html = render('errors/show', { ...samples['errors/show'], what: '<script>alert(1)</script> & "甲"' }, sampleFrame());
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;甲&quot;');
});
