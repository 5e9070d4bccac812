import type { EventDefinition, FieldDefinition, FieldKind } from '../../event.js';

/** What each event asks for. The one source for forms, validation, bulk actions and the API. */
export const events = Object.freeze({
  LIST: event('LIST', { resource: null, given: ['filing'], fields: [required('title', 'text', { maxLength: 200 }), required('description', 'longText'), optional('requirement', 'longText'), optional('closureStandard', 'longText'), severity(), optional('rectificationType', 'choice', { choices: ['immediate', 'staged', 'continuing'] }), optional('deadline', 'date'), optional('suspected', 'yesNo')] }),
  ADOPT: event('ADOPT', {
    resource: null, given: ['filing'],
    fields: [
      required('title', 'text', { maxLength: 200 }), required('description', 'longText'), required('basis', 'text', { maxLength: 300 }),
      required('stage', 'choice', { choices: ['listed', 'assigned', 'rectifying', 'verifying', 'continuing', 'closed'] }), ...aspects('optional'), optional('severity', 'choice', { choices: ['ordinary', 'major'] }),
      optional('listedOn', 'date'), optional('closedOn', 'date'), optional('reviewOn', 'date'),
    ],
  }),

  HAND_OUT: event('HAND_OUT', { together: true, undoneBy: 'RECALL_CHECK', resource: 'check-request', weight: 'main', given: ['units'], fields: [required('checkUnitId', 'unit', { startsWith: 'suggestedUnitId', fit: 'checker' }), required('checkBy', 'date', { perRow: 'onRequest' }), optional('note', 'longText', { perRow: 'onRequest' })] }),
  REPORT_CHECK: event('REPORT_CHECK', { together: true, resource: 'check-report', weight: 'main', fields: [...checked(), evidence('before')] }),
  RECALL_CHECK: event('RECALL_CHECK', { together: true, resource: 'check-recall', weight: 'more', fields: [required('reason', 'longText')] }),
  RETURN_CHECK: event('RETURN_CHECK', { together: true, resource: 'check-refusal', given: ['units'], fields: [required('reason', 'longText', { minLength: 10, perRow: 'onRequest' }), optional('suggestedUnitId', 'unit', { fit: 'checker' })] }),
  HAND_ON: event('HAND_ON', { together: true, resource: 'check-handing-on', given: ['units'], fields: [required('handedOnTo', 'unit', { startsWith: 'handedOn.unitId', fit: 'belowChecker' }), required('checkBy', 'date', { startsWith: 'checkBy', perRow: 'onRequest' }), optional('note', 'longText', { perRow: 'onRequest' })] }),
  REPORT_UP: event('REPORT_UP', { together: true, resource: 'check-answer', weight: 'main', freshness: 'append', moves: false, fields: [...checked(), evidence('before')] }),
  SEND_BACK_CHECK: event('SEND_BACK_CHECK', { resource: 'check-return', fields: [required('missing', 'longText', { minLength: 10 })] }),
  CONFIRM: event('CONFIRM', {
    together: true, resource: 'confirmation', weight: 'main', onBehalf: true, given: ['number', 'units'],
    fields: [required('note', 'longText', { perRow: 'always' }), optional('straightOn', 'yesNo'), ...aspects('optional')],
  }),
  DISMISS: event('DISMISS', { together: true, resource: 'dismissal', onBehalf: true, fields: [required('reason', 'longText', { minLength: 10, perRow: 'always' }), required('evidence', 'evidence', { phase: 'before' })] }),

  ASSIGN: event('ASSIGN', {
    together: true, undoneBy: 'RECALL', resource: 'assignment', weight: 'main', given: ['units'],
    fields: [
      ...aspects('required'),
      optional('jointLeadUnitIds', 'units', { startsWith: 'jointLeadUnitIds', fit: 'rectifier' }), optional('responsibleUnitIds', 'units', { startsWith: 'suggestedResponsibleIds', fit: 'rectifier', perRow: 'onRequest' }),
      optional('supportingUnitIds', 'units', { startsWith: 'suggestedSupportingIds' }), optional('sectorUnitId', 'unit', { startsWith: 'sectorUnitId' }),
      optional('leadLeader', 'text', { maxLength: 60 }), optional('supervisor', 'text', { maxLength: 60 }), optional('lateReason', 'longText'),
    ],
  }),
  REASSIGN: event('REASSIGN', { resource: 'reassignment', given: ['units'], fields: [required('leadUnitId', 'unit', { fit: 'rectifier' }), required('deadline', 'date', { startsWith: 'deadline' }), required('reason', 'longText'), optional('lateReason', 'longText')] }),
  RECALL: event('RECALL', { together: true, resource: 'recall', weight: 'more', fields: [required('reason', 'longText')] }),
  RETURN: event('RETURN', { resource: 'return', given: ['units'], fields: [required('reason', 'longText', { minLength: 10 }), required('suggestedUnitId', 'unit')] }),
  ACCEPT: event('ACCEPT', { together: true, resource: 'acceptance', weight: 'main', fields: [optional('responsible', 'text', { maxLength: 60 }), optional('note', 'longText')] }),
  DECOMPOSE: event('DECOMPOSE', { resource: 'parts', given: ['units'], fields: [required('parts', 'parts', { fit: 'rectifier' }), optional('lateReason', 'longText')] }),

  SUBMIT_PLAN: event('SUBMIT_PLAN', { resource: 'plan', weight: 'main', given: ['units'], fields: [required('measures', 'measures', { startsWith: 'measures', fit: 'owner' }), optional('note', 'longText'), evidence()] }),
  SIGN_PLAN: event('SIGN_PLAN', { together: true, resource: 'plan-signature', weight: 'main', onBehalf: true, fields: [optional('note', 'longText')] }),
  RETURN_PLAN: event('RETURN_PLAN', { onBehalf: true, resource: 'plan-return', fields: [required('reason', 'longText')] }),
  APPROVE_PLAN: event('APPROVE_PLAN', { together: true, resource: 'plan-approval', weight: 'main', onBehalf: true, fields: [optional('note', 'longText')] }),
  REJECT_PLAN: event('REJECT_PLAN', { onBehalf: true, resource: 'plan-rejection', fields: [required('reason', 'longText', { minLength: 10 })] }),

  REPORT: event('REPORT', { resource: 'report', weight: 'main', freshness: 'append', moves: false, fields: [optional('text', 'longText'), optional('nothingNew', 'yesNo'), optional('progress', 'measureProgress', { startsWith: 'measures' }), evidence()] }),
  ATTACH: event('ATTACH', { resource: 'evidence', weight: 'more', freshness: 'append', moves: false, fields: [required('evidence', 'evidence'), optional('phase', 'choice', { choices: ['before', 'during', 'after'] }), optional('note', 'longText')] }),
  REQUEST_EXTENSION: event('REQUEST_EXTENSION', { moves: false, resource: 'extension-request', fields: [required('reason', 'longText', { minLength: 10 }), required('requestedDate', 'date'), evidence()] }),
  GRANT: event('GRANT', { resource: 'extension', onBehalf: true, fields: [required('deadline', 'date', { startsWith: 'extension.date' }), optional('note', 'longText')] }),
  REFUSE: event('REFUSE', { resource: 'extension-refusal', onBehalf: true, fields: [required('reason', 'longText')] }),

  CLAIM: event('CLAIM', { resource: 'claim', weight: 'main', fields: [required('text', 'longText', { minLength: 10 }), required('checklist', 'checklist', { choices: ['measuresDone', 'standardMet', 'effectLasting', 'rulesMade', 'evidenceComplete'] }), optional('evidence', 'evidence', { phase: 'after', cites: 'rectifiers' })] }),
  SIGN_CLAIM: event('SIGN_CLAIM', { together: true, resource: 'claim-signature', weight: 'main', onBehalf: true, fields: [optional('note', 'longText')] }),
  RETURN_CLAIM: event('RETURN_CLAIM', { onBehalf: true, resource: 'claim-return', fields: [required('reason', 'longText')] }),
  WITHDRAW_CLAIM: event('WITHDRAW_CLAIM', { resource: 'claim-withdrawal', weight: 'more', fields: [required('reason', 'longText')] }),
  GIVE_OPINION: event('GIVE_OPINION', { resource: 'opinion', weight: 'main', onBehalf: true, fields: [required('opinion', 'choice', { choices: ['agree', 'disagree'] }), required('note', 'longText')] }),
  ASSIGN_VERIFICATION: event('ASSIGN_VERIFICATION', { together: true, given: ['verifiers'], resource: 'verification-assignment', weight: 'main', fields: [required('verifierIds', 'people'), optional('verifyBy', 'date'), optional('note', 'longText')] }),
  PASS: event('PASS', { given: ['companions'], resource: 'verification', weight: 'main', onBehalf: true, fields: [...verification(), optional('basically', 'yesNo'), required('note', 'longText'), evidence('after')] }),
  SEND_BACK: event('SEND_BACK', { given: ['companions'], resource: 'send-back', onBehalf: true, fields: [optional('method', 'choice', { choices: ['documents', 'onSite', 'household', 'phone'] }), optional('companions', 'names'), required('missing', 'longText', { minLength: 10 }), evidence('after')] }),
  OBJECT: event('OBJECT', { resource: 'objection', fields: [required('from', 'text', { maxLength: 100 }), required('text', 'longText')] }),
  SETTLE_OBJECTION: event('SETTLE_OBJECTION', { resource: 'objection-settlement', fields: [required('result', 'longText', { minLength: 10 })] }),
  NOTICE_OVER: event('NOTICE_OVER', { resource: null, fields: [] }),
  CLOSE: event('CLOSE', { together: true, resource: 'closure', weight: 'main', onBehalf: true, fields: [required('outcome', 'choice', { choices: ['rectified', 'basicallyRectified'], perRow: 'onRequest' }), required('decisionNumber', 'text', { maxLength: 60 }), optional('note', 'longText', { perRow: 'onRequest' })] }),

  LOOK_BACK: event('LOOK_BACK', { given: ['companions'], onBehalf: true, resource: 'look-back', freshness: 'append', moves: false, fields: [...verification(), required('result', 'choice', { choices: ['sound', 'unsound'] }), required('note', 'longText'), evidence('after')] }),
  SPOT_CHECK: event('SPOT_CHECK', { given: ['companions'], onBehalf: true, resource: 'spot-check', weight: 'more', freshness: 'append', moves: false, fields: [...verification(), required('result', 'choice', { choices: ['sound', 'unsound'] }), required('note', 'longText'), evidence('after')] }),
  PROPOSE_REOPENING: event('PROPOSE_REOPENING', { onBehalf: true, moves: false, resource: 'reopening-proposal', fields: [required('reason', 'longText', { minLength: 10 }), required('evidence', 'evidence', { phase: 'after' })] }),
  REOPEN: event('REOPEN', { given: ['units'], resource: 'reopening', weight: 'main', onBehalf: true, fields: [required('reason', 'longText', { minLength: 10 }), required('deadline', 'date'), optional('leadUnitId', 'unit', { startsWith: 'leadUnitId', fit: 'rectifier' })] }),
  REFUSE_REOPENING: event('REFUSE_REOPENING', { resource: 'reopening-refusal', onBehalf: true, fields: [required('reason', 'longText', { minLength: 10 })] }),

  AMEND: event('AMEND', { given: ['before'], resource: 'amendment', weight: 'more', fields: [required('title', 'text', { maxLength: 200, startsWith: 'title' }), optional('requirement', 'longText', { startsWith: 'requirement' }), optional('closureStandard', 'longText', { startsWith: 'closureStandard' }), required('reason', 'longText', { minLength: 10 })] }),
  RECLASSIFY: event('RECLASSIFY', { together: true, moves: false, freshness: 'append', given: ['category'], resource: 'category', weight: 'more', fields: [required('categoryId', 'category'), required('reason', 'longText')] }),
  APPEAL: event('APPEAL', { moves: false, resource: 'appeal', weight: 'more', fields: [required('reason', 'longText', { minLength: 10 }), evidence()] }),
  DECIDE_APPEAL: event('DECIDE_APPEAL', { onBehalf: true, resource: 'appeal-decision', fields: [required('result', 'choice', { choices: ['upheld', 'rejected'] }), required('reason', 'longText', { minLength: 10 })] }),
  INSTRUCT: event('INSTRUCT', { together: true, given: ['units'], resource: 'instruction', onBehalf: true, freshness: 'append', moves: false, fields: [required('text', 'longText'), required('unitId', 'unit', { startsWith: 'leadUnitId' })] }),
  REPLY_INSTRUCTION: event('REPLY_INSTRUCTION', { resource: 'instruction-reply', freshness: 'append', moves: false, fields: [required('text', 'longText', { minLength: 10 })] }),

  PROPOSE_SUSPENSION: event('PROPOSE_SUSPENSION', { moves: false, resource: 'suspension-proposal', weight: 'more', fields: [required('reason', 'longText', { minLength: 10 })] }),
  SUSPEND: event('SUSPEND', { resource: 'suspension', onBehalf: true, fields: [required('reason', 'longText')] }),
  REFUSE_SUSPENSION: event('REFUSE_SUSPENSION', { resource: 'suspension-refusal', weight: 'more', onBehalf: true, fields: [required('reason', 'longText', { minLength: 10 })] }),
  RESUME: event('RESUME', { onBehalf: true, resource: 'resumption', weight: 'main', fields: [required('reason', 'longText')] }),
  PROPOSE_CONTINUING: event('PROPOSE_CONTINUING', { moves: false, resource: 'continuing-proposal', weight: 'more', fields: [required('reason', 'longText', { minLength: 10 }), required('reviewOn', 'date')] }),
  TURN_CONTINUING: event('TURN_CONTINUING', { resource: 'continuing', onBehalf: true, fields: [required('reviewOn', 'date', { startsWith: 'continuing.date' }), optional('note', 'longText')] }),
  REFUSE_CONTINUING: event('REFUSE_CONTINUING', { resource: 'continuing-refusal', weight: 'more', onBehalf: true, fields: [required('reason', 'longText', { minLength: 10 })] }),
  REVIEW: event('REVIEW', { onBehalf: true, resource: 'review', weight: 'main', fields: [required('result', 'choice', { choices: ['goesOn', 'done'] }), optional('reviewOn', 'date'), required('note', 'longText')] }),

  MERGE: event('MERGE', { given: ['target'], resource: 'merger', weight: 'more', onBehalf: true, fields: [required('target', 'finding'), required('reason', 'longText')] }),
  TRANSFER: event('TRANSFER', { resource: 'transfer', weight: 'more', onBehalf: true, fields: [required('receiver', 'text', { maxLength: 100 }), required('reason', 'longText'), required('evidence', 'evidence')] }),
  WITHDRAW: event('WITHDRAW', { resource: 'withdrawal', weight: 'more', onBehalf: true, fields: [required('reason', 'longText', { minLength: 10 })] }),
  UNFOUND: event('UNFOUND', { resource: 'unfounding', weight: 'more', onBehalf: true, fields: [required('reason', 'longText', { minLength: 10 }), required('evidence', 'evidence')] }),

  SPLIT: event('SPLIT', { given: ['numbers'], resource: 'split', weight: 'more', fields: [required('pieces', 'pieces'), required('reason', 'longText')] }),
  SUCCEED: event('SUCCEED', { together: true, given: ['succession'], resource: 'succession', weight: 'more', fields: [required('reason', 'longText')] }),

  ABSORB: event('ABSORB', { resource: null, moves: false, given: ['absorbed'], fields: [] }),
  PART_CHANGED: event('PART_CHANGED', { resource: null, moves: false, given: ['part'], fields: [] }),
  PARENT_CHANGED: event('PARENT_CHANGED', { resource: null, moves: false, given: ['parent'], fields: [] }),
}) satisfies Readonly<Record<string, EventDefinition>>;

