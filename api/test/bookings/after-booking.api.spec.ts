import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type TestApp } from '../harness.js';
import { benchOf, morning, type Bench } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

beforeEach(() => app.clock.set(morning));

const year = { from: '2026-09-01', to: '2027-08-31' };
const accounts = async ({ c, agreementId }: Bench) => (await c.coordinator.get(`/api/collaborations/${c.id}/entitlements?agreementId=${agreementId}`)).body.items as { schoolUrn: string; from: string; leftMilliunits: number }[];
const leftOf = async (bench: Bench, urn: string | undefined) => (await accounts(bench)).filter((one) => one.schoolUrn === urn).reduce((sum, one) => sum + one.leftMilliunits, 0);
const loanOf = ({ agreementId }: Bench, fromUrn: string | undefined, toUrn: string | undefined, milliunits: number) => ({ agreementId, fromUrn, toUrn, ...year, milliunits });

describe('what a school bought', () => {
  const subscriptionOf = async ({ c, agreementId }: Bench, urn: string | undefined) => {
    const at = `/api/collaborations/${c.id}/agreements/${agreementId}/subscriptions`;
    const { items } = (await c.coordinator.get(at)).body as { items: { id: string; urn: string; from: string }[] };
    const own = items.find((one) => one.urn === urn);
    return (change: object) => c.coordinator.put(`${at}/${own?.id}`, { from: own?.from, ...change });
  };

  it('When its last day moves, then what was used stays used, and a unit is sold once', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 1000 });
    const { c, path, body } = bench;
    expect((await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'))).status).toBe(201);
    const change = await subscriptionOf(bench, c.urns[0]);
    for (const until of ['2026-12-18', '2026-12-31']) {
      expect((await change({ until, entitlementMilliunits: 1000 })).status).toBe(200);
      expect((await c.businessManager.post(path, body('2026-09-22T09:00', '2026-09-22T10:00'))).body.code).toBe('availability.no-entitlement');
      expect((await accounts(bench)).filter(({ schoolUrn }) => schoolUrn === c.urns[0])).toMatchObject([{ leftMilliunits: 0, to: until }]);
    }
  });

  it('When fewer units are agreed than sessions hold, then it is refused, whoever comes first', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 2000 });
    const { c, path, body } = bench;
    await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'));
    const change = await subscriptionOf(bench, c.urns[0]);
    expect(await change({ entitlementMilliunits: 999 })).toMatchObject({ status: 409, body: { code: 'bookings.units-in-use', facts: { missingMilliunits: 1 } } });
    expect((await change({ entitlementMilliunits: 3000 })).status).toBe(200);
    const [less, more] = await Promise.all([
      change({ entitlementMilliunits: 1000 }),
      ...['22', '23', '24', '25'].map((day) => c.businessManager.post(path, body(`2026-09-${day}T09:00`, `2026-09-${day}T10:00`))),
    ]);
    expect([200, 409]).toContain(less?.status);
    expect([201, 409]).toContain(more?.status);
    expect((await accounts(bench)).every(({ leftMilliunits }) => leftMilliunits >= 0)).toBe(true);
  });
});

