import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import type { Role } from '../workflows/actor.js';
import type { Calendar } from '../workflows/types.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { EvidenceStore } from './evidence/store.js';
import type { UnitTree } from './organisation/tree.js';

export type Language = 'zh-CN' | 'en';

/** A role at a unit; a person may have several, and each is tried when they act. */
export interface Post {
  readonly id: number;
  readonly role: Exclude<Role, 'system'>;
  readonly unitId: number;
  readonly kind: 'home' | 'secondment';
}

/** Who is signed in, with the posts that are valid today. */
export interface Person {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly phone: string | null;
  readonly language: Language;
  readonly mustChangePassword: boolean;
  readonly posts: readonly Post[];
}

/** Everything that a feature needs and does not make itself: built once by hand in app.ts and passed in. */
export interface House {
  readonly config: Config;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** The organisation as it is now; cheap to call (kept in memory until the organisation changes). */
  readonly tree: () => Promise<UnitTree>;
  /** Working days of the loaded years; cheap to call. */
  readonly calendar: () => Promise<Calendar>;
  readonly files: EvidenceStore;
  /** Tells that the organisation or the calendar was changed: what was kept of them is read again. */
  readonly changed: () => void;
}
