import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { arrangeWorld, askersOf, today, type Asker, type World } from '../authorisation/arrangement.js';
import { ask, filled, takeBackWrites } from '../authorisation/cells.js';
import { matrix } from '../authorisation/matrix.js';
import { startApp, type Answer, type TestApp } from '../harness.js';
import { hostileTexts, mutationsOf, type Mutation } from './mutations.js';
import { operationsOf, type Operation } from './operations.js';
import type { Schema } from './samples.js';

const full = Boolean(process.env['FAIRSHARE_FULL']);
/** How many mutations an operation gets in one run; all of them in a full one. */
const each = full ? Number.POSITIVE_INFINITY : 6;
const seed = Number(process.env['FAIRSHARE_SEED'] ?? 20_261_125);

let app: TestApp;
let world: World;
let askers: Asker[];
let operations: Operation[];

beforeAll(async () => {
  app = await startApp();
  app.clock.set(today);
  world = await arrangeWorld(app);
  askers = await askersOf(app, world);
  operations = (await operationsOf(app.anonymous())).filter(({ name }) => !name.endsWith(' /api/session'));
  takeBackWrites(app);
}, 120_000);

function random(): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A few of many, by lot; the seed is in the name of the test. */
function some<T>(of: readonly T[], count: number, pick: (below: number) => number): T[] {
  const left = [...of];
  const taken: T[] = [];
  while (left.length > 0 && taken.length < count) taken.push(...left.splice(pick(left.length), 1));
  return taken;
}

/** Whoever may, so that what is sent is looked at and not only who sends it. */
function askerFor(operation: Operation): Asker {
  const row = matrix[operation.name];
  return (Array.isArray(row) ? askers.find(({ role, reach }) => reach === 'all' && row.includes(role)) ?? askers.find(({ role }) => row.includes(role)) : askers[1]) as Asker;
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });
const compiled = new Map<Schema, ValidateFunction>();

/** OpenAPI 3.0 writes an open limit and what may be null as a truth beside the rest; JSON Schema as the number and the type themselves. */
function modern(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(modern);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, ...typed } = schema as Record<string, unknown>;
  if (nullable === true) return { anyOf: [modern(typed), { type: 'null' }] };
  const { exclusiveMinimum, minimum, ...rest } = typed;
  const limits = exclusiveMinimum === true ? { exclusiveMinimum: minimum } : { ...(minimum === undefined ? {} : { minimum }), ...(exclusiveMinimum === undefined || exclusiveMinimum === false ? {} : { exclusiveMinimum }) };
  return { ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, modern(value)])), ...limits };
}

function fits(schema: Schema, body: unknown): string | undefined {
  const check = compiled.get(schema) ?? ajv.compile(modern(schema) as object);
  compiled.set(schema, check);
  return check(body) ? undefined : ajv.errorsText(check.errors);
}

/** What is wrong with an answer, whatever was asked. */
function faultOf(operation: Operation, answer: Answer): string | undefined {
  if (answer.status >= 500) return `answered ${answer.status}`;
  if (!operation.answers.has(answer.status)) return `answered ${answer.status}, which is not documented`;
  if (answer.status >= 400) {
    const { status, code, detail, traceId } = (answer.body ?? {}) as Record<string, unknown>;
    return status === answer.status && code && detail && traceId && answer.headers.get('content-type')?.startsWith('application/problem+json') ? undefined : 'answered a refusal that is no problem+json';
  }
  const schema = operation.answers.get(answer.status);
  if (!schema) return undefined;
  const difference = fits(schema, answer.body);
  return difference ? `answered something else than its schema: ${difference}` : undefined;
}

async function batches<T>(items: readonly T[], look: (item: T) => Promise<string | undefined>): Promise<string[]> {
  const wrong: string[] = [];
  for (let i = 0; i < items.length; i += 12) wrong.push(...(await Promise.all(items.slice(i, i + 12).map(look))).filter((sentence): sentence is string => sentence !== undefined));
  return wrong;
}

