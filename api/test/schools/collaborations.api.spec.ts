import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;
let administrator: Client;
let cluster: TestCollaboration;
let other: TestCollaboration;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
  administrator = await app.person('administrator');
  cluster = await app.collaboration({ schools: 3 });
  other = await app.collaboration({ schools: 2 });
}, 60_000);

const everybody = (c: TestCollaboration) => [c.coordinator, c.businessManager, c.head, c.schoolFinanceOfficer, c.financeOfficer, c.auditor, c.sister];
const address = (c: TestCollaboration) => `/api/collaborations/${c.id}`;

describe('searching the register', () => {
  beforeAll(async () => {
    await app.sql(`insert into school (urn, name, status, postcode, town) values
      ('125610', 'Milverton Primary School', 'open', 'CV32 6RD', 'Leamington Spa'), ('125611', 'Milverton House School', 'closed', 'CV32 6AA', null),
      ('700000', 'Great Milverton Academy', 'open', 'B1 1AA', null), ('700001', '100% School_', 'open', null, null)`);
  });

  it.each([
    ['125610', '125610'],
    ['12561', '125610'],
    ['milverton prim', '125610'],
    ['Milvertin Primary', '125610'],
    ['cv326rd', '125610'],
    ['CV32 6', '125610'],
    ['100%', '700001'],
  ])('When %s is looked for, then %s comes first', async (query, urn) => {
    const { status, body } = await cluster.businessManager.get(`/api/schools?query=${encodeURIComponent(query)}`);
    expect(status).toBe(200);
    expect(body.items[0]).toMatchObject({ urn });
    expect(body).toMatchObject({ page: 1, size: 50 });
  });

  it('When a name is looked for, then open schools come before closed ones, and the list says how many there are', async () => {
    const { body } = await administrator.get('/api/schools?query=milverton&size=2');
    expect(body.items.map((school: { urn: string }) => school.urn)).toEqual(['125610', '700000']);
    expect(body.total).toBe(3);
    expect((await administrator.get('/api/schools?query=milverton&size=2&page=2')).body.items[0].urn).toBe('125611');
  });

  it('When nothing is like it, or nobody is signed in, then it says so', async () => {
    expect((await administrator.get('/api/schools?query=zzzzzz')).body).toEqual({ items: [], total: 0, page: 1, size: 50 });
    expect((await administrator.get(`/api/schools?query=${'x'.repeat(101)}`)).status).toBe(422);
    expect((await administrator.get('/api/schools/999999')).status).toBe(404);
    expect((await administrator.get('/api/schools/12')).status).toBe(422);
    expect((await app.anonymous().get('/api/schools')).status).toBe(401);
  });
});

describe('reading collaborations', () => {
  it('When somebody lists collaborations, then they see their own; an administrator sees all', async () => {
    for (const client of everybody(cluster)) {
      const { body } = await client.get('/api/collaborations');
      expect(body.items.map((c: { id: string }) => c.id)).toEqual([cluster.id]);
    }
    expect((await administrator.get('/api/collaborations')).body.items.map((c: { id: string }) => c.id)).toEqual(expect.arrayContaining([cluster.id, other.id]));
    expect((await app.anonymous().get('/api/collaborations')).status).toBe(401);
  });

  it('When a collaboration is foreign or missing, then both look the same', async () => {
    for (const path of ['', '/members', '/school-year?from=2026-09-01&to=2026-09-30', '/school-year/lines?from=2026-09-01&to=2026-09-30']) {
      const foreign = await cluster.coordinator.get(address(other) + path);
      const missing = await cluster.coordinator.get(`/api/collaborations/0198c7a0-0000-7000-8000-000000000000${path}`);
      expect([foreign.status, foreign.body.code]).toEqual([404, 'platform.not-found']);
      expect({ ...missing.body, traceId: 0 }).toEqual({ ...foreign.body, traceId: 0 });
    }
  });

  it('When everybody inside reads it, then they see its members with dated pupil numbers', async () => {
    for (const client of everybody(cluster)) {
      expect((await client.get(address(cluster))).body).toMatchObject({ id: cluster.id, nation: 'england', leadSchoolUrn: cluster.urns[0], memberCount: 3 });
      const { body } = await client.get(`${address(cluster)}/members`);
      expect(body.items[0]).toMatchObject({ urn: cluster.urns[0], isLead: true, isMember: true, from: '2020-09-01', until: null, pupils: { number: 100, censusOn: '2025-10-02' }, pupilPremium: { number: 10 } });
      expect(body.total).toBe(3);
    }
  });
});

