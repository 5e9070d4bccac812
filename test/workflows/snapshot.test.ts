import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMachine, initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { current } from '../../workflows/registry.js';
import { persisted, placeOf, restored, stagePath } from '../../workflows/snapshot.js';
import { findingAt, states } from './cast.js';

describe('a persisted snapshot', () => {
  it.each(states)('brings a finding at %s back to the same place', (state) => {
    const kept = JSON.parse(JSON.stringify(findingAt(state)));
    expect(stagePath(kept.value)).toBe(state);
    expect(placeOf(current.machine, kept.value).path).toBe(state);
  });

  it('of a state that this version does not know throws at once', () => {
    expect(() => placeOf(current.machine, { rectifying: 'dreaming' })).toThrow('dreaming');
  });

  it('remembers what a history state stands for, and both halves of a parallel one', () => {
    const machine = createMachine({
      id: 'player', initial: 'on',
      states: {
        on: { type: 'parallel', on: { PAUSE: 'off' }, states: { sound: { initial: 'loud', states: { loud: { on: { MUTE: 'mute' } }, mute: {} } }, light: { initial: 'dim', states: { dim: {} } }, again: { type: 'history', history: 'deep' } } },
        off: { on: { PLAY: 'on.again' } },
      },
    });
    const played = ['MUTE', 'PAUSE', 'PLAY'].reduce<AnyMachineSnapshot>((snapshot, type) => restart(machine, transition(machine, snapshot, { type })[0]), initialTransition(machine)[0]);
    expect(stagePath(played.value)).toBe('on.sound.mute+light.dim');
  });
});

/** An extra test over published statecharts, where the folder of inputs lies beside the project. */
const published = join(process.env['ZHENGGAI_INPUTS'] ?? resolve('../shared/inputs'), 'statecharts/scxml_scion_basic.json');

describe.skipIf(!existsSync(published))(`published SCXML tests pass with a restart after every event${existsSync(published) ? '' : ` (skipped: ${published} is not there)`}`, () => {
  const suite: { readonly tests: readonly Scxml[] } = existsSync(published) ? JSON.parse(readFileSync(published, 'utf8')) : { tests: [] };

  it.each(suite.tests.map((each) => [`${each.group} ${each.name}`, each] as const))('%s', (_name, { machine: config, script }) => {
    const machine = createMachine(JSON.parse(JSON.stringify(config)));
    let snapshot: AnyMachineSnapshot = restart(machine, initialTransition(machine)[0]);
    expect(leaves(snapshot)).toEqual([...script.initialConfiguration].sort());
    for (const { event, nextConfiguration } of script.events) {
      snapshot = restart(machine, transition(machine, snapshot, { type: event.name })[0]);
      expect(leaves(snapshot)).toEqual([...nextConfiguration].sort());
    }
  });
});

interface Scxml {
  readonly group: string;
  readonly name: string;
  readonly machine: object;
  readonly script: { readonly initialConfiguration: readonly string[]; readonly events: readonly { readonly event: { readonly name: string }; readonly nextConfiguration: readonly string[] }[] };
}

function restart(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
  return restored(machine, JSON.parse(JSON.stringify(persisted(snapshot))));
}

function leaves(snapshot: AnyMachineSnapshot): readonly string[] {
  return snapshot._nodes.filter((node) => Object.keys(node.states).length === 0 && node.type !== 'history').map((node) => node.id).sort();
}
