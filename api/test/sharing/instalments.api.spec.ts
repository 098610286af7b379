import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseFraction } from '@fairshare/domain/kernel/fraction';
import { InstalmentsService } from '../../src/sharing/instalments.service.js';
import { until } from '../client.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf, penceOf } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

beforeEach(() => app.clock.set('2026-11-23T09:00:00Z'));

const monthly = (pence: number, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const first = new Date(Date.UTC(2026, 8 + i, 1)).toISOString().slice(0, 10);
    const last = new Date(Date.UTC(2026, 9 + i, 0)).toISOString().slice(0, 10);
    return { dueOn: first, from: first, to: last, pence };
  });

const charge = (c: TestCollaboration, through: string) => c.financeOfficer.post(`/api/collaborations/${c.id}/charges/instalments`, { through });
const list = async (c: TestCollaboration, query = '') => (await c.financeOfficer.get(`/api/collaborations/${c.id}/charges${query}`)).body;

async function totalsOf(c: TestCollaboration): Promise<Record<string, number>> {
  const rows = await app.sql<{ urn: string; pence: string }>('select urn, sum(pence) as pence from share where collaboration_id = $1 group by 1', [c.id]);
  return Object.fromEntries(rows.map(({ urn, pence }) => [urn, Number(pence)]));
}