/** The events this version knows. */
export type EventType = keyof typeof events;

function event(type: string, rest: Partial<EventDefinition> & Pick<EventDefinition, 'resource' | 'fields'>): EventDefinition {
  // Whatever may bring a file records what the file was.
  const files: EventDefinition['given'] = rest.onBehalf || rest.fields.some(({ kind }) => kind === 'evidence') ? ['files'] : [];
  return Object.freeze({ type, version: 1, weight: 'beside', together: false, onBehalf: false, freshness: 'stage', moves: true, ...rest, given: [...(rest.given ?? []), ...files] });
}

function required(name: string, kind: FieldKind, rest: Partial<FieldDefinition> = {}): FieldDefinition {
  return { name, kind, required: true, ...lengths(kind), ...rest };
}

function optional(name: string, kind: FieldKind, rest: Partial<FieldDefinition> = {}): FieldDefinition {
  return { name, kind, required: false, ...lengths(kind), ...rest };
}

/** Long enough for the longest finding seen in a real audit list (16,068 characters). */
function lengths(kind: FieldKind): Partial<FieldDefinition> {
  return kind === 'longText' ? { maxLength: 20_000 } : kind === 'text' ? { maxLength: 500 } : {};
}

function evidence(phase: NonNullable<FieldDefinition['phase']> = 'during'): FieldDefinition {
  return optional('evidence', 'evidence', { phase });
}

