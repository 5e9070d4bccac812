// npm run bench: ratios within one run, on this machine, against floors that stand beside (ARCHITECTURE.md). Bounded in time; stops by itself.
import Sqlite from 'better-sqlite3';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copied } from './copied.js';
import { handingOut } from './handing-out.js';
import { benchLedger } from './ledger.js';

const size = Number(process.env['BENCH_FINDINGS'] ?? 100_000);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const folder = process.env['BENCH_DIR'] ?? join(tmpdir(), 'zhenggai-bench');
mkdirSync(folder, { recursive: true });
const listPath = '/findings?stage=suspected&sort=due';
const lines: string[] = [];
const tell = (what: string, value: string, aim: string): void => { lines.push(`${what.padEnd(66)} ${value.padStart(14)}   ${aim}`); console.log(lines.at(-1)); };

process.stderr.write('making the ledgers (once)\n');
const big = await benchLedger(folder, size);
const small = await benchLedger(folder, 1_000);

const [bigServer, smallServer, floor] = [await started('product', big, 4811), await started('product', small, 4812), await started('floor', big, 4813)];
process.stderr.write('signing in\n');
const [bigSession, smallSession] = [await signedIn(4811), await signedIn(4812)];
await perRequest('(a) ledger page, filtered and sorted, 50 rows', listPath);
await perRequest('(b) finding page', '/findings/ZG-2020-0001');
await transitions();
await readingWhileWriting();
await gridSaved();
await shapes();
await handout();
memory();
await Promise.all([bigServer, smallServer, floor].map(async (server) => {
  server.process.kill('SIGTERM');
  await once(server.process, 'exit');
}));
await coldStart();
console.log(`\n${lines.join('\n')}`);
process.exit(0);

interface Server { readonly process: ChildProcess; readonly port: number }
interface Session { readonly cookie: string; readonly token: string }

async function started(kind: string, dir: string, port: number): Promise<Server> {
  const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [kind, dir, String(port)], { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
  await new Promise<void>((resolve, reject) => { child.once('message', () => { resolve(); }); child.once('exit', (code) => { reject(new Error(`${kind} server ended (${code})`)); }); });
  return { process: child, port };
}

/** CPU seconds that a process has used, from the kernel (ticks of 10 ms). */
function cpuOf({ process: { pid } }: Server): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

interface Loaded { readonly requests: number; readonly cpu: number; readonly times: readonly number[]; readonly perSecond: number }

async function load(server: Server, clients: number, send: (agent: Agent, turn: number) => Promise<number>, forSeconds = seconds): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  let turn = 0;
  const begin = performance.now();
  const cpu = cpuOf(server);
  await Promise.all(Array.from({ length: clients }, async () => {
    while (performance.now() - begin < forSeconds * 1000) {
      const at = performance.now();
      const status = await send(agent, turn++);
      if (status >= 400) throw new Error(`The bench met status ${status}.`);
      times.push(performance.now() - at);
    }
  }));
  agent.destroy();
  const elapsed = (performance.now() - begin) / 1000;
  return { requests: times.length, cpu: cpuOf(server) - cpu, times: times.sort((one, other) => one - other), perSecond: times.length / elapsed };
}

function get(port: number, path: string, session: Session | null) {
  return (agent: Agent): Promise<number> => send(agent, port, 'GET', path, session, null);
}

function send(agent: Agent | undefined, port: number, method: string, path: string, session: Session | null, body: string | null, type = 'application/json', seen?: (body: string, headers: NodeJS.Dict<string | string[]>) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = httpRequest({ agent, port, host: '127.0.0.1', method, path, headers: { accept: body === null ? 'text/html' : 'application/json', ...(session ? { cookie: session.cookie, 'x-csrf-token': session.token } : {}), ...(body === null ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => { if (seen) chunks.push(chunk); });
      response.on('end', () => { seen?.(Buffer.concat(chunks).toString(), response.headers); resolve(response.statusCode ?? 0); });
    });
    call.on('error', reject);
    call.end(body ?? undefined);
  });
}

