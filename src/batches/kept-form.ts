import type { EventDefinition } from '../../workflows/event.js';
import { current } from '../../workflows/registry.js';
import { UnreadableBatchError } from '../errors.js';
import { besideFields, type Asked } from './asked.js';
import type { BatchRecord } from './queries.js';

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

/** Reads what `keptForm` wrote. Throws UnreadableBatchError on anything else, as a program of another version may have kept it: nothing is done on half a form. */
export function formOf({ id, form }: Pick<BatchRecord, 'id' | 'form'>): KeptForm {
  const { body, files, scan, rules } = partsOf(form);
  if (!body || !files || scan === undefined || rules === undefined) throw new UnreadableBatchError(`the form of batch ${id} is not one of this version`);
  return { body, files, scan, rules };
}

function partsOf(form: string): Partial<KeptForm> {
  try {
    const kept: Partial<KeptForm> | null = JSON.parse(form);
    return kept ?? {};
  } catch {
    return {};
  }
}

/** What a batch does. Throws UnreadableBatchError where the workflow does not know it any more. */
export function eventIn({ id, event }: Pick<BatchRecord, 'id' | 'event'>): EventDefinition {
  const definition = current.events[event];
  if (!definition) throw new UnreadableBatchError(`the workflow knows no ${event}, which batch ${id} does`);
  return definition;
}
