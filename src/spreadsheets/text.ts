import { refused } from './refused.js';
import type { Encoding } from './grid.js';

/**
 * The text of bytes, in the encoding told or the one that fits: a byte order mark, UTF-16 by its zeros, UTF-8 when every byte is,
 * else gb18030 (TextDecoder's gbk breaks on four-byte characters; gb18030 reads all of both). Big5 reads as gb18030 without an
 * error, so the page shows what was read and lets the person choose.
 */
export function textOf(bytes: Buffer, told: Encoding | null): { readonly text: string; readonly encoding: Encoding } {
  const encoding = told ?? encodingOf(bytes);
  const text = decoded(bytes, encoding, told === null);
  if (text === null || isBinary(text)) throw refused('encoding', { encoding });
  return { text, encoding };
}

function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 4000);
  const zeros = (from: number): number => head.filter((byte, index) => index % 2 === from && byte === 0).length;
  if (zeros(1) > head.length / 8) return 'utf-16le';
  if (zeros(0) > head.length / 8) return 'utf-16be';
  return decoded(bytes, 'utf-8', true) === null ? 'gb18030' : 'utf-8';
}

function decoded(bytes: Buffer, encoding: Encoding, fatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch {
    return null;
  }
}

function isBinary(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/u.test(text.slice(0, 20_000));
}
