import { keyOf, type WorkflowDefinition } from './definition.js';
import type { EventDefinition } from './event.js';
import { rectification1 } from './rectification/1/definition.js';

const definitions: Readonly<Record<string, WorkflowDefinition>> = Object.freeze({ [keyOf(rectification1)]: rectification1 });

/** The version that new findings start in. */
export const current: WorkflowDefinition = rectification1;

/** An event of the current definition. Throws when it knows none of that name: whoever asks has it from a definition or from a row that this program wrote. */
export function eventOf(type: string): EventDefinition {
  const definition = current.events[type];
  if (!definition) throw new Error(`The workflow knows no ${type}.`);
  return definition;
}

/** The definition of "name@version". Throws when a row names one that is not here: old versions are kept until no row uses them. */
export function definitionOf(key: string): WorkflowDefinition {
  const definition = definitions[key];
  if (!definition) throw new Error(`The workflow ${key} is not part of this installation; install the version of Zhenggai that knows it.`);
  return definition;
}

/** Every version that rows may use. */
export const allDefinitions: readonly WorkflowDefinition[] = Object.freeze(Object.values(definitions));