describe('making and changing a collaboration', () => {
  it('When an administrator makes one, then its lead school is the first member from today', async () => {
    const [lead] = await app.schools(1);
    const made = await administrator.post('/api/collaborations', { name: ' West Dorset ', nation: 'wales', leadSchoolUrn: lead });
    expect(made).toMatchObject({ status: 201, body: { name: 'West Dorset', nation: 'wales', leadSchoolUrn: lead, memberCount: 1, approvalLimitPence: 500_000 } });
    expect((await administrator.get(`/api/collaborations/${made.body.id}/members`)).body.items).toMatchObject([{ urn: lead, from: '2026-11-23', isLead: true, mayBeTakenBack: true }]);
    const person = await administrator.post(`/api/collaborations/${made.body.id}/people`, { name: 'Carol', email: `carol-${lead}@test.example`, role: 'coordinator' });
    expect(person).toMatchObject({ status: 201, body: { invitation: { link: expect.any(String) } } });
  });

  it('When the same request is sent again with its key, then one collaboration is made', async () => {
    const headers = { 'idempotency-key': 'make-once' };
    const [first, second] = await Promise.all([1, 2].map(() => administrator.post('/api/collaborations', { name: 'Once' }, headers)));
    expect(first?.body.id).toBe(second?.body.id);
    expect(await administrator.post('/api/collaborations', { name: 'Twice' }, headers)).toMatchObject({ status: 422, body: { code: 'idempotency.body-differs' } });
  });

  it('When anybody else makes one, or what is sent is wrong, then it is refused', async () => {
    for (const client of everybody(cluster)) expect((await client.post('/api/collaborations', { name: 'Mine' })).status).toBe(403);
    for (const body of [{}, { name: '' }, { name: 'A', nation: 'france' }, { name: 'A', colour: 'red' }, { name: 'A', leadSchoolUrn: '1' }]) {
      expect(await administrator.post('/api/collaborations', body)).toMatchObject({ status: 422, body: { code: 'platform.not-valid' } });
    }
    expect(await administrator.post('/api/collaborations', { name: 'A', leadSchoolUrn: '999999' })).toMatchObject({ status: 422, body: { code: 'schools.no-such-school' } });
  });

  it('When the coordinator renames it and changes the lead school, then it is stored and in the trail', async () => {
    const wanted = { name: 'Renamed Cluster', leadSchoolUrn: cluster.urns[1], approvalLimitPence: 50_000 };
    expect(await cluster.coordinator.put(address(cluster), wanted)).toMatchObject({ status: 200, body: wanted });
    const { body } = await cluster.coordinator.get(`${address(cluster)}/trail?action=schools.collaboration-changed`);
    expect(body.items[0]).toMatchObject({ before: { name: cluster.name }, after: wanted });
    await cluster.coordinator.put(address(cluster), { name: cluster.name, leadSchoolUrn: cluster.urns[0], approvalLimitPence: 50_000 });
  });

  it('When the lead school is no member, or somebody else changes it, then it is refused', async () => {
    const wanted = { name: 'X', leadSchoolUrn: other.urns[0], approvalLimitPence: null };
    expect(await cluster.coordinator.put(address(cluster), wanted)).toMatchObject({ status: 422, body: { code: 'schools.lead-school-not-member' } });
    for (const client of everybody(cluster).slice(1)) expect((await client.put(address(cluster), wanted)).status).toBe(403);
    expect((await other.coordinator.put(address(cluster), wanted)).status).toBe(404);
  });
});

