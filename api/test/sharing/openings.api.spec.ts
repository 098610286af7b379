import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemScope } from '../../src/platform/actor.js';
import { Database } from '../../src/platform/database.js';
import { SharesQueries } from '../../src/sharing/shares.queries.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

beforeEach(() => app.clock.set('2026-11-23T09:00:00Z'));

const at = (c: TestCollaboration, path: string) => `/api/collaborations/${c.id}/${path}`;
const charges = async (c: TestCollaboration, query = '') => (await c.financeOfficer.get(at(c, `charges?size=200${query}`))).body.items;
const sharesOf = async (c: TestCollaboration) => {
  const rows = await app.sql<{ urn: string; pence: string }>('select urn, sum(pence) as pence from share where collaboration_id = $1 group by 1 order by 1', [c.id]);
  return Object.fromEntries(rows.map(({ urn, pence }) => [urn, Number(pence)]));
};

describe('opening balances', () => {
  it('When a collaboration starts in mid-year, then each school begins with its own balance, once', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    const body = { on: '2026-10-31', balances: [{ urn: a, pence: 12_345 }, { urn: b, pence: 1 }, { urn: d, pence: -5000 }] };
    const { status, body: made } = await c.financeOfficer.post(at(c, 'opening-balances'), body);
    expect([status, made.items.map(({ pence }: { pence: number }) => pence)]).toEqual([201, [12_346, -5000]]);
    expect(await sharesOf(c)).toEqual({ [a]: 12_345, [b]: 1, [d]: -5000 });
    expect((await c.financeOfficer.post(at(c, 'opening-balances'), body)).body.code).toBe('sharing.opened-already');
  });

  it('When schools bring carries from the books before, then the next odd penny goes by them', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    const agreement = await agreementOf(app, c, { retainerPence: 10_000, instalments: [{ dueOn: '2026-11-01', from: '2026-11-01', to: '2026-11-30', pence: 10_000 }] });
    const carry = (last: string) => c.financeOfficer.post(at(c, 'opening-balances'), { agreementId: agreement.id, on: '2026-10-31', carries: [{ urn: a, carriedPence: '-1/3' }, { urn: b, carriedPence: '-1/3' }, { urn: d, carriedPence: last }] });
    expect((await carry('1/3')).body).toMatchObject({ code: 'sharing.carries-do-not-level', facts: { sumPence: '-1/3' } });
    expect((await carry('2/3')).status).toBe(201);
    await c.financeOfficer.post(at(c, 'charges-due'), { through: '2026-11-23' });
    expect(await sharesOf(c)).toEqual({ [a]: 3333, [b]: 3333, [d]: 3334 });
    expect((await carry('2/3')).body.code).toBe('sharing.carry-too-late');
    await expect(app.sql(`update opening_carry set carried_pence = '0' where collaboration_id = $1`, [c.id])).rejects.toThrow(/never changed/);
  });
});

describe('an estimated expense', () => {
  const mileage = (c: TestCollaboration, more = {}) =>
    c.financeOfficer.post(at(c, 'charges'), {
      kind: 'expense', description: 'Mileage in October', pence: 1053, mileage: { miles: '23.4', pencePerMile: '45' }, estimated: true, serviceFrom: '2026-10-01', serviceTo: '2026-10-31', ...more,
    });

  it('When the actual sum is known, then it takes the estimate’s place along the shares that were charged, once', async () => {
    const c = await app.collaboration({ schools: 2 });
    const { body: estimate } = await mileage(c);
    expect(estimate).toMatchObject({ pence: 1053, estimated: true, actualPence: null });
    expect(estimate.workings[0]).toBe('23.4 miles at 45 p: £10.53.');
    const settle = () => c.financeOfficer.post(at(c, `charges/${estimate.id}/actual`), { actualPence: 1000, reason: 'Claim form of October' });
    expect((await settle()).body).toMatchObject({ pence: 1053, netPence: 1000, actualPence: 1000 });
    expect(await sharesOf(c)).toEqual({ [c.urns[0]!]: 500, [c.urns[1]!]: 500 });
    expect((await settle()).body.code).toBe('sharing.settled-already');
  });

  it('When it was exact or cost more, then nothing or the difference is charged', async () => {
    const c = await app.collaboration({ schools: 3 });
    for (const [actualPence, count] of [[1053, 0], [1057, 1]] as const) {
      const { body } = await mileage(c);
      expect((await c.financeOfficer.post(at(c, `charges/${body.id}/actual`), { actualPence, reason: 'Claim form' })).body).toMatchObject({ netPence: actualPence });
      expect((await c.financeOfficer.get(at(c, `charges/${body.id}`))).body.correctedBy).toHaveLength(count);
    }
  });

  it('When the miles do not come to the amount, or it is no expense, then it is refused', async () => {
    const c = await app.collaboration({ schools: 2 });
    expect((await mileage(c, { pence: 1054 })).body.errors).toMatchObject([{ path: 'pence' }]);
    expect((await mileage(c, { kind: 'adjustment' })).body.errors).toMatchObject([{ path: 'estimated' }]);
    const { body } = await mileage(c, { estimated: false });
    expect((await c.financeOfficer.post(at(c, `charges/${body.id}/actual`), { actualPence: 1, reason: 'Claim form' })).body.code).toBe('sharing.not-an-estimate');
  });
});

