import { describe, expect, it } from 'vitest';
import { current } from '../../workflows/registry.js';
import { stagePath } from '../../workflows/step.js';
import type { Relation, Role } from '../../workflows/actor.js';
import type { Snapshot } from '../../workflows/finding.js';
import { ask, findingAt, person, states } from './cast.js';

/**
 * Who may do what, where: written out from the rules of the domain, not from the machine. Each line is
 * event | states | posts, where "x.*" is every state under x; "ordinary" and "major" lines hold for that severity only.
 */
const table = `
HAND_OUT           | suspected.toCheck suspected.checking | office:host
REPORT_CHECK       | suspected.checking                   | handler:checker head:checker office:checker
RECALL_CHECK       | suspected.checking                   | office:host
RETURN_CHECK       | suspected.checking                   | handler:checker head:checker office:checker
HAND_ON            | suspected.checking                   | handler:checker head:checker office:checker
REPORT_UP          | suspected.checking                   | handler:handedOn head:handedOn
SEND_BACK_CHECK    | suspected.checked                    | office:host
CONFIRM            | suspected.checked                    | office:host
DISMISS            | suspected.checked                    | office:host
ASSIGN             | listed                               | office:host system:host
REASSIGN           | assigned                             | office:host
RECALL             | assigned                             | office:host
RETURN             | assigned                             | handler:lead head:lead
ACCEPT             | assigned                             | handler:lead head:lead system:host
DECOMPOSE          | rectifying.*                         | handler:lead head:lead office:lead office:host
SUBMIT_PLAN        | rectifying.planning                  | handler:lead head:lead
SIGN_PLAN          | rectifying.planSigning               | head:lead
RETURN_PLAN        | rectifying.planSigning               | head:lead
APPROVE_PLAN       | rectifying.planReview                | office:host
REJECT_PLAN        | rectifying.planReview                | office:host
REPORT             | rectifying.* continuing              | handler:lead head:lead handler:responsible head:responsible handler:supporting head:supporting
ATTACH             | suspected.* listed assigned           | office:host inspector:jurisdiction handler:lead head:lead handler:responsible head:responsible handler:supporting head:supporting handler:checker head:checker office:checker handler:handedOn head:handedOn
ATTACH             | rectifying.* verifying.* verified.* continuing suspended closed | office:host inspector:jurisdiction handler:lead head:lead handler:responsible head:responsible handler:supporting head:supporting
SUCCEED            | OPEN closed                          | office:host
ABSORB             | OPEN closed                          | system:host
SPLIT              | listed                               | office:host
AMEND              | OPEN closed                          | office:host
RECLASSIFY         | OPEN closed                          | office:host
REQUEST_EXTENSION  | rectifying.*                         | handler:lead head:lead
GRANT ordinary     | rectifying.*                         | office:host
GRANT major        | rectifying.*                         | leader:jurisdiction
REFUSE ordinary    | rectifying.*                         | office:host
REFUSE major       | rectifying.*                         | leader:jurisdiction
CLAIM              | rectifying.executing                 | handler:lead head:lead
SIGN_CLAIM         | rectifying.claimSigning              | head:lead
RETURN_CLAIM       | rectifying.claimSigning              | head:lead
WITHDRAW_CLAIM     | rectifying.claimSigning verifying.*  | handler:lead head:lead
GIVE_OPINION       | rectifying.planReview verifying.sectorReview | sector:sector
ASSIGN_VERIFICATION | verifying.inspection                | office:host
SETTLE_OBJECTION   | verifying.inspection                 | office:host
PASS               | verifying.inspection                 | inspector:jurisdiction
SEND_BACK ordinary | verifying.inspection                 | inspector:jurisdiction
SEND_BACK major    | verifying.inspection                 | inspector:jurisdiction
SEND_BACK ordinary | verified.approval                    | office:host
SEND_BACK major    | verified.approval                    | leader:jurisdiction
OBJECT             | verified.notice                      | office:host
NOTICE_OVER        | verified.notice                      | system:host
CLOSE ordinary     | verified.*                           | office:host
CLOSE major        | verified.*                           | leader:jurisdiction
LOOK_BACK          | closed                               | inspector:jurisdiction
SPOT_CHECK         | rectifying.* verified.* continuing closed | inspector:jurisdiction
PROPOSE_REOPENING  | closed                               | inspector:jurisdiction
REOPEN ordinary    | closed                               | office:host
REOPEN major       | closed                               | leader:jurisdiction
REFUSE_REOPENING ordinary | closed                        | office:host
REFUSE_REOPENING major    | closed                        | leader:jurisdiction
APPEAL             | assigned rectifying.* verifying.* continuing suspended            | handler:lead head:lead
DECIDE_APPEAL      | listed assigned rectifying.* verifying.* verified.* continuing suspended | office:host
INSTRUCT           | listed assigned rectifying.* verifying.* verified.* continuing suspended closed | leader:jurisdiction
REPLY_INSTRUCTION  | listed assigned rectifying.* verifying.* verified.* continuing suspended closed | handler:lead head:lead handler:responsible head:responsible handler:supporting head:supporting office:host sector:sector
PROPOSE_SUSPENSION | rectifying.* verifying.*             | office:host
SUSPEND            | rectifying.* verifying.*             | leader:jurisdiction
REFUSE_SUSPENSION  | rectifying.* verifying.*             | leader:jurisdiction
RESUME             | suspended                            | office:host leader:jurisdiction
PROPOSE_CONTINUING | rectifying.executing                 | office:host
TURN_CONTINUING    | rectifying.executing                 | leader:jurisdiction
REFUSE_CONTINUING  | rectifying.executing                 | leader:jurisdiction
REVIEW             | continuing                           | office:host leader:jurisdiction
MERGE              | suspected.* listed                   | office:host
MERGE              | HANDED                               | leader:jurisdiction
TRANSFER           | suspected.* listed                   | office:host
TRANSFER           | HANDED                               | leader:jurisdiction
WITHDRAW           | suspected.* listed                   | office:host
WITHDRAW           | HANDED                               | leader:jurisdiction
UNFOUND            | listed                               | office:host
UNFOUND            | HANDED                               | leader:jurisdiction
PART_CHANGED       | listed assigned rectifying.* verifying.* verified.* continuing suspended closed | system:host
PARENT_CHANGED     | listed assigned rectifying.* verifying.* verified.* continuing suspended closed | system:host
`;

