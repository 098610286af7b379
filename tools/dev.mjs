// For working on Fairshare: the API restarts and the pages reload when a source changes. Pages at http://localhost:4200.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { buildServer, root } from './build.mjs';

const say = (line) => process.stdout.write(`${line}\n`);
let api;
let restarting = false;

function startApi() {
  api = spawn(process.execPath, ['-e', `
    const { start } = await import('./dist/api/src/start.js');
    await start({ webRoot: '', migrationsFolder: 'dist/migrations', worker: false });
  `, '--input-type=module'], { cwd: root, stdio: 'inherit' });
}

const stopApi = () =>
  new Promise((done) => {
    if (!api || api.exitCode !== null) return done();
    api.once('exit', done);
    api.kill('SIGINT');
  });

let timer;
function changed() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (restarting) return changed();
    restarting = true;
    try {
      if (await buildServer(say)) {
        await stopApi();
        startApi();
      }
    } catch (error) {
      say(error.message);
    }
    restarting = false;
  }, 200);
}

await buildServer(say);
startApi();
for (const folder of ['api/src', 'libs', 'migrations']) watch(join(root, folder), { recursive: true }, changed);
const web = spawn(join(root, 'node_modules/.bin/nx'), ['run', 'web:serve'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NG_CLI_ANALYTICS: 'false' },
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    web.kill(signal);
    await stopApi();
    process.exit(0);
  });
}
