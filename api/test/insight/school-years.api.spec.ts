import { beforeAll, describe, expect, it } from '@jest/globals';
import { runOf, saveIssuer, september } from '../billing/charging.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, bookingOf } from '../sharing/arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T08:00:00Z');
});

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const expense = (c: TestCollaboration, agreementId: string, pence: number, on: string) =>
  c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', agreementId, description: `On ${on}`, pence, serviceFrom: on, serviceTo: on });

describe('each school in its own year', () => {
  it('When a maintained school and an academy share a charge in June, then it is in the old year of one and the new year of the other, under their own codes', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [maintained, academy] = c.urns as [string, string];
    await app.sql(`update school set kind = 'academy' where urn = $1`, [academy]);
    const agreement = await agreementOf(app, c, { startsOn: '2025-09-01' });
    await expense(c, agreement.id, 2000, '2026-06-15');
    const totals = async (urn: string, on: string) => {
      const { body } = await c.auditor.get(`${at(c)}/school-years/${urn}?on=${on}`);
      return [body.system, body.year.label, body.totalPence, ...body.lines.map((line: { code: string }) => line.code)];
    };
    expect(await totals(maintained, '2026-10-05')).toEqual(['CFR', '2026-27', 1000, 'E27']);
    expect(await totals(academy, '2026-08-31')).toEqual(['AAR', '2025-26', 1000, 'Educational consultancy']);
    expect(await totals(academy, '2026-10-05')).toEqual(['AAR', '2026-27', 0]);
  });

  it('When a code is chosen for a service, then the report and new invoices follow, and what was issued keeps its own', async () => {
    const c = await app.collaboration({ schools: 2 });
    await saveIssuer(c);
    const [, sister] = c.urns as [string, string];
    const agreement = await agreementOf(app, c);
    await expense(c, agreement.id, 2000, '2026-09-15');
    const run = await runOf(c, september);
    await c.financeOfficer.post(`${at(c)}/invoice-runs/${run.id}/issue`);
    await expense(c, agreement.id, 400, '2026-09-20');
    const choose = (choice: object | null) => c.financeOfficer.put(`${at(c)}/cost-codes`, { serviceId: agreement.serviceId, schoolKind: 'maintained', choice });
    expect((await choose({ code: 'E28a', name: 'Bought-in professional services – other' })).body.items[0].maintained).toEqual({ code: 'E28a', name: 'Bought-in professional services – other', isChosen: true });
    const year = await c.sister.get(`${at(c)}/school-years/${sister}`);
    expect(year.body.lines.map((l: { code: string; invoicedPence: number; toInvoicePence: number }) => [l.code, l.invoicedPence, l.toInvoicePence])).toEqual([['E27', 1000, 0], ['E28a', 0, 200]]);
    expect((await choose(null)).body.items[0].maintained).toMatchObject({ code: 'E27', isChosen: false });
    expect((await c.businessManager.get(`${at(c)}/school-years/${sister}`)).status).toBe(404);
  });

  it('When a school asks what it is committed to, then it sees its own until its own year ends, and the collaboration sees all', async () => {
    const c = await app.collaboration({ schools: 2 });
    await app.sql(`update school set kind = 'academy' where urn = $1`, [c.urns[1]]);
    await agreementOf(app, c, {
      retainerPence: 12_000, priceBasis: 'retainer', pricePence: null,
      instalments: [{ dueOn: '2026-11-01', from: '2026-11-01', to: '2026-11-30', pence: 6000 }, { dueOn: '2027-05-01', from: '2027-05-01', to: '2027-05-31', pence: 6000 }],
    });
    const own = (await c.businessManager.get(`${at(c)}/commitments`)).body;
    expect(own.items.map((i: { urn: string; pence: number; to: string }) => [i.urn, i.pence, i.to])).toEqual([[c.urns[0], 3000, '2027-03-31']]);
    const all = (await c.financeOfficer.get(`${at(c)}/commitments`)).body;
    expect(all).toMatchObject({ pence: 9000, items: [{ pence: 3000 }, { pence: 6000, to: '2027-08-31', rows: [{ what: '2 instalments until 31 Aug 2027', allPence: 12_000 }] }] });
    expect((await c.businessManager.get(`${at(c)}/commitments?schoolUrn=${c.urns[1]}`)).status).toBe(404);
  });

  it('When a shared post, contributions, a group contract, a fee and a promise run, then they are among what each school is committed to', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [a, b] = c.urns as [string, string];
    const post = await agreementOf(app, c, { name: 'Post' });
    const cover = await agreementOf(app, c, { name: 'Cover' });
    const advance = await agreementOf(app, c, { name: 'Advance', retainerPence: 9000, priceBasis: 'retainer', pricePence: null, instalments: [{ dueOn: '2026-11-01', from: '2026-11-01', to: '2026-11-30', pence: 9000 }] });
    const promise = await agreementOf(app, c, { name: 'Promise', endsOn: '2027-02-28', pricePence: 5000 });
    await app.sql('update agreement set minimum_commitment_milliunits = 3000 where id = $1', [promise.id]);
    await bookingOf(app, c.id, { agreement: promise, startsAt: '2026-11-03T09:00:00Z', endsAt: '2026-11-03T10:00:00Z', state: 'confirmed', schools: [{ urn: a, minutes: 60 }] });
    const plan = async (body: object) => expect((await c.financeOfficer.post(`${at(c)}/charge-plans`, { startsOn: '2026-09-01', endsOn: '2027-08-31', ...body })).status).toBe(201);
    await plan({
      name: 'Business manager', agreementId: post.id,
      terms: { kind: 'shared-post', fullTimeSalaryPence: 1_200_000, hoursPerWeek: '37', fullTimeHours: '37', weeksPaid: '52', weeksInYear: '52', insuranceBasisPoints: 0, insuranceFromPence: 0, pensionBasisPoints: 0, instalments: 'monthly-12' },
    });
    await plan({ name: 'Insurance', agreementId: cover.id, terms: { kind: 'group-contract', per: 'school', pricePence: 36_500, leavers: 'to-date' } });
    await plan({ name: 'On account', agreementId: advance.id, terms: { kind: 'on-account', totalPence: 12_000, instalments: 'monthly-12' } });
    await plan({ name: 'Fee', terms: { kind: 'administration-fee', every: 'quarter', pence: 3000 } });
    const { items } = (await c.financeOfficer.get(`${at(c)}/commitments?schoolUrn=${b}`)).body;
    const rows = items[0].rows.map((row: { agreementName: string; what: string; allPence: number; pence: number }) => [row.agreementName.split(' ')[0], row.what, row.allPence, row.pence]);
    expect(rows).toEqual(expect.arrayContaining([
      ['Post', 'The shared post until 31 Mar 2027', 700_000, 350_000],
      ['Cover', 'The group contract until 31 Mar 2027', 73_000, 36_500],
      ['Advance', 'Contributions on account until 31 Mar 2027', 7000, 3500],
      ['For', 'The lead school’s fee until 31 Mar 2027', 6000, 3000],
      // Three were promised and one is booked, which is a commitment of its own.
      ['Promise', 'The minimum commitment, if nothing more is booked until 31 Mar 2027', 10_000, 5000],
      ['Promise', '1 session until 31 Mar 2027', 5000, 2500],
    ]));
    // The instalment of £90.00 waits behind the contributions.
    expect(rows).toHaveLength(6);
    expect((await c.financeOfficer.get(`${at(c)}/value-for-money?from=2026-09-01&to=2026-10-05`)).body.committed.pence).toBe(2 * items[0].pence);
  });
});
