// What may be done to a finding, as data: forms, validation, batches and the API are made of it.

/** What an event needs of its form. The one source for forms, validation, bulk actions and the API. */
export interface FieldDefinition {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  /** which units may be chosen, for the kinds that name units. */
  readonly fit?: UnitFit;
  /** the phase of files that come with this field, where the form does not ask; files cited from before must be of it where it is 'after'. */
  readonly phase?: 'before' | 'during' | 'after';
  /** of what is there already only what those who put it right showed in this cycle may be cited. */
  readonly cites?: 'rectifiers';
  /** key of FindingContext that the form starts with. */
  readonly startsWith?: string;
  /** done together, each finding may say its own: always what was found there and why; on request what is usually one for all, as its date. */
  readonly perRow?: 'always' | 'onRequest';
}
export type FieldKind =
  | 'text' | 'longText' | 'date' | 'number' | 'choice' | 'yesNo'
  | 'unit' | 'units' | 'category' | 'people' | 'names' | 'finding'
  | 'measures' | 'measureProgress' | 'parts' | 'pieces' | 'checklist' | 'evidence';

/**
 * How a unit that somebody chooses may be chosen. `unit`: it exists, is not disabled and is no inspection team. `rectifier`: it can put things right
 * under the host office, so no office. `checker`: it can check a clue for the host; another office may. `owner`: below the lead unit or a supporting one.
 * `belowLead`: below the lead unit. `belowChecker`: below the unit that was asked to check, for a county's office below its county.
 */
export type UnitFit = 'unit' | 'rectifier' | 'checker' | 'owner' | 'belowLead' | 'belowChecker';
/** What the chosen units are, by id: what `given: ['units']` adds to an event. */
export type UnitFacts = Readonly<Record<string, readonly UnitFit[]>>;

/** What the shell adds to the data of an event because nobody may type it. */
export type Given =
  /** `number`: the next ledger number. */
  | 'number'
  /** `numbers`: the next ledger numbers, one for each of the pieces. */
  | 'numbers'
  /** `succession`: {old unit: new unit} of every unit concerned that has ended and has a successor. */
  | 'succession'
  /** `before`: the texts as they stood: what an amendment changes. */
  | 'before'
  /** `merged`, `sources`, `marks`: which finding was merged into this one, where it came from, and who is bound by what they did on it. */
  | 'absorbed'
  /** `verifiers`: the people named in verifierIds, as actors. */
  | 'verifiers'
  /** `companionActors`: the people of the house whose names stand among the companions, as actors. */
  | 'companions'
  /** `files`: {id: {sha256, name, phase}} of the evidence that came with the event. */
  | 'files'
  /** `targetFacts`: {open, hostOfficeId, mergedInto, listedOn} of the finding named in target. */
  | 'target'
  /** `unitFacts`: UnitFacts of every unit that the data names. */
  | 'units'
  /** `categoryWas`, `categoryIs`: {id, name} of the category that it is filed under and of the one named in categoryId; null where there is none. */
  | 'category'
  /** what a finding is filed under when it is listed: its number, host office, switches, parent, suggested unit. */
  | 'filing'
  /** what became of a part. */
  | 'part'
  /** what became of the parent. */
  | 'parent';

/** An event as data: who sees it, what it asks for, how it is labelled (locale key `event.<type>`). */
export interface EventDefinition {
  readonly type: string;
  /** version of the payload, stored with each event. */
  readonly version: number;
  readonly fields: readonly FieldDefinition[];
  /** where it stands in the page: the main thing to do, beside it, or behind "more". */
  readonly weight: 'main' | 'beside' | 'more';
  /** may be done to many findings in one go. */
  readonly together: boolean;
  /** the event that takes it back while nobody has answered it; absent where none does. */
  readonly undoneBy?: string;
  /** may be entered for somebody else (代录). */
  readonly onBehalf: boolean;
  /** the resource under /findings/:number that POST creates, e.g. "closure"; null for system events. */
  readonly resource: string | null;
  /** the form carries the last seq that touched the stage, the five aspects or the plan; `append` verbs never go stale. */
  readonly freshness: 'stage' | 'append';
  /** a new event of this type makes older open forms stale. */
  readonly moves: boolean;
  readonly given: readonly Given[];
}
