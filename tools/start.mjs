// Runs the product: builds what changed, then hands over to api/src/start.ts. `--worker` runs jobs only.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

// npm passes a signal to its shell, which ends without telling us: whoever stops npm wants the product stopped as well.
const shell = process.ppid;
const [major] = process.versions.node.split('.').map(Number);
if (major < 22) {
  process.stderr.write('Start Fairshare with `npm start`: it brings the Node that it needs.\n');
  process.exit(1);
}
const { buildServer, buildWeb, root } = await import('./build.mjs');
const say = (line) => process.stdout.write(`${line}\n`);
const worker = process.argv.includes('--worker');
process.chdir(root);
try {
  mkdirSync(join(root, 'dist'), { recursive: true });
  await buildServer(say);
  if (!worker) buildWeb(say);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== shell && process.kill(process.pid, 'SIGTERM'), 500).unref();
const { start } = await import('../dist/api/src/start.js');
await start({ webRoot: join(root, 'dist/web/browser'), migrationsFolder: join(root, 'dist/migrations'), worker });
