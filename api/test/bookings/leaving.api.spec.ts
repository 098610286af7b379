import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, closeSchool, morning } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

beforeEach(() => app.clock.set(morning));

async function joint(more: object = {}, unit: 'session' | 'hour' = 'session') {
  const bench = await benchOf(app, { unit, entitlementMilliunits: 1000 });
  const { c } = bench;
  const [host, guest, other] = c.urns as [string, string, string];
  const made = await c.coordinator.post(bench.path, bench.body('2026-10-06T09:00', '2026-10-06T10:00', { schoolUrns: [host, guest, other], ...more }));
  expect(made.status).toBe(201);
  const manager = await app.person('business-manager', { collaborationId: c.id, schoolUrn: guest });
  return { ...bench, host, guest, other, manager, at: `${bench.path}/${made.body.id}` };
}

describe('a school leaves a joint session', () => {
  it('When it does so in time, then its units come back, the session stands for the others and the history says who left', async () => {
    const { c, manager, at, guest, host, other, agreementId } = await joint();
    expect((await manager.get(at)).body.actions).toEqual(['leave']);
    expect((await c.businessManager.get(at)).body.actions).toEqual([]);
    const left = await manager.post(`${at}/leave`, { reason: 'Nobody needs it' });
    expect(left).toMatchObject({ status: 200, body: { state: 'confirmed', sequence: 1, schools: [{ urn: host }, { urn: other }], actions: [] } });
    const seen = (await c.coordinator.get(at)).body;
    expect(seen.taken.map((one: { urn: string }) => one.urn).sort()).toEqual([host, other].sort());
    expect(seen.history.at(-1)).toMatchObject({ action: 'bookings.school-left', before: { schoolUrns: [host, guest, other] }, after: { schoolUrns: [host, other], reason: 'Nobody needs it' } });
    const { body } = await c.coordinator.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`);
    expect(Object.fromEntries(body.items.map((one: { schoolUrn: string; leftMilliunits: number }) => [one.schoolUrn, one.leftMilliunits]))).toEqual({ [host]: 500, [guest]: 1000, [other]: 500 });
    expect(await manager.post(`${at}/leave`)).toMatchObject({ status: 403, body: { code: 'bookings.not-your-school' } });
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When those who stay have too few units for the whole, then nobody leaves', async () => {
    const { c, manager, at, host, path, body } = await joint({}, 'hour');
    expect((await c.coordinator.post(path, body('2026-10-07T09:00', '2026-10-07T09:36'))).status).toBe(201);
    expect(await manager.post(`${at}/leave`)).toMatchObject({ status: 409, body: { code: 'availability.no-entitlement', facts: { schoolUrn: host, neededMilliunits: 500 } } });
    expect((await manager.get(at)).body).toMatchObject({ sequence: 0, actions: ['leave'] });
  });

  it('When the host, a stranger or the last one would leave, or it is late, then nothing changes and it says why', async () => {
    const { c, manager, at, guest, host, other } = await joint();
    expect(await c.businessManager.post(`${at}/leave`)).toMatchObject({ status: 409, body: { code: 'bookings.host-stays', facts: { schoolUrn: host } } });
    expect(await manager.post(`${at}/leave`, { schoolUrn: other })).toMatchObject({ status: 403, body: { code: 'bookings.not-your-school' } });
    app.clock.set('2026-10-05T07:00:00Z');
    const later = await app.person('business-manager', { collaborationId: c.id, schoolUrn: guest });
    expect(await later.post(`${at}/leave`)).toMatchObject({ status: 409, body: { code: 'bookings.too-late-to-leave', facts: { schoolUrn: guest, workingDays: 1, chargeBasisPoints: 5000 } } });
    app.clock.set('2026-10-06T09:00:00Z');
    const after = await app.person('business-manager', { collaborationId: c.id, schoolUrn: guest });
    expect((await after.post(`${at}/leave`)).body.code).toBe('bookings.already-begun');
    expect((await after.get(at)).body).toMatchObject({ sequence: 0, actions: [], schools: [{ urn: host }, { urn: guest }, { urn: other }] });
    app.clock.set(morning);
    for (const schoolUrn of [guest, other]) expect((await c.coordinator.post(`${at}/leave`, { schoolUrn })).status).toBe(200);
    expect((await c.coordinator.post(`${at}/leave`, { schoolUrn: host })).body.code).toBe('bookings.last-school');
    expect((await c.coordinator.post(`${at}/leave`, { schoolUrn: guest })).body.code).toBe('bookings.school-not-part');
  });

  it('When two leave and another cancels at the same moment, then each finds what the others left and every unit is where it belongs', async () => {
    const { c, at, guest, other } = await joint({ place: { remote: true } });
    const answers = await Promise.all([
      ...[guest, other, guest, other].map((schoolUrn) => c.coordinator.post(`${at}/leave`, { schoolUrn })), c.coordinator.post(`${at}/cancel`, { reason: 'Snow', common: true }),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect((await c.coordinator.get(at)).body).toMatchObject({ state: 'cancelled', taken: [] });
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When the school that leaves is the one that is closed, then the session needs no re-planning any more', async () => {
    const { c, manager, at, guest } = await joint();
    await closeSchool(app, c.id, guest, 'inset', '2026-10-06');
    await c.coordinator.post(`/api/collaborations/${c.id}/replanning`, { from: '2026-10-06', to: '2026-10-06' });
    expect((await c.coordinator.get(at)).body).toMatchObject({ state: 'needs-replanning' });
    expect((await manager.post(`${at}/leave`)).body).toMatchObject({ state: 'confirmed', replanReason: null });
  });
});
