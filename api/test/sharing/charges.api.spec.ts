import { beforeAll, describe, expect, it } from '@jest/globals';
import { bookingCancelledLate, bookingDelivered, bookingWithdrawn, type BookingTold } from '../../src/bookings/bookings.news.js';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { Events, type News } from '../../src/platform/events.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf, penceOf, type TestAgreement } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-23T09:00:00Z');
}, 60_000);

interface Told {
  minutes?: readonly number[];
  covered?: readonly number[];
  more?: object;
}

/** Tells what happened to a booking of the collaboration's first schools, as the bookings room does. */
async function tell<T extends BookingTold>(kind: News<T>, c: TestCollaboration, agreement: TestAgreement, { minutes = [60], covered = [], more = {} }: Told = {}, bookingId?: string): Promise<string> {
  const [startsAt, endsAt] = ['2026-10-06T09:00:00Z', '2026-10-06T10:00:00Z'] as const;
  const schools = minutes.map((m, i) => ({ urn: c.urns[i] as string, minutes: m }));
  const id = bookingId ?? (await bookingOf(app, c.id, { agreement, startsAt, endsAt, schools }));
  const coveredUrns = covered.map((i) => c.urns[i] as string);
  const told = {
    collaborationId: c.id, bookingId: id, agreementId: agreement.id, specialistId: agreement.specialistId, startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt),
    schools, orderedOn: '2026-09-20', coveredByEntitlement: coveredUrns.length === schools.length, coveredUrns, milliunits: 0, ...more,
  } as unknown as T;
  const who = systemScope([c.id]);
  await app.app.get(Database, { strict: false }).write(who, (tx) => app.app.get(Events, { strict: false }).tell(tx, who, kind, told));
  return id;
}

const chargesOf = async (c: TestCollaboration, query = '') => (await c.financeOfficer.get(`/api/collaborations/${c.id}/charges${query}`)).body;
const delivered = { more: { deliveredOn: '2026-10-06' } };

describe('a delivered booking', () => {
  it('When nothing was bought in advance, then it is charged at the price and shared by the rule', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { pricePence: 10_000 });
    const bookingId = await tell(bookingDelivered, c, agreement, delivered);
    const { items, total, totalPence } = await chargesOf(c, `?bookingId=${bookingId}`);
    expect({ total, totalPence }).toEqual({ total: 1, totalPence: 10_000 });
    expect(items[0]).toMatchObject({ kind: 'booking', pence: 10_000, shared: true, problemCode: null, belongsOn: '2026-10-06', chargedOn: '2026-11-23', bookingId });
    expect(items[0].description).toMatch(/, 6 October 2026, 10:00–11:00$/);
    expect(penceOf(items[0].shares)).toEqual({ [c.urns[0]!]: 3334, [c.urns[1]!]: 3333, [c.urns[2]!]: 3333 });
  });

  it('When it is told twice, then it is charged once', async () => {
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c);
    const bookingId = await tell(bookingDelivered, c, agreement, delivered);
    await expect(tell(bookingDelivered, c, agreement, delivered, bookingId)).rejects.toThrow(/charge_booking_once/);
    expect((await chargesOf(c)).total).toBe(1);
  });

  it('When the rule is by use, then a joint session is shared by attendance and others pay nothing', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { basis: 'use', priceBasis: 'hour', pricePence: 9000 });
    await tell(bookingDelivered, c, agreement, { ...delivered, minutes: [60, 30] });
    const { items } = await chargesOf(c);
    expect(penceOf(items[0].shares)).toEqual({ [c.urns[0]!]: 6000, [c.urns[1]!]: 3000, [c.urns[2]!]: 0 });
  });

  it('When nobody came to a session by use, then the schools that booked it bear it alike', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { basis: 'use', pricePence: 9001 });
    await tell(bookingDelivered, c, agreement, { ...delivered, minutes: [0, 0] });
    expect(penceOf((await chargesOf(c)).items[0].shares)).toEqual({ [c.urns[0]!]: 4501, [c.urns[1]!]: 4500, [c.urns[2]!]: 0 });
  });

  it('When units bought in advance cover it, then there is no charge', async () => {
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c);
    await tell(bookingDelivered, c, agreement, { ...delivered, minutes: [60, 60], covered: [0, 1] });
    expect((await chargesOf(c)).total).toBe(0);
  });

  it('When one school of two is not covered, then its part is charged to it alone', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { pricePence: 6001, subscriptions: c.urns.map((urn) => ({ urn, entitlementMilliunits: 5000 })) });
    await tell(bookingDelivered, c, agreement, { ...delivered, minutes: [60, 60], covered: [0] });
    const { items } = await chargesOf(c);
    expect(items[0]).toMatchObject({ kind: 'overage', pence: 3000 });
    expect(penceOf(items[0].shares)).toEqual({ [c.urns[1]!]: 3000 });
  });

  it('When the price rose between order and delivery, then the agreement says which of them holds', async () => {
    const c = await app.collaboration({ schools: 1 });
    const prices = [{ from: '2026-09-01', pence: 5000 }, { from: '2026-10-01', pence: 5500 }];
    await tell(bookingDelivered, c, await agreementOf(app, c, { prices, priceAt: 'order' }), delivered);
    await tell(bookingDelivered, c, await agreementOf(app, c, { prices, priceAt: 'delivery' }), delivered);
    expect((await chargesOf(c)).items.map((i: { pence: number }) => i.pence).sort()).toEqual([5000, 5500]);
  });
});

