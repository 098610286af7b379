// A wall counts only once it has been seen to refuse: each rule is fed a violation and must name it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import walls, { mayImport } from '../.dependency-cruiser.mjs';
import { root } from './build.mjs';

const packages = { stripe: 'node_modules/stripe/index.js', rxjs: 'node_modules/rxjs/index.js' };

/** For each rule: the file that breaks it, and what it imports. */
const violations = {
  'no-circular': ['libs/domain/src/kernel/one.ts', 'libs/domain/src/kernel/two.ts'],
  'plumbing-knows-no-room': ['api/src/platform/x.ts', 'api/src/schools/y.ts'],
  'shell-opens-rooms-by-routes-only': ['web/src/app/shell/x.ts', 'web/src/app/schools/page.ts'],
  'domain-is-pure': ['libs/domain/src/kernel/x.ts', packages.rxjs],
  'contract-knows-domain-and-zod': ['libs/contract/src/x.ts', packages.rxjs],
  'web-never-imports-api': ['web/src/app/ui/x.ts', 'api/src/schools/y.ts'],
  'api-never-imports-web': ['api/src/schools/x.ts', 'web/src/app/ui/y.ts'],
  'migrations-import-nothing': ['migrations/1-x.ts', 'libs/domain/src/kernel/y.ts'],
  'only-billing-talks-to-stripe': ['api/src/schools/x.ts', packages.stripe],
  'nobody-imports-the-demonstration': ['api/src/schools/x.ts', 'api/src/demo/y.ts'],
};
const fileOf = {
  domain: (room, name) => `libs/domain/src/${room}/${name}.ts`,
  contract: (room) => `libs/contract/src/${room}.ts`,
  api: (room, name) => `api/src/${room}/${name}.ts`,
  web: (room, name) => `web/src/app/${room}/${name}.ts`,
};
for (const rule of walls.forbidden) {
  const [, floor, room] = /^(domain|contract|api|web)-(\w+)-knows-only/.exec(rule.name) ?? [];
  if (!floor) continue;
  const later = Object.keys(mayImport).find((other) => other !== room && !mayImport[room].includes(other));
  violations[rule.name] = [fileOf[floor](room, 'x'), fileOf[floor](later, 'y')];
}

let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairshare-walls-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(base, path, content) {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), content);
}

const importing = (from, to) => {
  const up = '../'.repeat(from.split('/').length - 1);
  return `import { y } from '${up || './'}${to}';\nexport const x = y;\n`;
};

describe('the walls between rooms', () => {
  it('names a violation for every rule', () => {
    expect(Object.keys(violations).sort()).toEqual(walls.forbidden.map((rule) => rule.name).sort());
  });

  it.each(walls.forbidden.map((rule) => [rule.name]))('%s refuses', async (name) => {
    const base = join(folder, name);
    const [from, to] = violations[name];
    write(base, from, importing(from, to));
    write(base, to, name === 'no-circular' ? importing(to, from) : 'export const y = 1;\n');
    for (const [pkg, file] of Object.entries(packages)) {
      write(base, `node_modules/${pkg}/package.json`, `{"name":"${pkg}","main":"index.js"}`);
      if (file !== to) write(base, file, 'export const y = 1;\n');
    }
    const { output } = await cruise(['.'], {
      baseDir: base,
      validate: true,
      ruleSet: { forbidden: walls.forbidden },
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
    });
    expect(output.summary.violations.map((violation) => violation.rule.name)).toContain(name);
  });
});

describe('the walls between floors', () => {
  const cases = [
    ['domain knows no library', 'libs/domain/src/kernel/period.ts', `import { z } from 'zod';\nexport const x = z;\n`],
    ['contract knows no framework', 'libs/contract/src/list.ts', `import { Injectable } from '@nestjs/common';\nexport const x = Injectable;\n`],
    ['web knows no api', 'web/src/main.ts', `import { x } from '../../api/src/app.js';\nexport const y = x;\n`],
    ['migrations know nothing', 'migrations/20261123000100-platform-create-foundations.ts', `import { z } from 'zod';\nexport const x = z;\n`],
  ];
  it.each(cases)('%s', async (_, filePath, code) => {
    const eslint = new ESLint({ cwd: root });
    const [result] = await eslint.lintText(code, { filePath: join(root, filePath) });
    expect(result.messages.map((message) => message.ruleId)).toContain('@nx/enforce-module-boundaries');
  });
});
