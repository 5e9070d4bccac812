import type { Certificate, Fault, Faults } from './check.js';

/** A sentence by its locale key, with what it names. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** The answer of check() to read: what is proven, and what under opaque rules is only "may reach"; or every fault in a sentence. */
export function certificateText(result: Certificate | Faults, say: Say): string {
  return result.kind === 'sound' ? soundText(result, say) : faultyText(result, say);
}

/** One fault in a sentence: events, states, duties, roles and fields in words. */
export function faultText({ fault, params }: Fault, say: Say): string {
  const words = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, wordOf(name, String(value), say)]));
  return say(`check.${fault}`, words);
}

function soundText({ workflow, states, transitions, explored, separations, rules, shortest }: Certificate, say: Say): string {
  return [
    say('check.sound', { workflow, states, transitions, rules, explored }),
    '', say('check.proven'),
    ...['everyStateReached', 'everyStateEnds', 'somebodyCanAct', 'oneGuard', 'neverUnverified', 'reserved'].map((each) => `  · ${say(`check.proven.${each}`)}`),
    ...separations.map((name) => `  · ${say(`check.proven.${name}`)}`),
    '', say('check.mayReach'),
    ...shortest.map(({ state, way }) => `  · ${wordOf('state', state, say)}: ${way.map((event) => wordOf('event', event, say)).join(' → ')}`),
  ].join('\n');
}

function faultyText({ workflow, faults }: Faults, say: Say): string {
  return [say('check.faulty', { workflow, count: faults.length }), ...faults.map((each) => `  · ${faultText(each, say)}`)].join('\n');
}

/** Which params are keys of the locale themselves; a state that a broken chart invented is shown as it is written. */
function wordOf(name: string, value: string, say: Say): string {
  switch (name) {
    case 'event': return say(`event.${value}`);
    case 'state': return value === '' ? say('check.anyState') : say(`state.${value}`);
    case 'duty': return value === '' ? say('check.noDuty') : say(`duty.${value}`);
    case 'role': return say(`role.${value}`);
    case 'column': return say(`field.${value}`);
    case 'way': return value.split(' ').map((event) => say(`event.${event}`)).join(' → ');
    default: return value;
  }
}
