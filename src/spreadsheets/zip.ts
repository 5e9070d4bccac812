import { refused } from './refused.js';

/** A name in a zip's directory, and how large it says it unpacks. */
export interface Entry {
  readonly name: string;
  readonly unpacked: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
/** 20,000 rows of 30 columns are about 60 MB of XML; 100 MB of it cost another reader 1.3 GB of memory. */
const mostUnpacked = 128 * 1024 * 1024;

/** The directory of a zip, read without unpacking anything. Refuses what is cut off, and what would unpack too large. */
export function zipEntries(bytes: Buffer): readonly Entry[] {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) throw refused('broken');
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({ name: bytes.toString('utf8', at + 46, at + 46 + nameLength), unpacked: bytes.readUInt32LE(at + 24) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (total > mostUnpacked) throw refused('tooBig', { limit: mostUnpacked / 1024 / 1024 });
  return entries;
}

/** Where the end record stands: the last 64 KB may be a comment. */
function endOf(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 65_557; at -= 1) {
    if (bytes.readUInt32LE(at) === endMark) return at;
  }
  throw refused('broken');
}
