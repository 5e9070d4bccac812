import { verifyLedger } from '../ledger/verify/verify.js';
import { consoleWords, say, withHouse } from './house.js';

/** Exit code 0 when everything holds, 1 when anything does not, each fault in a line. */
export async function verifyCommand(): Promise<number> {
  const t = consoleWords();
  const report = await withHouse(verifyLedger);
  for (const fault of report.faults) say(`${fault.where}  ${t(`verify.${fault.what}`)} ${fault.detail}`);
  say(t(report.faults.length === 0 ? 'verify.sound' : 'verify.faulty', { findings: report.findings, events: report.events, files: report.files, count: report.faults.length }));
  say(t('verify.notProven'));
  return report.faults.length === 0 ? 0 : 1;
}
