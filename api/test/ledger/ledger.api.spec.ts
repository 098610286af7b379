import { beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerChecks } from '../../src/ledger/ledger-checks.service.js';
import { Ledger, type NewEntry } from '../../src/ledger/ledger.service.js';
import { systemScope } from '../../src/platform/actor.js';
import { Database, sql } from '../../src/platform/database.js';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type TestApp } from '../harness.js';

let app: TestApp;
let ledger: Ledger;
let database: Database;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T08:00:00Z');
  ledger = app.app.get(Ledger, { strict: false });
  database = app.app.get(Database, { strict: false });
});

const entryOf = (collaborationId: string, changes: Partial<NewEntry> = {}): NewEntry => ({
  collaborationId, kind: 'charge', serviceOn: '2026-09-10', happenedOn: '2026-10-05', sourceKind: 'charge', sourceId: 'c1', description: 'Counselling in September',
  postings: [{ account: 'shares-to-invoice', schoolUrn: '900001', pence: 7000 }, { account: 'shares-to-invoice', schoolUrn: '900002', pence: 3000 }, { account: 'pool', schoolUrn: null, pence: -10_000 }],
  ...changes,
});

const post = (id: string, changes: Partial<NewEntry> = {}) => database.write(systemScope([id]), (tx) => ledger.post(tx, systemScope([id]), entryOf(id, changes)));
const chain = (id: string) => database.read(systemScope([id]), (tx) => ledger.verifyChain(tx, id));

describe('posting', () => {
  it('When entries are posted, then they are numbered, chained and add up to nothing', async () => {
    const id = newId();
    const first = await post(id);
    await post(id, { sourceId: 'c2' });
    const rows = await app.sql<{ id: string; sequence: string; hash: string; previous_hash: string }>('select * from ledger_entry where collaboration_id = $1 order by sequence', [id]);
    expect(rows.map((r) => Number(r.sequence))).toEqual([1, 2]);
    expect(rows[0]?.id).toBe(first);
    expect(rows[1]?.previous_hash).toBe(rows[0]?.hash);
    expect(await chain(id)).toEqual({ entries: 2, whole: true, brokenAt: null, balances: true });
  });

  it('When twenty post at once, then the numbers have no gap and the chain is whole', async () => {
    const id = newId();
    await Promise.all(Array.from({ length: 20 }, (_, i) => post(id, { sourceId: `c${i}` })));
    expect(await chain(id)).toEqual({ entries: 20, whole: true, brokenAt: null, balances: true });
  });

  it('When many entries are posted together, then they keep their order', async () => {
    const id = newId();
    const who = systemScope([id]);
    const entries = Array.from({ length: 12 }, (_, i) => entryOf(id, { sourceId: `c${i}` }));
    await database.write(who, (tx) => ledger.postAll(tx, who, id, entries));
    const rows = await app.sql<{ source_id: string }>('select source_id from ledger_entry where collaboration_id = $1 order by sequence', [id]);
    expect(rows.map((r) => r.source_id)).toEqual(entries.map((e) => e.sourceId));
  });

  it('When an entry does not balance, then it is refused by the program and by the database', async () => {
    const id = newId();
    await expect(post(id, { postings: [{ account: 'pool', schoolUrn: null, pence: 1 }] })).rejects.toMatchObject({ code: 'ledger.does-not-balance' });
    await expect(
      database.write(systemScope([id]), async (tx) => {
        const entry = newId();
        await sql(tx, `insert into ledger_posting values ($1, $2, 1, 'pool', null, 1)`, [id, entry]);
        await insertBareEntry(tx, id, entry, '2026-09-10');
      }),
    ).rejects.toThrow('does not balance');
  });

  it('When an entry has no postings, then it is refused by the program and by the database', async () => {
    const id = newId();
    await expect(post(id, { postings: [] })).rejects.toMatchObject({ code: 'ledger.no-postings' });
    await expect(database.write(systemScope([id]), (tx) => insertBareEntry(tx, id, newId(), '2026-09-10'))).rejects.toThrow('does not balance');
  });

  it('When somebody changes, deletes or adds to what is posted, then the database refuses', async () => {
    const id = newId();
    const entry = await post(id);
    await expect(app.sql('update ledger_posting set pence = 1 where collaboration_id = $1', [id])).rejects.toThrow('never changed');
    await expect(app.sql('delete from ledger_posting where collaboration_id = $1', [id])).rejects.toThrow('never changed');
    await expect(app.sql(`update ledger_entry set description = 'x' where collaboration_id = $1`, [id])).rejects.toThrow('never changed');
    await expect(app.sql('delete from ledger_entry where collaboration_id = $1', [id])).rejects.toThrow('never changed');
    await expect(app.sql('truncate ledger_entry, ledger_posting')).rejects.toThrow('never changed');
    await expect(app.sql(`insert into ledger_posting values ($1, $2, 9, 'pool', null, 0)`, [id, entry])).rejects.toThrow('is sealed');
  });

  it('When the owner of the database tampers past the triggers, then the chain says where', async () => {
    const id = newId();
    for (let i = 0; i < 3; i++) await post(id, { sourceId: `c${i}` });
    await app.sql(`alter table ledger_posting disable trigger never_changed`);
    await app.sql(`update ledger_posting p set pence = p.pence + case line when 1 then 5 when 2 then -5 else 0 end
      from ledger_entry e where e.id = p.entry_id and e.collaboration_id = $1 and e.sequence = 2`, [id]);
    await app.sql(`alter table ledger_posting enable trigger never_changed`);
    expect(await chain(id)).toMatchObject({ entries: 3, whole: false, brokenAt: 2, balances: true });
  });

  it('When an entry is taken back, then everything is at nothing and a second time is refused', async () => {
    const id = newId();
    const who = systemScope([id]);
    const entry = await post(id);
    await database.write(who, (tx) => ledger.reverse(tx, who, id, entry, 'Charged twice'));
    const [sum] = await app.sql<{ left: string }>(`select count(*) as left from (select account, school_urn from ledger_posting where collaboration_id = $1 group by 1, 2 having sum(pence) <> 0) x`, [id]);
    expect(Number(sum?.left)).toBe(0);
    await expect(database.write(who, (tx) => ledger.reverse(tx, who, id, entry, 'Again'))).rejects.toMatchObject({ code: 'ledger.corrected-already' });
  });

  it('When the entry to take back belongs to another collaboration, then there is nothing', async () => {
    const [id, other] = [newId(), newId()];
    const entry = await post(other);
    const who = systemScope([id]);
    await expect(database.write(who, (tx) => ledger.reverse(tx, who, id, entry, 'Not mine'))).rejects.toMatchObject({ code: 'platform.not-found' });
  });
});