describe('memberships', () => {
  const members = () => `${address(cluster)}/members`;

  it('When a school joins from a date and leaves on another, then it is a member between them, and may come back', async () => {
    const [urn] = await app.schools(1);
    const joined = await cluster.coordinator.post(members(), { urn, from: '2026-09-01' });
    expect(joined).toMatchObject({ status: 201, body: { urn, from: '2026-09-01', until: null, isMember: true } });
    expect(await cluster.coordinator.put(`${members()}/${joined.body.id}`, { from: '2026-09-01', until: '2026-12-31' })).toMatchObject({ status: 200, body: { until: '2026-12-31' } });
    const on = async (date: string) => (await cluster.head.get(`${members()}?on=${date}`)).body.items.some((member: { urn: string }) => member.urn === urn);
    expect([await on('2026-08-31'), await on('2026-09-01'), await on('2026-12-31'), await on('2027-01-01')]).toEqual([false, true, true, false]);
    expect((await cluster.coordinator.post(members(), { urn, from: '2026-12-31' })).body).toMatchObject({ code: 'schools.already-member', facts: { from: '2026-09-01', until: '2026-12-31' } });
    expect((await cluster.coordinator.post(members(), { urn, from: '2027-09-01', until: '2028-08-31' })).status).toBe(201);
  });

  it('When a slip is taken back on the same day, then it is gone; later it has history', async () => {
    const [urn] = await app.schools(1);
    const { body } = await cluster.coordinator.post(members(), { urn, from: '2026-11-23' });
    expect((await cluster.coordinator.delete(`${members()}/${body.id}`)).status).toBe(204);
    expect((await cluster.coordinator.delete(`${members()}/${body.id}`)).status).toBe(404);
    const [old] = await app.sql<{ id: string }>(`update membership set recorded_at = '2026-11-01' where collaboration_id = $1 and urn = $2 returning id`, [cluster.id, cluster.urns[2]]);
    expect((await cluster.coordinator.delete(`${members()}/${old?.id}`)).body.code).toBe('schools.membership-has-history');
  });

  it('When the lead school is taken back, then the money would have no holder and it is refused', async () => {
    const fresh = await app.collaboration({ schools: 1 });
    const [membership] = await app.sql<{ id: string }>(`update membership set recorded_at = '2026-11-23T08:00Z' where collaboration_id = $1 returning id`, [fresh.id]);
    expect((await fresh.coordinator.delete(`${address(fresh)}/members/${membership?.id}`)).body.code).toBe('schools.lead-school-not-member');
  });

  it('When what is sent is wrong, then it is refused and nothing changes', async () => {
    const [urn] = await app.schools(1);
    const refused: [unknown, number, string][] = [
      [{ urn, from: '2026-09-02', until: '2026-09-01' }, 422, 'schools.ends-before-start'],
      [{ urn: '999999', from: '2026-09-01' }, 422, 'schools.no-such-school'],
      [{ urn: cluster.urns[0], from: '2026-09-01' }, 409, 'schools.already-member'],
      [{ urn, from: '2026-02-30' }, 422, 'platform.not-valid'],
      [{ urn: 'x', from: '2026-09-01' }, 422, 'platform.not-valid'],
      [{ urn, from: '2026-09-01', role: 'x' }, 422, 'platform.not-valid'],
    ];
    const before = await app.sql('select count(*) from membership');
    for (const [body, status, code] of refused) expect(await cluster.coordinator.post(members(), body)).toMatchObject({ status, body: { code } });
    await app.sql(`update school set status = 'closed', closed_on = '2025-08-31', successor_urn = $2 where urn = $1`, [urn, cluster.urns[0]]);
    expect((await cluster.coordinator.post(members(), { urn, from: '2026-09-01' })).body).toMatchObject({ code: 'schools.school-closed', detail: expect.stringContaining(cluster.urns[0] as string) });
    expect(await app.sql('select count(*) from membership')).toEqual(before);
  });

  it('When somebody without the role, or of another collaboration, changes members, then it is refused', async () => {
    const [urn] = await app.schools(1);
    const [mine] = await app.sql<{ id: string }>('select id from membership where collaboration_id = $1 limit 1', [cluster.id]);
    for (const client of everybody(cluster).slice(1)) {
      expect((await client.post(members(), { urn, from: '2026-09-01' })).status).toBe(403);
      expect((await client.put(`${members()}/${mine?.id}`, { from: '2026-09-01', until: null })).status).toBe(403);
      expect((await client.delete(`${members()}/${mine?.id}`)).status).toBe(403);
    }
    expect((await other.coordinator.put(`${members()}/${mine?.id}`, { from: '2026-09-01', until: null })).status).toBe(404);
    expect((await other.coordinator.put(`${address(other)}/members/${mine?.id}`, { from: '2026-09-01', until: null })).status).toBe(404);
    expect((await administrator.post(members(), { urn, from: '2026-09-01' })).status).toBe(201);
  });

  it('When ten people add the same school at once, then one is taken', async () => {
    const [urn] = await app.schools(1);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => cluster.coordinator.post(members(), { urn, from: `2026-09-${10 + i}` })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  it('When the program itself were wrong, then the database would still refuse an overlap, a foreign row and a renumbered school', async () => {
    const insert = (from: string, until: string | null) =>
      app.sql('insert into membership (id, collaboration_id, urn, from_on, until_on) values (gen_random_uuid(), $1, $2, $3, $4)', [cluster.id, cluster.urns[0], from, until]);
    await expect(insert('2030-01-01', null)).rejects.toThrow('membership_never_overlaps');
    await expect(insert('2019-01-01', '2020-09-01')).rejects.toThrow('membership_never_overlaps');
    await expect(insert('2019-02-01', '2019-01-01')).rejects.toThrow();
    await expect(app.sql(`insert into pupil_number (urn, measure, census_on, thousandths) values ('999998', 'pupils', '2025-01-16', 1)`)).rejects.toThrow('not on the register');
    await expect(app.sql('delete from school where urn = $1', [cluster.urns[0]])).rejects.toThrow();
    await expect(app.sql(`update school set urn = '999997' where urn = $1`, [cluster.urns[0]])).rejects.toThrow();
  });
});
