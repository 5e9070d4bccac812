import { expect, it } from 'vitest';
import { diagramOf, isTravelled } from '../../workflows/diagram.js';
import { current } from '../../workflows/registry.js';

const { edges } = diagramOf(current);
const travelled = (event: string, from: string, to: string): readonly string[] => edges.filter((edge) => isTravelled(edge, event, from, to)).map((edge) => `${edge.from} → ${edge.to}`);

it('an arrow between two states carries all their events', () => {
  expect(edges.find((edge) => edge.from === 'assigned' && edge.to === 'listed')?.events).toEqual(['RETURN', 'RECALL']);
});

it('what a whole stage may do is drawn once', () => {
  expect(edges.filter((edge) => edge.events.includes('WITHDRAW')).map((edge) => `${edge.from} → ${edge.to}`)).toEqual(['suspected → ended', 'listed → ended', 'assigned → ended', 'rectifying → ended', 'verifying → ended', 'continuing → ended', 'suspended → ended']);
});

it.each([
  ['ACCEPT', 'assigned', 'rectifying.planning', 'assigned → rectifying'], ['PASS', 'verifying.inspection', 'verified.notice', 'verifying.inspection → verified'], ['CLOSE', 'verified.approval', 'closed', 'verified → closed'],
  ['WITHDRAW', 'rectifying.planReview', 'withdrawn', 'rectifying → ended'], ['RESUME', 'suspended', 'rectifying.executing', 'suspended → rectifying'], ['DISMISS', 'suspected.checked', 'unfounded', 'suspected.checked → unfounded'],
])('the way travelled by %s from %s to %s is marked', (event, from, to, arrow) => {
  expect(travelled(event, from, to)).toEqual([arrow]);
});

it('what stays where it is travels nowhere', () => {
  expect(travelled('REPORT', 'rectifying.executing', 'rectifying.executing')).toEqual([]);
});
