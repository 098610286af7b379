// Runs the benchmarks of bench/ one after another and writes bench/results/*.json. Every figure that counts is a ratio
// of two things measured side by side in this run. `npm run bench -- sharing` runs those whose name contains the word.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildServer, buildWeb, root } from './build.mjs';

const say = (line) => process.stdout.write(`${line}\n`);
const wanted = process.argv[2] ?? '';
const files = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.bench.mjs') && name.includes(wanted)).sort();

process.env.FAIRSHARE_LIMITS = 'off';
await buildServer(say);
buildWeb(say);
const { startEmbeddedPostgres } = await import('../dist/api/src/platform/embedded-postgres.js');
const dataDir = mkdtempSync(join(tmpdir(), 'fairshare-bench-'));
chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedPostgres(dataDir, () => {});
mkdirSync(join(root, 'bench/results'), { recursive: true });
let missed = 0;
try {
  for (const file of files) {
    const { run } = await import(pathToFileURL(join(root, 'bench', file)).href);
    const result = await run({ pgUrl: postgres.url });
    say(`\n${result.name}`);
    for (const row of result.rows) say(`  ${row.label.padEnd(64)} ${String(row.value).padStart(12)} ${row.unit ?? ''}`);
    for (const ratio of result.ratios) {
      if (!ratio.ok) missed++;
      say(`  ${ratio.ok ? '✓' : '✗'} ${ratio.label.padEnd(62)} ${String(ratio.value).padStart(12)}   aim ${ratio.aim}`);
    }
    const machine = { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version };
    writeFileSync(join(root, 'bench/results', file.replace('.bench.mjs', '.json')), `${JSON.stringify({ ...result, machine }, null, 2)}\n`);
  }
} finally {
  await postgres.stop();
}
say(`\n${missed === 0 ? 'Every aim was reached.' : `${missed} aims were missed.`}`);
