import { plusDays, workingDaysAfter } from '../../calendar.js';
import type { WorkflowDefinition } from '../../definition.js';
import type { Calendar, FindingContext, Stage, Timer, WorkflowEvent } from '../../types.js';
import { events } from './events.js';
import { machine } from './machine.js';
import { rules } from './rules.js';
import { waiting } from './waiting.js';

/** The life of a finding, version 1. */
export const rectification1: WorkflowDefinition = Object.freeze({ name: 'rectification', version: 1, machine, events, rules, stageOf, reckon, waiting, timers });

function stageOf(path: string): Stage {
  const dot = path.indexOf('.');
  const stage = dot < 0 ? path : path.slice(0, dot);
  return isStage(stage) ? stage : 'listed';
}

const stages: readonly string[] = ['suspected', 'listed', 'assigned', 'rectifying', 'verifying', 'verified', 'closed', 'continuing', 'suspended', 'unfounded', 'merged', 'transferred', 'withdrawn'] satisfies Stage[];

function isStage(stage: string): stage is Stage {
  return stages.includes(stage);
}

/** The acceptance window in working days, the public notice in calendar days; counting starts the day after. */
function reckon(context: FindingContext, event: WorkflowEvent, calendar: Calendar): Readonly<Record<string, string>> {
  if (event.type === 'ASSIGN' || event.type === 'REASSIGN') return { acceptBy: workingDaysAfter(event.today, context.switches.acceptanceDays, calendar).date };
  if (event.type === 'PASS' && context.switches.noticeDays > 0) return { noticeUntil: plusDays(event.today, context.switches.noticeDays) };
  return none;
}

const none: Readonly<Record<string, string>> = Object.freeze({});

function timers(path: string, context: FindingContext): readonly Timer[] {
  if (path === 'assigned' && context.acceptBy) return [{ name: 'acceptance', event: 'ACCEPT', lastDay: context.acceptBy }];
  if (path === 'verified.notice' && context.noticeUntil) return [{ name: 'notice', event: 'NOTICE_OVER', lastDay: context.noticeUntil }];
  return [];
}