async function signedIn(port: number, username = 'office'): Promise<Session> {
  let [cookie, token] = ['', ''];
  const keep = (body: string, headers: NodeJS.Dict<string | string[]>): void => {
    cookie = String([headers['set-cookie']].flat()[0] ?? cookie).split(';')[0] || cookie;
    token = /name="_csrf" value="([^"]+)"/u.exec(body)?.[1] ?? token;
  };
  await send(undefined, port, 'GET', '/sign-in', null, null, '', keep);
  await send(undefined, port, 'POST', '/sign-in', { cookie, token }, new URLSearchParams({ username, password: 'zhenggai-demo' }).toString(), 'application/x-www-form-urlencoded', keep);
  await send(undefined, port, 'GET', '/account', { cookie, token }, null, '', keep);
  return { cookie, token };
}

function median(all: readonly number[]): number {
  return all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0;
}

function millis(value: number): string {
  return `${value.toFixed(2)} ms`;
}

async function perRequest(what: string, path: string): Promise<void> {
  const runs: { readonly product: number; readonly floor: number; readonly small: number }[] = [];
  for (const server of [get(4811, path, bigSession), get(4812, path, smallSession), get(4813, path, null)]) await load(bigServer, 4, server, 1);
  for (let round = 0; round < rounds; round += 1) {
    const [one, bare, less] = [await load(bigServer, 4, get(4811, path, bigSession)), await load(floor, 4, get(4813, path, null)), await load(smallServer, 4, get(4812, path, smallSession))];
    runs.push({ product: one.cpu / one.requests, floor: bare.cpu / bare.requests, small: less.cpu / less.requests });
  }
  const [product, bare, less] = [median(runs.map((run) => run.product)), median(runs.map((run) => run.floor)), median(runs.map((run) => run.small))];
  tell(`${what}: CPU a request, product | floor`, `${millis(product * 1000)} | ${millis(bare * 1000)}`, '');
  tell(`${what}: floor / product`, (bare / product).toFixed(2), '≥ 0.5');
  tell(`${what}: growth 1,000 → ${size}`, (product / less).toFixed(2), '≤ 1.5');
}

