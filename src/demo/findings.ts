import type { UnitKey, categoryNames } from './organisation.js';

/** How far a finding of the demonstration has come. */
export type Course = 'closed' | 'closedImmediately' | 'closedAfterSendBack' | 'closedAndLookedBack' | 'planning' | 'planReview' | 'extension' | 'claimSigning' | 'inspection' | 'sixParts';

export interface DemoFinding {
  readonly title: string;
  readonly category: (typeof categoryNames)[number];
  readonly unit: UnitKey;
  readonly measures: readonly string[];
  readonly standard: string;
  readonly course: Course;
  readonly major?: boolean;
}

const made = (title: string, category: DemoFinding['category'], unit: UnitKey, measure: string, standard: string, course: Course = 'closed', rest: Partial<DemoFinding> = {}): DemoFinding =>
  ({ title, category, unit, measures: [measure, '举一反三，建立常态化排查制度'], standard, course, ...rest });

/** 22 problems of the provincial look-back. The problems are invented; only how many there are is the newspaper's. */
export const lookBackFindings: readonly DemoFinding[] = [
  made('部分村组道路项目前期手续偏慢', '村组道路', 'transport', '对未开工项目逐项倒排工期、周调度', '全部项目前期手续办结并开工', 'extension', { major: true }),
  made('安置点产业就业档案更新不及时', '易地扶贫搬迁', 'ndrc', '以安置点为单元逐户核对补档', '档案与实际一致，抽查差错率低于百分之二'),
  made('到户帮扶计划措施雷同', '信息数据', 'poverty', '各县区逐户修订帮扶计划', '每户计划有针对性措施，县级抽查通过', 'sixParts'),
  made('扶贫车间用工台账与实际不符', '就业扶贫', 'hr', '逐个车间核对用工台账', '台账与在岗人员一致', 'claimSigning'),
  made('饮水工程管护责任未到人', '饮水安全', 'water', '逐处明确管护人员并公示', '每处工程有管护人和责任牌'),
  made('慢病签约随访记录不规范', '兜底保障', 'health', '按规范补正随访记录', '随访记录完整，抽查合格', 'closedAfterSendBack'),
  made('参保与建档立卡数据比对滞后', '信息数据', 'insurance', '每月比对一次并反馈', '连续两个月按时比对', 'planReview'),
  made('危房周巡查记录缺项', '住房安全', 'housing', '补齐记录并统一格式', '周巡查记录完整', 'closedImmediately'),
  made('“五有”对象清退前备案程序不全', '兜底保障', 'civil', '逐户补齐备案', '备案登记全部完成', 'closedAndLookedBack'),
  made('系统信息与户档不一致', '信息数据', 'poverty', '逐户比对系统与户档', '抽查一致率达到百分之百'),
  made('产业奖补资金兑现进度偏慢', '产业扶贫', 'agriculture', '按月通报兑现进度', '应兑现资金全部兑现', 'closed', { major: true }),
  made('部分学校资助名单公示不规范', '兜底保障', 'education', '统一公示格式和时限', '公示材料齐全', 'inspection'),
  made('村级光伏收益分配台账不细', '产业扶贫', 'ndrc', '按户登记收益分配', '分配台账到户'),
  made('公益性岗位考勤流于形式', '就业扶贫', 'hr', '建立按月考勤制度', '考勤记录完整、补贴据实发放'),
  made('部分农村饮水水质检测不及时', '饮水安全', 'water', '按季检测并公布结果', '当季检测全部完成'),
  made('村卫生室药品进销存记录不全', '兜底保障', 'health', '统一进销存台账', '台账连续完整'),
  made('一站式结算政策宣传不到位', '兜底保障', 'insurance', '入户发放政策明白卡', '抽查知晓率达标'),
  made('农房安全鉴定资料归档不齐', '住房安全', 'housing', '逐户归档鉴定资料', '一户一档齐全'),
  made('临时救助审批时限偏长', '兜底保障', 'civil', '压缩审批环节', '审批时限不超过规定天数', 'closedAndLookedBack'),
  made('合作社带贫机制不紧密', '产业扶贫', 'agriculture', '完善利益联结协议', '协议签订并兑现'),
  made('控辍保学台账更新不及时', '信息数据', 'education', '按月更新学籍动态', '台账与学籍系统一致'),
  made('易地搬迁旧房拆除资料不全', '易地扶贫搬迁', 'ndrc', '补齐影像和验收资料', '资料齐全可查'),
];

/** 11 problems that the city found itself. */
export const ownFindings: readonly DemoFinding[] = [
  made('农村道路管护资金落实不足', '村组道路', 'transport', '落实年度管护资金', '资金文件下达'),
  made('驻村工作队培训资料不全', '信息数据', 'poverty', '补齐培训资料', '培训档案齐全'),
  made('劳务输转信息登记重复', '就业扶贫', 'hr', '清理重复登记', '无重复记录'),
  made('小型水利设施维修不及时', '饮水安全', 'water', '建立报修台账', '报修件件有回音', 'planning'),
  made('家庭医生签约履约率偏低', '兜底保障', 'health', '按计划履约服务', '履约率达标'),
  made('边缘户参保资助政策掌握不准', '兜底保障', 'insurance', '组织业务培训', '抽查政策执行准确'),
  made('抗震改造进度报表口径不一', '住房安全', 'housing', '统一报表口径', '报表口径一致', 'closedImmediately'),
  made('低保动态管理公示不规范', '兜底保障', 'civil', '统一公示格式', '公示规范完整'),
  made('农业保险投保信息不完整', '产业扶贫', 'agriculture', '补齐投保信息', '信息完整'),
  made('雨露计划申报资料审核不严', '就业扶贫', 'education', '复核申报资料', '资料审核合格'),
  made('帮扶责任人调整后未及时更新', '信息数据', 'poverty', '按月更新帮扶责任人', '系统与实际一致'),
];
