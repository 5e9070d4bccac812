import type { FastifyRequest } from 'fastify';
import { bodyText, bodyTexts } from '../forms.js';
import type { Received } from './received.js';

/** Which form a file waits for: of a finding by its number, of a batch by its id; '' for the form that begins one. */
interface FormOf {
  readonly number: string;
  readonly event: string;
}

/** Files that a form brought before and that are ticked still; nobody uploads twice on a bad line. */
export function withKept({ session: { kept } }: Pick<FastifyRequest, 'session'>, { number, event }: FormOf, form: Received): Received {
  return kept?.number === number && kept.event === event ? stillTicked(kept, form) : form;
}

/** A form with what came along before, as far as its boxes say so. */
export function stillTicked(before: Pick<Received, 'files' | 'scan'>, form: Received): Received {
  const ticked = bodyTexts(form.body, 'kept');
  const scan = before.scan && bodyText(form.body, 'keptScan') === before.scan.id ? before.scan : null;
  const files = new Map([...before.files.filter(({ id }) => ticked.includes(id)), ...form.files].map((file) => [file.id, file]));
  return { ...form, files: [...files.values()], scan: form.scan ?? scan };
}

/** What came with a form waits for its next try. */
export function keepFiles({ session }: Pick<FastifyRequest, 'session'>, { number, event }: FormOf, { files, scan }: Pick<Received, 'files' | 'scan'>): void {
  if (files.length > 0 || scan) session.kept = { number, event, files, scan };
}