describe('money on account', () => {
  it('When contributions stand, then actual shares are not invoiced, until the true-up sets them against one another and refunds a leaver', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [a, b] = c.urns as [string, string];
    const agreement = await agreementOf(app, c, { startsOn: '2026-09-01', endsOn: '2026-11-30', subscriptions: [{ urn: a, until: null }, { urn: b, until: '2026-10-31' }] });
    await c.financeOfficer.post(at(c, 'charge-plans'), {
      name: 'Contributions', agreementId: agreement.id, startsOn: '2026-09-01', endsOn: '2026-11-30', terms: { kind: 'on-account', totalPence: 60_000, instalments: 'once', bySchool: [{ urn: a, pence: 40_000 }, { urn: b, pence: 20_000 }] },
    });
    await c.financeOfficer.post(at(c, 'charges-due'), { through: '2026-09-01' });
    await c.financeOfficer.post(at(c, 'charges'), { kind: 'expense', agreementId: agreement.id, description: 'Sessions', pence: 30_000, serviceFrom: '2026-09-01', serviceTo: '2026-10-31' });
    const open = async (held: boolean) => {
      const who = systemScope([c.id]);
      const shares = await app.app.get(Database).read(who, (tx) => app.app.get(SharesQueries, { strict: false }).uninvoiced(tx, c.id, '2026-01-01', '2027-12-31', { held }));
      return shares.map(({ urn, kind, pence }) => [urn, kind, pence]);
    };
    expect(await open(false)).toEqual([[a, 'on-account', 40_000], [b, 'on-account', 20_000]]);
    expect(await open(true)).toHaveLength(4);
    const shown = (await c.financeOfficer.get(at(c, 'on-account'))).body.items[0];
    expect(shown.schools).toMatchObject([
      { urn: a, contributedPence: 40_000, onAccountPence: 40_000, actualPence: 15_000, differencePence: -25_000, settled: false },
      { urn: b, contributedPence: 20_000, onAccountPence: 20_000, actualPence: 15_000, differencePence: -5000, settled: false },
    ]);
    // The leaver's day has passed and nothing of it is open.
    const [leaver] = (await c.financeOfficer.get(at(c, 'charges-due?through=2026-11-23'))).body.items;
    expect(leaver).toMatchObject({ kind: 'true-up', pence: -20_000, shares: [{ urn: b, pence: -20_000 }] });
    expect(leaver.workings[1]).toBe(`Test School ${b}: paid £200.00 on account, actual shares £150.00: £50.00 to be refunded.`);
    await c.financeOfficer.post(at(c, 'charges-due'), { through: '2026-11-23' });
    expect(await open(false)).toEqual([[a, 'on-account', 40_000], [b, 'on-account', 20_000], [b, 'expense', 15_000], [b, 'true-up', -20_000]]);
    app.clock.set('2026-12-01T09:00:00Z');
    const later = await app.person('finance-officer', { collaborationId: c.id });
    await later.post(at(c, 'charges-due'), { through: '2026-12-01' });
    expect(await sharesOf(c)).toEqual({ [a]: 15_000, [b]: 15_000 });
    expect(await open(false)).toEqual(await open(true));
    expect((await later.get(at(c, 'on-account'))).body.items[0].schools).toMatchObject([{ settled: true, differencePence: 0 }, { settled: true, differencePence: 0 }]);
  });
});

describe('hours given without cash', () => {
  it('When schools give one another time, then the balances are nothing together and no charge is made', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    const give = (giverUrn: string, takerUrn: string, minutes: number) => c.coordinator.post(at(c, 'hours-given'), { giverUrn, takerUrn, minutes, givenOn: '2026-11-10', what: 'Moderation of writing' });
    await give(a, b, 120);
    await give(b, d, 90);
    const { status, body } = await give(a, b, -30);
    expect(status).toBe(201);
    expect(body.balances.map(({ urn, balanceMinutes }: { urn: string; balanceMinutes: number }) => [urn, balanceMinutes])).toEqual([[a, 90], [b, 0], [d, -90]]);
    expect(await charges(c)).toEqual([]);
    expect((await c.head.get(at(c, 'hours-given'))).body.total).toBe(3);
    expect((await give(a, a, 10)).status).toBe(422);
    expect((await give(a, (await app.schools(1))[0]!, 10)).body.code).toBe('sharing.not-a-member');
    await expect(app.sql('delete from hours_given where collaboration_id = $1', [c.id])).rejects.toThrow(/never changed/);
  });
});
