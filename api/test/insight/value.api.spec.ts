import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf } from '../sharing/arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
}, 60_000);

const value = (client: Client, c: TestCollaboration, query = 'from=2026-09-01&to=2026-12-31') => client.get(`/api/collaborations/${c.id}/value-for-money?${query}`);

/** Sessions at £60.00 by use with a baseline of £90.00, two of them delivered and one to come, and an expense. */
async function termOf(): Promise<{ c: TestCollaboration; agreementId: string }> {
  const c = await app.collaboration({ schools: 3 });
  const [a, b] = c.urns as [string, string];
  const agreement = await agreementOf(app, c, {
    basis: 'use', priceBasis: 'hour', pricePence: 6000, baseline: { name: 'What we paid in 2025', pricePence: 9000, method: 'price-paid-before' },
  });
  const booking = (day: string, schools: { urn: string; minutes?: number }[], more: Partial<Parameters<typeof bookingOf>[2]> = {}) =>
    bookingOf(app, c.id, { agreement, startsAt: `${day}T10:00:00Z`, endsAt: `${day}T11:00:00Z`, schools, createdAt: '2026-09-01T09:00:00Z', ...more });
  await booking('2026-09-15', [{ urn: a, minutes: 60 }], { state: 'delivered' });
  await booking('2026-10-13', [{ urn: a, minutes: 40 }, { urn: b, minutes: 20 }], { state: 'delivered' });
  await booking('2026-12-08', [{ urn: a }]);
  await booking('2026-10-20', [{ urn: a }], { state: 'cancelled', cancellation: { by: 'school', schoolUrn: a, reason: 'Ill', at: 1 }, chargeBasisPoints: 5000 });
  const post = (body: object) => c.financeOfficer.post(`/api/collaborations/${c.id}/charges`, { kind: 'expense', ...body });
  await post({ pence: 6000, description: 'Session in September', serviceFrom: '2026-09-15', serviceTo: '2026-09-15', schoolUrns: [a] });
  await post({ pence: 4000, description: 'Session in October', serviceFrom: '2026-10-13', serviceTo: '2026-10-13', schoolUrns: [a] });
  await post({ pence: 2000, description: 'Session in October', serviceFrom: '2026-10-13', serviceTo: '2026-10-13', schoolUrns: [b] });
  return { c, agreementId: agreement.id };
}

