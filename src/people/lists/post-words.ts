import type { Post } from '../../context.js';

type Role = Post['role'];

/** How lists name the posts, beside the words of the product itself (a test holds them together). */
const words: Readonly<Record<Role, readonly string[]>> = {
  office: ['办公室', '办公室人员', '领导小组办公室', 'office'],
  handler: ['承办人', '承办', '经办人', '经办', '承办人员', '经办人员', 'handler'],
  head: ['单位负责人', '负责人', '主要负责人', 'headofunit', 'head'],
  sector: ['行业主管部门', '行业主管', '行业部门', 'sectordepartment', 'sector'],
  inspector: ['核查人员', '核查员', '核查组', 'inspector'],
  leader: ['牵头领导', '领导', 'leader'],
  admin: ['系统管理员', '管理员', 'systemadministrator', 'administrator', 'admin'],
  auditor: ['安全审计员', '审计员', 'securityauditor', 'auditor'],
};
const roles = Object.keys(words).filter((each): each is Role => each in words);
const seconded = /[(\uff08](?:挂职|借调|挂职借调|seconded|secondment)[)\uff09]/iu;

/** What a cell of posts says: each with whether it is a secondment, and what is no post. "承办人、单位负责人", "核查人员(挂职)", "handler; head of unit". */
export function postsIn(cell: string): { readonly posts: readonly Pick<Post, 'role' | 'kind'>[]; readonly unknown: readonly string[] } {
  const named = cell.split(/[、,;/\n\uff0c\uff1b\uff0f]+/u).map((text) => text.trim()).filter((text) => text !== '').map((text) => ({ text, role: roleOf(text.replace(seconded, '')), kind: seconded.test(text) ? 'secondment' as const : 'home' as const }));
  const posts = named.flatMap(({ role, kind }) => (role ? [{ role, kind }] : []));
  return {
    posts: posts.filter((post, index) => posts.findIndex(({ role, kind }) => role === post.role && kind === post.kind) === index),
    unknown: named.filter(({ role }) => role === undefined).map(({ text }) => text),
  };
}

function roleOf(text: string): Role | undefined {
  const plain = text.normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase();
  return roles.find((role) => words[role].includes(plain));
}
