import { ConfigError } from '../config.js';

type Command = (args: readonly string[]) => Promise<number>;

/** One file per command, loaded only when it is asked for: the native module is looked at first, so that its absence is one sentence. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.js')).serveCommand,
  demo: async () => (await import('./demo.js')).demoCommand,
  import: async () => (await import('./import.js')).importCommand,
  export: async () => (await import('./export.js')).exportCommand,
  verify: async () => (await import('./verify.js')).verifyCommand,
  backup: async () => (await import('./backup.js')).backupCommand,
  restore: async () => (await import('./restore.js')).restoreCommand,
  workflow: async () => (await import('./workflow.js')).workflowCommand,
  user: async () => (await import('./user.js')).userCommand,
};

const usage = `zhenggai serve                         serve the ledger of DATA_DIR (HOST, PORT)
zhenggai demo                          serve the demonstration (DATA_DIR defaults to data/demo)
zhenggai import FILE --as USER [--yes] import a list (.xlsx, .csv): a preview, and with --yes the import
zhenggai export FILE --as USER         the ledger as .xlsx or .csv
zhenggai verify                        check chains, files, replays, separation of duties
zhenggai backup FOLDER                 a checked copy of database and files, while others work
zhenggai restore FOLDER                into an empty DATA_DIR
zhenggai workflow check                prove the workflow sound, print its certificate
zhenggai user add|reset|disable|list   accounts from the console
`;

/** Runs one command of the command line; answers with the exit code. */
export async function command([name = '', ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === '' || name === 'help' || name === '--help' || (load && args.includes('--help'))) {
    process.stdout.write(usage);
    return name === '' ? 2 : 0;
  }
  if (!load) {
    process.stderr.write(`没有“${name}”这个命令。There is no command "${name}".\n\n${usage}`);
    return 2;
  }
  try {
    await nativeModule();
    return await (await load())(args);
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    const { failureText, isMisuse } = await import('./failed.js');
    const { consoleWords } = await import('./house.js');
    process.stderr.write(`${failureText(error, consoleWords())}\n`);
    return isMisuse(error) ? 2 : 1;
  }
}

async function nativeModule(): Promise<void> {
  try {
    const { nativeCheck } = await import('../../db/native.js');
    nativeCheck();
  } catch (error) {
    throw new Error(`数据库组件 better-sqlite3 没有装好；请在本机运行 npm rebuild better-sqlite3。The native module better-sqlite3 does not load here: run "npm rebuild better-sqlite3" on this machine.\n${error instanceof Error ? error.message : ''}`, { cause: error });
  }
}
