import { readConfig } from '../config.js';
import { restore } from '../data/restore.js';
import { consoleWords, options, say } from './house.js';

export async function restoreCommand(args: readonly string[]): Promise<number> {
  const t = consoleWords();
  const [folder] = options(args, {}).positionals;
  if (folder === undefined) throw new Error(t('cli.restoreFrom'));
  const { dataDir } = readConfig();
  const manifest = await restore(folder, dataDir);
  say(t('cli.restoreDone', { folder: dataDir, count: manifest.files.length }));
  return 0;
}
