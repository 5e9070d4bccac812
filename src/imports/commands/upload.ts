import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { changeset, insertRow } from '../../../db/changeset.js';
import { imports } from '../../../db/schema/index.js';
import type { House, Person } from '../../context.js';
import { cleaned } from '../../forms.js';
import { commitRecorded } from '../../ledger/stream.js';
import { bytesOf } from '../../spreadsheets/received.js';
import { officeOf } from '../judged.js';
import { openWish, wishFrom, type ListSource, type Wish } from '../mapping.js';
import { lastOf } from '../queries.js';
import { readList } from '../reading.js';
import { channelOf } from '../values.js';

/** Keeps a list under its hash and begins an import of it. Throws UnreadableListError when it is none (nothing is recorded then), TooLargeError past the upload limit. */
export async function uploadList(house: House, person: Person, given: { readonly name: string; readonly content: Readable }, chosen: unknown = null): Promise<string> {
  const officeId = officeOf(person);
  const name = fileName(given.name);
  const { sha256, size } = await house.files.put(given.content, house.config.uploadLimit);
  const before = await lastOf(house.db.reader, sha256, officeId);
  const usual: Wish = before ? wishFrom(JSON.parse(before.mapping), await usualSource(house, officeId, name)) : openWish(await usualSource(house, officeId, name));
  const wish = chosen === null ? usual : wishFrom(chosen, usual.source);
  await looked(house, { name, sha256, officeId, wish });
  const row = { id: randomUUID(), name, sha256, size, mapping: JSON.stringify(wish), state: 'mapping', createdBy: person.id, createdAt: house.clock.now() } as const;
  await commitRecorded(house, changeset(insertRow(imports, row)), { stream: 'imports', type: 'ListUploaded', actorId: person.id, actorName: person.name, payload: { importId: row.id, name, sha256, size } });
  return row.id;
}

/** A list that cannot be read is told at once, before anything is recorded. */
async function looked(house: House, { name, sha256, officeId, wish }: { readonly name: string; readonly sha256: string; readonly officeId: number; readonly wish: Wish }): Promise<void> {
  for await (const told of readList({ bytesOf: () => bytesOf(house, sha256), name, today: house.clock.today(), hostId: officeId, wish })) if (told.kind === 'look') return;
}

/** Until somebody says otherwise a list is the office's own, under the name of its file. */
async function usualSource(house: House, officeId: number, name: string): Promise<ListSource> {
  const document = name.replace(/\.[a-z]{2,4}$/iu, '');
  return { channel: channelOf(document), issuer: (await house.tree()).unit(officeId)?.name ?? '', documentNumber: document, documentDate: null, confidential: false };
}

function fileName(given: string): string {
  return [...cleaned(given.split(/[/\\]/u).at(-1) ?? '')].slice(-120).join('') || 'list';
}
