// A server process of the bench: `product` is the compiled application, `floor` bare fastify with the same template and statements.
import { fastify } from 'fastify';
import { pino } from 'pino';

const [kind = 'product', dir = '', port = '0'] = process.argv.slice(2);
const root = new URL('../../dist/', import.meta.url);
const load = async <T>(path: string): Promise<T> => import(new URL(path, root).href) as Promise<T>;
const { openHouse } = await load<typeof import('../../src/house.js')>('src/house.js');
const { readConfig } = await load<typeof import('../../src/config.js')>('src/config.js');
const house = await openHouse(readConfig({ dataDir: dir }, { LOG_LEVEL: 'silent' }), pino({ level: 'silent' }));

if (kind === 'product') {
  const { buildApp } = await load<typeof import('../../src/app.js')>('src/app.js');
  const { warmUp } = await load<typeof import('../../src/plugins/views.js')>('src/plugins/views.js');
  const app = await buildApp(house, { unlimited: true });
  warmUp();
  await app.listen({ host: '127.0.0.1', port: Number(port) });
} else {
  await floorServer();
}
process.once('SIGTERM', () => { void house.db.close().then(() => process.exit(0)); });
process.send?.('ready');

/** Nothing but the queries of the page and its template: no session, no scope, no person, no checks. */
async function floorServer(): Promise<void> {
  const { render } = await load<typeof import('../../src/plugins/views.js')>('src/plugins/views.js');
  const { ledgerPage } = await load<typeof import('../../src/ledger-pages/page.js')>('src/ledger-pages/page.js');
  const { showFinding } = await load<typeof import('../../src/findings/show.js')>('src/findings/show.js');
  const { loadInScope } = await load<typeof import('../../src/findings/load.js')>('src/findings/load.js');
  const { words } = await load<typeof import('../../src/words.js')>('src/words.js');
  const { peopleQueries } = await load<typeof import('../../src/people/queries.js')>('src/people/queries.js');
  const Sqlite = (await import('better-sqlite3')).default;
  const { join } = await import('node:path');
  const t = words('zh-CN');
  const row = await peopleQueries(house.db.reader).byUsername('office');
  const person = row && (await peopleQueries(house.db.reader).person(row.id, '2020-05-11'));
  if (!person) throw new Error('The bench needs the demonstration.');
  const frame = { language: 'zh-CN', title: '问题台账', path: '/findings', csrf: 'x'.repeat(40), person: { name: '甲', posts: '办公室' }, navigation: [], more: [], search: true, flash: null, banner: null, today: '2020-05-11', styles: [], script: '', otherLanguage: { code: 'en', label: 'English' } } as const;
  const list = await ledgerPage(house, person, { stage: 'suspected', sort: 'due' }, t);
  const finding = await showFinding(house, person, await loadInScope(house, person, 'ZG-2020-0001'), t);
  const db = new Sqlite(join(dir, 'ledger.db'), { readonly: true });
  const ids = db.prepare("SELECT finding_id AS id, coalesce(due_on, '9999-12-31') AS value, number FROM finding_scope WHERE unit_id = 1 AND is_part = 0 AND stage = 'suspected' ORDER BY value, number LIMIT 51");
  const rows = db.prepare(`SELECT id, number, title, stage, state, lead_unit_id, due_on, paused, severity, rectification_type, parts_open, parts_total, latest, adopted FROM findings WHERE id IN (${Array.from({ length: 50 }, () => '?').join()})`);
  const stuck = db.prepare(`SELECT finding_id, event, unit_id, role, since_on FROM waiting WHERE ordinal = 0 AND finding_id IN (${Array.from({ length: 50 }, () => '?').join()})`);
  const counts = db.prepare('SELECT stage, sum(amount) AS amount FROM finding_counts WHERE unit_id = 1 AND is_part = 0 GROUP BY stage');
  const one = db.prepare('SELECT f.*, s.snapshot FROM findings f JOIN finding_snapshots s ON s.finding_id = f.id WHERE f.number = ?');
  const events = db.prepare('SELECT * FROM finding_events WHERE finding_id = ? ORDER BY seq DESC LIMIT 20');
  const text = db.prepare('SELECT * FROM finding_texts WHERE finding_id = ?');
  const app = fastify();
  app.get('/findings', (_request, reply) => {
    const page = (ids.all() as { id: number }[]).slice(0, 50).map(({ id }) => id);
    const found = new Map((rows.all(...page) as { id: number; number: string; title: string }[]).map((each) => [each.id, each]));
    stuck.all(...page);
    counts.all();
    const shown = list.rows.map((model, index) => ({ ...model, number: found.get(page[index] ?? 0)?.number ?? '', title: found.get(page[index] ?? 0)?.title ?? '' }));
    return reply.type('text/html; charset=utf-8').send(render('findings/list', { ...list, rows: shown }, frame));
  });
  app.get('/findings/:number', (request, reply) => {
    const { number } = request.params as { number: string };
    const loaded = one.get(number) as { id: number; snapshot: string };
    JSON.parse(loaded.snapshot);
    events.all(loaded.id);
    text.get(loaded.id);
    return reply.type('text/html; charset=utf-8').send(render('findings/show', { ...finding, next: null }, frame));
  });
  await app.listen({ host: '127.0.0.1', port: Number(port) });
}
