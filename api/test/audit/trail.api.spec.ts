import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;
/** A database of its own for what is broken on purpose. */
let broken: TestApp | undefined;
beforeAll(async () => {
  app = await startApp();
}, 60_000);

const trailOf = (c: TestCollaboration) => `/api/collaborations/${c.id}/trail`;
const service = (name: string) => ({ name, kind: 'counselling' });

/** Changes what is sealed, as only somebody with the owner's rights could. */
async function tamper(table: string, change: string, values: readonly unknown[]): Promise<void> {
  await app.sql(`alter table ${table} disable trigger user`);
  await app.sql(change, values);
  await app.sql(`alter table ${table} enable trigger user`);
}

describe('the trail', () => {
  it('When many write at once, then every line is sealed once, in one unbroken chain a collaboration', async () => {
    const [a, b] = [await app.collaboration({ schools: 1 }), await app.collaboration({ schools: 1 })];
    const made = await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 3 ? a : b).coordinator.post(`/api/collaborations/${(i % 3 ? a : b).id}/services`, service(`Service ${i}`))));
    expect(made.map((m) => m.status)).toEqual(Array.from({ length: 30 }, () => 201));
    const [chainA, chainB] = [await a.coordinator.get(`${trailOf(a)}/chain`), await b.coordinator.get(`${trailOf(b)}/chain`)];
    expect([chainA.body, chainB.body]).toMatchObject([{ lines: 20, whole: true, brokenAt: null }, { lines: 10, whole: true, brokenAt: null }]);
    const numbers = await app.sql<{ sequence: string }>('select sequence from trail_seal where chain = $1 order by sequence', [a.id]);
    expect(numbers.map((n) => Number(n.sequence))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await app.sql('select * from invariant_trail_chain_is_whole')).toEqual([]);
  });

  it('When a transaction fails, then it leaves neither a line nor a gap', async () => {
    const c = await app.collaboration({ schools: 1 });
    await c.coordinator.post(`/api/collaborations/${c.id}/services`, service('Once'));
    const again = await c.coordinator.post(`/api/collaborations/${c.id}/services`, { name: '', kind: 'counselling' });
    expect(again.status).toBe(422);
    await c.coordinator.post(`/api/collaborations/${c.id}/services`, service('Twice'));
    expect((await c.auditor.get(`${trailOf(c)}/chain`)).body).toMatchObject({ lines: 2, whole: true });
  });

  it.each([
    ['a line is changed', 'trail', `update trail set after = '{}' where id = (select trail_id from trail_seal where chain = $1 and sequence = 2)`, 2],
    ['a line is taken out', 'trail', 'delete from trail where id = (select trail_id from trail_seal where chain = $1 and sequence = 2)', 2],
    ['a seal is taken out', 'trail_seal', 'delete from trail_seal where chain = $1 and sequence = 2', 3],
    ['a seal is made to fit again', 'trail_seal', `update trail_seal set hash = repeat('0', 64) where chain = $1 and sequence = 2`, 2],
  ])('When %s behind the program’s back, then the chain says where, and the invariants too', async (_, table, change, brokenAt) => {
    broken ??= await startApp();
    const own = broken;
    const c = await own.collaboration({ schools: 1 });
    for (const name of ['One', 'Two', 'Three']) await c.coordinator.post(`/api/collaborations/${c.id}/services`, service(name));
    await own.sql(`alter table ${table} disable trigger user`);
    await own.sql(change, [c.id]);
    await own.sql(`alter table ${table} enable trigger user`);
    expect((await c.auditor.get(`${trailOf(c)}/chain`)).body).toMatchObject({ whole: false, brokenAt });
    expect((await own.sql<{ n: number }>(`select count(*)::int as n from invariant_broken where name = 'trail_chain_is_whole'`))[0]?.n).toBeGreaterThan(0);
    expect((await c.coordinator.get('/api/invariants')).body.broken).toBeGreaterThan(0);
  }, 60_000);

  it('When lines are cut off the end, then a hash that was noted before is not found any more', async () => {
    const c = await app.collaboration({ schools: 1 });
    for (const name of ['One', 'Two']) await c.coordinator.post(`/api/collaborations/${c.id}/services`, service(name));
    const { lastHash } = (await c.auditor.get(`${trailOf(c)}/chain`)).body;
    expect((await c.auditor.get(`${trailOf(c)}/chain?knownHash=${lastHash}`)).body.knownHashFound).toBe(true);
    await tamper('trail', 'delete from trail where id = (select trail_id from trail_seal where chain = $1 and sequence = 2)', [c.id]);
    await tamper('trail_seal', 'delete from trail_seal where chain = $1 and sequence = 2', [c.id]);
    expect((await c.auditor.get(`${trailOf(c)}/chain?knownHash=${lastHash}`)).body).toMatchObject({ lines: 1, whole: true, knownHashFound: false });
  });

  it('When somebody would change or delete a line or a seal, then the database refuses', async () => {
    const c = await app.collaboration({ schools: 1 });
    await c.coordinator.post(`/api/collaborations/${c.id}/services`, service('Kept'));
    for (const statement of ['update trail set action = action', 'delete from trail', 'update trail_seal set hash = hash', 'delete from trail_seal', 'truncate trail_seal']) {
      await expect(app.sql(statement)).rejects.toMatchObject({ code: 'P0F01' });
    }
  });

  it('When it is filtered, then only those lines come, newest first', async () => {
    const c = await app.collaboration({ schools: 2 });
    app.clock.set('2026-11-02T09:00:00Z');
    await c.coordinator.post(`/api/collaborations/${c.id}/services`, service('Monday'));
    app.clock.set('2026-11-03T23:30:00Z');
    const { body: tuesday } = await c.coordinator.post(`/api/collaborations/${c.id}/services`, service('Tuesday'));
    await c.businessManager.post(`/api/collaborations/${c.id}/school-year/lines`, { target: { level: 'school', urn: c.urns[0] }, kind: 'inset', name: 'Staff training', from: '2026-11-30', to: '2026-11-30' });
    const lines = async (query: string) => (await c.auditor.get(`${trailOf(c)}?${query}`)).body.items.map((i: { action: string; sequence: number }) => i.sequence);
    expect(await lines('')).toEqual([3, 2, 1]);
    expect(await lines('action=procurement.')).toEqual([2, 1]);
    expect(await lines(`subjectId=${tuesday.id}`)).toEqual([2]);
    expect(await lines(`userId=${c.businessManager.userId}`)).toEqual([3]);
    expect(await lines('from=2026-11-03&to=2026-11-03')).toEqual([3, 2]);
    expect(await lines('to=2026-11-02')).toEqual([1]);
    expect(await lines('kind=reading')).toEqual([]);
  });
});

