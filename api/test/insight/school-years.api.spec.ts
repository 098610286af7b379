import { beforeAll, describe, expect, it } from '@jest/globals';
import { runOf, saveIssuer, september } from '../billing/charging.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf } from '../sharing/arrange.js';

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
});