describe('objecting to what was said to be delivered', () => {
  async function delivered(options: Parameters<typeof benchOf>[1] = {}) {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 3000, ...options });
    await app.sql(`insert into agreement_rule (id, collaboration_id, agreement_id, effective_on, basis, agreed_on, agreed_by) values ($1, $2, $3, '2026-09-01', 'equal', '2026-09-01', '{Heads}')`, [newId(), bench.c.id, bench.agreementId]);
    const made = await bench.c.businessManager.post(bench.path, bench.body('2026-09-14T09:00', '2026-09-14T10:00'));
    app.clock.set('2026-09-14T11:00:00Z');
    expect((await bench.specialist.post(`${bench.path}/${made.body.id}/deliver`)).status).toBe(200);
    return { bench, at: `${bench.path}/${made.body.id}`, id: made.body.id as string };
  }

  it('When a school objects in time, then it is disputed until the coordinator decides, and upheld gives the units back', async () => {
    const { bench, at } = await delivered();
    const { c, path, body } = bench;
    expect((await c.head.get(`${at}/objections`)).body).toEqual({ items: [], standing: 'open' });
    expect(await c.sister.post(`${at}/object`, { reason: 'not ours' })).toMatchObject({ status: 403, body: { code: 'bookings.not-your-school' } });
    const disputed = await c.businessManager.post(`${at}/object`, { reason: 'Nobody came.' });
    expect(disputed).toMatchObject({ status: 200, body: { standing: 'disputed', items: [{ schoolUrn: c.urns[0], reason: 'Nobody came.', outcome: null }] } });
    expect((await c.businessManager.post(`${at}/object`, { reason: 'another' })).body.items).toMatchObject([{ reason: 'Nobody came.' }]);
    expect((await c.businessManager.post(`${at}/objections/${c.urns[0]}/decide`, { outcome: 'upheld', note: 'x' })).status).toBe(403);
    const decide = (outcome: string) => c.coordinator.post(`${at}/objections/${c.urns[0]}/decide`, { outcome, note: 'The register says so.' });
    expect((await decide('upheld')).body).toMatchObject({ standing: 'final', items: [{ outcome: 'upheld', decidedBy: 'Test coordinator' }] });
    expect((await decide('upheld')).status).toBe(200);
    expect(await decide('rejected')).toMatchObject({ status: 409, body: { code: 'bookings.objection-decided' } });
    expect(await leftOf(bench, c.urns[0])).toBe(3000);
    expect((await c.coordinator.get(at)).body.history.map((one: { action: string }) => one.action)).toEqual(expect.arrayContaining(['bookings.objected', 'bookings.objection-decided']));
    await expect(app.sql(`update booking_objection set outcome = 'rejected' where collaboration_id = $1`, [c.id])).rejects.toThrow('stays decided');
    const coming = await c.businessManager.post(path, body('2026-10-05T09:00', '2026-10-05T10:00'));
    expect(await c.businessManager.post(`${path}/${coming.body.id}/object`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'bookings.wrong-state' } });
  });

  it('When the charge was made, then an upheld objection takes it back', async () => {
    const { bench, at, id } = await delivered({ entitlementMilliunits: null });
    const { c } = bench;
    const sum = async () => ((await app.sql<{ pence: number }>('select coalesce(sum(pence), 0)::int as pence from charge where booking_id = $1', [id]))[0] as { pence: number }).pence;
    expect(await sum()).toBe(6000);
    await c.head.post(`${at}/object`, { reason: 'Cut short.' });
    const decided = await c.coordinator.post(`${at}/objections/${c.urns[0]}/decide`, { outcome: 'upheld', note: 'Agreed.' });
    expect(decided.body).toMatchObject({ standing: 'final' });
    expect(await sum()).toBe(0);
  });

  it('When the agreement’s working days are over, then it is final', async () => {
    const { bench, at } = await delivered();
    app.clock.set('2026-09-21T09:00:00Z');
    const late = await app.person('head', { collaborationId: bench.c.id, schoolUrn: bench.c.urns[0] as string });
    expect((await late.get(`${at}/objections`)).body.standing).toBe('open');
    app.clock.set('2026-09-21T23:30:00Z');
    const later = await app.person('head', { collaborationId: bench.c.id, schoolUrn: bench.c.urns[0] as string });
    expect((await later.get(`${at}/objections`)).body.standing).toBe('final');
    expect(await later.post(`${at}/object`, { reason: 'too late' })).toMatchObject({ status: 409, body: { code: 'bookings.objection-too-late' } });
  });
});

