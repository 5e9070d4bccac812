import { readConfig } from '../config.js';
import { openDemo } from '../demo/open.js';
import { demoPassword } from '../demo/organisation.js';
import { serve } from '../server.js';
import { say } from './house.js';

const accounts = [
  ['office', '市办公室：列单、交办、审核、销号', 'the city office: lists, assigns, reviews, closes'], ['ganzhou-office', '甘州区办公室', 'the office of a district'],
  ['transport', '市交通局经办人', 'handler of the transport bureau'], ['transport-head', '市交通局负责人', 'head of the transport bureau'], ['ganzhou', '甘州区经办人', 'handler of a district'],
  ['inspector', '核查员甲', 'inspector'], ['inspector2', '核查员乙', 'another inspector'], ['inspector3', '核查员丙：抽查、回头看', 'an inspector who looks again'], ['leader', '牵头领导', 'the leader'], ['admin', '系统管理员', 'administrator'], ['auditor', '安全审计员', 'security auditor'],
] as const;

/** The demonstration: made once, served every time. */
export async function demoCommand(): Promise<number> {
  const house = await openDemo(readConfig({ dataDir: 'data/demo' }), say);
  const address = await serve(house);
  process.stdout.write(`\n整改台账演示 ${address}\n密码 password: ${demoPassword}\n${accounts.map(([name, zh, en]) => `  ${name.padEnd(16)}${zh} / ${en}`).join('\n')}\n`);
  return 0;
}
