import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InstalmentsService } from '../../src/sharing/instalments.service.js';
import { until } from '../client.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf, penceOf } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

beforeEach(() => app.clock.set('2026-11-23T09:00:00Z'));

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const due = async (c: TestCollaboration, through: string) => (await c.financeOfficer.get(`${at(c)}/charges-due?through=${through}`)).body;
const make = (c: TestCollaboration, through: string, keys?: readonly string[]) => c.financeOfficer.post(`${at(c)}/charges-due`, { through, ...(keys ? { keys } : {}) });
const planOf = async (c: TestCollaboration, body: object) => {
  const answer = await c.financeOfficer.post(`${at(c)}/charge-plans`, { startsOn: '2026-09-01', endsOn: '2027-08-31', ...body });
  expect(answer.status).toBe(201);
  return answer.body;
};
const charges = async (c: TestCollaboration, query = '') => (await c.financeOfficer.get(`${at(c)}/charges?size=200${query}`)).body.items;

/** Sessions are as old as the clock says: on a later day the finance officer signs in again. */
async function laterOn(c: TestCollaboration, instant: string): Promise<TestCollaboration> {
  app.clock.set(instant);
  return { ...c, financeOfficer: await app.person('finance-officer', { collaborationId: c.id }) };
}

/** Everything that a collaboration was charged, shared and posted comes to the same. */
async function reconciles(c: TestCollaboration): Promise<void> {
  const [sums] = await app.sql<{ charged: string; shared: string; posted: string }>(
    `select (select coalesce(sum(pence), 0) from charge where collaboration_id = $1) as charged, (select coalesce(sum(pence), 0) from share where collaboration_id = $1) as shared,
            (select coalesce(sum(pence), 0) from ledger_posting where collaboration_id = $1 and account = 'shares-to-invoice') as posted`,
    [c.id],
  );
  expect([sums?.shared, sums?.posted]).toEqual([sums?.charged, sums?.charged]);
}

describe('charges that are due', () => {
  it('When a dry run shows them, then nothing is stored, and making them gives the same shares to the penny', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { retainerPence: 30_001, instalments: [{ dueOn: '2026-10-01', from: '2026-10-01', to: '2026-10-31', pence: 10_000 }, { dueOn: '2026-11-01', from: '2026-11-01', to: '2026-11-30', pence: 20_000 }] });
    await planOf(c, { name: 'Fee of the lead school', agreementId: agreement.id, terms: { kind: 'administration-fee', every: 'month', basisPoints: 125 } });
    const shown = await due(c, '2026-11-23');
    expect(shown.items.map((one: { kind: string; pence: number; dueOn: string }) => [one.kind, one.pence, one.dueOn])).toEqual([
      ['instalment', 10_000, '2026-10-01'], ['administration-fee', 125, '2026-11-01'], ['instalment', 20_000, '2026-11-01'],
    ]);
    expect(shown.totalPence).toBe(30_125);
    expect(shown.items[1].workings).toEqual(['£100.00 was charged since 1 September 2026; 1.25 % of it is £1.25.']);
    expect(await charges(c)).toEqual([]);
    expect((await make(c, '2026-11-23')).body).toMatchObject({ charged: 3, pence: 30_125, unshared: 0 });
    const made = await charges(c);
    for (const one of shown.items) {
      const charge = made.find(({ description }: { description: string }) => description === one.description);
      expect(penceOf(charge.shares)).toEqual(penceOf(one.shares));
      expect(charge.workings).toEqual(one.workings);
    }
    expect((await due(c, '2026-11-23')).items).toEqual([]);
    await reconciles(c);
  });

  it('When they are made four times at once, then each is made once', async () => {
    const c = await app.collaboration({ schools: 2 });
    await planOf(c, { name: 'Fee', terms: { kind: 'administration-fee', every: 'month', pence: 5000 } });
    const answers = await Promise.all([1, 2, 3, 4].map(() => make(c, '2026-11-23')));
    expect(answers.map(({ body }) => body.charged).sort()).toEqual([0, 0, 0, 2]);
    const [charge] = await charges(c);
    await expect(
      app.sql('insert into charge select (json_populate_record(c, json_build_object($2::text, gen_random_uuid()))).* from charge c where id = $1', [charge.id, 'id']),
    ).rejects.toThrow(/charge_due_once/);
  });

  it('When only some are chosen, then only those are made', async () => {
    const c = await app.collaboration({ schools: 2 });
    await planOf(c, { name: 'Fee', terms: { kind: 'administration-fee', every: 'month', pence: 5000 } });
    const { items } = await due(c, '2026-11-23');
    expect((await make(c, '2026-11-23', [items[1].key])).body).toMatchObject({ charged: 1 });
    expect((await due(c, '2026-11-23')).items.map(({ key }: { key: string }) => key)).toEqual([items[0].key]);
  });

  it('When their day has passed, then the daily job makes them', async () => {
    const before = await app.collaboration({ schools: 2 });
    await planOf(before, { name: 'Fee', terms: { kind: 'administration-fee', every: 'quarter', pence: 9000 } });
    const c = await laterOn(before, '2026-12-01T09:00:00Z');
    await app.app.get(InstalmentsService, { strict: false }).askForDue();
    await until(async () => (await charges(c)).length > 0);
    expect(await charges(c)).toMatchObject([{ kind: 'administration-fee', pence: 9000, belongsOn: '2026-11-30', chargedBy: 'Fairshare', workings: ['A sum of £90.00 for each quarter.'] }]);
  });

  it('When it is further ahead than a month, then it is refused', async () => {
    const c = await app.collaboration({ schools: 2 });
    expect(await make(c, '2027-06-01')).toMatchObject({ status: 422, body: { code: 'sharing.not-due-yet' } });
    expect((await c.schoolFinanceOfficer.get(`${at(c)}/charges-due`)).status).toBe(403);
  });
});