const roles: readonly Role[] = ['office', 'handler', 'head', 'sector', 'inspector', 'leader', 'admin', 'auditor', 'system'];
const relations: readonly Relation[] = ['host', 'lead', 'responsible', 'supporting', 'sector', 'checker', 'handedOn', 'jurisdiction'];
const groups: Readonly<Record<string, readonly string[]>> = {
  HANDED: ['assigned', 'rectifying.*', 'verifying.*', 'continuing', 'suspended'],
  OPEN: ['suspected.*', 'listed', 'assigned', 'rectifying.*', 'verifying.*', 'verified.*', 'continuing', 'suspended'],
};

describe.each(['ordinary', 'major'] as const)('an %s finding', (severity) => {
  const expected = readTable(severity);
  it.each(states)('at %s obeys exactly the posts the table names', (state) => {
    const finding = findingAt(state, { severity });
    expect(stagePath(finding.value)).toBe(state);
    for (const event of Object.keys(current.events)) {
      const posts = expected.get(`${event} ${state}`) ?? [];
      for (const role of roles) for (const relation of relations) expect(`${event} ${state} ${role}:${relation} ${verdict(finding, event, role, relation)}`).toBe(`${event} ${state} ${role}:${relation} ${wanted(posts, role, relation)}`);
    }
  });
});

it('the table names every event but the two that begin a finding', () => {
  const named = new Set(lines().map(({ event }) => event));
  expect(Object.keys(current.events).filter((event) => !named.has(event))).toEqual(['LIST', 'ADOPT']);
});

it.each([['LIST', 'office:host', 'system:host'], ['ADOPT', 'office:host']])('%s begins a finding, and only %s may', (event, ...posts) => {
  for (const role of roles) for (const relation of relations) expect(`${role}:${relation} ${verdict(null, event, role, relation)}`).toBe(`${role}:${relation} ${wanted(posts, role, relation)}`);
});

type Verdict = 'may' | 'may not' | 'not here';

/** Stage and post alone: what else stands in the way is other tests' matter. */
function verdict(finding: Snapshot | null, event: string, role: Role, relation: Relation): Verdict {
  const result = ask(finding, event, person(99, '某人', role, 99, [relation]));
  if (result.kind === 'moved') return 'may';
  const rules = result.refusals.map((each) => each.rule);
  if (rules.includes('notInThisStage')) return 'not here';
  return rules.includes('notYourPost') ? 'may not' : 'may';
}

/** The engine has no relation: one stands for all. */
function wanted(posts: readonly string[], role: Role, relation: Relation): Verdict {
  if (posts.length === 0) return 'not here';
  return posts.includes(role === 'system' ? 'system:host' : `${role}:${relation}`) ? 'may' : 'may not';
}

function readTable(severity: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const line of lines().filter((each) => each.severity === undefined || each.severity === severity)) {
    for (const state of line.states) found.set(`${line.event} ${state}`, [...(found.get(`${line.event} ${state}`) ?? []), ...line.posts]);
  }
  return found;
}

function lines(): readonly { readonly event: string; readonly severity: string | undefined; readonly states: readonly string[]; readonly posts: readonly string[] }[] {
  return table.trim().split('\n').map((line) => {
    const [head = '', where = '', who = ''] = line.split('|').map((cell) => cell.trim());
    const [event = '', severity] = head.split(' ');
    return { event, severity, states: where.split(' ').filter(Boolean).flatMap((each) => groups[each] ?? [each]).flatMap(under), posts: who.split(' ') };
  });
}

function under(pattern: string): readonly string[] {
  return pattern.endsWith('.*') ? states.filter((state) => state.startsWith(pattern.slice(0, -1))) : [pattern];
}