describe('the check', () => {
  it('When the ledger is checked, then a replay from nothing gives today’s balances, and the last result is shown', async () => {
    const c = await app.collaboration();
    const at = `/api/collaborations/${c.id}/ledger/check`;
    expect((await c.auditor.get(at)).body).toEqual({ check: null });
    await post(c.id);
    await post(c.id, { sourceId: 'c2' });
    expect((await c.financeOfficer.post(at)).body).toMatchObject({ isWhole: true, entries: 2, penceOver: 0, brokenAt: null, differing: [], checkedBy: 'Test finance-officer' });
    await app.app.get(LedgerChecks, { strict: false }).checkAll();
    expect((await c.auditor.get(at)).body.check).toMatchObject({ isWhole: true, entries: 2, checkedBy: 'Fairshare' });
  });

  it('When somebody tampers past the triggers, then the check says which entry and which account', async () => {
    const c = await app.collaboration();
    await post(c.id);
    await app.sql(`alter table ledger_posting disable trigger never_changed`);
    await app.sql(`update ledger_posting set account = 'petty-cash' where collaboration_id = $1 and account = 'pool'`, [c.id]);
    await app.sql(`alter table ledger_posting enable trigger never_changed`);
    const { body } = await c.coordinator.post(`/api/collaborations/${c.id}/ledger/check`);
    expect(body).toMatchObject({ isWhole: false, brokenAt: 1, penceOver: 0 });
    expect(body.differing).toEqual(expect.arrayContaining(['entry 1 is not one that can be posted', 'petty-cash']));
  });
});

