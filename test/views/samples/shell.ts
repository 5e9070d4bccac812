import type { Pages } from '../../../views/pages.js';
import { badge, faults, fields, way } from './parts.js';

/** The door, the account, people, units, the audit trail. */
export const shell = {
  'errors/show': { title: '没有找到', what: '没有这个内容，或者不在您的查看范围内。', next: '请联系市整改办 0936-8000001', reference: 'req-1' },
  'sign-in/show': { refused: '用户名或密码不对。', lost: '登录已过期。', next: '/', sent: 'eyJ9', fields: fields.slice(0, 1) },
  'sign-in/sent': { text: '刚才填写的内容还在。', action: '/findings/ZG-2020-0001/report', shown: ['八个项目已办结前期手续'], texts: [{ name: 'text', value: '八个项目已办结前期手续' }] },
  'first-run/show': { faults, fields: fields.slice(0, 1) },
  'account/show': { username: 'office', posts: ['市整改办 · 办公室'], sessions: [{ key: 'one', seen: '2020-05-11 12:00', current: true }, { key: 'two', seen: '2020-05-10 09:00', current: false }] },
  'account/password': { forced: true, faults, fields: fields.slice(0, 1) },
  'people/list': { q: '经办', rows: [{ href: '/people/4', username: 'transport', name: '经办甲', phone: '0936-8000088', posts: '市交通局 · 承办人', state: badge }], next: '/people?after=4' },
  'people/form': { title: '新增人员', action: '/people', faults, fields: fields.slice(0, 4), isNew: false, disabled: false, version: 1, request: '', state: badge, handover: '/handover/posts?from=4' },
  'people-lists/form': { refused: { what: '名单.xls: 这是旧版 Excel（.xls）文件，不能直接读。', next: '请另存为 .xlsx 后再传。' }, fields: fields.slice(0, 2) },
  'people-lists/show': {
    name: '名单.xlsx', action: '/people/lists/a/confirmation', key: 'key', digest: 'digest', show: 'new', page: '1', names: '重新预览', notice: '打开预览以后有了变化。', figures: [{ label: '新增人员', value: '1', note: null, href: '/people/lists/a?show=new#rows', tone: 'info' }], facts: ['表头在第 1 行。'],
    left: '有 1 行有错，不会导入。', leftHref: '/people/lists/a?show=faulty#rows', proposed: '用户名为系统提出。', confirm: '确认导入：新增 1 人，增加岗位 0 人', heading: '逐行预览', all: '/people/lists/a#rows',
    rows: [{ row: 2, outcome: badge, name: '经办甲', href: '/people/4', unit: '市交通运输局', posts: '承办人', phone: '0936-8000088', username: '（拟用）', own: { name: 'username.2', label: '第 2 行 经办甲 的用户名', value: '经办甲' }, why: '' }], pager: { summary: '第 1/2 页', previous: null, next: '/people/lists/a?page=2#rows', first: null, last: null, sizes: [] },
  },
  'people-lists/added': { summary: '新增 1 人。', slips: { href: '/people/slips?after=100&through=101', label: '打印这 1 人的激活单' }, leftTitle: '没有导入的 1 行', left: [{ row: 3, name: '经办乙', unit: '某局', why: '机构里没有“某局”。' }], more: '还有 2 行没有列出。' },
  'organisation/list': { rows: [{ href: '/organisation/3', indent: '　', name: '市交通运输局', shortName: '市交通局', kind: '部门', code: '620700', phone: '0936-8000088', aliases: '交通局', state: badge }], total: '共 1 个', previous: '/organisation?page=1', next: '/organisation?page=3' },
  'organisation/form': { title: '新增机构', action: '/organisation', faults, fields: fields.slice(0, 4), version: 1, left: '还有 3 件未办结问题。' },
  'organisation/import': { faults, fields: fields.slice(8, 9) },
  'campaigns/list': { rows: [{ href: '/campaigns/1', name: '百日攻坚', office: '市整改办公室', dates: '2020-04-01 – 2020-07-10', state: badge }], categories: [{ name: '道路', above: '基础设施', state: badge, action: '/categories/1/disabling', disabled: false }], faults, fields: fields.slice(0, 2) },
  'campaigns/form': { title: '百日攻坚', action: '/campaigns/1', version: 1, faults, fields: fields.slice(0, 4) },
  'audit/list': { streams: [way], rows: [{ at: '2020-05-11 12:00', who: '管理员', what: '登录', details: '{}' }], next: '/audit?before=1' },
} as const satisfies Partial<Pages>;
