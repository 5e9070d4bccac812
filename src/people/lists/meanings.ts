/** What a column of a list of people may mean. */
export const columns = ['name', 'unit', 'posts', 'phone', 'username', 'fromOn', 'untilOn'] as const;
export type Meaning = (typeof columns)[number];
/** Without these there is nobody to add. */
export const needed: readonly Meaning[] = ['name', 'unit', 'posts'];

/** The words that stand in the headers of name lists, Chinese and English. */
const headerWords: Readonly<Record<Meaning, readonly string[]>> = {
  name: ['姓名', '名字', '人员姓名', '人员', '工作人员', 'name', 'full name'],
  unit: ['单位', '所在单位', '工作单位', '单位名称', '部门', '所在部门', '责任单位', 'unit', 'department', 'organisation', 'organization'],
  posts: ['岗位', '系统岗位', '角色', '岗位角色', '系统角色', 'post', 'posts', 'role', 'roles'],
  phone: ['电话', '联系电话', '手机', '手机号', '手机号码', '电话号码', '联系方式', '办公电话', 'phone', 'telephone', 'mobile', 'tel'],
  username: ['用户名', '账号', '帐号', '登录名', '登录账号', 'username', 'user name', 'account', 'login'],
  fromOn: ['任职起', '任职时间', '任职日期', '任职起始', '起始日期', '到岗日期', '到岗时间', 'from', 'since', 'start', 'start date'],
  untilOn: ['任职止', '截止', '截止日期', '任职截止', '任职至', 'until', 'to', 'end', 'end date'],
};

/** What a header means; null when nothing fits: such a column is named on the page and left out. */
export function meaningOf(header: string): Meaning | null {
  const text = header.normalize('NFKC').toLowerCase().replaceAll(/[(\[【「].*?[)\]】」]/gu, '').replaceAll(/[:：*]/gu, '').replaceAll(/[_\s]+/gu, ' ').trim();
  const plain = /[\u4e00-\u9fff]/u.test(text) ? text.replaceAll(' ', '') : text;
  return columns.find((meaning) => headerWords[meaning].includes(plain)) ?? null;
}
