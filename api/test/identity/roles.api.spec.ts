import { beforeAll, describe, expect, it } from '@jest/globals';
import { benchOf, morning } from '../bookings/arrange.js';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type Client, type TestApp } from '../harness.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  app.clock.set(morning);
}, 60_000);

const emailOf = async (who: Client) => (await who.get('/api/session')).body.user.email as string;

/** The same browser, acting for somebody. */
async function actingFor(who: Client, userId: string | null): Promise<{ status: number; as: (method: string, path: string, body?: unknown) => ReturnType<Client['send']> }> {
  const { status, headers } = await who.put('/api/account/acting-for', { userId });
  const cookie = headers.getSetCookie().map((line) => line.split(';')[0]).find((line) => line?.startsWith('fairshare_acting_for='));
  return { status, as: (method, path, body) => who.send(method, path, body, { cookie: `${who.cookie}; ${cookie}` }) };
}

describe('a delegate', () => {
  it('When somebody is away, then the delegate acts with their roles, and the trail names both', async () => {
    const { c, path, body } = await benchOf(app);
    const delegate = c.sister;
    const wanted = { email: await emailOf(delegate), from: '2026-09-14', until: '2026-09-18' };
    const given = await c.businessManager.post('/api/account/delegations', wanted);
    expect([given.status, given.body.given[0]]).toMatchObject([201, { userId: delegate.userId, name: 'Test business-manager', now: true }]);
    const before = await delegate.post(path, body('2026-10-20T09:00', '2026-10-20T10:00'));
    expect(before.body.code).toBe('bookings.not-your-school');
    const { as } = await actingFor(delegate, c.businessManager.userId as string);
    expect((await as('GET', '/api/session')).body.actingFor.userId).toBe(c.businessManager.userId);
    const booked = await as('POST', path, body('2026-10-20T09:00', '2026-10-20T10:00'));
    expect([booked.status, booked.body.requestedBy]).toEqual([201, 'Test business-manager for Test business-manager']);
    const trail = await c.auditor.get(`/api/collaborations/${c.id}/trail?action=bookings.confirmed`);
    expect(trail.body.items[0]).toMatchObject({ userId: delegate.userId, userName: 'Test business-manager', onBehalfName: 'Test business-manager' });
    const [line] = await app.sql<{ on_behalf_of: string }>(`select on_behalf_of from trail where action = 'bookings.confirmed' and collaboration_id = $1`, [c.id]);
    expect(line?.on_behalf_of).toBe(c.businessManager.userId);
    expect((await c.auditor.get(`/api/collaborations/${c.id}/trail/chain`)).body.whole).toBe(true);
  });

  it('When the days are over, or it is taken back, then the delegate is only themselves again', async () => {
    const { c } = await benchOf(app);
    const { body } = await c.head.post('/api/account/delegations', { email: await emailOf(c.sister), from: '2026-09-14', until: '2026-09-15' });
    const { as } = await actingFor(c.sister, c.head.userId as string);
    const roles = async () => (await as('GET', '/api/session')).body.grants.map((g: { role: string }) => g.role);
    expect(await roles()).toEqual(['head']);
    const days = (from: string, until: string) => app.sql('update delegation set from_on = $2, until_on = $3 where id = $1', [body.given[0].id, from, until]);
    for (const [from, until] of [['2026-09-07', '2026-09-13'], ['2026-09-15', '2026-09-20']] as const) {
      await days(from, until);
      expect(await roles()).toEqual(['business-manager']);
    }
    await days('2026-09-14', '2026-09-14');
    expect(await roles()).toEqual(['head']);
    expect((await c.auditor.delete(`/api/account/delegations/${body.given[0].id}`)).status).toBe(404);
    expect((await c.head.delete(`/api/account/delegations/${body.given[0].id}`)).status).toBe(204);
    expect(await roles()).toEqual(['business-manager']);
    expect((await actingFor(c.sister, c.head.userId as string)).status).toBe(404);
  });

  it('When it makes no sense or reaches further, then it is refused', async () => {
    const { c } = await benchOf(app);
    const stranger = await app.collaboration({ schools: 1 });
    const give = async (who: Client, email: string, more = {}) => (await who.post('/api/account/delegations', { email, from: '2026-09-14', until: '2026-09-15', ...more })).body.code;
    expect(await give(c.head, await emailOf(stranger.head))).toBe('identity.no-such-colleague');
    expect(await give(c.head, 'nobody@test.example')).toBe('identity.no-such-colleague');
    expect(await give(c.head, await emailOf(c.head))).toBe('identity.no-such-colleague');
    expect(await give(c.head, await emailOf(c.sister), { until: '2026-09-13' })).toBe('identity.delegation-over');
    expect((await actingFor(c.sister, c.coordinator.userId as string)).status).toBe(404);
    await c.head.post('/api/account/delegations', { email: await emailOf(c.sister), from: '2026-09-14', until: '2026-09-15' });
    const { as } = await actingFor(c.sister, c.head.userId as string);
    expect((await as('POST', '/api/account/delegations', { email: await emailOf(c.coordinator), from: '2026-09-14', until: '2026-09-15' })).body.code).toBe('identity.not-for-others');
  });

  it('When the price is above the limit, then a delegate of who asked cannot approve it either', async () => {
    const { c, path, body } = await benchOf(app, { needsApproval: true, payAsYouGo: true });
    await app.sql('update collaboration set approval_limit_pence = 100 where id = $1', [c.id]);
    const asked = await c.coordinator.post(path, body('2026-10-20T09:00', '2026-10-20T10:00'));
    expect(asked.body.state).toBe('requested');
    const own = await c.coordinator.post(`${path}/${asked.body.id}/approve`);
    expect(own.body.code).toBe('bookings.own-request');
    await c.coordinator.post('/api/account/delegations', { email: await emailOf(c.sister), from: '2026-09-14', until: '2026-09-15' });
    const { as } = await actingFor(c.sister, c.coordinator.userId as string);
    expect((await as('POST', `${path}/${asked.body.id}/approve`)).body.code).toBe('bookings.own-request');
    expect((await c.head.post(`${path}/${asked.body.id}/approve`)).status).toBe(200);
  });
});

