// The calendar page with 2,000 sessions in view, in the browser of the tests: from the moment their last page has arrived
// until all of them are drawn. The answers are made here, so that nothing of the database is measured.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = (path) => import(join(root, 'dist', path));
const password = 'a sentence nobody would guess';
const events = 2000;
const aimMs = 1000;

/** @param {{pgUrl: string}} options a server on which a database may be made; it is dropped afterwards. */
export async function run({ pgUrl }) {
  const database = `bench_calendar_${process.pid}`;
  const admin = new pg.Client({ connectionString: pgUrl });
  await admin.connect();
  await admin.query(`create database ${database}`);
  const url = new URL(pgUrl);
  url.pathname = `/${database}`;
  const program = await startProgram(url.href);
  const browser = await launch();
  try {
    return await measure(browser, program.base);
  } finally {
    await browser.close();
    await program.app.close();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

async function startProgram(databaseUrl) {
  const [{ createApp }, { Demonstration }, { Clock }, { loadMigrations, prepareDatabase }] = await Promise.all(
    ['app', 'demo/demonstration', 'platform/clock', 'platform/prepare'].map((path) => dist(`api/src/${path}.js`)),
  );
  const connection = await prepareDatabase(databaseUrl, await loadMigrations(join(root, 'dist/migrations')), () => {});
  const config = { port: 0, host: '127.0.0.1', databaseUrl, dataDir: '', demo: true, limits: false, worksJobs: true, providers: [], demoPassword: password, installationKey: 'the key of the benchmark, known to everybody', publicUrl: 'http://localhost', trustedProxies: 'loopback', smtp: undefined, mailFrom: 'Fairshare <fairshare@localhost>' };
  const app = await createApp(config, connection, join(root, 'dist/web/browser'));
  await app.get(Demonstration).load(app, app.get(Clock).today(), () => {});
  await app.listen(0, '127.0.0.1');
  return { app, base: `http://127.0.0.1:${app.getHttpServer().address().port}` };
}

async function launch() {
  const { chromium } = await import('playwright-core');
  const own = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (own) return chromium.launch({ executablePath: own, args: ['--no-sandbox', '--disable-gpu'] });
  // The package unpacks its libraries only when it believes itself in this environment.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const unwanted = new Set(['--single-process', '--disable-web-security', '--headless=shell', "--headless='shell'"]);
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args.filter((arg) => !unwanted.has(arg)), '--no-sandbox', '--disable-gpu'] });
}

/** Sessions of one month, spread over its weekdays and the working day as a large collaboration would have them. */
function sessions(template, first) {
  const days = Array.from({ length: 31 }, (_, i) => new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)) - 1, i + 1))).filter((day) => day.getUTCDay() % 6 !== 0 && day.toISOString().slice(0, 7) === first.slice(0, 7));
  return Array.from({ length: events }, (_, i) => {
    const start = new Date(days[i % days.length].getTime() + (9 * 60 + 15 * (Math.floor(i / days.length) % 28)) * 60_000);
    const id = `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`;
    return { ...template, id, startsAt: start.toISOString(), endsAt: new Date(start.getTime() + 3_600_000).toISOString() };
  });
}

async function measure(browser, base) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', timezoneId: 'Europe/London', locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('business-manager@leamington.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/c/'));
  const home = new URL(page.url()).pathname.replace(/^(\/c\/[^/]+).*/, '$1');
  const { items: [template] } = await (await page.request.get(`/api${home.replace('/c/', '/collaborations/')}/bookings?size=1`)).json();
  const month = new Date().toISOString().slice(0, 7);
  await page.route('**/api/collaborations/*/bookings?*', (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [number, size] = [Number(query.get('page') ?? 1), Number(query.get('size') ?? 50)];
    return route.fulfill({ json: { items: sessions(template, `${month}-01`).slice((number - 1) * size, number * size), total: events, page: number, size } });
  });
  const rows = [];
  const ratios = [];
  for (const view of ['month', 'list', 'term', 'week']) {
    const tries = [];
    for (let i = 0; i < 3; i++) tries.push(await drawn(page, `${home}/calendar?view=${view}&date=${month}-15`));
    const best = tries.sort((a, b) => a.ms - b.ms)[1];
    rows.push({ label: `${view}: ${events} sessions in the answers, ${best.drawn} elements drawn`, value: Math.round(best.ms), unit: 'ms' });
    ratios.push({ label: `${view} drawn within a second (median of three)`, value: `${Math.round(best.ms)} ms`, aim: `≤ ${aimMs} ms`, ok: best.ms <= aimMs });
  }
  await context.close();
  return { name: 'A calendar of 2,000 sessions, drawn', rows, ratios };
}

/** From the last page of answers until no element has been added for 300 ms; that wait is not counted. */
async function drawn(page, address) {
  await page.goto('about:blank');
  await page.goto(address);
  return page.evaluate(async () => {
    const count = () => document.querySelectorAll('[data-fs-event]').length;
    let [last, changedAt] = [-1, performance.now()];
    for (;;) {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const now = performance.now();
      if (count() !== last) [last, changedAt] = [count(), now];
      else if (last > 0 && now - changedAt > 300) break;
    }
    const answers = performance.getEntriesByType('resource').filter((entry) => /\/bookings\?.*page=/.test(entry.name));
    return { ms: changedAt - Math.max(...answers.map((entry) => entry.responseEnd)), drawn: last };
  });
}
