import { parse, type HTMLElement } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { checksField, choice, longField, radioField, selectField, textField, tickField } from '../../src/forms.js';
import { renderComponent, templateFiles } from '../../src/plugins/views.js';
import { words } from '../../src/words.js';
import { designSample } from '../../views/design/sample.js';
import { fields } from './samples/parts.js';
import { findings } from './samples/findings.js';

const t = words('zh-CN');
const sample = designSample(t, findings['workflow/show'].diagram);
const drawn = (name: string, model: object): HTMLElement => parse(renderComponent('zh-CN', name, model));
const field = (name: string): HTMLElement => drawn('field', fields.find((each) => each.name === name) ?? {});

it('a badge and a light say in words what their colour says', () => {
  expect(drawn('badge', { label: '已销号', tone: 'good' }).querySelector('.tag-good')?.text).toBe('已销号');
  const light = drawn('light', { sign: '■', label: '逾期 3 天', tone: 'bad' });
  expect(light.querySelector('[aria-hidden=true]')?.text).toBe('■');
  expect(light.text).toContain('逾期 3 天');
});

it('the stepper tells the present step to those who do not see it', () => {
  const [plain, branched] = sample.steppers.map((stepper) => drawn('stepper', stepper));
  expect(plain?.querySelectorAll('[aria-current=step]').map((step) => step.text)).toEqual(['正在整改']);
  expect(plain?.querySelectorAll('.step-done')).toHaveLength(2);
  expect(branched?.querySelector('.step-branch')?.text).toBe('中止');
});

it('a figure links to its rows; one without rows is only said', () => {
  expect(drawn('figure', { label: '应整改', value: '33', note: null, href: '/findings', tone: 'plain' }).querySelector('a')?.getAttribute('href')).toBe('/findings');
  expect(drawn('figure', { label: '应整改', value: '—', note: null, href: null, tone: 'plain' }).querySelector('a')).toBeNull();
  expect(drawn('figures', { label: '合计', figures: sample.figures }).querySelectorAll('.figure')).toHaveLength(4);
});

it('the faults of a form are all shown, each linked to its field', () => {
  const faults = drawn('faults', sample.faults);
  expect(faults.querySelector('#faults')?.getAttribute('role')).toBe('alert');
  expect(faults.querySelectorAll('a').map((link) => link.getAttribute('href'))).toEqual(['#f-title', '#f-stage']);
});

describe('a field', () => {
  it.each(['title', 'text', 'unit', 'units', 'files'])('%s has its label, its hint and its fault bound to the control', (name) => {
    const html = field(name);
    const control = html.querySelector('input, textarea, select');
    expect(html.querySelector('label')?.getAttribute('for')).toBe(control?.id);
    expect(control?.getAttribute('aria-describedby')?.split(' ').map((id) => html.querySelector(`#${id}`)?.text)).toEqual(['写清依据。', '请填写。']);
    expect(html.querySelector('.must')?.getAttribute('title')).toBe('必填');
  });

  it.each(['title', 'deadline', 'text', 'unit', 'units'])('%s says that what was typed is not valid', (name) => {
    expect(field(name).querySelector('input, textarea, select')?.getAttribute('aria-invalid')).toBe('true');
  });

  it.each(['type', 'checklist', 'measures'])('%s, being several controls, is a group with a legend', (name) => {
    const group = field(name).querySelector('fieldset');
    expect(group?.querySelector('legend')?.text).not.toBe('');
    expect(group?.getAttribute('aria-describedby')).toBe(`${group?.id}-hint ${group?.id}-error`);
  });

  it('without fault or hint says nothing of either', () => {
    const html = drawn('field', textField({ name: 'title', label: '问题标题', type: 'date', value: '2020-06-30' }));
    expect(html.querySelector('input')?.attributes).toEqual({ class: 'form-control', type: 'date', id: 'f-title', name: 'title', value: '2020-06-30' });
    expect(html.querySelectorAll('.hint, .wrong, .must')).toHaveLength(0);
  });

  it('keeps what was chosen', () => {
    const choices = [choice('staged', '分阶段', false), choice('continuing', '持续整改', true)];
    expect(drawn('field', selectField({ name: 'a', label: '类型', choices })).querySelector('option[selected]')?.getAttribute('value')).toBe('continuing');
    expect(drawn('field', radioField({ name: 'a', label: '类型', choices })).querySelector('input[checked]')?.getAttribute('value')).toBe('continuing');
    expect(drawn('field', checksField({ name: 'a', label: '类型', choices })).querySelectorAll('input[checked]')).toHaveLength(1);
    expect(drawn('field', tickField({ name: 'a', label: '无新进展', value: 'yes' })).querySelector('input')?.hasAttribute('checked')).toBe(true);
    expect(drawn('field', longField({ name: 'a', label: '说明', value: '</textarea><b>' })).querySelector('textarea')?.rawText).toBe('&lt;/textarea&gt;&lt;b&gt;');
  });

  it('of rows names every cell after its column and row', () => {
    expect(field('measures').querySelectorAll('tbody [name]').map((cell) => `${cell.getAttribute('name')} ${cell.getAttribute('aria-label')}`)).toEqual(['measures.0.text 措施内容 1', 'measures.0.owner 责任单位 1', 'measures.1.text 措施内容 2', 'measures.1.owner 责任单位 2']);
    expect(field('progress').querySelector('.row-title')?.text).toBe('逐项倒排');
  });
});

