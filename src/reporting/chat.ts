import type { Words } from '../words.js';

/** A unit that has not reported, with the numbers that are missing; as many as were read, `missing` being how many there are. */
export interface Silent {
  readonly unit: string;
  readonly missing: number;
  readonly numbers: readonly string[];
}

/** More numbers than these make a message that nobody reads. */
const mostNumbers = 8;

export interface ChatFacts {
  readonly campaign: string;
  readonly period: string;
  /** as people say it: now, and the cut-off. */
  readonly now: string;
  readonly cutOff: string;
  readonly isOver: boolean;
  readonly owed: number;
  readonly inTime: number;
  readonly late: number;
  readonly silent: readonly Silent[];
}

/** What an office copies into the group chat: who has not reported, which numbers, and by when. Plain text, a line for each unit. */
export function chatText({ campaign, period, now, cutOff, isOver, owed, inTime, late, silent }: ChatFacts, t: Words): string {
  const head = t(isOver ? 'chat.headOver' : 'chat.head', { campaign, period, now, owed, inTime, late });
  if (silent.length === 0) return `${head}\n${t('chat.everybody')}`;
  const lines = silent.map(({ unit, missing, numbers }) => {
    const named = numbers.slice(0, mostNumbers).join(t('list.and'));
    return t(missing > Math.min(numbers.length, mostNumbers) ? 'chat.unitMore' : 'chat.unit', { unit, count: missing, numbers: named });
  });
  return [`${head}${t('chat.silent')}`, ...lines, t(isOver ? 'chat.late' : 'chat.until', { cutOff })].join('\n');
}
