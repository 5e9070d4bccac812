import type { EventDefinition } from '../../workflows/event.js';
import { besideFields, type Asked } from './asked.js';

/** What a batch keeps of its form, and in a few letters the rules that were there when it was made. */
export interface KeptForm extends Asked {
  readonly rules: string;
}

/** As a batch keeps it: of what was typed the shared fields alone. */
export function keptForm(definition: EventDefinition, { body, files, scan }: Asked, rules: string): string {
  const names = [...definition.fields.map(({ name }) => name), ...besideFields];
  return JSON.stringify({ body: onlyOf(names, body), files, scan, rules } satisfies KeptForm);
}

/** What was typed for a batch that was done at once, of rows too: the form of those that are left begins with it. Its files went with what was done. */
export function textsKept(definition: EventDefinition, { body }: Pick<Asked, 'body'>): string {
  const names = [...definition.fields.map(({ name }) => name), ...besideFields, 'unit'];
  return JSON.stringify({ body: onlyOf(names, body), files: [], scan: null, rules: '' } satisfies KeptForm);
}

function onlyOf(names: readonly string[], body: Asked['body']): Asked['body'] {
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.some((each) => name === each || name.startsWith(`${each}.`))));
}

/** Reads what `keptForm` wrote. Throws on anything else, as a program of another version may have kept it: nothing is done on half a form. */
export function formOf({ id, form }: { readonly id: string; readonly form: string }): KeptForm {
  const kept: Partial<KeptForm> = JSON.parse(form);
  const { body, files, scan, rules } = kept;
  if (!body || !files || scan === undefined || rules === undefined) throw new Error(`The form of batch ${id} is not one of this version.`);
  return { body, files, scan, rules };
}