describe('a cancelled booking', () => {
  it('When a school cancels late, then it bears the band’s part of the price alone', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { pricePence: 7501 });
    await tell(bookingCancelledLate, c, agreement, { minutes: [60, 60], more: { cancelledOn: '2026-10-05', cancelledByUrns: [c.urns[1]], chargedBasisPoints: 5000 } });
    const { items } = await chargesOf(c);
    expect(items[0]).toMatchObject({ kind: 'late-cancellation', pence: 3751 });
    expect(items[0].shares).toEqual([expect.objectContaining({ urn: c.urns[1], pence: 3751 })]);
  });

  it('When the specialist gives it up after it was charged, then all that was charged is given back, once', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { pricePence: 10_000 });
    const bookingId = await tell(bookingDelivered, c, agreement, delivered);
    const withdrawn = { more: { withdrawnOn: '2026-10-07' } };
    await tell(bookingWithdrawn, c, agreement, withdrawn, bookingId);
    await tell(bookingWithdrawn, c, agreement, withdrawn, bookingId);
    const { items, totalPence } = await chargesOf(c, `?bookingId=${bookingId}`);
    expect(totalPence).toBe(0);
    expect(items).toHaveLength(2);
    const credit = items.find((i: { kind: string }) => i.kind === 'credit');
    expect(penceOf(credit.shares)).toEqual({ [c.urns[0]!]: -3334, [c.urns[1]!]: -3333, [c.urns[2]!]: -3333 });
    expect(items.find((i: { kind: string }) => i.kind === 'booking')).toMatchObject({ netPence: 0, correctedBy: [{ id: credit.id, pence: -10_000 }] });
  });
});

describe('why this amount', () => {
  it('When a share is asked about, then it is explained by what was stored, in figures and in sentences', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { basis: 'pupils', censusOn: '2025-12-31', pricePence: 10_000 });
    const bookingId = await tell(bookingDelivered, c, agreement, delivered);
    const [charge] = (await chargesOf(c, `?bookingId=${bookingId}`)).items;
    // A later census never rewrites what was charged.
    await app.sql(`insert into pupil_number (urn, measure, census_on, thousandths, source) values ($1, 'pupils', '2026-10-01', 999000, 'entered')`, [c.urns[0]]);
    const { body } = await c.financeOfficer.get(`/api/collaborations/${c.id}/charges/${charge.id}/shares`);
    expect(body).toMatchObject({ total: 3, totalPence: 10_000, rule: 'by pupil numbers (census of 31 December 2025)' });
    const [share] = body.items;
    expect(share.explanation.division.slices).toEqual([{ from: '2026-10-06', to: '2026-10-06', days: 1, weight: '100', ofWeight: '450', exactPence: '20000/9' }]);
    expect(share).toMatchObject({ pence: 2222, exactPence: '20000/9', carriedBeforePence: '0', carriedAfterPence: '2/9', invoiced: false });
    expect(share.sentences.at(-1)).toBe('So the share is £22.22.');
    expect(share.sentences.length).toBeGreaterThanOrEqual(4);
  });
});

describe('the ledger', () => {
  it('When charges, credits and charges that wait were made, then every posting stands against a share and all add up to nothing', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { pricePence: 10_000 });
    const bookingId = await tell(bookingDelivered, c, agreement, delivered);
    await tell(bookingWithdrawn, c, agreement, { more: { withdrawnOn: '2026-10-07' } }, bookingId);
    await tell(bookingDelivered, c, agreement, { ...delivered, minutes: [60, 60] });
    const waiting = await agreementOf(app, c, { basis: 'pupil-premium', censusOn: '2019-01-01' });
    await tell(bookingDelivered, c, waiting, delivered);
    const postings = await app.sql<{ account: string; school_urn: string | null; pence: string }>(
      'select account, school_urn, sum(pence) as pence from ledger_posting where collaboration_id = $1 group by 1, 2', [c.id],
    );
    const shares = await app.sql<{ urn: string; pence: string }>('select urn, sum(pence) as pence from share where collaboration_id = $1 group by 1', [c.id]);
    expect(postings.reduce((sum, p) => sum + Number(p.pence), 0)).toBe(0);
    for (const { urn, pence } of shares) expect(postings.find((p) => p.school_urn === urn && p.account === 'shares-to-invoice')?.pence).toBe(pence);
    expect(postings.find((p) => p.account === 'charges-to-share')?.pence).toBe('6000');
    expect(postings.find((p) => p.account === 'pool')?.pence).toBe('-16000');
  });
});
