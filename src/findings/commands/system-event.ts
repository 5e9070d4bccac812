import type { WorkflowEvent } from '../../../workflows/types.js';
import type { House } from '../../context.js';
import { system } from '../actors.js';

/** An event of the engine itself. */
export function systemEvent(house: Pick<House, 'clock'>, type: string, data: WorkflowEvent['data']): WorkflowEvent {
  return { type, data, actor: system, onBehalf: null, occurredAt: house.clock.occurring(), today: house.clock.today(), dates: {} };
}
