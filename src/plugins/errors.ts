import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { validateHeaderValue } from 'node:http';
import { InvalidError, NotVisibleError, RefusedError, WrongTokenError, ZhenggaiError } from '../errors.js';
import { sentenceOf } from '../refusals.js';
import { words } from '../words.js';
import { sentAgain } from '../sign-in/again.js';
import type { House } from '../context.js';
import { languageOf } from './people.js';
import { wantsJson } from './wants-json.js';

/** Every error becomes a page (or JSON) that says what happened and what to do, in the reader's language; unknown ones leak nothing. */
export const errorsPlugin = fp((app, { house }: { house: House }, done) => {
  app.setErrorHandler(async (error: FastifyError | ZhenggaiError | Error, request, reply) => {
    const t = words(languageOf(request));
    const again = isWrongToken(error) ? await sentAgain(house, request, t) : null;
    if (again) return reply.page('sign-in/sent', t('signIn.sentTitle'), again, 409);
    const known = knownOf(error);
    const status = known?.status ?? ('statusCode' in error ? error.statusCode : undefined) ?? (isBrokenForm(error) ? 400 : 500);
    // Whoever hung up waits for no answer: nothing is wrong here.
    if (reply.raw.destroyed) request.log.info({ err: error }, 'broken off');
    else if (status >= 500) request.log.error({ err: error }, 'unexpected');
    return answer(request, reply, known, status < 600 && status >= 400 ? status : 500);
  });
  // Found out here, an unwritable header is this request's error; found out behind the saved session, it would be nobody's.
  app.addHook('onSend', (_request, reply, payload, next) => {
    const broken = fromOutside.find((name) => !isWritable(name, reply.getHeader(name)));
    if (broken === undefined) { next(null, payload); return; }
    reply.removeHeader(broken);
    next(new Error(`The header ${broken} cannot be written.`));
  });
  app.setNotFoundHandler((request, reply) => answer(request, reply, new NotVisibleError('no such page', { number: '', office: '', phone: '' }), 404));
  done();
}, { name: 'errors', dependencies: ['views'] });

function knownOf(error: Error): ZhenggaiError | null {
  if (error instanceof ZhenggaiError) return error;
  return isWrongToken(error) ? new WrongTokenError('no valid token') : null;
}

function isWrongToken(error: Error): boolean {
  return 'code' in error && String(error.code).startsWith('FST_CSRF');
}

/** The parser of forms with files says only in words that what came is no such form. */
function isBrokenForm(error: Error): boolean {
  return !('code' in error) && /multipart|boundary|unexpected end of form|malformed/iu.test(error.message);
}

/** Headers that may carry what somebody typed. */
const fromOutside = ['location', 'content-disposition'] as const;

function isWritable(name: string, value: unknown): boolean {
  try {
    if (typeof value === 'string') validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, known: ZhenggaiError | null, status: number): FastifyReply {
  const t = words(languageOf(request));
  const code = known?.code ?? codeOf(status);
  const refusals = known instanceof RefusedError || known instanceof InvalidError ? known.refusals : [];
  const what = refusals.length > 0 ? refusals.map((refusal) => sentenceOf(refusal, t)).join('\n') : t(`error.${code}`, known?.params ?? {});
  const next = t(known instanceof NotVisibleError && known.params['office'] === '' ? 'error.notVisible.nobody' : `error.${code}.next`, known?.params ?? {});
  const reference = status >= 500 ? request.id : null;
  if (wantsJson(request)) return reply.code(status).send({ error: code, message: what, next, refusals, ...(reference ? { reference } : {}) });
  return reply.page('errors/show', t(`error.${code}.title`), { title: t(`error.${code}.title`), what, next, reference }, status);
}

/** What went wrong outside our own errors: broken requests of the server's framework. */
function codeOf(status: number): string {
  if (status === 413) return 'tooLarge';
  if (status === 429) return 'tooMany';
  return status >= 500 ? 'unexpected' : 'badRequest';
}

