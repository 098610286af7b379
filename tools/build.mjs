// Compiles api, libs and migrations to dist/ (swc, half a second) and the web app to dist/web (Angular), each only when
// its sources changed. `node tools/build.mjs [api|web]`; without an argument both.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const node = process.execPath;

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];

/** Changes when any source does; file contents decide, so that a fresh clone and a touched file are told apart. */
function stampOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(relative(root, path)).update(readFileSync(path));
  return hash.digest('hex');
}

const stampFile = (name) => join(dist, `.built-${name}`);
const isBuilt = (name, stamp) => existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === stamp;

const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.endsWith('.d.ts');

export async function buildServer(log = () => {}) {
  const sources = ['libs/domain/src', 'libs/contract/src', 'api/src', 'migrations'].flatMap((folder) => filesBelow(join(root, folder)));
  const code = sources.filter(isSource);
  const data = sources.filter((path) => ['.json', '.csv', '.txt'].includes(extname(path)) && !path.endsWith('project.json') && !path.includes('tsconfig'));
  const stamp = stampOf([...code, ...data, join(root, 'tools/build.mjs'), join(root, 'package-lock.json')]);
  if (isBuilt('server', stamp)) return false;
  log('Building the server …');
  const swc = await import('@swc/core');
  const made = new Set();
  // Only what differs is written and only what has no source is removed, so that a running program keeps its files.
  const put = (target, content) => {
    made.add(target);
    if (existsSync(target) && readFileSync(target).equals(Buffer.from(content))) return;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  };
  for (const path of code) {
    const target = join(dist, relative(root, path).replace(/\.ts$/, '.js'));
    const { code: js, map } = swc.transformSync(readFileSync(path, 'utf8'), {
      filename: path,
      sourceMaps: true,
      module: { type: 'es6' },
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
    });
    put(target, `${withRelativeImports(js, target)}\n//# sourceMappingURL=${basename(target)}.map\n`);
    put(`${target}.map`, map);
  }
  for (const path of data) put(join(dist, relative(root, path)), readFileSync(path));
  for (const path of ['libs', 'api', 'migrations'].flatMap((part) => filesBelow(join(dist, part)))) if (!made.has(path)) rmSync(path);
  writeFileSync(stampFile('server'), stamp);
  return true;
}

/** `@fairshare/domain/sharing` is libs/domain/src/sharing/index.js, and `@fairshare/contract/bookings` is a file. */
function withRelativeImports(js, target) {
  return js.replace(/(["'])@fairshare\/(domain|contract)\/([\w/-]+)\1/g, (_, quote, floor, rest) => {
    const source = join(root, 'libs', floor, 'src', rest);
    const file = existsSync(`${source}.ts`) ? `${rest}.js` : `${rest}/index.js`;
    const path = relative(dirname(target), join(dist, 'libs', floor, 'src', file));
    return `${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
}

export function buildWeb(log = () => {}) {
  const sources = ['web/src', 'libs/domain/src', 'libs/contract/src'].flatMap((folder) => filesBelow(join(root, folder))).filter((path) => !path.endsWith('.spec.ts'));
  const settings = ['web/project.json', 'web/tsconfig.json', 'web/tsconfig.app.json', 'tsconfig.base.json', 'package-lock.json'].map((name) => join(root, name));
  const stamp = stampOf([...sources, ...settings.filter((path) => existsSync(path))]);
  if (isBuilt('web', stamp)) return false;
  log('Building the web app (about half a minute, only when its sources changed) …');
  const built = spawnSync(node, [join(root, 'node_modules/.bin/nx'), 'run', 'web:build'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NG_CLI_ANALYTICS: 'false', NX_NO_CLOUD: 'true' },
  });
  if (built.status !== 0) throw new Error(`The web app could not be built:\n${built.stdout}\n${built.stderr}`);
  compress(join(dist, 'web/browser'));
  writeFileSync(stampFile('web'), stamp);
  return true;
}

/** Browsers get the files compressed once and for all. */
function compress(folder) {
  for (const path of filesBelow(folder)) {
    if (!['.js', '.css', '.html', '.svg', '.json'].includes(extname(path)) || statSync(path).size < 1024) continue;
    const content = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    writeFileSync(`${path}.gz`, gzipSync(content));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(dist, { recursive: true });
  const say = (line) => process.stdout.write(`${line}\n`);
  if (process.argv[2] !== 'web') await buildServer(say);
  if (process.argv[2] !== 'api') buildWeb(say);
}
