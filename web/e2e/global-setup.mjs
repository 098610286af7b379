// Starts the product as a newcomer would, with its demonstration in an empty folder, and leaves its address to the journeys.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../tools/build.mjs';

export default async function setUp() {
  const dataDir = mkdtempSync(join(tmpdir(), 'fairshare-journeys-'));
  chmodSync(dataDir, 0o755);
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', DATA_DIR: dataDir, DATABASE_URL: '', FAIRSHARE_LIMITS: 'off', DEMO_PASSWORD: 'demonstration-only' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  globalThis.journeysProduct = child;
  let said = '';
  process.env.JOURNEYS_URL = await new Promise((done, fail) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const address = /ready at (http:\/\/localhost:\d+)/.exec(said);
      if (address) done(address[1].replace('localhost', '127.0.0.1'));
    });
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('exit', () => fail(new Error(`The product ended before it was ready:\n${said}`)));
  });
}
