// A list of defences is worth what its evidence is worth: every file that it names has to be there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './build.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const list = read('docs/security-asvs.md');
const rows = [...list.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^\n]+) \|$/gm)].map(([, id, level, brief, state, because]) => ({ id, level, brief, state, because }));

/** How many requirements of levels 1 and 2 each chapter of the standard has. */
const chapters = { 1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7 };

describe('docs/security-asvs.md', () => {
  it('When the standard has a requirement of level 1 or 2, then it stands here once', () => {
    const counted = Object.fromEntries(Object.keys(chapters).map((chapter) => [chapter, rows.filter(({ id }) => id.startsWith(`${chapter}.`)).length]));
    expect(counted).toEqual(chapters);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('When a row says something, then it is met, not applicable or open, and why', () => {
    expect(rows.filter(({ state, because }) => !['met', 'not applicable', 'open'].includes(state) || because.trim().length < 3)).toEqual([]);
    const count = (state) => rows.filter((row) => row.state === state).length;
    expect(list).toContain(`${rows.length} requirements: ${count('met')} met, ${count('not applicable')} not applicable, ${count('open')} open.`);
  });

  it('When a file is named as evidence, then it is there', () => {
    const named = [...`${list}${read('docs/security.md')}`.matchAll(/`([\w.-]+\/[\w./-]+|[\w-]+\.(?:mjs|json|md))`/g)].map(([, path]) => path).filter((path) => !path.startsWith('api/') || path.length > 4);
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named)].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
