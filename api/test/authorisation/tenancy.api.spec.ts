import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { systemScope } from '../../src/platform/actor.js';
import { AllowGuard } from '../../src/platform/allow.js';
import { Database, sql } from '../../src/platform/database.js';
import { newId } from '../../src/platform/new-id.js';
import { agree, calendarOf, engage } from '../bookings/arrange.js';
import { charge, draftingOf } from '../billing/charging.js';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';
import { operationsOf, type Operation } from '../operations/operations.js';
import { bookingOf, ruleOf } from '../sharing/arrange.js';
import type { Records } from './arrangement.js';
import { ask, identifiersOf } from './cells.js';

const full = Boolean(process.env['FAIRSHARE_FULL']);
const requests = full ? 10_000 : 1_000;
const collaborations = 20;

interface Tenant {
  readonly c: TestCollaboration;
  readonly records: Records;
}

let app: TestApp;
let reads: Operation[];
let writes: Operation[];
let tenants: Tenant[];
const ownerOf = new Map<string, string>();

beforeAll(async () => {
  app = await startApp({}, { connections: 5 });
  app.app.useLogger(false);
  app.clock.set('2026-10-05T08:00:00Z');
  tenants = [];
  for (let i = 0; i < collaborations; i++) tenants.push(await arrangeTenant());
  for (const { c } of tenants) for (const id of await identifiersOf(app, c.id)) ownerOf.set(id, c.id);
  const inside = (await operationsOf(app.anonymous())).filter(({ path }) => path.includes(':collaborationId'));
  reads = inside.filter(({ method }) => method === 'GET');
  writes = inside.filter(({ method, upload }) => method !== 'GET' && !upload);
  switchGuardOff();
}, 120_000);

/** The first line of defence gone: whoever is signed in may call everything, with only their own collaborations in scope. */
function switchGuardOff(): void {
  jest.spyOn(AllowGuard.prototype, 'canActivate').mockImplementation((context: ExecutionContext) => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { userId, name, grants } = request.actor as NonNullable<FastifyRequest['actor']>;
    const collaborationIds = grants.flatMap((grant) => (grant.collaborationId ? [grant.collaborationId] : []));
    request.scope = { userId, name, collaborationIds, roles: ['coordinator', 'finance-officer', 'auditor', 'administrator'], schoolUrns: 'all', specialistId: null };
    return true;
  });
}

afterAll(() => {
  jest.restoreAllMocks();
});

async function arrangeTenant(): Promise<Tenant> {
  const c = await app.collaboration({ schools: 2 });
  await calendarOf(app, c.id);
  const specialistId = await engage(app, c.id);
  const agreementId = await agree(app, c, [specialistId], { payAsYouGo: true });
  const [subscription] = await app.sql<{ id: string }>('select id from subscription where collaboration_id = $1', [c.id]);
  const [member] = await app.sql<{ id: string }>('select id from membership where collaboration_id = $1', [c.id]);
  const bookingId = await bookingOf(app, c.id, {
    agreement: { id: agreementId, ruleId: '', serviceId: '', specialistId, instalmentIds: [] }, specialistId, state: 'requested', startsAt: '2026-11-09T10:00:00Z', endsAt: '2026-11-09T11:00:00Z', schools: [{ urn: c.urns[0] as string }],
  });
  const feed = await c.coordinator.post(`/api/collaborations/${c.id}/feeds`, { kind: 'collaboration' });
  const records = {
    agreementId, specialistId, bookingId, subscriptionId: subscription?.id as string, membershipId: member?.id as string, feedId: feed.body.id as string,
    ruleId: await ruleOf(app, c.id, agreementId, { effectiveOn: '2026-09-01' }), chargeId: await charge(app, c, 1000), urn: c.urns[0] as string, schoolUrn: c.urns[0] as string,
  };
  return { c, records };
}

/** The same requests in every run: a small generator with a fixed seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** Identifiers in an answer that belong to a collaboration the asker is not in, and that the asker did not send. */
function foreignIn(text: string, own: string, sent: readonly string[]): string | undefined {
  return [...text.matchAll(uuids)].map(([id]) => id).find((id) => ownerOf.has(id) && ownerOf.get(id) !== own && !sent.includes(id));
}

async function interleaved(count: number, one: (pick: (below: number) => number) => Promise<string | undefined>): Promise<string[]> {
  const wrong: string[] = [];
  const pick = random(20_261_125);
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const found = await one(pick);
      if (found) wrong.push(found);
    }
  };
  await Promise.all(Array.from({ length: 25 }, worker));
  return wrong;
}

