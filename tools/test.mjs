// Passes everything a change must pass, on a machine that has nothing but npm, and closes with `N passed, N failed`.
// `--full` adds the long runs; `--only lint,types,…` runs some of the steps while working.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
const full = process.argv.includes('--full');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1].split(',') : undefined;
const say = (line) => process.stdout.write(`${line}\n`);

const env = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  NG_CLI_ANALYTICS: 'false',
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  FAIRSHARE_LIMITS: 'off',
  ...(full ? { PROPERTY_RUNS: '100000', FAIRSHARE_FULL: 'on' } : {}),
};

const results = join(root, 'tmp');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** A step that is right or wrong as a whole; what it says is shown when it ends, so that two may run side by side. */
const check = (command, args) => () =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, NODE_OPTIONS: '' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => (said += error.message));
    child.on('close', (status) => {
      if (status !== 0) say(said.trimEnd());
      done(status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    });
  });

/** A step of many specs, each of which counts. */
const jest = (name, projects, workers = 2) => () => {
  const outputFile = join(results, `${name}.json`);
  const args = ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', ...projects, `--maxWorkers=${workers}`, '--json', `--outputFile=${outputFile}`, '--silent=false'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env });
  if (!existsSync(outputFile)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(outputFile, 'utf8'));
  const broken = report.numRuntimeErrorTestSuites + (report.numFailedTests === 0 && status !== 0 ? 1 : 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken };
};

/** Steps of one stage run two at a time: they use one core each, while the specs use all there are. The longest come first. */
const stages = [
  [
    ['build', 'compiles the server and the web app', check(process.execPath, ['tools/build.mjs'])],
    ['lint', 'style, sizes and the walls between floors', check(bin('eslint'), ['.', '--max-warnings', '0'])],
    ['types-web', 'the specs of the pages; the build has checked the pages', check(bin('ngc'), ['-p', 'web/tsconfig.spec.json', '--noEmit'])],
    ['types', 'api, libs and migrations', check(bin('tsc'), ['-p', 'api/tsconfig.json'])],
    ['walls', 'the walls between rooms', check(bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'api', 'libs', 'migrations', 'web/src'])],
  ],
  [['size', 'the first page stays small', check(process.execPath, ['web/initial-size.mjs'])]],
  [['unit', 'domain, contract and the walls themselves', jest('unit', ['domain', 'contract', 'walls'])]],
  [['api', 'the real app on a real PostgreSQL', jest('api', ['api'], 3)]],
  [['web', 'web components', jest('web', ['web'])]],
  [['journeys', 'the product in a real browser', jest('journeys', ['journeys'])]],
];

const began = Date.now();
let passed = 0;
let failed = 0;

async function take([name, what, run]) {
  const start = Date.now();
  say(`\n── ${name}: ${what}`);
  const counts = await run();
  passed += counts.passed;
  failed += counts.failed;
  say(`── ${name}: ${counts.passed} passed, ${counts.failed} failed (${((Date.now() - start) / 1000).toFixed(0)} s)`);
}

for (const stage of stages) {
  const waiting = stage.filter(([name]) => !only || only.includes(name));
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await take(step);
  };
  await Promise.all([worker(), worker()]);
}
say(`\nAll steps took ${((Date.now() - began) / 60_000).toFixed(1)} minutes.`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