describe('value for money', () => {
  it('When a head looks, then the five figures are those of the school, each with its workings', async () => {
    const { c } = await termOf();
    const { status, body } = await value(c.head, c);
    expect(status).toBe(200);
    expect(body.school).toMatchObject({ urn: c.urns[0] });
    expect(body.schools.map((s: { urn: string }) => s.urn)).toEqual([c.urns[0]]);
    expect(body.booked).toMatchObject({ sessions: 3, delivered: 2, minutes: 160, pence: 10_000 });
    expect(body.unitCost).toMatchObject({ perSessionPence: 5000, perPupilPence: 100, pupils: '100' });
    // 60 and 40 minutes delivered at £30.00 less an hour, and an hour to come.
    expect(body.saved).toMatchObject({ pence: 8000, realisedPence: 5000, expectedPence: 3000, baseline: 'What we paid in 2025', method: 'price-paid-before', realised: false });
    expect(body.committed).toMatchObject({ pence: 6000, financialYear: 'April 2026 to March 2027', from: '2026-11-23', to: '2027-03-31' });
    expect(body.left).toMatchObject({ units: 0, unit: null, pence: 0, agreements: [] });
    for (const figure of ['booked', 'left', 'unitCost', 'saved', 'committed']) {
      expect(body[figure].workings.formula.length).toBeGreaterThan(40);
      expect(body[figure].workings.rows).toHaveLength(body[figure].workings.records.length);
    }
    expect(body.booked.workings.records[0].kind).toBe('booking');
    expect(body.unitCost.workings.total).toEqual(['2 charges', '', '', '£100.00']);
    expect(body.waiting).toEqual({ medianDays: 42, longestDays: 98, sessions: 3 });
    expect(body.cancellations).toMatchObject({ bySchool: 1, bySpecialist: 0, late: 1, ofSessions: 4 });
    expect(body.trend.at(-1)).toEqual({ term: 'Autumn 2026', from: '2026-09-01', to: '2026-12-31', sessions: 3, pence: 10_000 });
    expect(body.trend).toHaveLength(6);
    expect(body.comparison).toEqual([]);
  });

  it('When the coordinator looks at all schools, then they add up and stand side by side', async () => {
    const { c } = await termOf();
    const { body } = await value(c.coordinator, c);
    expect(body.school).toBeNull();
    expect(body.booked).toMatchObject({ sessions: 3, delivered: 2, minutes: 180, pence: 12_000 });
    expect(body.unitCost).toMatchObject({ perSessionPence: 6000, pupils: '450' });
    expect(body.saved).toMatchObject({ realisedPence: 6000, expectedPence: 3000 });
    expect(body.comparison.map((s: { pence: number; sessions: number }) => [s.sessions, s.pence])).toEqual([[2, 10_000], [1, 2000], [0, 0]]);
    const one = (await value(c.financeOfficer, c, `from=2026-09-01&to=2026-12-31&schoolUrn=${c.urns[1]}`)).body;
    expect(one).toMatchObject({ school: { urn: c.urns[1] }, booked: { sessions: 1, minutes: 20, pence: 2000 } });
  });

  it('When units were bought in advance, then what is left is counted and valued at what it was bought for', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [a, b] = c.urns as [string, string];
    const agreement = await agreementOf(app, c, {
      basis: 'equal', retainerPence: 120_000, subscriptions: [{ urn: a, entitlementMilliunits: 6000 }, { urn: b, entitlementMilliunits: 6000 }],
      instalments: [{ dueOn: '2026-09-01', from: '2026-09-01', to: '2027-03-31', pence: 70_000 }, { dueOn: '2027-04-01', from: '2027-04-01', to: '2027-08-31', pence: 50_000 }],
    });
    const bookingId = await bookingOf(app, c.id, { agreement, startsAt: '2026-10-13T10:00:00Z', endsAt: '2026-10-13T11:00:00Z', state: 'delivered', schools: [{ urn: a, minutes: 60 }] });
    await app.sql(
      `insert into entitlement_entry (id, collaboration_id, agreement_id, school_urn, period_from, period_to, kind, milliunits, happened_on, booking_id, recorded_by, recorded_at)
       values (gen_random_uuid(), $1, $2, $3, '2026-09-01', '2027-08-31', 'taken', -1500, '2026-10-01', $4, 'Test', now())`,
      [c.id, agreement.id, a, bookingId],
    );
    await app.sql(`update school set kind = 'academy' where urn = $1`, [b]);
    const head = (await value(c.head, c)).body;
    expect(head.left).toMatchObject({ units: 4.5, unit: 'session', pence: 45_000 });
    expect(head.utilisation).toEqual([expect.objectContaining({ boughtMilliunits: 6000, usedMilliunits: 1500, basisPoints: 2500 })]);
    // Before the first instalment is charged, both are still to come; the second is in the next financial year of a maintained school.
    expect(head.committed).toMatchObject({ pence: 35_000, financialYear: 'April 2026 to March 2027' });
    await c.financeOfficer.post(`/api/collaborations/${c.id}/charges/instalments`, { through: '2026-11-23' });
    expect((await value(c.head, c)).body.committed.pence).toBe(0);
    const academy = (await value(c.coordinator, c, `from=2026-09-01&to=2026-12-31&schoolUrn=${b}`)).body;
    expect(academy.committed).toMatchObject({ pence: 25_000, financialYear: 'September 2026 to August 2027', to: '2027-08-31' });
    const all = (await value(c.coordinator, c)).body;
    expect(all.committed).toMatchObject({ pence: 25_000, financialYear: 'Each school’s own financial year', to: '2027-08-31' });
    expect(all.left).toMatchObject({ units: 10.5, pence: 105_000 });
  });

  it('When a retainer has a baseline for the term, then the saving goes by days and by the school’s part', async () => {
    const c = await app.collaboration({ schools: 2 });
    await agreementOf(app, c, {
      priceBasis: 'retainer', pricePence: null, retainerPence: 365_000, baseline: { name: 'Two quotes', pricePence: 438_000, method: 'quoted-singly' },
      instalments: [{ dueOn: '2026-09-01', from: '2026-09-01', to: '2027-08-31', pence: 365_000 }],
    });
    await c.financeOfficer.post(`/api/collaborations/${c.id}/charges/instalments`, { through: '2026-11-23' });
    // £2.00 a day is saved in all, half of it by each school: 84 days until today, 281 to come.
    const { body } = await value(c.head, c, 'from=2026-09-01&to=2027-08-31');
    expect(body.saved).toMatchObject({ realisedPence: 8400, expectedPence: 28_100, pence: 36_500, method: 'quoted-singly' });
    const past = (await value(c.head, c, 'from=2026-09-01&to=2026-09-30')).body.saved;
    expect(past).toMatchObject({ realisedPence: 3000, expectedPence: 0, realised: true });
  });

  it('When nothing was booked at all, then the figures are nothing and say so', async () => {
    const c = await app.collaboration({ schools: 1 });
    const { status, body } = await value(c.head, c);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      booked: { sessions: 0, minutes: 0, pence: 0 }, unitCost: { perSessionPence: null, perPupilPence: 0 }, saved: { pence: 0, baseline: null, method: null }, committed: { pence: 0 },
      waiting: { medianDays: null },
    });
  });

  it('When a school is not the reader’s, or no member, then it looks like missing; when the role is wrong, it is refused', async () => {
    const { c } = await termOf();
    const stranger = await app.collaboration({ schools: 1 });
    expect((await value(c.head, c, `from=2026-09-01&to=2026-12-31&schoolUrn=${c.urns[1]}`)).status).toBe(404);
    expect((await value(c.coordinator, c, `from=2026-09-01&to=2026-12-31&schoolUrn=${stranger.urns[0]}`)).status).toBe(404);
    expect((await value(stranger.coordinator, c)).status).toBe(404);
    expect((await value(await app.person('specialist', { collaborationId: c.id, specialistId: c.id }), c)).status).toBe(403);
    expect((await value(app.anonymous(), c)).status).toBe(401);
    expect((await value(c.sister, c)).body.school.urn).toBe(c.urns[1]);
  });

  it.each(['from=2026-09-01', 'from=2026-09-02&to=2026-09-01', 'from=x&to=y', 'from=2020-01-01&to=2026-01-01', 'from=2026-09-01&to=2026-12-31&schoolUrn=7'])('When asked with %s, then it is refused', async (query) => {
    const c = await app.collaboration({ schools: 1 });
    expect((await value(c.coordinator, c, query)).status).toBe(422);
  });
});
