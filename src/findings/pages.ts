import type { Row } from '../../db/changeset.js';
import type { findingEvents, findings, findingTexts, sources } from '../../db/schema/index.js';
import type { Pages, Step } from '../../views/pages.js';
import type { VerbView } from '../../views/pages/findings.js';
import type { WorkflowDefinition } from '../../workflows/definition.js';
import { stagePath } from '../../workflows/step.js';
import type { Stage } from '../../workflows/finding.js';
import type { Availability, Waiting } from '../../workflows/types.js';
import { sentenceOfEvent } from '../ledger/sentence.js';
import type { UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import { dateIn } from '../clock.js';
import type { Person } from '../context.js';
import type { Words } from '../words.js';
import { aspectsOf, factsOf } from './facts.js';
import { lightView, stateBadge } from './lights.js';
import type { EvidenceFile, Loaded } from './queries.js';
import { questionWords } from './other-decision.js';
import { waitsFor } from './turns.js';

/** What the page is made of. */
export interface FindingWorld {
  readonly t: Words;
  readonly tree: UnitTree;
  readonly loaded: Loaded;
  readonly definition: WorkflowDefinition;
  readonly texts: Row<typeof findingTexts> | null;
  readonly events: readonly Row<typeof findingEvents>[];
  /** what gave it back and has no answer yet; it may be older than the newest events. */
  readonly returned: Row<typeof findingEvents> | null;
  readonly parts: readonly Row<typeof findings>[];
  readonly parent: Loaded | null;
  readonly files: readonly EvidenceFile[];
  readonly from: readonly { readonly source: Row<typeof sources>; readonly originalNumber: string; readonly verbatim: string }[];
  readonly campaign: string | null;
  readonly category: string | null;
  readonly verbs: readonly Availability[];
  /** the reader works in the office that listed it, and may see a confidential source. */
  readonly office: boolean;
  readonly today: string;
  readonly zone: string;
  /** the event that led to this page, and the notices that it made. */
  readonly justDone: string | null;
  readonly notices: readonly number[];
  readonly names: ReadonlyMap<number, string>;
  /** the reader. */
  readonly person: Person;
  /** numbers that the reader may not see. */
  readonly hidden: ReadonlySet<string>;
}

/** The page of a finding. Pure. */
export function findingPage(world: FindingWorld): Omit<Pages['findings/show'], 'next'> {
  const { t, tree, loaded: { row, snapshot }, definition, today } = world;
  const { context } = snapshot;
  const state = stagePath(snapshot.value);
  const address = `/findings/${row.number}`;
  const verbs = verbsOf(world, address);
  return {
    number: row.number, clueNumber: row.clueNumber === row.number ? null : row.clueNumber, title: row.title,
    badges: [
      stateBadge(state, row.stage, t),
      ...(row.severity === 'major' ? [{ label: t('choice.severity.major'), tone: 'bad' } as const] : []),
      ...(row.rectificationType ? [{ label: t(`choice.rectificationType.${row.rectificationType}`), tone: 'quiet' } as const] : []),
      ...(row.adopted ? [{ label: t('finding.adopted'), tone: 'warn' } as const] : []),
      ...(row.cycle > 1 ? [{ label: t('finding.cycle', { cycle: row.cycle }), tone: 'warn' } as const] : []),
    ],
    light: lightView(row, today, t), returned: returnedOf(world), handedOn: handedOnOf(world, state), papers: papersOf(world),
    stepper: { steps: stepsOf(row.stage, t) },
    waiting: definition.waiting(state, context).map((each) => waitingView(each, world)),
    verbs: verbs.filter((each) => isInFront(definition, each)).map(({ verb }) => verb), more: verbs.filter((each) => !isInFront(definition, each)).map(({ verb }) => verb),
    aspects: aspectsOf(world), facts: factsOf(world),
    parent: world.parent && { number: world.parent.row.number, href: `/findings/${world.parent.row.number}` },
    partsTitle: context.parts.length > 0 ? t('finding.parts', { closed: row.partsTotal - row.partsOpen, total: row.partsTotal }) : null,
    parts: world.parts.map((part) => ({
      number: part.number, href: `/findings/${part.number}`, title: part.title, unit: tree.short(part.leadUnitId),
      state: stateBadge(part.state, part.stage, t), light: lightView(part, today, t),
    })),
    measures: context.measures.map((measure) => ({
      id: measure.id, text: measure.text, owner: [tree.unit(measure.ownerUnitId)?.shortName, measure.owner].filter(Boolean).join(' '), dueOn: measure.dueOn, deliverable: measure.deliverable, percent: measure.percent,
      state: measure.done ? { label: t('finding.done'), tone: 'good' } : { label: `${measure.percent}%`, tone: measure.dueOn < today ? 'bad' : 'quiet' },
    })),
    evidence: world.files.map((file) => evidenceView(file, row.number, world.zone, t)),
    history: { items: world.events.map((event) => sentenceOfEvent(event, t, tree, world.hidden, context.parent)) },
    historyHref: `${address}/history`, workflowHref: `${address}/workflow`, historyNote: t(world.events.length < row.version ? 'finding.historyNote' : 'finding.historyAll', { shown: world.events.length, all: row.version }),
  };
}

/** Events by which somebody says what they saw: what came with them is theirs, and not the unit's. */
const verdicts: readonly string[] = ['PASS', 'SEND_BACK', 'LOOK_BACK', 'SPOT_CHECK'];

/** A file by name, what it is, on which day of the zone it was put in, and how large. */
export function evidenceView(file: EvidenceFile, number: string, zone: string, t: Words): Pages['findings/show']['evidence'][number] {
  const what = file.paper === file.id ? 'finding.signedScan' : verdicts.includes(file.event ?? '') ? 'finding.ofVerdict' : `choice.phase.${file.phase}`;
  return { href: `/findings/${number}/evidence/${file.id}`, name: file.name, facts: [t(what), sizeOf(file.size), dateIn(zone, file.uploadedAt)].join(' · ') };
}

/** What was given back and has no answer yet stands above everything else. */
function returnedOf({ returned, t, tree, hidden }: FindingWorld): Pages['findings/show']['returned'] {
  return returned && sentenceOfEvent(returned, t, tree, hidden);
}

/** What is only added to a finding is followed by nothing: whatever waits there waited before. */
const adding: readonly string[] = ['REPORT', 'ATTACH', 'AMEND', 'RECLASSIFY', 'LOOK_BACK', 'SPOT_CHECK'];

/** After something was done, who else must act next; the reader is told by the panel. */
function handedOnOf(world: FindingWorld, state: string): string | null {
  const { t, tree, definition, loaded, justDone, person } = world;
  if (justDone === null || adding.includes(justDone)) return null;
  const others = definition.waiting(state, loaded.snapshot.context).filter((each) => !waitsFor(each, person, tree));
  const waits = others.map((each) => t('finding.whoHas', { who: whoOf(each, world), queue: t(`queue.${each.event}`) }));
  return waits.length === 0 ? null : t('finding.handedOn', { waits: waits.join(t('sentence.comma')) });
}

/** The notices that came with the handing out, to be printed at once. */
function papersOf({ t, notices }: FindingWorld): Pages['findings/show']['papers'] {
  const asked = new URLSearchParams(notices.map((id): [string, string] => ['n', String(id)]));
  return notices.length === 0 ? null : { label: t('notices.along', { count: notices.length }), href: `/assignment-notices/print?${asked.toString()}` };
}

const main: readonly Stage[] = ['listed', 'assigned', 'rectifying', 'verified', 'closed'];
/** Where in the five stages the others stand. */
const within: Readonly<Record<Stage, number>> = { suspected: -1, listed: 0, assigned: 1, rectifying: 2, verifying: 2, verified: 3, closed: 4, continuing: 2, suspended: 2, unfounded: -1, merged: -1, transferred: -1, withdrawn: -1 };

/** The five stages people see; what lies beside them (clue, suspended, continuing, an outcome) is a step of its own. */
export function stepsOf(stage: Stage, t: Words): readonly Step[] {
  const at = within[stage];
  const ended = stage === 'closed';
  const steps = main.map((each, index) => ({ label: t(`stage.${each}`), state: index < at || (ended && index === at) ? 'done' : index === at ? 'current' : 'ahead', current: index === at }));
  const beside = main.includes(stage) ? [] : [{ label: t(`stage.${stage}`), state: 'branch', current: at < 0 }];
  if (beside.length === 0) return steps;
  return at < 0 ? [...beside, ...steps] : [...steps.slice(0, at + 1), ...beside, ...steps.slice(at + 1)];
}

function waitingView(waiting: Waiting, world: FindingWorld): Pages['findings/show']['waiting'][number] {
  const { t, tree, events, person } = world;
  const unit = waiting.unitId === null ? undefined : tree.unit(waiting.unitId);
  const who = whoOf(waiting, world);
  const mine = waitsFor(waiting, person, tree);
  return { text: t(mine ? 'finding.waitsForYou' : 'finding.waitsFor', { who, event: stillToDo(waiting, world) ?? questionWords(waiting.event, t) }), due: waiting.dueOn && t(isUncertain(waiting.dueOn, events) ? 'finding.byUncertain' : 'finding.by', { date: waiting.dueOn }), phone: unit?.phone && !mine ? t('finding.phone', { phone: unit.phone }) : null };
}

/** What must come before a claim: a unit whose measures are not done does not go and claim. */
function stillToDo({ event }: Waiting, { t, loaded: { snapshot: { context } } }: FindingWorld): string | null {
  const left = context.measures.filter(({ done }) => !done).length;
  return event === 'CLAIM' && left > 0 ? t('finding.measuresLeft', { count: left }) : null;
}

/** Somebody by name, or a role at its unit; a leader's is the jurisdiction. */
function whoOf({ unitId, role, personId }: Waiting, { t, tree, names }: FindingWorld): string {
  if (personId !== null) return names.get(personId) ?? t('role.inspector');
  const unit = unitId === null ? undefined : tree.unit(unitId);
  const jurisdiction = role === 'leader' && unit ? tree.unit(tree.jurisdictionOf(unit.id)) : unit;
  return [jurisdiction?.name, t(`role.${role}`)].filter(Boolean).join(' ');
}

/** A date that was reckoned without its year's table of working days. */
function isUncertain(date: string, events: FindingWorld['events']): boolean {
  return events.some((event) => {
    const dates: Readonly<Record<string, string>> = JSON.parse(event.dates);
    return dates['uncertain'] !== undefined && dates[dates['uncertain']] === date;
  });
}

function verbsOf({ verbs, definition, t }: FindingWorld, address: string): readonly { readonly event: string; readonly verb: VerbView }[] {
  const order = Object.keys(definition.events);
  return verbs
    .filter((each) => definition.events[each.event]?.resource)
    .toSorted((one, other) => Number(other.allowed) - Number(one.allowed) || weight(definition, one.event) - weight(definition, other.event) || order.indexOf(one.event) - order.indexOf(other.event))
    .map((each) => ({
      event: each.event,
      verb: {
        id: `verb-${each.event.toLowerCase()}`, label: t(`event.${each.event}`), href: `${address}/${definition.events[each.event]?.resource ?? ''}`, allowed: each.allowed,
        main: each.allowed && definition.events[each.event]?.weight === 'main', why: each.allowed ? null : each.refusals.map((refusal) => sentenceOf(refusal, t)).join(' '),
      },
    }));
}

/** What can be done, and of what cannot only the main things: nobody asks why there is no appeal to answer. */
function isInFront(definition: WorkflowDefinition, { event, verb }: { readonly event: string; readonly verb: VerbView }): boolean {
  const kind = definition.events[event]?.weight;
  return kind === 'main' || (kind === 'beside' && verb.allowed);
}

function weight(definition: WorkflowDefinition, event: string): number {
  return definition.events[event]?.weight === 'main' ? 0 : 1;
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
