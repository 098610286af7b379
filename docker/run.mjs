// The start of a built image: nothing is compiled here. `--worker` runs jobs only.
import { join } from 'node:path';
import { start } from '../dist/api/src/start.js';

const dist = join(import.meta.dirname, '../dist');
await start({ webRoot: join(dist, 'web/browser'), migrationsFolder: join(dist, 'migrations'), worker: process.argv.includes('--worker') });
