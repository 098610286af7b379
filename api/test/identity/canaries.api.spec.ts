import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { benchOf, morning, type Bench } from '../bookings/arrange.js';
import { Personal } from '../../src/platform/personal.js';
import { until } from '../client.js';
import { impersonal, plain, sealed } from './columns.js';
import { startApp, testPassword, type Client, type TestApp } from '../harness.js';

/** A word for each personal field; none of them means anything anywhere else. */
const canary = {
  name: 'Canarina Namely', renamed: 'Canarina Afterwards', email: 'canarina.mailbox@canary.example', device: 'CanaryBrowser/1.0',
  specialist: 'Dr Kanarie Vogel', credential: 'KNR-4711-X', checker: 'Checkarina Canary',
  note: 'canary-note-broken-wing', reference: 'canary-reference-K17', first: 'Firstarina Canary', firstEmail: 'firstarina@canary.example',
  supplierEmail: 'supplierina@canary.example', account: 'Accountina Canary', agreed: 'Headarina Canary', why: 'canary-why-hospital', cancelled: 'canary-cancelled-because-ill',
} as const;
const words: readonly string[] = Object.values(canary);
/** What is somebody's who is erased below, and what is not. */
const ofErased: readonly string[] = [canary.name, canary.renamed, canary.email, canary.device, canary.specialist, canary.credential, canary.note];

let app: TestApp;
let bench: Bench;
let administrator: Client;
let person: Client;
let userId: string;
let specialistId: string;
const logged: string[] = [];
const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));