describe('closed periods', () => {
  it('When a period is closed, then a late posting counts on the first open day and keeps its service date', async () => {
    const c = await app.collaboration();
    const closed = await c.financeOfficer.post(`/api/collaborations/${c.id}/ledger/period-closes`, { throughOn: '2026-09-30' });
    expect(closed.status).toBe(201);
    await post(c.id);
    await post(c.id, { serviceOn: '2026-10-02', sourceId: 'c2' });
    const answer = await c.auditor.get(`/api/collaborations/${c.id}/ledger/entries`);
    expect(answer.body.items.map((e: { serviceOn: string; postedOn: string }) => [e.serviceOn, e.postedOn])).toEqual([['2026-10-02', '2026-10-02'], ['2026-09-10', '2026-10-01']]);
  });

  it('When somebody writes into a closed period directly, then the database refuses', async () => {
    const c = await app.collaboration();
    await c.financeOfficer.post(`/api/collaborations/${c.id}/ledger/period-closes`, { throughOn: '2026-09-30' });
    await expect(database.write(systemScope([c.id]), (tx) => insertBareEntry(tx, c.id, newId(), '2026-09-30'))).rejects.toThrow('is closed');
  });

  it('When a period is closed twice or before it is over, then it is refused in a sentence', async () => {
    const c = await app.collaboration();
    const at = `/api/collaborations/${c.id}/ledger/period-closes`;
    await c.financeOfficer.post(at, { throughOn: '2026-09-30' });
    expect(await c.financeOfficer.post(at, { throughOn: '2026-08-31' })).toMatchObject({ status: 409, body: { code: 'ledger.closed-already' } });
    expect(await c.financeOfficer.post(at, { throughOn: '2026-10-05' })).toMatchObject({ status: 422, body: { code: 'ledger.not-over-yet' } });
    expect(await c.financeOfficer.post(at, { throughOn: '2026-02-30' })).toMatchObject({ status: 422, body: { code: 'platform.not-valid' } });
    expect((await c.financeOfficer.get(at)).body.items).toHaveLength(1);
  });
});

describe('who may', () => {
  it('When a role without the books asks, then it is refused, and strangers find nothing', async () => {
    const c = await app.collaboration();
    const other = await app.collaboration();
    await post(c.id);
    for (const path of ['entries', 'balances', 'chain', 'period-closes']) {
      const at = `/api/collaborations/${c.id}/ledger/${path}`;
      for (const client of [c.financeOfficer, c.coordinator, c.auditor]) expect((await client.get(at)).status).toBe(200);
      for (const client of [c.businessManager, c.head, c.sister, c.schoolFinanceOfficer]) expect((await client.get(at)).status).toBe(403);
      expect((await other.financeOfficer.get(at)).status).toBe(404);
      expect((await app.anonymous().get(at)).status).toBe(401);
    }
    expect((await c.auditor.post(`/api/collaborations/${c.id}/ledger/period-closes`, { throughOn: '2026-09-30' })).status).toBe(403);
  });

  it('When balances are asked for, then each is derived for its account and school', async () => {
    const c = await app.collaboration();
    await post(c.id);
    await post(c.id, { sourceId: 'c2' });
    expect((await c.financeOfficer.get(`/api/collaborations/${c.id}/ledger/balances`)).body.items).toEqual([
      { account: 'pool', schoolUrn: null, pence: -20_000 },
      { account: 'shares-to-invoice', schoolUrn: '900001', pence: 14_000 },
      { account: 'shares-to-invoice', schoolUrn: '900002', pence: 6000 },
    ]);
    const found = await c.financeOfficer.get(`/api/collaborations/${c.id}/ledger/entries?schoolUrn=900002&account=shares-to-invoice&from=2026-09-01&to=2026-09-30`);
    expect(found.body.total).toBe(2);
  });
});

function insertBareEntry(tx: Parameters<Parameters<Database['write']>[1]>[0], collaborationId: string, entry: string, postedOn: string) {
  return sql(
    tx,
    `insert into ledger_entry (id, collaboration_id, kind, service_on, happened_on, posted_on, source_kind, source_id, description, recorded_at, recorded_by)
     values ($1, $2, 'charge', $3, $3, $3, 'charge', 'x', 'Bare', now(), 'Test')`,
    [entry, collaborationId, postedOn],
  );
}
