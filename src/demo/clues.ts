import { randomUUID } from 'node:crypto';
import { listFindings, type NewFinding } from '../findings/commands/list.js';
import { categoryNames, counties, departments, type UnitKey } from './organisation.js';
import type { Theatre } from './theatre.js';

/** 266 suspected problems of eight categories, all handed out; forty have been reported back and wait for their judgement. */
export async function playClues(stage: Theatre): Promise<void> {
  const units: readonly UnitKey[] = [...departments.map(([key]) => key), ...counties.map(([key]) => key)];
  const all = Array.from({ length: 266 }, (_, index) => clue(stage, index));
  const numbers = await listFindings(stage.at('2020-04-22', 9), stage.person('office'), all, { commandKey: randomUUID() });
  for (const [index, number] of numbers.entries()) {
    const unit = units[index % units.length] ?? 'ganzhou';
    await stage.does('office', '2020-04-23', number, 'HAND_OUT', { checkUnitId: stage.places.unit[unit], checkBy: index % 9 === 0 ? '2020-05-08' : '2020-05-20' });
    if (index % 7 === 3) await stage.does(unit, '2020-05-06', number, 'REPORT_CHECK', { result: index % 3 === 0 ? 'unfounded' : index % 3 === 1 ? 'founded' : 'partly', note: '已到现场核实，情况附后说明。' });
  }
}

function clue(stage: Theatre, index: number): NewFinding {
  const category = categoryNames[index % categoryNames.length] ?? '信息数据';
  return {
    data: { title: `${category}疑似问题：${clueTexts[index % clueTexts.length] ?? ''}`, description: `排查比对发现某镇疑似存在“${clueTexts[index % clueTexts.length] ?? ''}”情况，请核实。`, severity: 'ordinary', suspected: true },
    adopted: false, sourceId: stage.places.source.hundredDays, originalNumber: String(index + 1), verbatim: '', campaignId: stage.places.campaign.hundredDays, categoryId: stage.places.category[category] ?? null,
  };
}

const clueTexts = ['档案资料不齐', '登记信息不一致', '帮扶措施未更新', '公示内容缺项', '台账更新不及时', '政策享受需核实', '验收资料待补充', '管护责任不明确'];