/** Every word of these that stands in a dump of the whole database: every row of every table as COPY writes it, and bytes in hex. */
async function foundInDump(wanted: readonly string[]): Promise<string[]> {
  const tables = await app.sql<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`);
  const found = new Set<string>();
  const ways = wanted.flatMap((word) => [word, word.toLowerCase(), Buffer.from(word).toString('hex'), Buffer.from(word).toString('base64').slice(0, 12)].map((text) => ({ word, text })));
  for (const { name } of tables) {
    for (const { line } of await app.sql<{ line: string }>(`select t::text as line from ${name} t`)) {
      for (const { word, text } of ways) if (line.includes(text) || line.toLowerCase().includes(text)) found.add(`${word} in ${name}`);
    }
  }
  return [...found];
}

const containedIn = (text: string, wanted: readonly string[] = words) => wanted.filter((word) => text.includes(word));

beforeAll(async () => {
  for (const { stream, write } of streams) {
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      logged.push(chunk.toString());
      return write(chunk, ...rest);
    }) as typeof stream.write;
  }
  app = await startApp();
  app.clock.set(morning);
  administrator = await app.person('administrator');
  bench = await benchOf(app);
  await live();
}, 120_000);
afterAll(() => {
  for (const { stream, write } of streams) stream.write = write;
});

/** A life in which every personal field is filled, through the front door. */
async function live(): Promise<void> {
  const { c, agreementId } = bench;
  const at = `/api/collaborations/${c.id}`;
  await app.anonymous().post('/api/session/first-administrator', { name: canary.first, email: canary.firstEmail, password: testPassword });
  const added = await c.coordinator.post(`${at}/people`, { name: canary.name, email: canary.email, role: 'business-manager', schoolUrn: c.urns[0] }, { 'Idempotency-Key': 'canary-1' });
  userId = added.body.person.userId;
  person = await app.sessionOf(userId, canary.device);
  await person.put('/api/account/name', { name: canary.renamed });
  await app.anonymous().post('/api/session', { email: canary.email, password: 'not this one' });
  const suppliers = await c.coordinator.get(`${at}/suppliers`);
  const engaged = await c.coordinator.post(`${at}/specialists`, { name: canary.specialist, email: canary.email, supplierId: suppliers.body.items[0].id, from: '2026-09-01' }, { 'Idempotency-Key': 'canary-2' });
  specialistId = engaged.body.id;
  await c.coordinator.post(`${at}/specialists/${specialistId}/credentials`, { type: 'insurance', number: canary.credential, checkedOn: '2026-09-01', checkedBy: canary.checker }, { 'Idempotency-Key': 'canary-3' });
  await c.coordinator.post(`${at}/specialists/${specialistId}/absences`, { startsAt: '2026-10-05T09:00', endsAt: '2026-10-05T12:00', reason: 'illness', note: canary.note }, { 'Idempotency-Key': 'canary-4' });
  await c.coordinator.post(`${at}/suppliers`, {
    name: 'Vogel and nobody else', kind: 'self-employed', email: canary.supplierEmail, bankDetails: { accountName: canary.account, sortCode: '200000', accountNumber: '55779911' },
  }, { 'Idempotency-Key': 'canary-6' });
  await app.sql(`insert into role_grant (id, user_id, role, collaboration_id, specialist_id) values (gen_random_uuid(), $1, 'specialist', $2, $3)`, [userId, c.id, specialistId]);
  const booked = await person.post(bench.path, { agreementId, specialistId: bench.specialistId, schoolUrns: [c.urns[0]], startsAt: '2026-10-20T09:00', endsAt: '2026-10-20T10:00', reference: canary.reference }, { 'Idempotency-Key': 'canary-5' });
  expect(booked.status).toBe(201);
  const typed = await person.post(bench.path, { agreementId, specialistId: bench.specialistId, schoolUrns: [c.urns[0]], startsAt: '2026-10-21T09:00', endsAt: '2026-10-21T10:00' });
  expect((await person.put(`${bench.path}/${typed.body.id}/deadline`, { dueOn: '2026-11-20', why: canary.why })).status).toBe(200);
  expect((await person.post(`${bench.path}/${typed.body.id}/cancel`, { reason: canary.cancelled }, { 'Idempotency-Key': 'canary-7' })).status).toBe(200);
  const rule = await c.coordinator.post(`${at}/agreements/${agreementId}/rules`, { basis: 'equal', effectiveOn: '2027-01-01', agreedOn: '2026-09-01', agreedBy: [canary.agreed] }, { 'Idempotency-Key': 'canary-8' });
  expect([rule.status, rule.body.agreedBy]).toEqual([201, [canary.agreed]]);
  await until(async () => (await app.sql(`select 1 from pgboss.job where name = 'bookings.tell-by-mail' and state in ('created', 'retry', 'active')`)).length === 0);
}

describe('every column that can hold a text', () => {
  it('When one is added, then somebody says whether it is personal; what is told to be encrypted holds no plain text', async () => {
    const columns = await app.sql<{ name: string; table: string; column: string; array: boolean }>(
      `select c.table_name || '.' || c.column_name as name, c.table_name as table, c.column_name as column, c.data_type = 'ARRAY' as array
         from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'USER-DEFINED')`,
    );
    const told = (lists: Readonly<Record<string, string>>) => Object.entries(lists).flatMap(([table, names]) => names.split(' ').map((name) => `${table}.${name}`));
    const all = [...told(sealed), ...Object.keys(plain), ...told(impersonal)];
    expect([...new Set(all)].sort()).toEqual(columns.map(({ name }) => name).sort());
    expect(all).toHaveLength(columns.length);
    const encrypted = new Set(told(sealed));
    const open: string[] = [];
    for (const { name, table, column, array } of columns.filter((each) => encrypted.has(each.name))) {
      const value = array ? `array_to_string("${column}", ' ')` : `"${column}"`;
      const [row] = await app.sql<{ n: number }>(`select count(*)::int as n from "${table}" where ${value} not like '{sealed:%' and ${value} <> 'Fairshare'`, []);
      if (row?.n) open.push(`${name}: ${row.n}`);
    }
    expect(open).toEqual([]);
  });
});

describe('personal data', () => {
  it('When somebody who may looks, then names, addresses and references are there to read', async () => {
    const { c } = bench;
    const { body } = await c.coordinator.get(`/api/collaborations/${c.id}/people?size=200`);
    expect(body.items.find((p: { userId: string }) => p.userId === userId)).toMatchObject({ name: canary.renamed, email: canary.email });
    const { body: specialist } = await c.coordinator.get(`/api/collaborations/${c.id}/specialists/${specialistId}`);
    expect(specialist).toMatchObject({ name: canary.specialist, credentials: [{ number: canary.credential, checkedBy: canary.checker }] });
    expect((await person.get(`${bench.path}?from=2026-10-01&to=2026-10-31`)).text).toContain(canary.reference);
    expect((await c.coordinator.get(`/api/collaborations/${c.id}/specialists/${specialistId}/absences`)).text).toContain(canary.note);
    expect((await administrator.get('/api/trail?action=identity.renamed')).body.items[0]).toMatchObject({ userName: canary.name, address: '127.0.0.1' });
  });

  it('When the database is dumped, then no personal text stands in it', async () => {
    expect(await foundInDump(words)).toEqual([]);
    // The search itself finds what is not encrypted.
    expect(await foundInDump([bench.c.name])).not.toEqual([]);
  }, 60_000);

  it('When the program has written its log, then no personal text stands in it', () => {
    // What the program logs is read: a line of its own stands in it.
    new Logger('canaries').warn('a line to be read');
    expect(logged.join('')).toContain('a line to be read');
    expect(containedIn(logged.join(''))).toEqual([]);
  });

  it('When a school’s reference is read, then the trail says so; nobody else and no mail or feed has it', async () => {
    const { c } = bench;
    const range = '?from=2026-10-01&to=2026-10-31';
    for (const other of [c.coordinator, c.sister, c.auditor, c.financeOfficer]) expect(containedIn((await other.get(`${bench.path}${range}`)).text, [canary.reference])).toEqual([]);
    const readings = await c.auditor.get(`/api/collaborations/${c.id}/trail?kind=reading&action=bookings.references-read`);
    expect(readings.body.items[0]).toMatchObject({ userId, kind: 'reading' });
    const mails = await app.reveal(await app.sql<Record<string, unknown>>('select * from mail'));
    expect(mails.length).toBeGreaterThan(0);
    for (const mail of mails) {
      const others = words.filter((word) => word !== canary.email && word !== canary.renamed && word !== canary.name);
      expect(containedIn(JSON.stringify({ ...mail, to_address: '' }), others)).toEqual([]);
    }
    const feed = await c.coordinator.post(`/api/collaborations/${c.id}/feeds`, { kind: 'collaboration' });
    const calendar = await app.anonymous().get(feed.body.path);
    expect(calendar.text).toContain('BEGIN:VEVENT');
    expect(containedIn(calendar.text)).toEqual([]);
  });

  it('When others take exports, then nothing of this person is in them', async () => {
    const { c } = bench;
    const elsewhere = await app.collaboration({ schools: 2 });
    for (const path of ['trail.csv', 'trail.json', 'people', 'specialists']) expect(containedIn((await elsewhere.coordinator.get(`/api/collaborations/${elsewhere.id}/${path}`)).text)).toEqual([]);
    expect(containedIn((await c.sister.get('/api/account/personal-data')).text)).toEqual([]);
    expect(containedIn((await c.coordinator.get('/api/account/personal-data')).text)).toEqual([]);
  });

  it('When the person takes theirs, then all of it is in it, nothing that opens a door, and the trail says so', async () => {
    const own = await person.get('/api/account/personal-data');
    expect(own.status).toBe(200);
    expect(containedIn(own.text, ofErased)).toEqual(ofErased);
    expect(own.body.about).toEqual({ id: userId, name: canary.renamed, email: canary.email });
    expect(own.text).not.toMatch(/argon2|token_hash|password_hash|\{sealed:/);
    expect((await administrator.get(`/api/people/${userId}/personal-data`)).body.about.name).toBe(canary.renamed);
    const trail = await administrator.get(`/api/trail?action=identity.personal-data-exported&subjectId=${userId}`);
    expect(trail.body.items.map((i: { kind: string }) => i.kind)).toEqual(['reading', 'reading']);
  });
});

describe('a database from before names were encrypted', () => {
  it('When the program starts on it, then people are encrypted, found by their address, and read as before', async () => {
    const former = await startApp();
    await former.sql('alter table app_user drop constraint app_user_encrypted');
    const id = '018f0000-0000-7000-8000-00000000f0f0';
    await former.sql('insert into app_user (id, name, email) values ($1, $2, $3)', [id, 'Formerly Plain', 'Formerly@canary.example']);
    await former.app.get(Personal).onModuleInit();
    await former.sql(`alter table app_user add constraint app_user_encrypted check (name like '{sealed:%' and email like '{sealed:%')`);
    const [row] = await former.reveal(await former.sql<Record<string, string>>('select name, email, email_index from app_user where id = $1', [id]));
    expect(row).toEqual({ name: 'Formerly Plain', email: 'Formerly@canary.example', email_index: former.app.get(Personal).lookup('formerly@canary.example') });
  });
});

describe('erasure', () => {
  it('When it is only tried, then it says what would go and nothing goes', async () => {
    const { body } = await administrator.post(`/api/people/${userId}/erasure`, { dryRun: true });
    expect(body).toMatchObject({ dryRun: true, name: canary.renamed, roles: 2 });
    expect(body.records.find((r: { kind: string }) => r.kind === 'booking')?.count).toBe(2);
    expect((await person.get('/api/session')).status).toBe(200);
  });

  it('When a coordinator, oneself or the last of a kind would be erased, then it is refused', async () => {
    const { c } = bench;
    const code = async (who: Client, id: string | undefined) => (await who.post(`/api/people/${id}/erasure`, { dryRun: true })).body.code;
    expect(await code(c.coordinator, userId)).toBe('identity.belongs-elsewhere');
    expect(await code(c.coordinator, c.coordinator.userId)).toBe('identity.not-oneself');
    expect(await code(administrator, c.coordinator.userId)).toBe('identity.last-coordinator');
    const elsewhere = await app.collaboration({ schools: 1 });
    expect(await code(elsewhere.coordinator, c.head.userId)).toBe('platform.not-found');
    expect((await c.coordinator.post(`/api/people/${c.head.userId}/erasure`, { dryRun: true })).status).toBe(200);
    expect((await c.auditor.post(`/api/people/${userId}/erasure`, { dryRun: true })).status).toBe(403);
  });

  it('When it is done, then nothing of the person can be read, by anybody, and the books and chains are whole', async () => {
    const { c } = bench;
    const before = (await c.auditor.get(`/api/collaborations/${c.id}/trail`)).body.total;
    expect((await administrator.post(`/api/people/${userId}/erasure`, { dryRun: false })).status).toBe(200);
    expect(await foundInDump(words)).toEqual([]);
    expect((await person.get('/api/session')).status).toBe(401);
    // Mails to others said who booked: they are there to read, and say it no more.
    const mails = await app.reveal(await app.sql<{ to_address: string; text: string }>('select * from mail'));
    expect(mails.filter(({ text }) => text.includes('somebody who has left booked this.')).length).toBeGreaterThan(0);
    expect(containedIn(JSON.stringify(mails), ofErased)).toEqual([]);
    const [left] = await app.sql<{ keys: number; people: number }>('select (select count(*)::int from personal_key where id = any ($1::uuid[]) and wrapped is not null) as keys, (select count(*)::int from app_user where id = $2) as people', [[userId, specialistId], userId]);
    expect(left).toEqual({ keys: 0, people: 0 });
    const booking = (await c.coordinator.get(`${bench.path}?from=2026-10-01&to=2026-10-31`)).body.items[0];
    expect(booking.requestedBy).toBe('somebody who has left');
    expect((await c.coordinator.get(`/api/collaborations/${c.id}/specialists/${specialistId}`)).body.name).toBe('somebody who has left');
    const trail = await c.auditor.get(`/api/collaborations/${c.id}/trail?size=200`);
    expect(trail.body.total).toBe(before);
    expect(containedIn(trail.text, ofErased)).toEqual([]);
    expect((await c.auditor.get(`/api/collaborations/${c.id}/trail/chain`)).body.whole).toBe(true);
    expect((await administrator.get('/api/trail/chain')).body.whole).toBe(true);
    expect(await app.sql('select * from invariant_broken')).toEqual([]);
    expect((await administrator.post(`/api/people/${userId}/erasure`, { dryRun: true })).status).toBe(404);
  }, 60_000);

  it('When somebody new has the same address, then they are somebody new', async () => {
    const { c } = bench;
    const again = await c.coordinator.post(`/api/collaborations/${c.id}/people`, { name: 'Another Person', email: canary.email, role: 'head', schoolUrn: c.urns[0] });
    expect([again.status, again.body.person.userId === userId]).toEqual([201, false]);
  });
});
