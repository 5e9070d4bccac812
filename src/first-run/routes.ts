import type { FastifyInstance, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { ConflictError, StaleError } from '../../db/errors.js';
import type { Pages } from '../../views/pages.js';
import type { House } from '../context.js';
import { NotVisibleError } from '../errors.js';
import { bodyText, textField } from '../forms.js';
import { languageOf } from '../plugins/people.js';
import { passwordFault } from '../sign-in/password.js';
import { words } from '../words.js';
import { isBegun, makeFirstAdministrator } from './first-run.js';

const names = ['code', 'root', 'name', 'username', 'password', 'again'] as const;
type Form = Readonly<Record<(typeof names)[number], string>>;

/** The page of an empty ledger: whoever reads the console makes the first administrator. Gone once there is one. */
export function firstRunRoutes(app: FastifyInstance, { house, code }: { house: House; code: string | null }): void {
  app.get('/first-run', { config: { open: true } }, async (request, reply) => {
    await onlyOnce(house);
    return reply.page('first-run/show', titleOf(request), model(request, formOf({}), {}));
  });

  app.post('/first-run', { config: { open: true, rateLimit: { max: 10, timeWindow: '1 minute' } } }, async (request, reply) => {
    await onlyOnce(house);
    const form = formOf(request.body);
    const faults = faultsOf(form, code);
    if (Object.keys(faults).length > 0) return reply.page('first-run/show', titleOf(request), model(request, form, faults), 422);
    try {
      await makeFirstAdministrator(house, form);
    } catch (error) {
      // Of two who are first, one was.
      if (error instanceof StaleError || error instanceof ConflictError) await onlyOnce(house);
      throw error;
    }
    return reply.redirect('/sign-in', 303);
  });
}

async function onlyOnce(house: House): Promise<void> {
  if (await isBegun(house)) throw new NotVisibleError('the first run is over', { number: '', office: '', phone: '' });
}

function formOf(body: unknown): Form {
  return { code: bodyText(body, 'code').toUpperCase(), root: bodyText(body, 'root'), name: bodyText(body, 'name'), username: bodyText(body, 'username'), password: bodyText(body, 'password'), again: bodyText(body, 'again') };
}

function faultsOf(form: Form, code: string | null): Readonly<Partial<Record<keyof Form, string>>> {
  const faults: Partial<Record<keyof Form, string>> = {};
  if (code === null || !equal(form.code, code)) faults.code = 'firstRun.wrongCode';
  for (const name of ['root', 'name', 'username'] as const) if (form[name] === '') faults[name] = 'form.missing';
  const weak = passwordFault(form.password, form.username, null);
  if (weak) faults.password = weak;
  if (form.again !== form.password) faults.again = 'password.notAgain';
  return faults;
}

function equal(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function titleOf(request: FastifyRequest): string {
  return words(languageOf(request))('firstRun.title');
}

function model(request: FastifyRequest, form: Form, faults: Readonly<Partial<Record<keyof Form, string>>>): Pages['first-run/show'] {
  const t = words(languageOf(request));
  const fields = names.map((name) => {
    const secret = name === 'password' || name === 'again';
    const fault = faults[name];
    return textField({
      name, label: t(`firstRun.${name}`), hint: name === 'password' ? t('password.rule') : name === 'code' ? t('firstRun.codeHint') : null, value: secret ? '' : form[name], required: true,
      type: secret ? 'password' : 'text', autocomplete: secret ? 'new-password' : null, error: fault ? t(fault) : null,
    });
  });
  const items = fields.flatMap((field) => (field.error ? [{ href: `#${field.id}`, text: `${field.label}:${field.error}` }] : []));
  return { faults: items.length > 0 ? { title: t('form.faults', { count: items.length }), items } : null, fields };
}