describe('instalments', () => {
  it('When they are charged twice, also at once, then each is charged once', async () => {
    const c = await app.collaboration({ schools: 3 });
    await agreementOf(app, c, { retainerPence: 120_000, instalments: monthly(10_000, 12) });
    const answers = await Promise.all([charge(c, '2026-11-23'), charge(c, '2026-11-23'), charge(c, '2026-11-23')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.map(({ body }) => body.charged).sort()).toEqual([0, 0, 3]);
    const { items, total, totalPence } = await list(c, '?from=2026-09-01&to=2026-11-30');
    expect({ total, totalPence }).toEqual({ total: 3, totalPence: 30_000 });
    expect(items[0].description).toMatch(/, instalment 3 of 12$/);
  });

  it('When £100.00 a month is shared by three, then the odd penny rotates and three months end level', async () => {
    const c = await app.collaboration({ schools: 3 });
    await agreementOf(app, c, { retainerPence: 30_000, instalments: monthly(10_000, 3) });
    await charge(c, '2026-11-01');
    const { items } = await list(c);
    const [a, b, d] = c.urns as [string, string, string];
    expect(items.reverse().map((i: { shares: [] }) => penceOf(i.shares))).toEqual([
      { [a]: 3334, [b]: 3333, [d]: 3333 },
      { [a]: 3333, [b]: 3334, [d]: 3333 },
      { [a]: 3333, [b]: 3333, [d]: 3334 },
    ]);
    expect(await totalsOf(c)).toEqual({ [a]: 10_000, [b]: 10_000, [d]: 10_000 });
  });

  it('When £1.00 a month is shared two to one for a year, then it ends at £8.00 and £4.00', async () => {
    app.clock.set('2027-08-31T09:00:00Z');
    const c = await app.collaboration({ schools: 2 });
    const [a, b] = c.urns as [string, string];
    await app.sql(`update pupil_number set thousandths = case urn when $1 then 200000 else 100000 end where measure = 'pupils' and urn = any ($2)`, [a, [a, b]]);
    await agreementOf(app, c, { basis: 'pupils', retainerPence: 1200, instalments: monthly(100, 12) });
    await charge(c, '2027-08-01');
    expect(await totalsOf(c)).toEqual({ [a]: 800, [b]: 400 });
  });

  it('When a school joins in mid-month and another leaves, then each pays for its days only', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    await agreementOf(app, c, {
      retainerPence: 30_000, instalments: monthly(30_000, 1),
      subscriptions: [{ urn: a }, { urn: b, until: '2026-09-15' }, { urn: d, from: '2026-09-16' }],
    });
    await charge(c, '2026-09-30');
    const { items } = await list(c);
    expect(penceOf(items[0].shares)).toEqual({ [a]: 15_000, [b]: 7500, [d]: 7500 });
  });

  it('When the rule is by use, then the charge waits for the end of its period and is shared by the daily job', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b] = c.urns as [string, string];
    const agreement = await agreementOf(app, c, { basis: 'use', retainerPence: 9000, instalments: [{ dueOn: '2026-11-01', from: '2026-11-01', to: '2026-11-30', pence: 9000 }] });
    await bookingOf(app, c.id, { agreement, startsAt: '2026-11-03T09:00:00Z', endsAt: '2026-11-03T10:00:00Z', state: 'delivered', schools: [{ urn: a, minutes: 60 }] });
    await bookingOf(app, c.id, { agreement, startsAt: '2026-11-10T09:00:00Z', endsAt: '2026-11-10T09:30:00Z', state: 'delivered', schools: [{ urn: b, minutes: 30 }] });
    expect((await charge(c, '2026-11-23')).body).toMatchObject({ charged: 1, unshared: 1 });
    const [waiting] = (await list(c, '?unshared=true')).items;
    expect(waiting).toMatchObject({ shared: false, problemCode: 'sharing.use-not-known-yet', shares: [] });
    app.clock.set('2026-12-01T09:00:00Z');
    await app.app.get(InstalmentsService, { strict: false }).askForDue();
    await until(async () => (await app.sql('select 1 from share_set where collaboration_id = $1', [c.id])).length > 0);
    // Sessions are as old as the clock says: back to the day they were made.
    app.clock.set('2026-11-23T09:00:00Z');
    const [shared] = (await list(c, '?unshared=false')).items;
    expect(penceOf(shared.shares)).toEqual({ [a]: 6000, [b]: 3000, [c.urns[2]!]: 0 });
    expect(shared.problemCode).toBeNull();
  });

  it('When a part of the rule goes equally and a part by pupils, then both are in the explanation', async () => {
    const c = await app.collaboration({ schools: 2 });
    await agreementOf(app, c, {
      basis: 'parts', parts: [{ basis: 'equal', basisPoints: 3000 }, { basis: 'pupils', basisPoints: 7000 }], retainerPence: 100_000, instalments: [{ dueOn: '2026-09-01', from: '2026-09-01', to: '2027-08-31', pence: 100_000 }],
    });
    await charge(c, '2026-11-23');
    const [item] = (await list(c)).items;
    expect(penceOf(item.shares)).toEqual({ [c.urns[0]!]: 43_000, [c.urns[1]!]: 57_000 });
    const { body } = await c.financeOfficer.get(`/api/collaborations/${c.id}/charges/${item.id}/shares`);
    expect(body.rule).toBe('30 % equally and 70 % by pupil numbers');
    expect(body.items[0].explanation.division.slices.map((s: { part: string }) => s.part)).toEqual(['equally', 'by pupil numbers']);
  });

  it('When fixed shares, caps and floors are agreed, then they hold', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [a, b, d] = c.urns as [string, string, string];
    await agreementOf(app, c, { name: 'Fixed', basis: 'fixed', fixedBasisPoints: { [a]: 5000, [b]: 2500, [d]: 2500 }, retainerPence: 10_001, instalments: monthly(10_001, 1) });
    await agreementOf(app, c, { name: 'Capped', basis: 'pupils', bounds: { capBasisPoints: 4000 }, retainerPence: 45_000, instalments: monthly(45_000, 1) });
    await charge(c, '2026-09-01');
    const { items } = await list(c);
    const of = (name: string) => penceOf(items.find((i: { description: string }) => i.description.startsWith(name)).shares);
    expect(of('Fixed')).toEqual({ [a]: 5001, [b]: 2500, [d]: 2500 });
    expect(of('Capped')).toEqual({ [a]: 10_800, [b]: 16_200, [d]: 18_000 });
  });

  it('When pupil numbers are missing, then the charge is kept and shown, and shared once they are there', async () => {
    const c = await app.collaboration({ schools: 2 });
    await agreementOf(app, c, { basis: 'pupils', censusOn: '2020-01-01', retainerPence: 3000, instalments: monthly(3000, 1) });
    await charge(c, '2026-09-30');
    const [item] = (await list(c)).items;
    expect(item).toMatchObject({ shared: false, problemCode: 'sharing.pupil-numbers-missing' });
    expect((await c.financeOfficer.get(`/api/collaborations/${c.id}/charges/${item.id}/shares`)).body).toMatchObject({ items: [], total: 0, rule: null });
    const again = () => c.financeOfficer.post(`/api/collaborations/${c.id}/charges/${item.id}/share`);
    expect((await again()).body.problemCode).toBe('sharing.pupil-numbers-missing');
    for (const urn of c.urns) await app.sql(`insert into pupil_number (urn, measure, census_on, thousandths, source) values ($1, 'pupils', '2019-10-01', 100000, 'entered')`, [urn]);
    expect((await again()).body).toMatchObject({ shared: true, problemCode: null });
    expect((await again()).body.code).toBe('sharing.already-shared');
    const left = await app.sql<{ pence: string }>(`select coalesce(sum(pence), 0) as pence from ledger_posting where collaboration_id = $1 and account = 'charges-to-share'`, [c.id]);
    expect(left[0]?.pence).toBe('0');
  });

  it('When a year of several agreements is charged, then no school is ever a whole penny out and the ledger is level', async () => {
    app.clock.set('2027-08-31T09:00:00Z');
    const c = await app.collaboration({ schools: 7 });
    await agreementOf(app, c, { name: 'A', basis: 'pupils', retainerPence: 119_988, instalments: monthly(9999, 12) });
    await agreementOf(app, c, { name: 'B', basis: 'equal', retainerPence: 120_012, instalments: monthly(10_001, 12) });
    await agreementOf(app, c, { name: 'C', basis: 'parts', parts: [{ basis: 'equal', basisPoints: 3333 }, { basis: 'pupil-premium', basisPoints: 6667 }], retainerPence: 8004, instalments: monthly(667, 12) });
    expect((await charge(c, '2027-08-01')).body).toMatchObject({ charged: 36, unshared: 0 });
    const carries = await app.sql<{ carried: string }>('select distinct on (agreement_id, urn) carried_after as carried from share where collaboration_id = $1 order by agreement_id, urn, sequence desc', [c.id]);
    for (const { carried } of carries) {
      const { numerator, denominator } = parseFraction(carried);
      expect((numerator < 0n ? -numerator : numerator) < denominator).toBe(true);
    }
    const [sums] = await app.sql<{ charged: string; shared: string; posted: string }>(
      `select (select sum(pence) from charge where collaboration_id = $1) as charged, (select sum(pence) from share where collaboration_id = $1) as shared,
              (select sum(pence) from ledger_posting where collaboration_id = $1 and account = 'shares-to-invoice') as posted`, [c.id],
    );
    expect(sums).toEqual({ charged: '248004', shared: '248004', posted: '248004' });
  });

  it('When somebody asks for more than a month ahead, then it is refused', async () => {
    const c = await app.collaboration({ schools: 1 });
    expect((await charge(c, '2027-06-01')).body.code).toBe('sharing.not-due-yet');
    expect((await charge(c, '2026-02-31')).status).toBe(422);
  });
});