/** The rows that one report writes, on bare better-sqlite3 with FULL, one by one. */
function bareCommits(): number {
  const dir = mkdtempSync(join(folder, 'bare-'));
  copied(join(big, 'ledger.db'), join(dir, 'ledger.db'));
  const db = new Sqlite(join(dir, 'ledger.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const found = db.prepare<[], { id: number; version: number; snapshot: string }>("SELECT f.id, f.version, s.snapshot FROM findings f JOIN finding_snapshots s ON s.finding_id = f.id WHERE f.number = 'ZG-2020-0001'").get() ?? { id: 1, version: 1, snapshot: '' };
  const key = db.prepare('INSERT INTO command_keys (key, person_id, location, at) VALUES (?, 1, ?, ?)');
  const row = db.prepare('UPDATE findings SET version = ?, updated_at = ?, latest = ? WHERE id = ? AND version = ?');
  const columns = db.prepare<[], { name: string }>('PRAGMA table_info(finding_events)').all().map(({ name }) => name);
  const event = db.prepare(`INSERT INTO finding_events (${columns.join()}) SELECT ${columns.map((name) => (name === 'seq' ? '?' : name)).join()} FROM finding_events WHERE finding_id = ? AND seq = 1`);
  const snapshot = db.prepare('UPDATE finding_snapshots SET snapshot = ?, head_hash = ? WHERE finding_id = ?');
  let version = found.version;
  const write = db.transaction(() => {
    key.run(`key-${version}`, '/findings/ZG-2020-0001', '2020-05-11');
    row.run(version + 1, '2020-05-11', '本周已召开调度会。', found.id, version);
    event.run(version + 1, found.id);
    snapshot.run(found.snapshot, 'x'.repeat(64), found.id);
    version += 1;
  });
  const begin = performance.now();
  let commits = 0;
  while (performance.now() - begin < seconds * 1000) { write(); commits += 1; }
  const perSecond = commits / ((performance.now() - begin) / 1000);
  db.close();
  rmSync(dir, { recursive: true });
  return perSecond;
}

function reportBy(session: Session, port: number, numbers: readonly string[]) {
  return (agent: Agent, turn: number): Promise<number> => send(agent, port, 'POST', `/findings/${numbers[turn % numbers.length] ?? ''}/report`, session, JSON.stringify({ data: { text: '本周已召开调度会,各项工作正在推进。' } }));
}

/** Findings on which the transport bureau may report, each in another copy, so that clients do not queue for one version. */
function reportable(dir: string): readonly string[] {
  const db = new Sqlite(join(dir, 'ledger.db'), { readonly: true });
  const rows = db.prepare<[], { number: string }>("SELECT number FROM findings WHERE title = '部分村组道路项目前期手续偏慢' AND number NOT LIKE '%-2020-%' OR number = 'ZG-2020-0001' LIMIT 200").all();
  db.close();
  return rows.map(({ number }) => number);
}

async function transitions(): Promise<void> {
  const [session, less] = [await signedIn(4811, 'transport'), await signedIn(4812, 'transport')];
  const [numbers, few] = [reportable(big), reportable(small)];
  const runs: { readonly bare: number; readonly one: number; readonly many: number; readonly small: number }[] = [];
  await load(bigServer, 32, reportBy(session, 4811, numbers), 1);
  for (let round = 0; round < rounds; round += 1) {
    runs.push({
      bare: bareCommits(), one: (await load(bigServer, 1, reportBy(session, 4811, numbers))).perSecond, many: (await load(bigServer, 32, reportBy(session, 4811, numbers))).perSecond,
      small: (await load(smallServer, 1, reportBy(less, 4812, few))).perSecond,
    });
  }
  const [bare, one, many, atSmall] = [median(runs.map((run) => run.bare)), median(runs.map((run) => run.one)), median(runs.map((run) => run.many)), median(runs.map((run) => run.small))];
  tell('(c) durable transitions a second: bare | 1 client | 32 clients', `${bare.toFixed(0)} | ${one.toFixed(0)} | ${many.toFixed(0)}`, '');
  tell('(c) 1 client / bare', (one / bare).toFixed(2), '≥ 0.3');
  tell('(c) 32 clients / bare', (many / bare).toFixed(2), '≥ 1.5');
  tell(`(c) growth 1,000 → ${size}`, (atSmall / one).toFixed(2), '≤ 1.5');
}

async function readingWhileWriting(): Promise<void> {
  const session = await signedIn(4811, 'transport');
  const numbers = reportable(big);
  const agent = new Agent({ keepAlive: true });
  const quiet = await load(bigServer, 1, get(4811, listPath, bigSession));
  let turn = 0;
  const reports: Promise<number>[] = [];
  const timer = setInterval(() => { reports.push(reportBy(session, 4811, numbers)(agent, turn++)); }, 20);
  const busy = await load(bigServer, 1, get(4811, listPath, bigSession), seconds * 2);
  clearInterval(timer);
  const failed = (await Promise.all(reports)).filter((status) => status >= 400).length;
  if (failed > 0) throw new Error(`${failed} of ${reports.length} reports were refused.`);
  agent.destroy();
  const at = (times: readonly number[], share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  tell('(d) ledger page under 50 transitions a second: p50 | p99', `${millis(at(busy.times, 0.5))} | ${millis(at(busy.times, 0.99))}`, `quiet p50 ${millis(at(quiet.times, 0.5))}`);
  tell('(d) p99 / p50', (at(busy.times, 0.99) / at(busy.times, 0.5)).toFixed(2), '≤ 3');
}

/** 集中填报: two hundred rows of one page, each a transaction of its own; opened again, and the figures of the period. */
async function gridSaved(): Promise<void> {
  const session = await signedIn(4811, 'transport');
  const numbers = reportable(big);
  const timed = async (path: string, body: string | null, of: Session = session): Promise<number> => {
    const at = performance.now();
    const status = await send(undefined, 4811, body === null ? 'GET' : 'POST', path, of, body, 'application/x-www-form-urlencoded');
    if (status !== (body === null ? 200 : 303)) throw new Error(`${path} answered ${status}.`);
    return performance.now() - at;
  };
  const form = (round: number): string => new URLSearchParams([['key', `bench ${process.pid} ${round}`], ...numbers.map((number): [string, string] => [`text.${number}`, `第${round}次填报：本周已召开调度会，各项工作正在推进。`])]).toString();
  const runs: { readonly saved: number; readonly opened: number; readonly period: number }[] = [];
  for (let round = 0; round < rounds + 1; round += 1) runs.push({ saved: await timed('/reporting', form(round)), opened: await timed('/reporting', null), period: await timed('/reporting/periods/3', null, bigSession) });
  tell(`the grid with ${numbers.length} findings saved: ms in all`, millis(median(runs.map((run) => run.saved))), '≤ 1000 ms');
  tell('the grid opened | who has not reported, whole ledger', `${millis(median(runs.map((run) => run.opened)))} | ${millis(median(runs.map((run) => run.period)))}`, '');
}

/** Named query shapes alone, without HTTP: the worst of many runs' medians. */
async function shapes(): Promise<void> {
  const { openHouse } = await import('../../src/house.js');
  const { readConfig } = await import('../../src/config.js');
  const { countsOf } = await import('../../src/totals/counts.js');
  const { filtersFrom } = await import('../../src/ledger-pages/filters.js');
  const { stageCounts } = await import('../../src/ledger-pages/counts.js');
  const { viewOf, matchesOf, pageOf } = await import('../../src/ledger-pages/queries.js');
  const house = await openHouse(readConfig({ dataDir: big }, { LOG_LEVEL: 'silent' }));
  const tree = await house.tree();
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let run = 0; run < 7; run += 1) { const at = performance.now(); await work(); times.push(performance.now() - at); }
    return median(times);
  };
  tell('(e) facets of the whole scope', millis(await timed(() => countsOf(house.db.reader, [1], false))), '≤ 5 ms');
  let worst: readonly [number, string] = [0, ''];
  for (const query of combinations()) {
    const { filters, order } = filtersFrom(query);
    const time = await timed(async () => {
      const sight = { unitIds: [1], offices: [2], tree, today: '2020-05-11', matches: filters.words === '' ? null : await matchesOf(house, tree, [1], filters.words) };
      await pageOf(house.db.reader, viewOf(sight, filters), order, null, 50);
      await stageCounts(house.db.reader, sight, { ...filters, stages: [] });
    });
    if (time > worst[0]) worst = [time, new URLSearchParams(query).toString()];
  }
  tell('(e) slowest of the filter combinations, page and counts', millis(worst[0]), `≤ 20 ms  (${worst[1]})`);
  await house.db.close();
}

async function handout(): Promise<void> {
  const amount = Math.min(10_000, size);
  const { share, perSecond, reader, writer, matrix, office, unit, leader, ledger } = await handingOut(folder, big, amount);
  tell(`(g) handing out ${amount} clues, a second | of raw rows`, `${perSecond.toFixed(0)} | ${share.toFixed(2)}`, '≥ 0.3');
  tell('(g) meanwhile the longest wait of a reader | a writer', `${millis(reader)} | ${millis(writer)}`, '≤ 50 ms | ≤ 1000 ms');
  tell('(g) ledger page | matrix with unit × stage', `${millis(ledger)} | ${millis(matrix)}`, '');
  tell('(g) first page of the office | of a department | of the leader', [office, unit, leader].map(millis).join(' | '), '');
  tell('(g) matrix | office | department | leader, each / ledger page', [matrix, office, unit, leader].map((each) => (each / ledger).toFixed(1)).join(' | '), '≤ 3');
}

function combinations(): readonly Record<string, string>[] {
  const parts: readonly Record<string, string>[] = [{ stage: 'closed' }, { stage: 'open' }, { unit: '2' }, { channel: 'self-check' }, { campaign: '2' }, { category: '3' }, { type: 'staged' }, { severity: 'major' }, { light: 'red' }, { light: 'green' }, { dueFrom: '2020-05-15', dueTo: '2020-06-30' }, { q: '档案' }];
  const pairs = parts.flatMap((one, index) => parts.slice(index + 1).map((other) => ({ ...one, ...other })));
  return [...parts, ...pairs, { stage: 'open', unit: '2', severity: 'ordinary', light: 'green', sort: 'due' }];
}

function memory(): void {
  const status = readFileSync(`/proc/${bigServer.process.pid}/status`, 'utf8');
  const anonymous = Number(/RssAnon:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
  tell('(f) anonymous memory after the run', `${anonymous.toFixed(0)} MB`, '≤ 200 MB');
}

/** As it is started by hand: a child inherits `--import tsx` unless told, which alone took longer than the start. */
async function coldStart(): Promise<void> {
  if (!existsSync(join(big, 'ledger.db'))) return;
  const begin = performance.now();
  const child = fork(fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url)), ['demo'], { env: { ...process.env, DATA_DIR: big, PORT: '4814', LOG_LEVEL: 'silent' }, execArgv: [], stdio: 'ignore' });
  for (;;) {
    try {
      if ((await send(undefined, 4814, 'GET', '/sign-in', null, null)) === 200) break;
    } catch { await new Promise((resolve) => { setTimeout(resolve, 10); }); }
  }
  tell('(f) cold start to the first page', `${((performance.now() - begin) / 1000).toFixed(2)} s`, '≤ 1 s');
  child.kill('SIGKILL');
}
