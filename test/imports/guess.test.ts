import { expect, test } from 'vitest';
import { guessColumns } from '../../src/imports/guess.js';
import { headerOf } from '../../src/imports/header.js';
import { severityOf, statusOf } from '../../src/imports/values.js';
import { splitUnits } from '../../src/imports/units.js';

function guessed(headers: readonly string[], values: Readonly<Record<string, readonly string[]>> = {}): Readonly<Record<string, string>> {
  const meanings = guessColumns(headers.map((header) => ({ header, values: values[header] ?? [] })));
  return Object.fromEntries(headers.map((header, index) => [header, meanings[index] ?? '']));
}

test('the full merged list is understood by its headers', () => {
  expect(guessed(['序号', '反馈渠道', '反馈时间', '问题大类', '问题小类', '问题描述', '具体表现', '涉及地区/户/资金', '整改目标', '整改措施', '整改类型', '整改时限', '牵头领导', '牵头单位', '责任单位', '责任人', '配合单位', '整改进展', '完成情况', '建章立制', '追责问责', '佐证材料', '验收人', '验收时间', '销号情况', '未完成原因及下步打算', '备注'])).toEqual({
    序号: 'originalNumber', 反馈渠道: 'channel', 反馈时间: 'sourceDate', 问题大类: 'category', 问题小类: 'subcategory', 问题描述: 'description', 具体表现: 'description', '涉及地区/户/资金': 'extra', 整改目标: 'requirement', 整改措施: 'measures', 整改类型: 'type',
    整改时限: 'deadline', 牵头领导: 'leadLeader', 牵头单位: 'leadUnit', 责任单位: 'responsibleUnits', 责任人: 'responsible', 配合单位: 'supportingUnits', 整改进展: 'progress', 完成情况: 'extra', 建章立制: 'extra', 追责问责: 'extra', 佐证材料: 'extra', 验收人: 'extra',
    验收时间: 'reviewedOn', 销号情况: 'status', 未完成原因及下步打算: 'extra', 备注: 'remark',
  });
});

test('the five aspects alone, an office ledger and a rectification notice are understood', () => {
  expect(guessed(['问题', '整改措施', '责任', '时限', '要求'])).toEqual({ 问题: 'description', 整改措施: 'measures', 责任: 'responsibleUnits', 时限: 'deadline', 要求: 'requirement' });
  expect(guessed(['问题清单', '任务清单', '责任清单', '时限清单'])).toMatchObject({ 问题清单: 'description', 责任清单: 'responsibleUnits', 时限清单: 'deadline' });
  expect(guessed(['序号', '文件标题及文号', '任务事项来源', '工作任务', '责任领导', '交办时间', '完成时限', '责任人', '办理结果', '警示灯'])).toEqual({
    序号: 'originalNumber', 文件标题及文号: 'extra', 任务事项来源: 'channel', 工作任务: 'description', 责任领导: 'leadLeader', 交办时间: 'sourceDate', 完成时限: 'deadline', 责任人: 'responsible', 办理结果: 'status', 警示灯: 'extra',
  });
  expect(guessed(['序号', '被检查单位', '具体地点', '隐患类别', '存在的问题或隐患', '问题或隐患图片', '整改措施', '整改期限(天数)', '整改责任人', '整改资金(元)', '复查时间', '完成情况', '复查人', '备注'])).toMatchObject({
    被检查单位: 'responsibleUnits', 存在的问题或隐患: 'description', '整改期限(天数)': 'deadline', 整改责任人: 'responsible', '整改资金(元)': 'extra', 复查时间: 'reviewedOn', 完成情况: 'status', 备注: 'remark',
  });
});

test('隐患类别 that holds 一般 and 重大 is the level and not the category', () => {
  const safety = ['序号', '检查时间', '检查人', '隐患类别', '存在隐患或问题', '整改措施', '整改完成时间', '责任人', '复查时间', '复查人', '复查结果'];
  expect(guessed(safety, { 隐患类别: ['一般', '重大', '一般'] })).toMatchObject({ 隐患类别: 'severity', 存在隐患或问题: 'description', 检查时间: 'foundOn', 整改完成时间: 'completedOn', 复查时间: 'reviewedOn', 复查结果: 'status' });
  expect(guessed(safety, { 隐患类别: ['触电', '火灾'] })).toMatchObject({ 隐患类别: 'category' });
});