describe(`whatever is sent (FAIRSHARE_SEED=${seed})`, () => {
  it('When an operation is asked as its description says, then it answers as its description says', async () => {
    const wrong = await batches(operations, async (operation) => {
      const asker = askerFor(operation);
      const fault = faultOf(operation, await ask(asker.client, operation, world.c.id, asker.own));
      return fault && `${operation.name} ${fault}`;
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('When bodies are broken, at their limits or hostile, then nothing breaks and what is wrong is refused', async () => {
    const pick = random();
    const sent: [Operation, Mutation][] = [];
    for (const operation of operations.filter(({ body }) => body)) {
      const all = mutationsOf(operation.body as Schema, { ...askerFor(operation).own, collaborationId: world.c.id });
      for (const mutation of some(all, each, pick)) sent.push([operation, mutation]);
    }
    expect(sent.length).toBeGreaterThan(200);
    const wrong = await batches(sent, async ([operation, { what, body, refused }]) => {
      const asker = askerFor(operation);
      const answer = await asker.client.send(operation.method, filled(operation.path, world.c.id, asker.own), body);
      const fault = faultOf(operation, answer) ?? (refused && answer.status < 400 ? `accepted what it must not (${answer.status})` : undefined);
      return fault && `${operation.name} (${what}) ${fault}`;
    });
    expect(wrong).toEqual([]);
  }, 1_800_000);

  it('When addresses and queries are hostile, then nothing breaks', async () => {
    const pick = random();
    const sent: [Operation, string][] = [];
    for (const operation of operations) {
      const asker = askerFor(operation);
      const path = filled(operation.path, world.c.id, asker.own);
      const texts = some(hostileTexts.filter((text) => text !== '\ud800'), full ? hostileTexts.length : 2, pick);
      for (const text of texts) {
        for (const { name } of operation.pathParameters) sent.push([operation, filled(operation.path.replace(`:${name}`, encodeURIComponent(text)), world.c.id, asker.own)]);
        const query = operation.queryParameters.map(({ name }) => `${name}=${encodeURIComponent(text)}`).join('&');
        if (query) sent.push([operation, `${path}?${query}`]);
      }
      sent.push([operation, `${path}?page=0&size=-1&page=x&__proto__[a]=1&constructor=1`]);
    }
    const wrong = await batches(sent, async ([operation, path]) => {
      const { client } = askerFor(operation);
      const answer = await client.send(operation.method, path, operation.body ? {} : undefined);
      const fault = faultOf(operation, answer);
      return fault && `${operation.name} as ${path.slice(-200)} ${fault}`;
    });
    expect(wrong).toEqual([]);
  }, 1_800_000);

  it('When files are not what they say, then nothing breaks and none is taken', async () => {
    const files = [new Uint8Array(), new Uint8Array([0]), new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 9, 0xff, 0xfe]), new TextEncoder().encode('%PDF-1.7\n'), new TextEncoder().encode(`${'"'.repeat(999)}\n,,,`), new Uint8Array(5000).fill(0xff)];
    const wrong = await batches(operations.filter(({ upload }) => upload).flatMap((operation) => files.map((file) => [operation, file] as const)), async ([operation, file]) => {
      const asker = askerFor(operation);
      const name = operation.path.includes('calendars') ? 'f.ics' : 'f.csv';
      const answer = await asker.client.upload(`${filled(operation.path, world.c.id, asker.own)}${operation.queryParameters.length > 0 ? '?kind=gias' : ''}`, name, file);
      const fault = faultOf(operation, answer) ?? (answer.status < 400 && answer.status !== 202 ? 'took it' : undefined);
      return fault && `${operation.name} (${file.length} bytes) ${fault}`;
    });
    expect(wrong).toEqual([]);
  });
});

describe('lists and methods', () => {
  it('When a list has pages, then one has 200 lines at most', async () => {
    const lists = operations.filter(({ queryParameters }) => queryParameters.some(({ name }) => name === 'size'));
    expect(lists.length).toBeGreaterThan(15);
    const wrong = await batches(lists, async (operation) => {
      const asker = askerFor(operation);
      const path = filled(operation.path, world.c.id, asker.own);
      const [most, more] = [await asker.client.get(`${path}?size=200`), await asker.client.get(`${path}?size=201`)];
      const paths = ((more.body?.errors ?? []) as { path: string }[]).map((error) => error.path);
      return more.status === 422 && paths.includes('size') && most.body?.size !== 201 ? undefined : `${operation.name}: ${more.status}`;
    });
    expect(wrong).toEqual([]);
  });

  it('When an address does not take a method, then 405 says which it takes', async () => {
    const wrong = await batches([...new Set(operations.map(({ path }) => path))], async (path) => {
      const methods = operations.filter((operation) => operation.path === path).map(({ method }) => method);
      const other = ['PATCH', 'DELETE', 'PUT', 'POST'].find((method) => !methods.includes(method)) as string;
      const answer = await app.anonymous().send(other, filled(path, world.c.id, world.own));
      const allowed = answer.headers.get('allow')?.split(', ') ?? [];
      return answer.status === 405 && methods.every((method) => allowed.includes(method)) ? undefined : `${other} ${path}: ${answer.status}, allowed ${allowed.join(', ')}`;
    });
    expect(wrong).toEqual([]);
  });
});