function severity(): FieldDefinition {
  return required('severity', 'choice', { choices: ['ordinary', 'major'], startsWith: 'severity' });
}

/** What was found; what a unit below said comes first. */
function checked(): readonly FieldDefinition[] {
  return [
    required('result', 'choice', { choices: ['founded', 'partly', 'unfounded'], startsWith: 'handedOn.result', perRow: 'always' }),
    required('note', 'longText', { minLength: 10, startsWith: 'handedOn.note', perRow: 'always' }),
  ];
}

/** The five aspects 五方面: problem, measures, responsibility, deadline, requirement; the problem stands already. */
function aspects(need: 'required' | 'optional'): readonly FieldDefinition[] {
  const field = need === 'required' ? required : optional;
  return [
    field('leadUnitId', 'unit', { startsWith: 'suggestedUnitId', fit: 'rectifier' }),
    field('requirement', 'longText', { startsWith: 'requirement', perRow: 'onRequest' }),
    field('closureStandard', 'longText', { startsWith: 'closureStandard', perRow: 'onRequest' }),
    field('rectificationType', 'choice', { choices: ['immediate', 'staged', 'continuing'], startsWith: 'rectificationType', perRow: 'onRequest' }),
    field('deadline', 'date', { startsWith: 'deadline', perRow: 'onRequest' }),
  ];
}

function verification(): readonly FieldDefinition[] {
  return [required('method', 'choice', { choices: ['documents', 'onSite', 'household', 'phone'] }), required('companions', 'names')];
}
