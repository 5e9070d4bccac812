import { choice, checksField, fileField, longField, manyField, radioField, rowsField, selectField, textField, tickField } from '../../src/forms.js';
import type { Words } from '../../src/words.js';
import type { Field, Tone } from '../pages.js';
import type { DesignPage } from '../pages/design.js';
import type { DiagramView } from '../pages/workflow.js';

/** Every component with something in it, in the words of the ledger: the road bureau's finding, on 11 May 2020. */
export function designSample(t: Words, diagram: DiagramView): DesignPage {
  const stages = ['listed', 'assigned', 'rectifying', 'verified', 'closed'].map((stage) => t(`stage.${stage}`));
  const steps = (at: number) => stages.map((label, index) => ({ label, state: index < at ? 'done' : index === at ? 'current' : 'ahead', current: index === at }));
  const branch = { label: t('stage.suspended'), state: 'branch', current: false };
  return {
    crumbs: [{ label: t('nav.ledger'), href: '/findings' }, { label: t('design.title'), href: null }],
    badges: (['plain', 'good', 'warn', 'bad', 'info', 'quiet'] as const).map((tone, index) => ({ tone, label: [...stages, t('stage.unfounded')][index] ?? '' })),
    lights: [{ sign: '●', tone: 'good', label: t('light.left', { days: 50 }) }, { sign: '▲', tone: 'warn', label: t('light.left', { days: 3 }) }, { sign: '■', tone: 'bad', label: t('light.over', { days: 3 }) }, { sign: '', tone: 'quiet', label: t('light.paused') }],
    steppers: [{ steps: steps(2) }, { steps: [...steps(2).slice(0, 3), branch, ...steps(2).slice(3)] }, { steps: stages.map((label, index) => ({ label, state: 'done', current: index === 4 })) }],
    figures: [figure(t('work.founded'), '33', null, 'plain'), figure(t('work.completed'), '27', '(81.82%)', 'good'), figure(t('work.open'), '6', null, 'plain'), figure(t('work.overdue'), '1', null, 'bad')],
    notices: (['good', 'warn', 'bad', 'info'] as const).map((tone) => ({ tone, role: 'note' as const, text: t(`design.notice.${tone}`) })),
    tabs: [t('finding.facts'), t('finding.history'), t('finding.workflow')].map((label, index) => ({ label, href: `/design?tab=${index}`, current: index === 0 })),
    facets: stages.map((label, index) => ({ label: `${label} ${index * 7}`, href: `/design?stage=${index}`, current: index === 2 })),
    chips: [t('ledger.light.red'), stages[2] ?? ''].map((label) => ({ label, href: '/design', remove: t('design.remove', { label }) })),
    heads: [{ label: t('list.number'), href: '/design', mark: '↑', sorted: 'ascending' }, { label: t('ledger.problem'), href: null, mark: '', sorted: null }],
    crosstab: { caption: t('matrix.byCategory'), corner: t('field.category'), columns: [t('design.unit'), t('matrix.undecided')], sum: t('matrix.sum'), rows: [{ label: t('matrix.noCategory'), cells: [{ text: '3', href: '/design' }, { text: '', href: null }], total: { text: '3', href: '/design' }, beside: { text: '1', href: '/design' } }], beside: t('matrix.late'), besideTotal: { text: '1', href: '/design' }, totals: [{ text: '3', href: '/design' }, { text: '', href: null }], total: { text: '3', href: '/design' } },
    waiting: [{ number: 'ZG-2020-0001', original: t('source.original', { number: '7' }), href: '/design', title: t('design.standard'), unit: t('design.unit'), latest: t('design.problem'), returned: { label: t('event.SEND_BACK'), tone: 'warn' }, checked: { label: t('event.SEND_BACK'), tone: 'warn' }, other: null, verb: t('event.CLAIM'), verbHref: null, since: t('work.days', { days: 5 }), due: '2020-06-30', light: { sign: '●', label: t('light.left', { days: 9 }), tone: 'good' }, stuck: t('design.unit') }],
    reporting: [{ href: '/design', label: t('work.reportingNow'), text: t('work.periodCounts', { owed: 12, reported: 4, late: 1 }), missing: 8, tone: 'warn' }],
    tour: { title: t('help.tour'), steps: [{ text: t('design.problem'), href: '/design', label: t('help.go') }], help: '/help' }, count: { text: '5', href: '/design' },
    labels: { can: t('bulk.can'), cannot: t('bulk.cannot') }, byUnit: [{ unit: t('design.unit'), total: 3, can: 2, cannot: 1 }],
    bulkRows: [{ title: t('bulk.groupCan', { verb: t('event.ASSIGN'), count: 1 }), id: null, rows: [{ number: 'ZG-2020-0001', href: '/design', title: t('design.standard'), unit: t('design.unit'), about: '', ownUnit: { name: 'unit', value: '', label: t('bulk.ownUnit'), hint: t('design.unit') }, words: [{ name: 'note', label: t('field.note'), hint: t('field.note'), value: '', isDate: false, isLine: false, choices: [] }], parts: t('bulk.parts', { count: 2 }), deadline: '2020-06-30', can: { label: t('bulk.can'), tone: 'good' }, what: t('bulk.becomes', { state: t('state.assigned') }) }] }],
    unitNames: [{ name: t('design.unit'), names: t('design.unit') }], behalf: { has: true, open: false, fields: [textField({ name: 'basisNumber', label: t('field.basisNumber') })] },
    table: tableOf(t), pager: { summary: t('ledger.shown', { from: 4, to: 6, total: 12 }), first: '/design', previous: '/design?before=1', next: '/design?after=3', last: '/design?last=yes', sizes: [20, 50].map((each) => ({ label: t('list.perPage', { count: each }), href: '/design', current: each === 50 })) },
    empty: { text: t('ledger.empty'), href: '/design', label: t('ledger.clear') },
    chat: { label: t('chat.title'), text: t('chat.everybody'), rows: 2 },
    facts: [{ label: t('field.leadUnitId'), value: t('design.unit') }, { label: t('field.deadline'), value: t('finding.deadlineMoved', { deadline: '2020-07-31', original: '2020-06-30' }) }, { label: t('field.closureStandard'), value: t('design.standard') }],
    verbs: verbsOf(t),
    measures: [{ percent: 100, label: t('field.progress'), state: { label: t('finding.done'), tone: 'good' } }, { percent: 60, label: t('field.progress'), state: { label: '60%', tone: 'bad' } }],
    way: stages.slice(0, 3).map((title) => ({ title, text: t('design.standard') })),
    history: { items: [
      { on: '2020-05-09', sentence: t('design.told'), note: t('design.standard'), behalf: t('sentence.behalf', { typist: t('role.office'), name: t('role.leader'), number: 'ZG-1', date: '2020-05-08' }) },
      { on: '2020-04-20', sentence: t('sentence.did', { who: t('design.unit'), event: t('event.ACCEPT') }), note: null, behalf: null },
    ] },
    faults: { title: t('form.faults', { count: 2 }), items: [{ href: '#f-title', text: t('form.missing') }, { href: '#f-stage', text: t('form.missing') }] },
    fields: fieldsOf(t), diagram,
    confirm: { title: t('event.WITHDRAW_CLAIM'), text: t('design.sure'), action: '/design', key: 'design', verb: t('form.confirm', { verb: t('event.WITHDRAW_CLAIM') }), tone: 'danger', cancel: '/design' },
  };
}