describe('plans', () => {
  it('When fewer sessions were delivered than promised, then the rest is due after the term at the price of its last day', async () => {
    app.clock.set('2027-09-02T09:00:00Z');
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c, { pricePence: 6000 });
    await app.sql('update agreement set minimum_commitment_milliunits = 5000 where id = $1', [agreement.id]);
    for (const day of ['06', '13', '20']) {
      await bookingOf(app, c.id, { agreement, startsAt: `2026-10-${day}T09:00:00Z`, endsAt: `2026-10-${day}T10:00:00Z`, state: 'delivered', schools: [{ urn: c.urns[0]!, minutes: 60 }] });
    }
    const [short] = (await due(c, '2027-09-02')).items;
    expect(short).toMatchObject({ kind: 'minimum-commitment', pence: 12_000, shares: [{ pence: 6000 }, { pence: 6000 }] });
    await make(c, '2027-09-02');
    expect((await charges(c))[0]).toMatchObject({ kind: 'minimum-commitment', pence: 12_000, belongsOn: '2027-08-31' });
  });

  it('When days were promised and half days are priced, then what is not used is worked out by the agreement’s own hours', async () => {
    app.clock.set('2027-09-02T09:00:00Z');
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c, { pricePence: 18_000, priceBasis: 'half-day', unit: 'day' });
    await app.sql('update agreement set minimum_commitment_milliunits = 2000 where id = $1', [agreement.id]);
    await bookingOf(app, c.id, { agreement, startsAt: '2026-10-06T08:00:00Z', endsAt: '2026-10-06T11:00:00Z', state: 'delivered', schools: [{ urn: c.urns[0]!, minutes: 180 }] });
    const [short] = (await due(c, '2027-09-02')).items;
    expect(short).toMatchObject({ kind: 'minimum-commitment', pence: 54_000 });
    expect(short.workings).toEqual(['The commitment is 2 of a day, counted in a half-day by the agreement’s hours.', '4 units were promised until 31 August 2027 and 1 were delivered.', 'That leaves 3 at £180.00.']);
  });

  it('When a volume was reached, then everything charged so far has its discount along what each was charged', async () => {
    const c = await app.collaboration({ schools: 3 });
    const agreement = await agreementOf(app, c, { basis: 'fixed', fixedBasisPoints: { [c.urns[0]!]: 7000, [c.urns[1]!]: 3000, [c.urns[2]!]: 0 } });
    await planOf(c, { name: 'Volume', agreementId: agreement.id, terms: { kind: 'discount', tiers: [{ fromMilliunits: 2000, basisPoints: 1000 }] } });
    for (const day of ['06', '13']) {
      await bookingOf(app, c.id, { agreement, startsAt: `2026-10-${day}T09:00:00Z`, endsAt: `2026-10-${day}T10:00:00Z`, state: 'delivered', schools: [{ urn: c.urns[0]!, minutes: 60 }] });
    }
    await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'minimum-commitment', agreementId: agreement.id, description: 'What was used', pence: 12_000, serviceFrom: '2026-10-06', serviceTo: '2026-10-13' });
    const [discount] = (await due(c, '2026-11-23')).items;
    expect(discount).toMatchObject({ kind: 'discount', pence: -1200, dueOn: '2026-10-14' });
    expect(penceOf(discount.shares)).toEqual({ [c.urns[0]!]: -840, [c.urns[1]!]: -360 });
    await make(c, '2026-11-23');
    await reconciles(c);
  });

  it('When a school joins insurance in mid-term and another leaves, then each pays its own days', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    const agreement = await agreementOf(app, c, { name: 'Absence insurance', subscriptions: [{ urn: a, until: null }, { urn: b, until: null }, { urn: d, from: '2026-11-02', until: null }] });
    await planOf(c, { name: 'Premium', agreementId: agreement.id, terms: { kind: 'group-contract', per: 'school', pricePence: 36_500, leavers: 'to-date' } });
    await make(c, '2026-11-23');
    expect((await charges(c)).map((one: { shares: [] }) => penceOf(one.shares))).toEqual([{ [d]: 30_300 }, { [a]: 36_500, [b]: 36_500 }]);
    await app.sql(`update subscription set until_on = '2026-11-30' where agreement_id = $1 and urn = $2`, [agreement.id, b]);
    const later = await laterOn(c, '2026-12-01T09:00:00Z');
    expect((await due(later, '2026-12-01')).items).toMatchObject([{ pence: -27_400, shares: [{ urn: b, pence: -27_400 }] }]);
    await make(later, '2026-12-01');
    expect((await due(later, '2026-12-20')).items).toEqual([]);
    await reconciles(c);
  });

  it('When a post is shared, then its cost stands in the workings and in twelve parts by the rule', async () => {
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c, { basis: 'pupils', name: 'Shared business manager' });
    await planOf(c, {
      name: 'Business manager', agreementId: agreement.id,
      terms: { kind: 'shared-post', fullTimeSalaryPence: 4_000_000, hoursPerWeek: '37', fullTimeHours: '37', weeksPaid: '52.143', insuranceFromPence: 500_000, pensionBasisPoints: 2000, instalments: 'monthly-12' },
    });
    expect((await make(c, '2026-11-23')).body).toMatchObject({ charged: 3, pence: 3 * 443_750 });
    const [last] = await charges(c);
    expect(last).toMatchObject({ kind: 'shared-post', description: 'Business manager, part 3 of 12' });
    expect(last.workings).toContain('National Insurance: 15 % of what is above £5,000.00: £5,250.00.');
    expect(penceOf(last.shares)).toEqual({ [c.urns[0]!]: 177_500, [c.urns[1]!]: 266_250 });
  });

  it('When prices rise on a day, then the new price is dated, the rule stays, and instalments from then on bear the rise', async () => {
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c, { pricePence: 6001, retainerPence: 20_000, instalments: [{ dueOn: '2026-12-01', from: '2026-12-01', to: '2026-12-31', pence: 20_000 }] });
    await planOf(c, { name: 'Yearly uplift', agreementId: agreement.id, startsOn: '2026-12-01', terms: { kind: 'uplift', index: { name: 'CPI', before: '133.0', after: '139.65' } } });
    const { prices, rules } = (await c.coordinator.get(`${at(c)}/agreements/${agreement.id}`)).body;
    expect(prices).toEqual([{ from: '2026-09-01', pence: 6001 }, { from: '2026-12-01', pence: 6301 }]);
    expect(rules).toHaveLength(1);
    const later = await laterOn(c, '2026-12-01T09:00:00Z');
    expect((await due(later, '2026-12-01')).items.map(({ kind, pence }: { kind: string; pence: number }) => [kind, pence])).toEqual([['instalment', 20_000], ['uplift', 1000]]);
  });

  it('When it is stopped, then nothing later is due, and the database lets it be changed in no other way', async () => {
    const c = await app.collaboration({ schools: 2 });
    const { id } = await planOf(c, { name: 'Fee', terms: { kind: 'administration-fee', every: 'month', pence: 5000 } });
    const stop = () => c.financeOfficer.post(`${at(c)}/charge-plans/${id}/stop`, { on: '2026-10-15' });
    expect((await stop()).body).toMatchObject({ stoppedOn: '2026-10-15' });
    expect((await stop())).toMatchObject({ status: 409, body: { code: 'sharing.plan-stopped' } });
    expect((await due(c, '2026-11-23')).items).toHaveLength(1);
    await expect(app.sql(`update charge_plan set terms = '{}' where id = $1`, [id])).rejects.toThrow(/stays as it was agreed/);
    await expect(app.sql('delete from charge_plan where id = $1', [id])).rejects.toThrow(/stays as it was agreed/);
  });
});

