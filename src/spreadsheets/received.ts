import type { House } from '../context.js';

/** A file that was received, and lies under its hash. */
export async function bytesOf({ files }: Pick<House, 'files'>, sha256: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of await files.open(sha256)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
