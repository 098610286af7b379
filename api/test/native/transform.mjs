// The product under test is what `tools/build.mjs` built and Node loaded, as in production. A spec that imports a source of
// it gets those very modules: Jest would load some two thousand of them anew for each spec file, which takes seconds.
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../tools/build.mjs';

const urlOf = (path) => pathToFileURL(path.endsWith('.ts') ? join(root, 'dist', relative(root, path).replace(/\.ts$/, '.js')) : path).href;

async function processAsync(_source, path) {
  const url = urlOf(path);
  const names = Object.keys(await import(url));
  const named = names.filter((name) => name !== 'default');
  const lines = [
    `const native = await importNatively(${JSON.stringify(url)});`,
    `export const { ${named.join(', ')} } = native;`,
    ...(names.includes('default') ? ['export default native.default;'] : []),
  ];
  return { code: lines.join('\n') };
}

/** A file names what it passes on from others too, so that its own contents do not tell whether the names are still right. */
async function getCacheKeyAsync(_source, path) {
  const url = urlOf(path);
  return createHash('sha256').update(url).update(Object.keys(await import(url)).join()).digest('hex').slice(0, 32);
}

export default { processAsync, getCacheKeyAsync, canInstrument: false };
