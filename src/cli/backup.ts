import { backup } from '../data/backup.js';
import { consoleWords, options, say, withHouse } from './house.js';

export async function backupCommand(args: readonly string[]): Promise<number> {
  const t = consoleWords();
  const [folder] = options(args, {}).positionals;
  if (folder === undefined) throw new Error(t('cli.backupWhere'));
  const manifest = await withHouse((house) => backup(house, folder));
  say(t('cli.backupDone', { folder, count: manifest.files.length }));
  return 0;
}
