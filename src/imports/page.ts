import { randomUUID } from 'node:crypto';
import type { Badge, Choice, Field, Figure, Pager } from '../../views/pages.js';
import type { ChoiceRow, ImportPage } from '../../views/pages/imports.js';
import type { Refusal } from '../../workflows/types.js';
import { choice, selectField, textField, tickField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { JudgedRow, Outcome } from './judged.js';
import { inUse, pathOf, type Category } from './categories.js';
import { channels, type Mapping, type Pairs } from './mapping.js';
import { meanings } from './meanings.js';
import { faultsOnPage, isReady, rowsOnPage, type Preview, type Unknown } from './preview.js';
import type { ImportRow } from './queries.js';
import { delimiters, encodings, letterOf } from '../spreadsheets/grid.js';
import { statuses } from './values.js';

/** What the page of an import is made of. */
export interface Shown {
  readonly record: ImportRow;
  readonly preview: Preview;
  readonly tree: UnitTree;
  readonly today: string;
  readonly campaigns: readonly { readonly id: number; readonly name: string }[];
  readonly categories: readonly Category[];
  readonly page: number;
  readonly faultPage: number;
  readonly refusals: readonly Refusal[];
  /** the import of this very file under another source, if there was one. */
  readonly twin: string | null;
}

/** The page of an import that waits: how the list was understood, what would become of it, and what stands in the way. */
export function importPage(shown: Shown, t: Words): ImportPage {
  const { record, preview, page, faultPage, refusals } = shown;
  const { look, counts } = preview;
  const ready = isReady(preview);
  const wanted = counts.new + counts.adopted;
  const names = namesOf(shown, t);
  const fields = new Map(names.flatMap(({ id: group, rows }) => rows.map(({ id, text }) => [`${group}-${text}`, id])));
  return {
    name: record.name, action: `/imports/${record.id}`, key: randomUUID(), version: record.version,
    faults: refusals.length === 0 ? null : { title: t('form.faults', { count: refusals.length }), items: refusals.map((refusal) => ({ href: refusal.field ? `#${fields.get(refusal.field) ?? `f-${refusal.field}`}` : null, text: sentenceOf(refusal, t) })) },
    notices: noticesOf(shown, t), figures: figuresOf(preview, t), facts: factsOf(preview, t),
    source: sourceFields(shown, t), reading: readingFields(look, t), was: [{ name: 'was-sheet', value: look.mapping.sheet }, { name: 'was-headerRow', value: String(look.mapping.headerRow) }, { name: 'was-encoding', value: look.encoding ?? '' }, { name: 'was-delimiter', value: look.delimiter ?? '' }],
    columns: look.headers.map((header, index) => ({
      id: `column-${index}`, name: `column-${index}`, letter: letterOf(index), header, samples: (look.samples[index] ?? []).join(' | '),
      choices: meanings.map((meaning) => choice(meaning, t(`import.meaning.${meaning}`), look.mapping.columns[index] === meaning)),
    })),
    values: valuesOf(look.mapping, t), names,
    cells: preview.faults.map((fault) => ({ cell: `${fault.letter}${fault.row}`, header: fault.header, text: fault.text, what: t(`import.fault.${fault.code}`) })),
    cellsPager: pagerOf(record, faultPage, preview.faultTotal, faultsOnPage, (at) => `?page=${page}&faults=${at}#cells`, t),
    rows: preview.rows.map((row) => rowView(row, shown, t)),
    pager: pagerOf(record, page, look.total, rowsOnPage, (at) => `?page=${at}&faults=${faultPage}#rows`, t),
    cannot: ready ? null : t(look.hasProblem ? 'import.cannot.faulty' : 'import.cannot.noProblem', { count: counts.faulty }),
    confirm: wanted === 0 ? t('import.confirmNothing') : t('import.confirm', { count: wanted }),
  };
}

function noticesOf({ preview: { look, counts, nobodys, units }, twin }: Shown, t: Words): readonly string[] {
  const { channel, issuer } = look.mapping.source;
  const at = look.mapping.columns.includes('requirement') ? -1 : look.mapping.columns.indexOf('measures');
  return [
    ...(at >= 0 ? [t('import.notice.measures', { header: look.headers[at] ?? '' })] : []),
    ...(channel === 'other' && counts.new + counts.adopted > 0 ? [t('import.notice.source', { channel: t(`channel.${channel}`), issuer })] : []),
    ...(look.hasProblem ? [] : [t('import.notice.noProblem')]),
    ...(nobodys === 0 ? [] : [t(units.total > 0 ? 'import.notice.nobodys' : 'import.notice.noUnits', { count: nobodys })]),
    ...(counts.already > 0 && counts.new + counts.adopted + counts.faulty === 0 ? [t('import.notice.allThere', { count: counts.already })] : []),
    ...(twin === null ? [] : [t('import.notice.twin', { source: twin })]),
    ...(look.dateOrderSure ? [] : [t('import.notice.dateOrder')]),
    ...(look.leftTotal === 0 ? [] : [t('import.notice.left', { count: look.leftTotal, rows: look.left.slice(0, 5).map(({ row, text }) => t('import.notice.leftRow', { row: row + 1, text })).join(t('sentence.comma')) })]),
  ];
}

const tones: Readonly<Record<Outcome, Badge['tone']>> = { new: 'info', adopted: 'good', already: 'quiet', skipped: 'quiet', faulty: 'bad' };

function figuresOf({ look, counts }: Preview, t: Words): readonly Figure[] {
  const figure = (name: string, value: number, tone: Figure['tone'], href: string | null = null): Figure => ({ label: t(`import.count.${name}`), value: String(value), note: null, href, tone });
  return [
    figure('total', look.total, 'plain'), figure('new', counts.new, 'info'), figure('adopted', counts.adopted, 'good'), figure('already', counts.already, 'quiet'),
    ...(counts.skipped > 0 ? [figure('skipped', counts.skipped, 'quiet')] : []), figure('faulty', counts.faulty, counts.faulty > 0 ? 'bad' : 'quiet', counts.faulty > 0 ? '#cells' : null),
  ];
}

function factsOf({ look }: Preview, t: Words): string {
  const facts = look.kind === 'xlsx' ? t('import.facts.xlsx', { sheet: look.mapping.sheet, row: look.mapping.headerRow }) : t('import.facts.csv', { encoding: look.encoding ?? '', delimiter: t(`import.delimiter.${delimiterName(look.delimiter ?? ',')}`), row: look.mapping.headerRow });
  return facts;
}

function delimiterName(delimiter: string): string {
  return { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }[delimiter] ?? 'comma';
}

function sourceFields({ preview: { look: { mapping: { source, campaignId, clues } } }, campaigns, refusals }: Shown, t: Words): readonly Field[] {
  const error = (name: string): string | null => refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  return [
    selectField({ name: 'channel', label: t('field.channel'), required: true, choices: channels.map((each) => choice(each, t(`channel.${each}`), each === source.channel)) }),
    textField({ name: 'issuer', label: t('field.issuer'), required: true, value: source.issuer, error: error('issuer') }),
    textField({ name: 'documentNumber', label: t('import.field.document'), value: source.documentNumber, hint: t('import.field.documentHint') }),
    textField({ name: 'documentDate', label: t('import.field.asOf'), type: 'date', value: source.documentDate ?? '', hint: t('import.field.asOfHint'), error: error('documentDate') }),
    selectField({ name: 'campaignId', label: t('field.campaign'), choices: campaigns.map((row) => choice(row.id, row.name, row.id === campaignId)) }),
    tickField({ name: 'clues', label: t('import.field.clues'), value: clues ? 'yes' : '', hint: t('import.field.cluesHint') }),
    tickField({ name: 'confidential', label: t('field.confidential'), value: source.confidential ? 'yes' : '', hint: t('field.confidential.hint') }),
  ];
}

function readingFields({ kind, sheets, encoding, delimiter, mapping }: Preview['look'], t: Words): readonly Field[] {
  const select = (name: string, choices: readonly Choice[]): Field => selectField({ name, label: t(`import.field.${name}`), choices });
  return [
    ...(kind === 'xlsx' ? [select('sheet', sheets.map((name) => choice(name, name, name === mapping.sheet)))] : [
      select('encoding', encodings.map((each) => choice(each, each, each === encoding))), select('delimiter', delimiters.map((each) => choice(each, t(`import.delimiter.${delimiterName(each)}`), each === delimiter))),
    ]),
    textField({ name: 'headerRow', label: t('import.field.headerRow'), type: 'number', value: String(mapping.headerRow) }),
    textField({ name: 'year', label: t('import.field.year'), type: 'number', value: String(mapping.year), hint: t('import.field.yearHint') }),
    select('order', (['dmy', 'mdy'] as const).map((each) => choice(each, t(`import.order.${each}`), each === mapping.order))),
  ];
}

function valuesOf(mapping: Mapping, t: Words): ImportPage['values'] {
  const group = <T extends string>(name: string, pairs: Pairs<T>, allowed: readonly T[], label: (value: T) => string): ImportPage['values'] => (pairs.length === 0 ? [] : [{
    title: t(`import.values.${name}`), hint: t(`import.values.${name}Hint`),
    rows: pairs.map(([text, value], index): ChoiceRow => ({ id: `${name}-${index}`, name: `${name}-${index}`, textName: `${name}-${index}-text`, text, choices: allowed.map((each) => choice(each, label(each), each === value)) })),
  }]);
  return [
    ...group('statuses', mapping.statuses, statuses, (value) => t(`import.status.${value}`)), ...group('severities', mapping.severities, ['ordinary', 'major'], (value) => t(`choice.severity.${value}`)),
    ...group('types', mapping.types, ['immediate', 'staged', 'continuing', 'none'], (value) => t(value === 'none' ? 'import.type.none' : `choice.rectificationType.${value}`)), ...group('channels', mapping.channels, channels, (value) => t(`channel.${value}`)),
  ];
}

/** Names of the list for which one may be chosen: those that were chosen before, and those that nothing has. */
function namesOf({ preview: { look: { mapping }, units, categories: unknown }, tree, categories, refusals }: Shown, t: Words): ImportPage['names'] {
  const table = (group: 'units' | 'categories', chosen: Pairs<number>, nameOf: (id: number) => string, missing: Unknown, options: () => readonly string[]): ImportPage['names'] => {
    // What was chosen and is no choice any more is asked for again, once.
    const asked = new Set(missing.names.map(([name]) => name));
    const rows = [...chosen.filter(([name, id]) => id !== 0 && !asked.has(name)).map(([name, id]) => ({ name, amount: '', value: nameOf(id) })), ...missing.names.map(([name, amount]) => ({ name, amount: t('import.names.rows', { count: amount }), value: '' }))].toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return rows.length === 0 ? [] : [{
      id: group, title: t(`import.${group}`), hint: t(`import.${group}.hint`), note: missing.total === 0 ? null : t(`import.${group}.unknown`, { count: missing.total }), options: options(),
      rows: rows.map(({ name, amount, value }, index) => {
        const wrong = refusals.find(({ field }) => field === `${group}-${name}`);
        return { id: `f-${group}-${index}`, name: `${group}-${index}`, textName: `${group}-${index}-text`, text: name, rows: amount, value: wrong ? String(wrong.params['said'] ?? '') : value, error: wrong ? sentenceOf(wrong, t) : null };
      }),
    }];
  };
  return [
    ...table('units', mapping.units, (id) => tree.unit(id)?.name ?? '', units, () => tree.all.filter((unit) => unit.disabledOn === null && unit.kind !== 'village').slice(0, 1500).map((unit) => unit.name)),
    ...table('categories', mapping.categories, (id) => categories.filter((row) => row.id === id).map((row) => pathOf(row, categories)).join(), unknown, () => categories.filter(inUse).map((row) => pathOf(row, categories))),
  ];
}

function rowView({ row, settled, outcome, number }: JudgedRow, { tree, today, categories }: Pick<Shown, 'tree' | 'today' | 'categories'>, t: Words): ImportPage['rows'][number] {
  const names = (ids: readonly number[]): string => ids.map((id) => tree.unit(id)?.shortName).filter(Boolean).join('、');
  const lead = settled.leadUnitId === null ? null : tree.unit(settled.leadUnitId)?.shortName ?? null;
  const unit = lead && [settled.responsibleUnitIds.length > 0 ? t('import.units.lead', { name: lead }) : lead, settled.responsibleUnitIds.length > 0 ? t('import.units.responsible', { names: names(settled.responsibleUnitIds) }) : '', settled.supportingUnitIds.length > 0 ? t('import.units.supporting', { names: names(settled.supportingUnitIds) }) : ''].filter(Boolean).join(' ');
  const past = outcome === 'new' && row.deadline !== null && row.deadline < today ? [t('import.remark.past', { date: row.deadline })] : [];
  const facts = [outcome === 'skipped' ? '' : t(`import.stage.${settled.stage}`), t(`choice.severity.${row.severity}`), categories.find(({ id }) => id === settled.category.categoryId)?.name ?? '', row.type === null ? '' : t(`choice.rectificationType.${row.type}`)];
  return {
    row: row.row, outcome: { label: t(`import.outcome.${outcome}`), tone: tones[outcome] }, number: number ?? row.originalNumber, href: number === null ? null : `/findings/${number}`, title: row.title,
    unit: [settled.unknown.length > 0 ? t('import.units.notKnown', { names: settled.unknown.join('、') }) : '', unit ?? ((row.leadUnit || row.responsibleUnits) === '' ? '' : t(outcome === 'new' ? 'import.units.byHand' : 'import.units.none', { name: row.leadUnit || row.responsibleUnits }))].filter(Boolean).toReversed().join(' '), deadline: row.deadline ?? '', facts: facts.filter(Boolean).join(' · '),
    remarks: [...row.remarks.map(({ code, header, text }) => t(`import.remark.${code}`, { header, text })), ...past].join(' '),
  };
}

function pagerOf(record: ImportRow, page: number, total: number, size: number, query: (page: number) => string, t: Words): Pager {
  const last = Math.max(1, Math.ceil(total / size));
  const address = (to: number): string => `/imports/${record.id}${query(to)}`;
  return {
    summary: t('import.page', { page, last, total }), first: page > 2 ? address(1) : null, last: page < last - 1 ? address(last) : null, sizes: [], previous: page > 1 ? address(page - 1) : null, next: page < last ? address(page + 1) : null,
  };
}
