import type { Channel } from '../../db/schema/organisation.js';
import type { RectificationType, Severity } from '../../workflows/finding.js';
import { typeIn } from '../spreadsheets/dates.js';

/** What a value of a status column makes of a row: a suspicion to be checked, listed anew, adopted at a stage, or left out. */
export const statuses = ['suspected', 'listed', 'assigned', 'rectifying', 'verifying', 'continuing', 'closed', 'skip'] as const;
export type Status = (typeof statuses)[number];
/** What begins here, with nothing taken over. */
export const beginning: readonly Status[] = ['suspected', 'listed'];
/** Stages that only a finding with a lead unit and a deadline can be adopted at. */
export const running: readonly Status[] = ['assigned', 'rectifying', 'verifying', 'continuing'];

/** What "已整改", "已闭环", "复查合格", "Corrective action complete" most likely say. The person decides; a doubt is listed, never closed. */
export function statusOf(value: string): Status {
  const text = value.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
  if (/不属实|撤销|合并|移送|作废|误报|unfounded|withdrawn|merged|transferred|false positive/u.test(text)) return 'skip';
  // A suspicion is not a finding: it is kept as one that is still to be checked.
  if (/^疑似|待交办核实|核实中|待认定|^suspected|for checking|being checked/u.test(text)) return 'suspected';
  if (/待交办|已列单|未交办|未开始|not started|not required/u.test(text)) return 'listed';
  if (/待签收|已交办|^assigned/u.test(text)) return 'assigned';
  if (/方案|申请|^(?:plan|claim|rectifying)/u.test(text)) return 'rectifying';
  if (/待(?:审签|核查|验收|复查|销号)|公示|核查中|现场核查|部门审核|验收中|under review|to be verified|^(?:sector review|inspection|verifying|verified)/u.test(text)) return 'verifying';
  if (/长期|持续整改|continuing/u.test(text)) return 'continuing';
  if (/正在|整改中|推进|进行中|基本|部分|in progress|ongoing|partial|underway|being rectified/u.test(text)) return 'rectifying';
  if (/未|不|没|尚|逾期|\bnot\b|open|pending|开放/u.test(text)) return 'listed';
  return /销号|关闭|闭环|办结|完成|已整改|整改完毕|整改到位|合格|通过|已改|完毕|closed|complete|resolved|implemented|^(?:是|yes|y|√|✓)$/u.test(text) ? 'closed' : 'listed';
}

/** 一般 or 重大, under whatever header they stand. */
export function severityOf(value: string): Severity {
  return /重大|严重|较大|^[一1]级|红|major|high|critical|severe|material weakness/iu.test(value.normalize('NFKC')) && !/非重大|不严重/u.test(value) ? 'major' : 'ordinary';
}

/** Does a column of values speak of levels? Then 隐患类别 holds the level and not the category. */
export function speakOfLevels(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => /^(?:一般|重大|较大|严重|轻微|特别重大)(?:事故)?(?:隐患|问题)?$|^[一二三四1-4]级$/u.test(value.trim()));
}

export function rectificationTypeOf(value: string): RectificationType | null {
  return typeIn(value);
}

/** The channel that words name. */
export function channelOf(text: string): Channel {
  const known = channelWords.find(([, pattern]) => pattern.test(text));
  return known?.[0] ?? 'other';
}

const channelWords: readonly (readonly [Channel, RegExp])[] = [
  ['provincial-look-back', /回头看|look-?back/iu], ['central-inspection', /巡视|central inspection/iu], ['national-assessment', /考核|评估|assessment/iu], ['supervision', /民主监督|democratic supervision/iu],
  ['audit', /审计|audit|fac_/iu], ['unannounced', /暗访|明察|unannounced/iu], ['hotline', /来信|来电|热线|信访|留言|12345|hotline/iu], ['comparison', /比对|数据|comparison/iu], ['self-check', /自查|自行|自检|隐患排查|排查|self-?check/iu],
];