const clientOf = ({ c }: Tenant, n: number): Client => [c.coordinator, c.financeOfficer, c.businessManager, c.auditor][n % 4] as Client;

/** A digest of every row of every collaboration, so that a single changed column shows. */
async function stored(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of await tablesOfCollaborations()) {
    const [row] = await app.sql<{ rows: string }>(`select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as rows from ${name} t`);
    found.set(name, createHash('sha256').update(row?.rows ?? '').digest('hex'));
  }
  return found;
}

async function tablesOfCollaborations(): Promise<string[]> {
  const rows = await app.sql<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'collaboration_id' and not a.attisdropped
      where n.nspname = 'public' and c.relkind = 'r' order by 1`,
  );
  return rows.map((row) => row.name);
}

describe('row-level security alone', () => {
  it(`When the guard is off and ${requests} readings of twenty collaborations share five connections, then nothing foreign comes through`, async () => {
    const answered = { own: 0, foreign: 0 };
    const wrong = await interleaved(requests, async (pick) => {
      const asker = tenants[pick(collaborations)] as Tenant;
      // One in five asks for its own, so that a policy which hides everything would show.
      const asked = pick(5) === 0 ? asker : (tenants[pick(collaborations)] as Tenant);
      const operation = reads[pick(reads.length)] as Operation;
      const { status, text } = await ask(clientOf(asker, pick(4)), operation, asked.c.id, asked.records);
      if (status < 400) answered[asker === asked ? 'own' : 'foreign'] += 1;
      const found = foreignIn(text, asker.c.id, [asked.c.id, ...Object.values(asked.records)]);
      return found ? `${operation.name} told of ${found}` : undefined;
    });
    expect(wrong).toEqual([]);
    // The readings did arrive: most own ones are answered, and lists of another collaboration are answered empty.
    expect(answered.own).toBeGreaterThan(requests / 20);
    expect(answered.foreign).toBeGreaterThan(requests / 20);
  }, 600_000);

  it('When the guard is off and everybody writes into other collaborations, then not one stored byte of them changes', async () => {
    const before = await stored();
    const statuses = new Map<number, number>();
    await interleaved(full ? 4_000 : 400, async (pick) => {
      const from = pick(collaborations);
      const asked = tenants[(from + 1 + pick(collaborations - 1)) % collaborations] as Tenant;
      const operation = writes[pick(writes.length)] as Operation;
      const { status } = await ask(clientOf(tenants[from] as Tenant, pick(4)), operation, asked.c.id, asked.records);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      return undefined;
    });
    const after = await stored();
    expect([...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name)).toEqual([]);
    expect(statuses.get(404)).toBeGreaterThan(20);
  }, 600_000);

  it('When a transaction names one collaboration, then every table shows that one’s rows only; when it names none, nothing', async () => {
    const database = app.app.get(Database);
    const wrong: string[] = [];
    let looked = 0;
    const { id } = (tenants[0] as Tenant).c;
    for (const name of await tablesOfCollaborations()) {
      const [all] = await app.sql<{ own: number; foreign: number }>(`select count(*) filter (where collaboration_id = $1)::int as own, count(*) filter (where collaboration_id <> $1)::int as foreign from ${name}`, [id]);
      if (!all || all.own + all.foreign === 0) continue;
      looked += 1;
      const count = `select count(*)::int as seen, count(*) filter (where collaboration_id <> $1)::int as foreign from ${name}`;
      const [scoped] = await database.read(systemScope([id]), (tx) => sql<{ seen: number; foreign: number }>(tx, count, [id]));
      const [none] = (await app.app.get(DataSource).query(count, [id])) as { seen: number }[];
      if (scoped?.foreign !== 0 || scoped.seen !== all.own || none?.seen !== 0) wrong.push(`${name}: ${JSON.stringify({ all, scoped, none })}`);
    }
    expect(wrong).toEqual([]);
    expect(looked).toBeGreaterThan(15);
  });

  it('When a job is told another collaboration’s work, then it finds nothing to do', async () => {
    const [mine, theirs] = tenants as [Tenant, Tenant];
    const runId = newId();
    await app.sql(`insert into invoice_run (id, collaboration_id, from_on, to_on, state, total, problems, started_at, started_by) values ($1, $2, '2026-09-01', '2026-09-30', 'waiting', 0, '[]', now(), 'Somebody')`, [runId, theirs.c.id]);
    await draftingOf(app).work({ collaborationId: mine.c.id, runId }).catch(() => undefined);
    expect(await app.sql('select state from invoice_run where id = $1', [runId])).toEqual([{ state: 'waiting' }]);
    expect(await app.sql('select id from invoice where run_id = $1', [runId])).toEqual([]);
  });
});
