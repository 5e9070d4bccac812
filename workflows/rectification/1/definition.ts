import { calendarDaysAfter, workingDaysAfter, type Reckoned } from '../../calendar.js';
import type { WorkflowDefinition } from '../../definition.js';
import type { FindingContext, Stage } from '../../finding.js';
import { isStage } from '../../stages.js';
import type { Calendar, Timer, WorkflowEvent } from '../../types.js';
import { events } from './events.js';
import { layout } from './layout.js';
import { machine } from './machine.js';
import { rules } from './rules.js';
import { carried, reserved, returning, separations, staffing } from './separations.js';
import { waiting } from './waiting.js';

/** The life of a finding, version 1. */
export const rectification1: WorkflowDefinition = Object.freeze({ name: 'rectification', version: 1, machine, events, rules, separations, reserved, staffing, carried, returning, adoption: 'ADOPT', layout, stageOf, reckon, waiting, timers });

function stageOf(path: string): Stage {
  const stage = path.split('.', 1)[0] ?? '';
  if (!isStage(stage)) throw new Error(`No stage begins with ${path}.`);
  return stage;
}

/** The acceptance window in working days; the public notice in calendar days, which roll to a working day. Counting starts the day after; the public cannot object before a verdict that was signed on paper is entered. */
function reckon(context: FindingContext, { type, today, typedOn = today, data }: WorkflowEvent, calendar: Calendar): WorkflowEvent['dates'] {
  const { acceptanceDays, noticeDays } = context.switches;
  if (type === 'ASSIGN' || type === 'REASSIGN' || (type === 'ADOPT' && data['stage'] === 'assigned')) return frozen('acceptBy', workingDaysAfter(today, acceptanceDays, calendar));
  if (type === 'PASS' && noticeDays > 0) return frozen('noticeUntil', calendarDaysAfter(typedOn, noticeDays, calendar));
  return none;
}

/** A date that was reckoned without the year's table says so beside itself. */
function frozen(name: string, { date, certain }: Reckoned): WorkflowEvent['dates'] {
  return certain ? { [name]: date } : { [name]: date, uncertain: name };
}

const none: WorkflowEvent['dates'] = Object.freeze({});

function timers(path: string, { acceptBy, noticeUntil }: FindingContext): readonly Timer[] {
  if (path === 'assigned' && acceptBy) return [{ name: 'acceptance', event: 'ACCEPT', lastDay: acceptBy }];
  if (path === 'verified.notice' && noticeUntil) return [{ name: 'notice', event: 'NOTICE_OVER', lastDay: noticeUntil }];
  return noTimers;
}

const noTimers: readonly Timer[] = Object.freeze([]);
