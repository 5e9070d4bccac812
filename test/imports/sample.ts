import { writeXlsx, type CellValue } from 'hucre/xlsx';

/** The columns of the full merged list that offices keep. */
export const fullList: readonly string[] = ['序号', '反馈渠道', '反馈时间', '问题大类', '问题小类', '问题描述', '具体表现', '涉及地区/户/资金', '整改目标', '整改措施', '整改类型', '整改时限', '牵头领导', '牵头单位', '责任单位', '责任人', '配合单位', '整改进展', '完成情况', '建章立制', '追责问责', '佐证材料', '验收人', '验收时间', '销号情况', '未完成原因及下步打算', '备注'];

/** A five-aspect list as it is handed down: title and form rows, a header, five problems with dates of five kinds, a total. */
export async function fiveAspects(change: (rows: CellValue[][]) => void = () => undefined): Promise<Uint8Array> {
  const row = (values: Readonly<Record<string, CellValue>>): CellValue[] => fullList.map((header) => values[header] ?? null);
  const rows: CellValue[][] = [
    ['2020年某市反馈问题整改清单'], ['填报单位:某市整改办', null, null, null, '填报时间:2020年5月'], [...fullList],
    row({ 序号: 1, 反馈渠道: '省“回头看”排查', 反馈时间: new Date('2020-03-20T00:00:00Z'), 问题大类: '产业扶贫', 问题描述: '部分村组道路项目前期手续偏慢。', 具体表现: '3个项目未开工', '涉及地区/户/资金': '3个村', 整改目标: '项目全部开工', 整改措施: '逐项倒排周调度', 整改类型: '分阶段整改', 整改时限: new Date('2020-06-30T00:00:00Z'), 牵头领导: '牵头领导甲', 牵头单位: '交通局', 责任单位: '甘州区、高台县', 责任人: '经办甲', 配合单位: '市水务局', 整改进展: '已办结1个项目手续', 销号情况: '未销号' }),
    row({ 序号: 2, 反馈渠道: '省“回头看”排查', 反馈时间: '2020.3.20', 问题描述: '饮水工程管护责任未到人', 整改目标: '管护责任到人', 整改时限: '6月底前', 牵头单位: '市水务局', 整改类型: '立行立改', 销号情况: '正在整改' }),
    row({ 序号: 3, 反馈渠道: '自查', 反馈时间: '2020年4月1日', 问题描述: '慢病签约随访记录不规范', 整改时限: '2020-4-30', 牵头单位: '市卫健委', 验收时间: '2020.5.6', 销号情况: '已销号' }),
    row({ 序号: 4, 反馈渠道: '自查', 反馈时间: '2020年4月1日', 问题描述: '参保与建档立卡数据比对滞后', 整改时限: '长期坚持', 牵头单位: '高台县', 销号情况: '' }),
    row({ 序号: 5, 问题描述: '危房周巡查记录缺项', 整改时限: '立行立改', 牵头单位: '住建局', 销号情况: '不属实' }),
    ['合计', null, null, null, null, '5件'],
  ];
  change(rows);
  return writeXlsx({ sheets: [{ name: '清单', rows, merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 26 }, { startRow: 1, startCol: 0, endRow: 1, endCol: 3 }] }] });
}

/** A plain workbook of these rows. */
export async function workbook(rows: CellValue[][]): Promise<Uint8Array> {
  return writeXlsx({ sheets: [{ name: 'Sheet1', rows }] });
}
