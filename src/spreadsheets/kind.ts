import { refused } from './refused.js';
import { zipEntries } from './zip.js';

/** What a file is, by its content and never by its name. Refuses everything that is no list, with what to do instead. */
export function kindOf(bytes: Buffer): 'xlsx' | 'csv' {
  if (bytes.length === 0) throw refused('empty');
  if (begins(bytes, [0x50, 0x4b])) return workbook(bytes);
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw refused(oldKind(bytes));
  // BIFF 2 to 5 without a container begin with a BOF record.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1] ?? -1) && (bytes[2] === 0x04 || bytes[2] === 0x06 || bytes[2] === 0x08)) throw refused('oldXls');
  if (signatures.some((signature) => begins(bytes, signature))) throw refused('wrongKind');
  return text(bytes);
}

const signatures = [[0x25, 0x50, 0x44, 0x46], [0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38], [0x52, 0x61, 0x72, 0x21], [0x37, 0x7a, 0xbc, 0xaf], [0x1f, 0x8b], [0x7b, 0x5c, 0x72, 0x74]];

function begins(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function workbook(bytes: Buffer): 'xlsx' {
  const names = zipEntries(bytes).map((entry) => entry.name.replaceAll('\\', '/').toLowerCase());
  if (names.some((name) => name.endsWith('workbook.bin'))) throw refused('xlsb');
  if (!names.some((name) => name.endsWith('workbook.xml'))) throw refused('wrongKind');
  return 'xlsx';
}

/** An old container holds an old workbook, an encrypted new one, or an old Word file. Its stream names are UTF-16. */
function oldKind(bytes: Buffer): 'oldXls' | 'password' | 'wrongKind' {
  const holds = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'password';
  return holds('Workbook') || holds('Book') ? 'oldXls' : 'wrongKind';
}

/** Exports of old systems are often web pages that call themselves .xls. */
function text(bytes: Buffer): 'csv' {
  const head = bytes.toString('latin1', 0, 512).replaceAll(/[\u0000\u00ef\u00bb\u00bf\u00ff\u00fe]/gu, '').trimStart().toLowerCase();
  if (/^<(?:!doctype|html|table|\?xml|meta|style|!--)/u.test(head)) throw refused('webPage');
  if (/^[{[]\s*["{[\r\n}]/u.test(head)) throw refused('json');
  return 'csv';
}
