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
  'organisation/list': { rows: [{ href: '/organisation/3', indent: '　', name: '市交通运输局', shortName: '市交通局', kind: '部门', code: '620700', phone: '0936-8000088', aliases: '交通局', state: badge }], total: '共 1 个', previous: '/organisation?page=1', next: '/organisation?page=3' },
  'organisation/form': { title: '新增机构', action: '/organisation', faults, fields: fields.slice(0, 4), version: 1, left: '还有 3 件未办结问题。' },
  'organisation/import': { faults, fields: fields.slice(8, 9) },
  'campaigns/list': { rows: [{ href: '/campaigns/1', name: '百日攻坚', office: '市整改办公室', dates: '2020-04-01 – 2020-07-10', state: badge }], categories: [{ name: '道路', above: '基础设施', state: badge, action: '/categories/1/disabling', disabled: false }], faults, fields: fields.slice(0, 2) },
  'campaigns/form': { title: '百日攻坚', action: '/campaigns/1', version: 1, faults, fields: fields.slice(0, 4) },
  'audit/list': { streams: [way], rows: [{ at: '2020-05-11 12:00', who: '管理员', what: '登录', details: '{}' }], next: '/audit?before=1' },
} as const satisfies Partial<Pages>;
