import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { ChargesService } from '../../src/sharing/charges.service.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf, penceOf } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

beforeEach(() => app.clock.set('2026-11-23T09:00:00Z'));

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const charges = async (c: TestCollaboration, query = '') => (await c.financeOfficer.get(`${at(c)}/charges?size=200${query}`)).body.items;
const due = async (c: TestCollaboration) => (await c.financeOfficer.get(`${at(c)}/charges-due?through=2026-11-23`)).body.items;
const make = (c: TestCollaboration) => c.financeOfficer.post(`${at(c)}/charges-due`, { through: '2026-11-23' });
const owed = async (c: TestCollaboration): Promise<number[]> => {
  const rows = await app.sql<{ urn: string; pence: number }>('select urn, sum(pence)::int as pence from share where collaboration_id = $1 group by 1', [c.id]);
  return c.urns.map((urn) => rows.find((row) => row.urn === urn)?.pence ?? 0);
};
const broken = (c: TestCollaboration) => app.sql('select * from invariant_broken where collaboration_id = $1', [c.id]);
const pupils = (urn: string, number: number, censusOn: string) =>
  app.sql(`insert into pupil_number (urn, measure, census_on, source, thousandths) values ($1, 'pupils', $2, 'entered', $3) on conflict do nothing`, [urn, censusOn, number * 1000]);
const autumn = { retainerPence: 9000, instalments: [{ dueOn: '2026-09-01', from: '2026-09-01', to: '2026-11-30', pence: 9000 }] };

describe('a charge that is divided anew', () => {
  it('When a census came in between, then the schools keep the numbers of the first division, and a joiner has those of that day', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    for (const urn of c.urns) await app.sql('delete from pupil_number where urn = $1', [urn]);
    await pupils(a, 100, '2025-10-02');
    await pupils(b, 200, '2025-10-02');
    await pupils(d, 300, '2025-10-02');
    const agreement = await agreementOf(app, c, { ...autumn, basis: 'pupils', subscriptions: [{ urn: a }, { urn: b }] });
    await make(c);
    expect(await owed(c)).toEqual([3000, 6000, 0]);
    await pupils(a, 999, '2026-11-24');
    await pupils(d, 999, '2026-11-24');
    await app.sql(`insert into subscription (id, collaboration_id, agreement_id, urn, from_on) values (gen_random_uuid(), $1, $2, $3, '2026-09-01')`, [c.id, agreement.id, d]);
    app.clock.set('2026-11-23T10:00:00Z');
    const [again] = await due(c);
    expect(penceOf(again.shares)).toEqual({ [a]: -1500, [b]: -3000, [d]: 4500 });
    await make(c);
    expect(await owed(c)).toEqual([1500, 3000, 4500]);
    const [listed] = (await charges(c)).filter((one: { description: string; kind: string }) => one.kind === 'adjustment');
    const { items } = (await c.financeOfficer.get(`${at(c)}/charges/${listed.id}/shares`)).body;
    expect(items.map((one: { explanation: { division: { slices: { weight: string }[] } } }) => one.explanation.division.slices[0]?.weight)).toEqual(['100', '200', '300']);
    // What is charged on top follows the last division, not the first.
    const first = (await charges(c)).find((one: { kind: string }) => one.kind === 'instalment');
    await c.financeOfficer.post(`${at(c)}/charges/${first.id}/corrections`, { shouldBePence: 9600, reason: 'The bill was higher' });
    expect(await owed(c)).toEqual([1600, 3200, 4800]);
    expect(await broken(c)).toEqual([]);
  });

  it('When a school’s share was taken over by its successor, then dividing anew leaves the old school alone', async () => {
    const c = await app.collaboration({ schools: 4 });
    const [a, old, next, d] = c.urns as [string, string, string, string];
    const agreement = await agreementOf(app, c, { ...autumn, subscriptions: [{ urn: a }, { urn: old }] });
    await make(c);
    expect(await owed(c)).toEqual([4500, 4500, 0, 0]);
    await app.sql(`update subscription set until_on = '2026-10-15' where collaboration_id = $1 and urn = $2`, [c.id, old]);
    await app.sql(`insert into subscription (id, collaboration_id, agreement_id, urn, from_on) values (gen_random_uuid(), $1, $2, $3, '2026-10-16')`, [c.id, agreement.id, next]);
    await app.sql('update school set successor_urn = $2 where urn = $1', [old, next]);
    expect((await c.financeOfficer.post(`${at(c)}/money-successions`, { fromUrn: old, on: '2026-10-16' })).status).toBe(200);
    expect(await owed(c)).toEqual([4500, 0, 4500, 0]);
    // Nothing is different between the schools that pay now.
    expect(await due(c)).toEqual([]);
    await app.sql(`insert into subscription (id, collaboration_id, agreement_id, urn, from_on) values (gen_random_uuid(), $1, $2, $3, '2026-09-01')`, [c.id, agreement.id, d]);
    expect(await due(c)).toHaveLength(1);
    await make(c);
    expect(await owed(c)).toEqual([3000, 0, 3000, 3000]);
    expect(await due(c)).toEqual([]);
    expect(await broken(c)).toEqual([]);
  });
});

describe('charges that belong to no agreement', () => {
  it('When £100.00 a month falls on three members, then the odd penny rotates and three months end level', async () => {
    const c = await app.collaboration({ schools: 3 });
    await c.financeOfficer.post(`${at(c)}/charge-plans`, { name: 'Fee', startsOn: '2026-08-01', endsOn: '2026-10-31', terms: { kind: 'administration-fee', every: 'month', pence: 10_000 } });
    await make(c);
    const [a, b, d] = c.urns as [string, string, string];
    expect((await charges(c)).reverse().map(({ shares }: { shares: [] }) => penceOf(shares))).toEqual([
      { [a]: 3334, [b]: 3333, [d]: 3333 }, { [a]: 3333, [b]: 3334, [d]: 3333 }, { [a]: 3333, [b]: 3333, [d]: 3334 },
    ]);
    expect(await owed(c)).toEqual([10_000, 10_000, 10_000]);
  });
});

