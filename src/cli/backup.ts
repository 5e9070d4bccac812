import { backup } from '../data/backup.js';
import { consoleWords, options, say, withHouse } from './house.js';

/** Exit code 1 when evidence is missing or changed already, each in a line; the rest is backed up all the same. */
export async function backupCommand(args: readonly string[]): Promise<number> {
  const t = consoleWords();
  const [folder] = options(args, {}).positionals;
  if (folder === undefined) throw new Error(t('cli.backupWhere'));
  const manifest = await withHouse((house) => backup(house, folder));
  say(t('cli.backupDone', { folder, count: manifest.files.length }));
  for (const hash of manifest.faulty) say(`${hash.slice(0, 12)}  ${t(manifest.files.some(({ path }) => path.endsWith(hash)) ? 'verify.fileChanged' : 'verify.fileMissing')}`);
  return manifest.faulty.length === 0 ? 0 : 1;
}