describe('wider roles', () => {
  it('When somebody has a role at a trust, then they act for its academies and for no other school', async () => {
    const { c, path, body } = await benchOf(app);
    const trustCode = `T${newId().slice(-8)}`;
    await app.sql('update school set trust_code = $1 where urn = any ($2)', [trustCode, [c.urns[1], c.urns[2]]]);
    const widen = (role: object, who = c.coordinator) => who.post(`/api/collaborations/${c.id}/people/${c.sister.userId}/roles`, role);
    expect((await widen({ role: 'business-manager', trustCode: 'none' })).body.code).toBe('identity.no-such-trust');
    expect((await widen({ role: 'business-manager', trustCode }, c.head)).status).toBe(403);
    expect((await widen({ role: 'business-manager', trustCode })).status).toBe(204);
    expect((await widen({ role: 'business-manager', trustCode })).body.code).toBe('identity.already-has-role');
    const at = (urn: string | undefined, hour: string) => c.sister.post(path, body(`2026-10-20T${hour}:00`, `2026-10-20T${hour}:30`, { schoolUrns: [urn] }));
    expect((await at(c.urns[2], '11')).status).toBe(201);
    expect((await at(c.urns[0], '13')).body.code).toBe('bookings.not-your-school');
    const { body: people } = await c.coordinator.get(`/api/collaborations/${c.id}/people?size=200`);
    expect(people.items.find((p: { userId: string }) => p.userId === c.sister.userId).grants).toContainEqual(expect.objectContaining({ role: 'business-manager', trustCode }));
  });

  it('When somebody is a supplier’s, then they read that supplier’s bills and no others', async () => {
    const { c } = await benchOf(app);
    const at = `/api/collaborations/${c.id}`;
    const [one, two] = (await c.coordinator.get(`${at}/suppliers`)).body.items as { id: string }[];
    for (const [i, supplier] of [one, two].entries()) {
      await c.financeOfficer.post(`${at}/supplier-bills`, { supplierId: supplier?.id, number: `B-${i}`, billedOn: '2026-09-10', lines: [{ description: 'Sessions', pence: 4000 }] });
    }
    const supplier = await app.person('supplier', { collaborationId: c.id });
    expect((await supplier.get(`${at}/supplier-bills`)).body.total).toBe(0);
    expect((await c.coordinator.post(`${at}/people/${supplier.userId}/roles`, { role: 'supplier', supplierId: one?.id })).status).toBe(204);
    const { body } = await supplier.get(`${at}/supplier-bills`);
    expect([body.total, body.items.map((b: { number: string }) => b.number)]).toEqual([1, ['B-0']]);
    expect((await c.coordinator.post(`${at}/people/${supplier.userId}/roles`, { role: 'supplier', supplierId: newId() })).status).toBe(404);
    expect((await c.financeOfficer.get(`${at}/supplier-bills`)).body.total).toBe(2);
  });

  it('When somebody new comes for a supplier, a specialist or a trust, then they are invited with that role at once', async () => {
    const { c } = await benchOf(app);
    const at = `/api/collaborations/${c.id}/people`;
    const trustCode = `T${newId().slice(-8)}`;
    await app.sql('update school set trust_code = $1 where urn = $2', [trustCode, c.urns[1]]);
    const { body: places } = await c.auditor.get(`${at}/places`);
    expect([places.trusts, places.suppliers.length, places.specialists.length > 0]).toEqual([[{ code: trustCode, name: expect.any(String), academies: 1 }], 2, true]);
    const add = (role: object) => c.coordinator.post(at, { name: 'Nell Frost', email: `nell-${newId()}@test.example`, ...role });
    const supplierId = places.suppliers[0].id as string;
    const roles = [{ role: 'supplier', supplierId }, { role: 'specialist', specialistId: places.specialists[0].id }, { role: 'head', trustCode }];
    for (const role of roles) {
      const { status, body } = await add(role);
      expect([status, body.person.grants, body.person.secondFactor]).toEqual([201, [expect.objectContaining(role)], false]);
    }
    for (const role of [{ role: 'supplier' }, { role: 'coordinator', trustCode }, { role: 'head', supplierId }, { role: 'head', trustCode, schoolUrn: c.urns[0] }]) {
      expect([role, (await add(role)).status]).toEqual([role, 422]);
    }
    expect((await add({ role: 'supplier', supplierId: newId() })).status).toBe(404);
  });

  it('When a school asks for a second factor, then people of its trust set one up too', async () => {
    const { c } = await benchOf(app);
    const trustCode = `T${newId().slice(-8)}`;
    await app.sql('update school set trust_code = $1 where urn = $2', [trustCode, c.urns[2]]);
    await c.coordinator.post(`/api/collaborations/${c.id}/people/${c.sister.userId}/roles`, { role: 'head', trustCode });
    await c.coordinator.put(`/api/collaborations/${c.id}/second-factor`, { everybody: false, schoolUrns: [c.urns[2]] });
    expect((await c.sister.get(`/api/collaborations/${c.id}/members`)).body.code).toBe('identity.second-factor-needed');
    expect((await c.businessManager.get(`/api/collaborations/${c.id}/members`)).status).toBe(200);
  });
});