describe('a charge that its rule cannot divide', () => {
  /** A monthly retainer by use, for a month without sessions. */
  async function withoutUse(): Promise<{ c: TestCollaboration; chargeId: string }> {
    const c = await app.collaboration({ schools: 3 });
    await agreementOf(app, c, { basis: 'use', retainerPence: 9000, instalments: [{ dueOn: '2026-10-01', from: '2026-10-01', to: '2026-10-31', pence: 9000 }] });
    await make(c);
    const [charge] = await charges(c);
    expect(charge).toMatchObject({ shared: false, problemCode: 'sharing.no-use' });
    return { c, chargeId: charge.id };
  }
  const reconciliation = async (c: TestCollaboration) => (await c.financeOfficer.get(`${at(c)}/reconciliation?from=2026-10-01&to=2026-10-31`)).body;

  it('When a person names the schools, then it is divided among them, once', async () => {
    const { c, chargeId } = await withoutUse();
    expect((await reconciliation(c)).unexplained).toBe(9000);
    const among = (schoolUrns: readonly string[]) => c.financeOfficer.post(`${at(c)}/charges/${chargeId}/share-among`, { schoolUrns });
    expect((await among(['100000'])).body.code).toBe('sharing.not-a-member');
    expect((await among([c.urns[0]!, c.urns[0]!])).status).toBe(422);
    expect((await among(c.urns.slice(0, 2))).body).toMatchObject({ shared: true, problem: null });
    expect(await owed(c)).toEqual([4500, 4500, 0]);
    expect((await among(c.urns)).body.code).toBe('sharing.already-shared');
    expect((await reconciliation(c)).unexplained).toBe(0);
    expect(await broken(c)).toEqual([]);
  });

  it('When it is above the limit, then a second person has to agree who bears it', async () => {
    const { c, chargeId } = await withoutUse();
    await app.sql('update collaboration set approval_limit_pence = 8999 where id = $1', [c.id]);
    const asked = await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/share-among`, { schoolUrns: c.urns.slice(1) });
    expect([asked.status, asked.body.approval.kind, asked.body.approval.summary]).toEqual([202, 'sharing.among', expect.stringMatching(/: to be borne by 2 schools$/)]);
    expect([await owed(c), (await c.financeOfficer.post(`${at(c)}/approvals/${asked.body.approval.id}/approve`)).body.code]).toEqual([[0, 0, 0], 'approvals.own']);
    expect((await c.coordinator.post(`${at(c)}/approvals/${asked.body.approval.id}/approve`)).status).toBe(200);
    expect([await owed(c), await broken(c)]).toEqual([[0, 4500, 4500], []]);
  });

  it('When it is taken back instead, then nothing is owed, nothing waits, and no school sees a line of it', async () => {
    const { c, chargeId } = await withoutUse();
    const correct = (shouldBePence: number) => c.financeOfficer.post(`${at(c)}/charges/${chargeId}/corrections`, { shouldBePence, reason: 'No sessions in October' });
    expect((await correct(5000)).body.code).toBe('sharing.not-shared-yet');
    expect((await correct(0)).body.items).toMatchObject([{ kind: 'credit', pence: -9000, correctsChargeId: chargeId }]);
    expect((await correct(0)).body.code).toBe('sharing.nothing-to-correct');
    expect((await c.financeOfficer.get(`${at(c)}/charges/${chargeId}`)).body).toMatchObject({ shared: false, netPence: 0, problemCode: 'sharing.taken-back' });
    expect((await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/share`)).body.code).toBe('sharing.taken-back');
    expect(await charges(c, '&unshared=true')).toEqual([]);
    expect(await owed(c)).toEqual([0, 0, 0]);
    expect(await reconciliation(c)).toMatchObject({ charges: 0, unexplained: 0, differences: [] });
    expect(await broken(c)).toEqual([]);
  });

  it('When an objection is upheld while the session’s charge waits, then the charge is taken back', async () => {
    const c = await app.collaboration({ schools: 2 });
    for (const urn of c.urns) await app.sql('delete from pupil_number where urn = $1', [urn]);
    const agreement = await agreementOf(app, c, { basis: 'pupils' });
    const bookingId = await bookingOf(app, c.id, { agreement, startsAt: '2026-10-06T09:00:00Z', endsAt: '2026-10-06T10:00:00Z', state: 'delivered', schools: [{ urn: c.urns[0]!, minutes: 60 }] });
    const who = systemScope([c.id]);
    const [database, service] = [app.app.get(Database, { strict: false }), app.app.get(ChargesService, { strict: false })];
    const about = { collaborationId: c.id, agreementId: agreement.id, bookingId, description: 'A session', pence: 6000, serviceFrom: '2026-10-06', serviceTo: '2026-10-06' };
    const made = await database.write(who, (tx) => service.makeCharge(tx, who, { ...about, kind: 'booking' }));
    expect(made.problemCode).toBe('sharing.pupil-numbers-missing');
    expect(await database.write(who, (tx) => service.creditBooking(tx, who, c.id, bookingId, 'A school objected and was upheld'))).toBe(1);
    expect(await database.write(who, (tx) => service.creditBooking(tx, who, c.id, bookingId, 'A school objected and was upheld'))).toBe(0);
    expect((await reconciliation(c)).unexplained).toBe(0);
    expect(await broken(c)).toEqual([]);
  });
});