test('whole sentences under 整改情况 are progress and no state', () => {
  const texts = Array.from({ length: 10 }, (_, index) => `第${index + 1}处灭火器已更换,并张贴责任牌。`);
  expect(guessed(['问题描述', '整改情况'], { 整改情况: texts })).toMatchObject({ 整改情况: 'progress' });
  expect(guessed(['问题描述', '整改情况'], { 整改情况: ['已整改', '已整改', '整改中'] })).toMatchObject({ 整改情况: 'status' });
});

test.each([
  ['已整改', 'closed'], ['已完成', 'closed'], ['已闭环', 'closed'], ['复查合格', 'closed'], ['关闭', 'closed'], ['已销号', 'closed'], ['Corrective action complete', 'closed'], ['Corrective action is completed', 'closed'],
  ['未完成', 'listed'], ['未销号', 'listed'], ['尚未整改到位', 'listed'], ['不合格', 'listed'], ['开放', 'listed'], ['Managements opinion is that corrective action is not required', 'listed'],
  ['正在整改', 'rectifying'], ['基本完成', 'rectifying'], ['部分完成', 'rectifying'], ['Corrective action in progress', 'rectifying'], ['长期坚持', 'continuing'], ['完成整改(公示中)', 'verifying'], ['待验收', 'verifying'], ['不属实', 'skip'], ['疑似问题', 'suspected'], ['待交办核实', 'suspected'],
  ['Listed', 'listed'], ['Assigned (to be accepted)', 'assigned'], ['Rectifying', 'rectifying'], ['Plan under review', 'rectifying'], ['销号申请待单位负责人签字', 'rectifying'], ['方案审核', 'rectifying'], ['Verified (closure to be signed)', 'verifying'], ['Closed', 'closed'], ['not resolved', 'listed'],
])('%s is guessed as %s: a doubt is never closed', (value, status) => {
  expect(statusOf(value)).toBe(status);
});

test('levels are ordinary unless they say otherwise', () => {
  expect([severityOf('重大事故隐患'), severityOf('一般事故隐患'), severityOf(''), severityOf('High'), severityOf('Low')]).toEqual(['major', 'ordinary', 'ordinary', 'major', 'ordinary']);
});

test('a header stands under a title and a form row, and groups over it are put together', () => {
  const merge = (startRow: number, startCol: number, endRow: number, endCol: number) => ({ startRow, startCol, endRow, endCol });
  const plain = headerOf({ name: '', merges: [], rows: [['2020年问题整改清单', '', ''], ['填报单位:某局', '', '填报时间:2020年5月'], ['序号', '问题描述', '责任单位'], ['1', '甲', '乙']] }, null);
  expect(plain).toMatchObject({ row: 2, below: 3 });
  const grouped = headerOf({ name: '', merges: [merge(0, 2, 0, 3), merge(0, 0, 1, 0), merge(0, 1, 1, 1)], rows: [['序号', '问题描述', '整改责任', ''], ['序号', '问题描述', '单位', '姓名'], ['1', '甲', '乙', '丙']] }, null);
  expect(grouped).toMatchObject({ row: 0, below: 2, texts: ['序号', '问题描述', '整改责任单位', '整改责任姓名'] });
});

test('several units share one cell, by 、，； / or a line; a comma does not cut an English name', () => {
  expect(splitUnits('市交通局、水务局，民政局；教育局/财政局\n某镇等单位')).toEqual(['市交通局', '水务局', '民政局', '教育局', '财政局', '某镇']);
  expect(splitUnits('Defense, Veterans and Emergency Management; Labor')).toEqual(['Defense, Veterans and Emergency Management', 'Labor']);
});

test('where no column says who is responsible, the place does; beside one that does it is kept as it is', () => {
  expect(guessed(['序号', '疑似问题', '涉及县区'])).toMatchObject({ 涉及县区: 'responsibleUnits' });
  expect(guessed(['序号', '存在问题', '属地', '责任单位'])).toMatchObject({ 属地: 'extra', 责任单位: 'responsibleUnits' });
});
