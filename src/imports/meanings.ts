/** What a column of a list may mean. Columns that mean nothing known are kept with the finding as they are ('extra'). */
export const meanings = [
  'extra', 'ignore', 'ledgerNumber', 'originalNumber', 'title', 'description', 'requirement', 'closureStandard', 'measures', 'leadUnit', 'responsibleUnits', 'supportingUnits', 'responsible',
  'leadLeader', 'supervisor', 'deadline', 'type', 'severity', 'category', 'subcategory', 'channel', 'sourceDate', 'foundOn', 'status', 'progress', 'completedOn', 'reviewedOn', 'reviewResult', 'remark',
] as const;
export type Meaning = (typeof meanings)[number];

/** Meanings that several columns may have: their texts are joined. */
export const joined: readonly Meaning[] = ['extra', 'ignore', 'description', 'requirement', 'measures', 'progress', 'remark'];

interface Words {
  readonly meaning: Meaning;
  readonly exact: readonly string[];
  readonly like: RegExp;
}
const never = /(?!)/u;

/** The words that stand in the headers of real ledgers, Chinese and English, in the order in which they are tried. */
const headerWords: readonly Words[] = [
  { meaning: 'originalNumber', exact: ['序号', '编号', '原序号', '问题编号', '问题序号', '隐患编号', '留言编号', 'no', 'no.', '#', 'id', 'number', 'reference number', 'finding number', 'original number', 'original no', 'original no.'], like: /^(?:序\s*号|.*(?:编号|序号))$|reference (?:number|no)|finding (?:id|no)/u },
  { meaning: 'leadLeader', exact: ['牵头领导', '责任领导', '包抓领导', '分管领导', 'lead leader'], like: /(?:牵头|责任|包抓|分管|包保)领导/u },
  { meaning: 'supervisor', exact: ['督办人', '督办领导', 'supervisor'], like: /督办/u },
  { meaning: 'supportingUnits', exact: ['配合单位', '协办单位', 'supporting units'], like: /(?:配合|协办|协同).*(?:单位|部门)|supporting|cooperating/u },
  { meaning: 'leadUnit', exact: ['牵头单位', '牵头部门', '主办单位', 'lead unit', 'department', 'agency', 'auditee'], like: /(?:牵头|主办).*(?:单位|部门)|lead (?:unit|department|agency)|^department/u },
  { meaning: 'responsibleUnits', exact: ['责任单位', '整改单位', '承办单位', '被检查单位', '责任部门', '责任', '整改责任', 'responsible units', 'responsible unit'], like: /(?:责任|整改|承办|被检查|受检|办理).*(?:单位|部门)|responsible (?:unit|department|agency)/u },
  { meaning: 'responsible', exact: ['责任人', '整改责任人', '承办人', '具体责任人', 'responsible person', 'owner', 'contact', 'responsible'], like: /(?:责任|承办|整改).*人(?:员)?$|responsible|owner/u },
  { meaning: 'closureStandard', exact: ['销号标准', '验收标准', '完成标准', 'closure standard', 'acceptance criteria'], like: /(?:销号|验收|完成|达标).*标准|closure standard|acceptance criteri/u },
  { meaning: 'type', exact: ['整改类型', '整改方式', 'rectification type'], like: /整改类(?:型|别)|rectification type/u },
  { meaning: 'deadline', exact: ['整改时限', '整改期限', '时限', '期限', '完成时限', '办理时限', '完成期限', '计划完成时间', 'deadline', 'due', 'due date', 'due on', 'completion date text'], like: /时限|期限|计划完成|预计完成|应完成|deadline|due|target date|(?:planned|expected|anticipated|estimated).*(?:date|completion)/u },
  { meaning: 'reviewedOn', exact: ['复查时间', '复查日期', '验收时间', '验收日期', '核查时间', 'review date', 'reviewed on', 'verified on'], like: /(?:复查|验收|核查|复核|核实).*(?:时间|日期)|(?:review|verifi).*(?:date| on)/u },
  { meaning: 'reviewResult', exact: ['复查结果', '验收结果', '核查结果', 'review result'], like: /(?:复查|验收|核查|复核).*(?:结果|意见|结论)|(?:review|verification) result/u },
  { meaning: 'completedOn', exact: ['整改完成时间', '完成时间', '完成日期', '销号日期', '销号时间', '答复时间', 'closed on', 'completed on', 'completion date'], like: /(?:完成|销号|办结|闭环|答复).*(?:时间|日期)|(?:closed|completed|completion|closure).*(?:date| on)/u },
  { meaning: 'sourceDate', exact: ['反馈时间', '反馈日期', '交办时间', 'feedback date', 'report date'], like: /(?:反馈|交办|来文|文件).*(?:时间|日期)/u },
  { meaning: 'foundOn', exact: ['检查时间', '检查日期', '排查日期', '排查时间', '发现时间', '发现日期', '列单日期', '留言时间', '日期', 'date', 'found on', 'listed on', 'inspection date'], like: /(?:检查|排查|发现|巡查|列单|提出|登记).*(?:时间|日期)|(?:inspect|found|listed|identified).*(?:date| on)/u },
  { meaning: 'status', exact: ['销号情况', '隐患状态', '状态', '整改状态', '办理状态', 'status'], like: /状态|销号情况|是否.*(?:整改|完成|销号|办结)|^status/u },
  { meaning: 'status', exact: ['完成情况', '整改情况', '办理结果', '整改结果', '整改完成情况', '处理结果', 'state', 'outcome', 'stage'], like: /(?:完成|整改|办理|处理).*(?:情况|结果)/u },
  { meaning: 'progress', exact: ['整改进展', '进展情况', '工作进展', '最新进展', '落实情况', 'progress', 'latest', 'latest progress'], like: /进展|落实情况|progress|update/u },
  { meaning: 'severity', exact: ['隐患级别', '隐患等级', '问题等级', '等级', '级别', '严重程度', 'severity', 'priority'], like: /级别|等级|严重|severity|priority/u },
  { meaning: 'subcategory', exact: ['问题小类', '小类', '二级分类', 'subcategory'], like: /小类|二级分类|sub-?category/u },
  { meaning: 'category', exact: ['问题大类', '问题类别', '问题类型', '隐患类型', '隐患类别', '大类', '类别', '类型', 'category'], like: /(?:问题|隐患).*类|大类|^类[别型]$|category/u },
  { meaning: 'channel', exact: ['反馈渠道', '问题来源', '来源', '任务事项来源', 'channel', 'source'], like: /渠道|来源|channel/u },
  { meaning: 'requirement', exact: ['整改目标', '整改要求', '要求', '目标', '整改目标要求', 'requirement', 'recommendation', 'recommendations', 'goal'], like: /整改.*(?:目标|要求)|requirement|recommendation/u },
  { meaning: 'measures', exact: ['整改措施', '措施', '处置措施', '采取的整改措施', '整改措施与要求', '处理意见', 'measures', 'corrective action', 'planned corrective action', 'mitigation', 'remediation'], like: /措施|corrective action|action plan|mitigation|remediation|measures/u },
  { meaning: 'title', exact: ['问题标题', '标题', '题目', '问题名称', '留言主题', '主题', '事项', '工作任务', 'title', 'subject', 'problem'], like: /(?:问题|隐患|事项).*(?:标题|名称|概要)|^title/u },
  { meaning: 'description', exact: ['问题描述', '问题', '疑似问题', '疑似问题描述', '问题线索', '线索', '线索内容', '隐患内容', '存在隐患或问题', '存在的问题或隐患', '存在问题', '存在的问题', '具体问题', '反馈问题', '问题内容', '问题说明', '具体表现', '主要问题', 'description', 'finding', 'finding text', 'findings', 'observation', 'issue', 'condition'], like: /(?:问题|隐患).*(?:描述|内容|说明|表现|情况)|存在.*(?:问题|隐患)|反馈.*问题|具体表现|finding|description|observation|^issue/u },
  // Where no column says who is responsible, the place does; one that does goes first by its rank.
  { meaning: 'responsibleUnits', exact: ['涉及地区', '涉及县区', '涉及县', '涉及单位', '属地', '属地单位', '县区', '县市区', '县(市、区)', '所在县区', '所在地区'], like: /^涉及.*(?:地区|县|区|单位)$|^属地|所在(?:县|地区)/u },
  { meaning: 'remark', exact: ['备注', '说明', 'remark', 'remarks', 'note', 'notes', 'comments', 'comment'], like: /^备\s*注|remark|comment/u },
  { meaning: 'ignore', exact: [], like: never },
];

/** What a header most likely means: `sure` when it is one of the known words, else by what it contains; null when nothing fits. The lower `rank`, the better it fits. */
export function meaningOf(header: string): { readonly meaning: Meaning; readonly sure: boolean; readonly rank: number } | null {
  const text = plain(header);
  if (text === '') return null;
  const exact = headerWords.findIndex((words) => words.exact.includes(text));
  // A long cell is a sentence of a form above the table, not a header.
  const like = exact < 0 && text.length <= 40 ? headerWords.findIndex((words) => words.like.test(text)) : -1;
  const found = headerWords[exact < 0 ? like : exact];
  return found ? { meaning: found.meaning, sure: exact >= 0, rank: exact < 0 ? headerWords.length + like : exact } : null;
}

/** "整改期限(天数)" → "整改期限"; "责任清单" → "责任"; "completion_date_text" → "completion date text". */
function plain(header: string): string {
  const text = header.normalize('NFKC').toLowerCase().replaceAll(/[(\[【「].*?[)\]】」]/gu, '').replaceAll(/[_\s]+/gu, ' ').replaceAll(/[:：*]/gu, '').trim();
  return /[\u4e00-\u9fff]/u.test(text) ? text.replaceAll(' ', '').replace(/清单$/u, '') : text;
}