describe('exports of the trail', () => {
  it('When it is exported, then no cell can run as a formula, and the export stands on the trail as a reading', async () => {
    const c = await app.collaboration({ schools: 1 });
    await app.sql('insert into trail (id, collaboration_id, user_name, action, subject_kind, subject_id, happened_at) values (gen_random_uuid(), $1, $2, $3, $4, $5, now())', [c.id, '=HYPERLINK("http://evil")', '@SUM(1)', '+x', '-1']);
    const csv = await c.auditor.get(`${trailOf(c)}.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(csv.text).toContain(`,'@SUM(1),'+x,'-1,`);
    const json = await c.auditor.get(`${trailOf(c)}.json?kind=change`);
    expect(json.body.lines).toHaveLength(1);
    expect(json.body.lastHash).toBe((await c.auditor.get(`${trailOf(c)}/chain`)).body.lastHash);
    const { body } = await c.auditor.get(`${trailOf(c)}?kind=reading`);
    expect(body.items.map((i: { action: string; after: unknown }) => [i.action, i.after])).toEqual([
      ['audit.trail-exported', { format: 'json', lines: 1, kind: 'change' }],
      ['audit.trail-exported', { format: 'csv', lines: 1 }],
    ]);
  });

  it('When the administrator looks above the collaborations, then sign-ins are there and nothing of a collaboration is', async () => {
    const c = await app.collaboration({ schools: 1 });
    await c.coordinator.post(`/api/collaborations/${c.id}/services`, service('Theirs'));
    const admin = await app.person('administrator');
    const { email } = (await c.coordinator.get('/api/session')).body.user;
    await app.anonymous().signIn(email, 'a sentence nobody would guess');
    const { body } = await admin.get('/api/trail?action=identity.signed-in');
    expect(body.items[0]).toMatchObject({ action: 'identity.signed-in', userId: c.coordinator.userId });
    expect((await admin.get('/api/trail?action=procurement.')).body.total).toBe(0);
    expect((await admin.get('/api/trail/chain')).body.whole).toBe(true);
    expect((await admin.get('/api/trail.csv')).status).toBe(200);
    expect((await c.coordinator.get('/api/trail')).status).toBe(403);
  });
});
