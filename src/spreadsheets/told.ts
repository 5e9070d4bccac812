import { once } from 'node:events';
import { UnreadableListError } from '../errors.js';

/** What a reading process sends, one at a time: the next is sent when it was asked for. */
export type Told<A> =
  | { readonly kind: 'answer'; readonly answer: A }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly params: Readonly<Record<string, string | number>> };

/** Makes this the process that reads a file: a workbook of 20,000 rows takes seconds, and pages must not wait for it. It is sent one job. */
export function tellsOf<J extends { readonly bytes: Uint8Array }, A>(answers: (bytes: Buffer, job: J) => AsyncGenerator<A>): void {
  // The server is gone: nobody waits for this list any more.
  process.once('disconnect', () => { process.exit(); });
  process.once('message', (job: J) => { void tell(toldBy(answers, job)); });
}

async function tell(all: AsyncGenerator<Told<unknown>>): Promise<void> {
  for await (const told of all) {
    const asked = told.kind === 'answer' ? once(process, 'message') : null;
    process.send?.(told);
    await asked;
  }
}

async function* toldBy<J extends { readonly bytes: Uint8Array }, A>(answers: (bytes: Buffer, job: J) => AsyncGenerator<A>, job: J): AsyncGenerator<Told<A>> {
  try {
    for await (const answer of answers(Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength), job)) yield { kind: 'answer', answer };
    yield { kind: 'end' };
  } catch (error) {
    if (!(error instanceof UnreadableListError)) throw error;
    yield { kind: 'refused', params: error.params };
  }
}