it('a verb that may not be done stays readable and says why', () => {
  const [, , refused] = sample.verbs.map((verb) => drawn('verb', verb));
  const button = refused?.querySelector('[aria-disabled=true]');
  expect(button?.hasAttribute('href')).toBe(false);
  expect(refused?.querySelector(`#${button?.getAttribute('aria-describedby')}`)?.text).toContain('还有 2 项措施未完成');
  expect(drawn('verb', sample.verbs[0] ?? {}).querySelector('a.btn-primary')?.getAttribute('href')).toBe('/design');
});

it('the history tells each event with its day, note and who typed it', () => {
  const [latest, earlier] = drawn('timeline', sample.history).querySelectorAll('li');
  expect(latest?.querySelector('time')?.getAttribute('datetime')).toBe('2020-05-09');
  expect(latest?.querySelector('blockquote')).not.toBeNull();
  expect(earlier?.querySelector('blockquote')).toBeNull();
});

it('a table names its columns, and each cell its column for narrow screens', () => {
  const table = drawn('table', sample.table);
  expect(table.querySelectorAll('th[scope=col]')).toHaveLength(5);
  expect(table.querySelector('td.amount')?.getAttribute('data-label')).toBe('措施进度');
});

it('the pager offers only the pages that are there', () => {
  expect(drawn('pager', { summary: '本页 3 条', previous: null, next: '/findings?after=3' }).querySelectorAll('a').map((link) => link.getAttribute('rel'))).toEqual(['next']);
});

it('an empty list shows a way out', () => {
  expect(drawn('empty', sample.empty).querySelector('a')?.text).toBe('清除筛选');
  expect(drawn('empty', { ...sample.empty, href: null }).querySelector('a')).toBeNull();
});

it('facets and tabs mark what is shown; a chip can be taken off', () => {
  expect(drawn('facets', { label: '按阶段', facets: sample.facets }).querySelectorAll('[aria-current=true]')).toHaveLength(1);
  expect(drawn('tabs', { label: '分页签', tabs: sample.tabs }).querySelector('[aria-current=page]')?.text).toBe('基本信息');
  expect(drawn('chips', { label: '筛选', chips: sample.chips }).querySelector('a')?.getAttribute('aria-label')).toContain('去掉筛选');
});

it('the way to a page ends at the page itself', () => {
  const crumbs = drawn('crumbs', { crumbs: sample.crumbs });
  expect(crumbs.querySelectorAll('a')).toHaveLength(1);
  expect(crumbs.querySelector('[aria-current=page]')?.text).toBe('组件一览');
});

it('facts, notices, progress and steps are said in words', () => {
  expect(drawn('facts', { facts: sample.facts }).querySelectorAll('dt, dd')).toHaveLength(6);
  expect(drawn('notice', { tone: 'bad', role: 'alert', text: '密码不对。' }).querySelector('.notice-bad')?.getAttribute('role')).toBe('alert');
  expect(drawn('progress', sample.measures[1] ?? {}).querySelector('progress')?.attributes).toMatchObject({ max: '100', value: '60' });
  expect(drawn('way', { steps: sample.way }).querySelectorAll('li')).toHaveLength(3);
});

it('what cannot be undone is asked once, with the token and the key of the command', () => {
  const form = drawn('confirm', { ...sample.confirm, csrf: 'token' });
  expect(form.querySelectorAll('input[type=hidden]').map((input) => input.getAttribute('name'))).toEqual(['_csrf', 'key']);
  expect(form.querySelector('a')?.getAttribute('href')).toBe(sample.confirm.cancel);
});

it('the diagram marks where the finding stands and the way it came', () => {
  const diagram = drawn('diagram', sample.diagram);
  expect(diagram.querySelectorAll('.node-here text').map((node) => node.text)).toEqual([t('state.rectifying.planning')]);
  expect(diagram.querySelectorAll('.edge-been')).toHaveLength(1);
  expect(diagram.querySelector('svg')?.getAttribute('aria-label')).toBe(t('workflow.picture'));
});

it('every component has its place on the page of all components', () => {
  const page = [...templateFiles()].filter(([name]) => name === 'design/index' || name.startsWith('components/')).map(([, source]) => source).join('\n');
  expect([...templateFiles().keys()].filter((name) => name.startsWith('components/')).map((name) => name.slice('components/'.length)).filter((name) => !page.includes(`{{> ${name} `))).toEqual([]);
});
