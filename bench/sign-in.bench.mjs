// A wrong password for somebody who has an account and for somebody who has none: the same answer, and as nearly as can be
// measured the same time, since both verify one argon2 hash. The two are asked in turns, so that the machine is the same.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = (path) => import(join(root, 'dist', path));
const rounds = 120;

/** @param {{pgUrl: string}} options a server on which a database may be made; it is dropped afterwards. */
export async function run({ pgUrl }) {
  const database = `bench_sign_in_${process.pid}`;
  const admin = new pg.Client({ connectionString: pgUrl });
  await admin.connect();
  await admin.query(`create database ${database}`);
  const url = new URL(pgUrl);
  url.pathname = `/${database}`;
  const { app, base } = await startProgram(url.href);
  try {
    return await measure(base);
  } finally {
    await app.close();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  }
}

/** The program with somebody who has an account. */
async function startProgram(databaseUrl) {
  const { createApp } = await dist('api/src/app.js');
  const { loadMigrations, prepareDatabase } = await dist('api/src/platform/prepare.js');
  const { readConfig } = await dist('api/src/platform/config.js');
  const connection = await prepareDatabase(databaseUrl, await loadMigrations(join(root, 'dist/migrations')), () => {});
  const app = await createApp({ ...readConfig({}), databaseUrl, demo: false, limits: false, worksJobs: false }, connection);
  await app.listen(0, '127.0.0.1');
  const base = `http://127.0.0.1:${app.getHttpServer().address().port}`;
  const made = await post(`${base}/api/session/first-administrator`, { name: 'Sam Okoro', email: 'sam@bench.example', password: 'a sentence nobody would guess' });
  if (made.status !== 204) throw new Error(`Nobody could be made: ${made.status}.`);
  return { app, base };
}

const post = (url, body) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function timed(base, email) {
  const began = performance.now();
  const answer = await post(`${base}/api/session`, { email, password: 'not the right one' });
  const text = (await answer.text()).replace(/"traceId":"[^"]*"/, '');
  return { ms: performance.now() - began, seen: `${answer.status} ${text}` };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(base) {
  const times = { known: [], unknown: [] };
  const answers = new Set();
  for (let i = -10; i < rounds; i++) {
    for (const [kind, email] of i % 2 ? [['known', 'sam@bench.example'], ['unknown', `nobody${i + 10}@bench.example`]] : [['unknown', `nobody${i + 10}@bench.example`], ['known', 'sam@bench.example']]) {
      const { ms, seen } = await timed(base, email);
      answers.add(seen);
      if (i >= 0) times[kind].push(ms);
    }
  }
  const [known, unknown] = [median(times.known), median(times.unknown)];
  const apart = Math.abs(known - unknown);
  return {
    name: 'Sign-in with a wrong password',
    rows: [
      { label: 'of somebody who has an account, median', value: Number(known.toFixed(2)), unit: 'ms' },
      { label: 'of somebody who has none, median', value: Number(unknown.toFixed(2)), unit: 'ms' },
      { label: 'different answers, trace numbers aside', value: answers.size },
    ],
    ratios: [
      { label: 'medians apart', value: Number(apart.toFixed(2)), aim: '≤ 10 ms', ok: apart <= 10 },
      { label: 'different answers', value: answers.size, aim: '1', ok: answers.size === 1 },
    ],
  };
}
