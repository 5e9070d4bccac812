import { choice, checksField, fileField, longField, namesField, manyField, radioField, rowsField, selectField, textField, tickField } from '../../../src/forms.js';
import type { Faults, Field, Pager } from '../../../views/pages.js';

/** Pieces of pages with everything in them: no list empty, nothing missing, so that every part of a template is drawn. */
export const badge = { label: '正在整改', tone: 'info' } as const;
export const light = { sign: '▲', label: '剩 3 天', tone: 'warn' } as const;
export const figure = { label: '应整改', value: '33', note: '(81.82%)', href: '/findings', tone: 'good' } as const;
export const faults: Faults = { title: '有 2 处需要改正', items: [{ href: '#f-title', text: '请填写问题标题。' }, { href: null, text: '还有 2 项措施未完成。' }] };
export const pager: Pager = { summary: '本页 50 条', previous: '/findings?before=1', next: '/findings?after=50', first: '/findings', last: '/findings?last=yes', sizes: [{ label: '每页 20 条', href: '/findings?size=20', current: false }, { label: '每页 50 条', href: '/findings', current: true }] };
export const told = { on: '2020-05-09', sentence: '市交通运输局 经办甲（承办人）：申请延期', note: '受汛期影响。', behalf: '由 办公室甲 代录' } as const;
export const fact = { label: '问题', value: '部分村组道路项目前期手续偏慢' } as const;
export const way = { label: '正在整改 6', href: '/findings?stage=rectifying', current: true } as const;

const choices = [choice('staged', '分阶段', true), choice('continuing', '持续整改', false)];
const given = { required: true, hint: '写清依据。', error: '请填写。' };

/** One field of each kind, each with a hint and a fault. */
export const fields: readonly Field[] = [
  textField({ ...given, name: 'title', label: '问题标题', autocomplete: 'off' }), textField({ ...given, name: 'deadline', label: '整改时限', type: 'date' }), longField({ ...given, name: 'text', label: '情况说明', value: '已开工' }),
  selectField({ ...given, name: 'unit', label: '牵头单位', choices: Array.from({ length: 20 }, (_, index) => choice(index + 1, `单位${index + 1}`, index === 4)) }), manyField({ ...given, name: 'units', label: '配合单位', choices }),
  radioField({ ...given, name: 'type', label: '整改类型', choices }), checksField({ ...given, name: 'checklist', label: '销号核对', choices }), tickField({ ...given, name: 'nothing', label: '本期无新进展', value: 'yes' }),
  fileField({ ...given, name: 'files', label: '佐证材料' }),
  rowsField({ ...given, name: 'measures', label: '整改措施', columns: [{ label: '措施内容' }, { label: '责任单位' }], rows: [row(0, null), row(1, null)] }),
  namesField({ ...given, name: 'companions', label: '同行人', values: ['核查员乙', ''], suggestions: [{ value: '核查员乙', label: '市核查组' }], elsewhere: [{ href: '/person-requests/new', label: '名单里没有？申请新增人员' }] }),
  rowsField({ ...given, name: 'progress', label: '措施进度', columns: [{ label: '已完成' }], rows: [row(2, '逐项倒排')] }),
];

function row(index: number, title: string | null): Field['rows'][number] {
  const cell = { value: 'yes', type: 'text', isSelect: false, isInput: false, isTick: false, choices: [] };
  const cells = [{ ...cell, name: `measures.${index}.text`, label: '措施内容', isInput: true }, { ...cell, name: `measures.${index}.owner`, label: '责任单位', isSelect: true, choices }, { ...cell, name: `progress.${index}.done`, label: '已完成', isTick: true }];
  return { number: index + 1, title, cells: title === null ? cells.slice(0, 2) : cells.slice(2) };
}