describe('a school that joins or leaves within an instalment that was charged', () => {
  const autumn = [{ dueOn: '2026-09-01', from: '2026-09-01', to: '2026-11-30', pence: 9100 }];
  const paid = async (c: TestCollaboration) => {
    const rows = await app.sql<{ urn: string; pence: string }>('select urn, sum(pence) as pence from share where collaboration_id = $1 group by urn order by urn', [c.id]);
    return c.urns.map((urn) => Number(rows.find((row) => row.urn === urn)?.pence ?? 0));
  };

  it('When it is made anew from the desk, then each pays its own days to the penny by new entries only, once, and an end that is taken back is undone the same way', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [first, second, third] = c.urns as [string, string, string];
    const agreement = await agreementOf(app, c, { retainerPence: 9100, instalments: autumn, subscriptions: [{ urn: first }, { urn: second }, { urn: third, from: '2026-10-01' }] });
    await app.sql(`update subscription set from_on = '2027-01-01' where agreement_id = $1 and urn = $2`, [agreement.id, third]);
    await make(c, '2026-11-23');
    expect(await paid(c)).toEqual([4550, 4550, 0]);
    const [charge] = await charges(c);
    const posted = await app.sql<{ id: string }>('select * from share where collaboration_id = $1 order by id', [c.id]);

    await app.sql(`update subscription set from_on = '2026-10-01' where agreement_id = $1 and urn = $2`, [agreement.id, third]);
    const [offered] = (await due(c, '2026-11-23')).items;
    expect(offered).toMatchObject({ key: `again:${charge.id}:1`, byHand: true, pence: 0, dueOn: '2026-10-01', problem: null });
    expect(penceOf(offered.shares)).toEqual({ [first]: -1016, [second]: -1017, [third]: 2033 });
    expect(offered.workings[0]).toMatch(/takes part from 1 October 2026 to 30 November 2026; it was charged nothing\.$/);
    await app.app.get(InstalmentsService, { strict: false }).chargeDue(c.id);
    expect(await paid(c)).toEqual([4550, 4550, 0]);
    const answers = await Promise.all([1, 2, 3, 4].map(() => make(c, '2026-11-23')));
    expect(answers.map(({ body }) => body.charged).sort()).toEqual([0, 0, 0, 1]);
    expect(await paid(c)).toEqual([3534, 3533, 2033]);
    expect((await due(c, '2026-11-23')).items).toEqual([]);
    const why = (await c.financeOfficer.get(`${at(c)}/charges/${answers.find(({ body }) => body.charged === 1)?.body.chargeIds[0]}/shares`)).body;
    expect(why.items.find(({ urn }: { urn: string }) => urn === third).sentences.join(' ')).toContain('61 days');

    await app.sql(`update subscription set until_on = '2026-10-31' where agreement_id = $1 and urn = $2`, [agreement.id, second]);
    await make(c, '2026-11-23');
    expect(await paid(c)).toEqual([4034, 2533, 2533]);
    await app.sql(`update subscription set until_on = null where agreement_id = $1 and urn = $2`, [agreement.id, second]);
    await make(c, '2026-11-23', [`again:${charge.id}:3`]);
    expect(await paid(c)).toEqual([3534, 3533, 2033]);
    expect(await app.sql('select * from share where id = any ($1) order by id', [posted.map(({ id }) => id)])).toEqual(posted);
    await reconciles(c);
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When nobody takes part any more, then the desk says so and what was charged stays', async () => {
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c, { basis: 'equal', retainerPence: 9100, instalments: autumn });
    await app.sql(`update subscription set from_on = '2027-01-01' where agreement_id = $1 and urn = $2`, [agreement.id, c.urns[1]]);
    await make(c, '2026-11-23');
    await app.sql(`update subscription set from_on = '2027-01-01' where agreement_id = $1`, [agreement.id]);
    const [offered] = (await due(c, '2026-11-23')).items;
    expect(offered).toMatchObject({ byHand: true, shares: [], problem: expect.any(String) });
    expect((await make(c, '2026-11-23')).body).toMatchObject({ charged: 0, unshared: 1 });
    expect(await paid(c)).toEqual([9100, 0]);
  });
});
