import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import { until } from '../client.js';
import { testConfig } from '../harness.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = `const { start } = await import('./dist/api/src/start.js');
  await start({ webRoot: 'dist/web/browser', migrationsFolder: 'dist/migrations', worker: process.argv.includes('worker') });`;

const children: ChildProcess[] = [];

/** Starts the real program on the test's database and waits for the line that says so. */
export async function startProcess(databaseUrl: string, worker = false, settings: Record<string, string> = {}): Promise<{ base: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, ...(worker ? ['worker'] : [])], {
    cwd: root,
    env: {
      ...process.env, NODE_OPTIONS: '', DATABASE_URL: databaseUrl, PORT: '0', FAIRSHARE_DEMO: 'off', FAIRSHARE_LIMITS: 'off', FAIRSHARE_KEY: testConfig.installationKey, FAIRSHARE_WORKER: worker ? 'inside' : 'outside', ...settings,
    },
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ready = worker ? /working on jobs/ : /ready at (http:\/\/localhost:\d+)/;
  const found = await until(async () => {
    if (child.exitCode !== null) throw new Error(`The process ended: ${output}`);
    return Promise.resolve(ready.exec(output) ?? undefined);
  }, 60_000);
  return { base: found[1] ?? '', child };
}

afterAll(async () => {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => (child.exitCode === null && child.signalCode === null ? new Promise((done) => child.once('exit', done)) : undefined)));
}, 30_000);
