import cookie from '@fastify/cookie';
import session, { type SessionStore } from '@fastify/session';
import csrf from '@fastify/csrf-protection';
import { eq, sql } from 'drizzle-orm';
import type { Session } from 'fastify';
import fp from 'fastify-plugin';
import { createHash, randomBytes } from 'node:crypto';
import { changeset, deleteRows, insertRow, updateRow } from '../../db/changeset.js';
import { sessions, settings } from '../../db/schema/index.js';
import type { House, Language } from '../context.js';
import { later } from '../clock.js';
import type { NewEvidence } from '../findings/commands/evidence.js';
import { setting } from '../house.js';

declare module 'fastify' {
  interface Session {
    personId?: number;
    language?: Language;
    flash?: string;
    /** files of a form that came back: stored, and not yet anybody's evidence; `number` is '' for a form about several findings. */
    kept?: { readonly number: string; readonly event: string; readonly files: readonly NewEvidence[]; readonly scan: NewEvidence | null };
    /** the same for a form about several findings, by the finding's number. */
    keptByRow?: { readonly action: string; readonly files: Readonly<Record<string, readonly NewEvidence[]>> };
    _csrf?: string;
    seenAt?: string;
    /** it came from the database: once it is ended there, no request that was under way brings it back. */
    stored?: boolean;
  }
}

/** Sessions in the database: revocable, gone after the idle time, their identifiers kept only as hashes. CSRF tokens belong to the session. */
export const sessionsPlugin = fp(async (app, { house }: { house: House }) => {
  await app.register(cookie);
  await app.register(session, {
    secret: await sessionSecret(house), cookieName: 'zhenggai', saveUninitialized: false, rolling: false, store: storeIn(house),
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: house.config.secureCookies },
  });
  await app.register(csrf, { sessionPlugin: '@fastify/session', getToken: tokenOf });
}, { name: 'sessions' });

/** The token stands in a hidden field; in a multipart form, whose fields come as a stream, in the address. */
function tokenOf(request: { readonly body?: unknown; readonly query?: unknown; readonly headers: Readonly<Record<string, string | string[] | undefined>> }): string | undefined {
  const header = request.headers['x-csrf-token'];
  if (typeof header === 'string') return header;
  return textIn(request.body) ?? textIn(request.query);
}

function textIn(container: unknown): string | undefined {
  const value: unknown = typeof container === 'object' && container !== null ? Reflect.get(container, '_csrf') : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Made once per ledger, so that a restart signs nobody out. */
async function sessionSecret(house: House): Promise<string> {
  const known = await setting(house.db, 'sessionSecret');
  if (known) return known;
  const value = randomBytes(48).toString('base64url');
  await house.db.commit(changeset(insertRow(settings, { name: 'sessionSecret', value })));
  return value;
}

/** How a session's identifier is kept: a stolen database signs nobody in. */
export function sessionKey(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

/** Reading costs one prepared query; writing happens at sign-in, for messages, and at most once a minute for the idle time. */
function storeIn(house: House): SessionStore {
  const find = house.db.reader.select().from(sessions).where(eq(sessions.id, sql.placeholder('id'))).prepare();
  return {
    get(id, done) {
      answered(load(id), done);
    },
    set(id, value, done) {
      answered(save(id, value), done);
    },
    destroy(id, done) {
      answered(house.db.commit(changeset(deleteRows(sessions, { id: sessionKey(id) }, 'session'))), done);
    },
  };

  /** What the callback does next is the framework's business: if it throws, that is one broken request, not a broken server. */
  function answered<T>(work: Promise<T>, done: (error: unknown, value?: T) => void): void {
    work.then((value) => () => { done(null, value); }, (error: unknown) => () => { done(error); })
      .then((next) => { next(); }).catch((error: unknown) => { house.log.error({ err: error }, 'a request broke off after its session was read or written'); });
  }

  async function load(id: string): Promise<Session | null> {
    const row = await find.get({ id: sessionKey(id) });
    const now = house.clock.now();
    if (!row || row.expiresAt <= now || Date.parse(now) - Date.parse(row.createdAt) >= house.config.sessionHours * 3_600_000) return null;
    const found: Session = JSON.parse(row.content);
    return Object.assign(found, { stored: true });
  }

  async function save(id: string, value: Session): Promise<void> {
    const key = sessionKey(id);
    const now = house.clock.now();
    const row = { personId: value.personId ?? null, content: JSON.stringify(value), seenAt: now, expiresAt: later(now, house.config.idleMinutes) };
    const made = await find.get({ id: key });
    if (!made && value.stored) return;
    const statement = made ? updateRow(sessions, row, { id: key }, 'session', { expect: null }) : insertRow(sessions, { id: key, createdAt: now, ...row }, 'session');
    await house.db.commit(changeset(statement));
  }
}
