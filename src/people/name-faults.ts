import type { Refusal } from '../../workflows/types.js';

/** Letters of a name or a telephone. */
const longest = 40;

/** What is wrong with how somebody is called, typed or in a list. `username` is null where it is not chosen. */
export function nameFaults({ username, name, phone }: { readonly username: string | null; readonly name: string; readonly phone: string }): readonly Refusal[] {
  const wrong: Refusal[] = [];
  if (username !== null && !isUsername(username)) wrong.push({ rule: 'people.username', kind: 'input', params: {}, field: 'username' });
  if (name === '') wrong.push({ rule: 'field.required', kind: 'input', params: { name: 'personName' }, field: 'name' });
  for (const [field, key, text] of [['name', 'personName', name], ['phone', 'phone', phone]] as const) if ([...text].length > longest) wrong.push({ rule: 'field.tooLong', kind: 'input', params: { name: key, max: longest, length: [...text].length }, field });
  return wrong;
}

export function isUsername(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$/u.test(text);
}
