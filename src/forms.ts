import type { Choice, Field } from '../views/pages.js';

/** A field with nothing in it; the builders below fill in what their control needs. */
const bare: Omit<Field, 'id' | 'name' | 'label'> = Object.freeze({
  hint: null, error: null, required: false, value: '', choices: [], describedBy: null, isText: false, isLong: false, isSelect: false, isMany: false,
  isChecks: false, isRadio: false, isTick: false, isFile: false, isRows: false, isNames: false, values: [], suggestions: [], elsewhere: [], type: 'text', autocomplete: null, columns: [], rows: [],
});

type Given = Pick<Field, 'name' | 'label'> & Partial<Field>;

/** One line of text, a date, a number or a password. */
export function textField(given: Given): Field {
  return completed({ isText: true, ...given });
}

export function longField(given: Given): Field {
  return completed({ isLong: true, ...given });
}

export function selectField(given: Given & { readonly choices: readonly Choice[] }): Field {
  return completed({ isSelect: true, ...given });
}

export function manyField(given: Given & { readonly choices: readonly Choice[] }): Field {
  return completed({ isMany: true, ...given });
}

export function checksField(given: Given & { readonly choices: readonly Choice[] }): Field {
  return completed({ isChecks: true, ...given });
}

export function radioField(given: Given & { readonly choices: readonly Choice[] }): Field {
  return completed({ isRadio: true, ...given });
}

export function tickField(given: Given): Field {
  return completed({ isTick: true, ...given });
}

export function fileField(given: Given): Field {
  return completed({ isFile: true, ...given });
}

export function rowsField(given: Given & Pick<Field, 'columns' | 'rows'>): Field {
  return completed({ isRows: true, ...given });
}

/** Several names, each in a line of its own: chosen from the suggestions or typed. */
export function namesField(given: Given & { readonly values: readonly string[] }): Field {
  return completed({ isNames: true, ...given });
}

function completed(given: Given): Field {
  const id = given.id ?? `f-${given.name.replaceAll(/[^\w-]/gu, '-')}`;
  const described = [given.hint ? `${id}-hint` : '', given.error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return { ...bare, ...given, id, describedBy: described || null };
}

/** A choice of a select, list of boxes or radio buttons. */
export function choice(value: string | number, label: string, chosen: boolean, names = ''): Choice {
  return { value: String(value), label, chosen, names };
}

/** A text of a submitted form or address: the first of several, "" when there is none. Folded like everything that comes in. */
export function bodyText(body: unknown, name: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? cleaned(first) : '';
}

/** Was it a field of the form at all, be it empty? */
export function hasText(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && name in body;
}

/** All texts of one name: several boxes ticked, several entries chosen. */
export function bodyTexts(body: unknown, name: string): readonly string[] {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string' && each !== '').map(cleaned);
}

/** What comes in is folded once, at the edge: NFC, line ends as \n, no control or invisible characters and no non-characters, no unpaired surrogates, no space around. */
export function cleaned(text: string): string {
  return visible(text).normalize('NFC').replaceAll(/\r\n?/gu, '\n').trim();
}

/** What can be written into any page or file. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
}

/** The same for every text in what came as JSON; keys and other values stay as they are. */
export function cleanedDeep(value: unknown): unknown {
  if (typeof value === 'string') return cleaned(value);
  if (Array.isArray(value)) return value.map(cleanedDeep);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleanedDeep(each)])) : value;
}
