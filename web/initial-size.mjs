/** What a browser must fetch before the first page works, as it goes over the wire; fails above 250 kB. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limitKilobytes = 250;
const folder = join(dirname(fileURLToPath(import.meta.url)), '../dist/web/browser');
const page = readFileSync(join(folder, 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => match[1]);

// What a script imports at its top is fetched with it; `import(…)` is not.
const files = new Set(named);
for (const file of files) {
  const text = readFileSync(join(folder, file), 'utf8');
  for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) files.add(imported);
}

let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  in all, compressed with gzip; at most ${limitKilobytes} kB`);
if (total > limitKilobytes * 1000) process.exitCode = 1;
