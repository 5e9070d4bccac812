/** Events that bring a finding to a unit: what a notice lists, and from which of them on it holds. */
export const handingOut: readonly string[] = Object.freeze(['HAND_OUT', 'ASSIGN', 'REASSIGN', 'ADOPT']);
