import type { FastifyInstance } from 'fastify';
import { certificateText } from '../workflows/certificate.js';
import { check } from '../workflows/check.js';
import { allDefinitions } from '../workflows/registry.js';
import { buildApp } from './app.js';
import type { House } from './context.js';
import { startBatches } from './batches/worker.js';
import { startSweeping } from './deadlines/worker.js';
import { startTidying } from './tidy.js';
import { firstRunCode, isBegun } from './first-run/first-run.js';
import { warmUp } from './plugins/views.js';
import { words } from './words.js';

/** Owns the process: listens, tells where, closes in order when told to stop. Answers with the address. */
export async function serve(house: House): Promise<string> {
  proveWorkflows();
  const code = (await isBegun(house)) ? null : firstRunCode();
  const app = await buildApp(house, { code });
  warmUp();
  const address = await listening(app, house);
  if (code) process.stdout.write(`\n  这是一个空台账。请打开 ${address}/first-run ,用一次性代码 ${code} 建立第一个管理员。\n  This ledger is empty. Open ${address}/first-run and make the first administrator with the one-time code ${code}\n\n`);
  const stops = [startSweeping(house), startTidying(house), startBatches(house)];
  stopWhenTold(app, house, async () => { await Promise.all(stops.map((stop) => stop())); });
  return address;
}

/** A workflow that is not sound serves nobody: every fault is said and the process ends. */
function proveWorkflows(): void {
  const t = words('zh-CN');
  const faulty = allDefinitions.map((definition) => check(definition)).filter((result) => result.kind !== 'sound');
  if (faulty.length > 0) throw new Error(faulty.map((result) => certificateText(result, t)).join('\n'));
}

async function listening(app: FastifyInstance, house: House): Promise<string> {
  const { host, port } = house.config;
  try {
    return await app.listen({ host, port });
  } catch (error) {
    await app.close();
    await house.db.close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new Error(`端口 ${port} 已被占用；请停掉另一个程序，或用 PORT=3001 换一个端口。Port ${port} is taken: stop the other program, or choose another with PORT=3001.`, { cause: error });
    throw error;
  }
}

function stopWhenTold(app: FastifyInstance, house: House, stopWork: () => Promise<void>): void {
  const stop = (): void => {
    Promise.all([stopWork(), app.close()]).then(() => house.db.close()).then(() => process.exit(0), () => process.exit(1));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