describe('lending units', () => {
  it('When a school lends, then the other can book with it, and both schools’ trail says so', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 1000 });
    const { c, path, body } = bench;
    const [a, b] = c.urns;
    const at = `/api/collaborations/${c.id}/entitlements/loans`;
    expect(await c.sister.post(at, loanOf(bench, a, b, 1000))).toMatchObject({ status: 403, body: { code: 'bookings.not-your-school' } });
    const lent = await c.businessManager.post(at, loanOf(bench, a, b, 1000));
    expect(lent).toMatchObject({ status: 201, body: { lines: [{ schoolUrn: a, kind: 'lent', milliunits: -1000, counterpartUrn: b }, { schoolUrn: b, kind: 'borrowed', milliunits: 1000, counterpartUrn: a }] } });
    expect([await leftOf(bench, a), await leftOf(bench, b)]).toEqual([0, 2000]);
    expect((await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'))).body.code).toBe('availability.no-entitlement');
    for (const day of ['21', '22']) expect((await c.sister.post(path, body(`2026-09-${day}T11:00`, `2026-09-${day}T12:00`, { schoolUrns: [b] }))).status).toBe(201);
    const trail = await app.sql<{ subject_id: string; action: string }>(`select subject_id, action from trail where collaboration_id = $1 and action like 'bookings.units-%' order by action`, [c.id]);
    expect(trail).toEqual([{ subject_id: b, action: 'bookings.units-borrowed' }, { subject_id: a, action: 'bookings.units-lent' }]);
    expect(await c.coordinator.post(at, loanOf(bench, a, (await app.schools(1))[0], 1))).toMatchObject({ status: 409, body: { code: 'availability.not-subscribed' } });
    expect((await c.coordinator.post(at, loanOf(bench, a, a, 1))).body.code).toBe('bookings.same-school-twice');
    expect((await c.coordinator.post(at, loanOf(bench, a, b, 0))).status).toBe(422);
  });

  it('When lending and booking race for the last unit, then one of them gets it and nothing falls below nothing', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 1000 });
    const { c, path, body } = bench;
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) =>
      i % 2 ? c.businessManager.post(`/api/collaborations/${c.id}/entitlements/loans`, loanOf(bench, c.urns[0], c.urns[1], 1000)) : c.businessManager.post(path, body(`2026-09-2${1 + (i % 5)}T09:00`, `2026-09-2${1 + (i % 5)}T10:00`)),
    ));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    expect(await leftOf(bench, c.urns[0])).toBe(0);
  });
});

describe('the end of a period', () => {
  it('When a period is over, then what the agreement lets a school take over moves on and the rest lapses, once', async () => {
    const bench = await benchOf(app, { unit: 'session', entitlementMilliunits: 5000 });
    const { c, agreementId, path, body } = bench;
    const [a] = c.urns;
    await app.sql('update agreement set carry_over_milliunits = 1500 where id = $1', [agreementId]);
    await app.sql(`update subscription set until_on = '2026-12-31' where collaboration_id = $1`, [c.id]);
    await app.sql(`insert into subscription (id, collaboration_id, agreement_id, urn, from_on, entitlement_milliunits) values ($1, $2, $3, $4, '2027-01-01', 2000)`, [newId(), c.id, agreementId, a]);
    expect((await c.businessManager.post(path, body('2026-09-21T09:00', '2026-09-21T10:00'))).status).toBe(201);
    const at = `/api/collaborations/${c.id}/entitlements/ended-periods`;
    expect((await c.coordinator.post(at)).body).toEqual({ lines: [] });
    app.clock.set('2027-01-01T09:00:00Z');
    const coordinator = await app.person('coordinator', { collaborationId: c.id });
    const dry = await coordinator.post(`${at}?dryRun=true`);
    const done = await coordinator.post(at);
    expect(done.body).toEqual(dry.body);
    expect(done.body.lines.filter((line: { schoolUrn: string }) => line.schoolUrn === a)).toMatchObject([
      { kind: 'carried-over', from: '2026-09-01', milliunits: -1500 }, { kind: 'carried-over', from: '2027-01-01', milliunits: 1500 }, { kind: 'expired', milliunits: -2500 },
    ]);
    expect(done.body.lines.filter((line: { schoolUrn: string }) => line.schoolUrn !== a)).toMatchObject([{ kind: 'expired', milliunits: -5000 }, { kind: 'expired', milliunits: -5000 }]);
    expect((await coordinator.post(at)).body).toEqual({ lines: [] });
    const [sum] = await app.sql<{ left: number }>(`select (7000 + sum(milliunits))::int as left from entitlement_entry where collaboration_id = $1 and school_urn = $2`, [c.id, a]);
    expect(sum?.left).toBe(3500);
  });
});