function figure(label: string, value: string, note: string | null, tone: Tone): DesignPage['figures'][number] {
  return { label, value, note, tone, href: '/design' };
}

function tableOf(t: Words): DesignPage['table'] {
  const labels = [t('list.number'), t('ledger.problem'), t('ledger.unit'), t('field.deadline'), t('field.progress')];
  return {
    caption: t('nav.ledger'), columns: labels.map((label) => ({ label })),
    rows: [1, 2, 3].map((row) => ({
      cells: ([[`ZG-2020-000${row}`, 'number'], [t('design.problem'), 'title'], [t('design.unit'), ''], ['2020-06-30', 'number'], [`${row * 30}%`, 'amount']] as const)
        .map(([text, kind], index) => ({ label: index < 2 ? '' : labels[index] ?? '', text, href: index === 0 ? '/design' : null, kind })),
    })),
  };
}

function verbsOf(t: Words): DesignPage['verbs'] {
  return [
    { id: 'd-claim', label: t('event.CLAIM'), href: '/design', allowed: true, main: true, why: null },
    { id: 'd-report', label: t('event.REPORT'), href: '/design', allowed: true, main: false, why: null },
    { id: 'd-close', label: t('event.CLOSE'), href: '/design', allowed: false, main: false, why: t('rule.everyMeasureDone', { count: 2 }) },
  ];
}

/** Each control once, two of them with a fault; the unit list long enough to be filtered. */
function fieldsOf(t: Words): readonly Field[] {
  const units = Array.from({ length: 18 }, (_, index) => choice(index + 1, `${t('design.unit')} ${index + 1}`, index === 1));
  const few = ['immediate', 'staged', 'continuing'].map((each, index) => choice(each, t(`choice.rectificationType.${each}`), index === 1));
  return [
    textField({ name: 'title', label: t('field.title'), required: true, error: t('form.missing') }),
    longField({ name: 'description', label: t('field.description'), required: true, hint: t('design.hint'), value: t('design.problem') }),
    textField({ name: 'deadline', label: t('field.deadline'), type: 'date', value: '2020-06-30' }),
    textField({ name: 'days', label: t('design.number'), type: 'number', value: '5' }),
    selectField({ name: 'unit', label: t('field.leadUnitId'), required: true, choices: units }),
    selectField({ name: 'stage', label: t('list.stage'), error: t('form.missing'), choices: few.map((each) => ({ ...each, chosen: false })) }),
    manyField({ name: 'units', label: t('field.supportingUnitIds'), choices: units.slice(0, 6) }),
    radioField({ name: 'type', label: t('field.rectificationType'), choices: few }),
    checksField({ name: 'checks', label: t('design.checks'), choices: few }),
    tickField({ name: 'tick', label: t('field.confidential'), value: 'yes', hint: t('field.confidential.hint') }),
    fileField({ name: 'files', label: t('field.files'), hint: t('field.files.hint') }),
    rowsField({
      name: 'measures', label: t('field.measures'), columns: ['text', 'owner', 'dueOn'].map((column) => ({ label: t(`field.measures.${column}`) })),
      rows: [0, 1, 2].map((row) => ({
        number: row + 1, title: null,
        cells: ['text', 'owner', 'dueOn'].map((column) => ({ name: `measures.${row}.${column}`, label: t(`field.measures.${column}`), value: '', type: column === 'dueOn' ? 'date' : 'text', isSelect: false, isInput: true, isTick: false, choices: [] })),
      })),
    }),
  ];
}
