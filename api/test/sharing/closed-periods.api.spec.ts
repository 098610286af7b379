import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runOf, saveIssuer } from '../billing/charging.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf, penceOf } from './arrange.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
}, 60_000);

beforeEach(() => app.clock.set('2026-04-10T09:00:00Z'));

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const march = '2026-03-15';
const expense = async (c: TestCollaboration, agreementId: string, pence: number): Promise<string> =>
  (await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', agreementId, description: 'Reports', pence, serviceFrom: march, serviceTo: march })).body.id;
const close = (c: TestCollaboration) => c.financeOfficer.post(`${at(c)}/ledger/period-closes`, { throughOn: '2026-03-31' });

/** Everything that was reported of the year that ended on 31 March. */
async function reported(c: TestCollaboration): Promise<object> {
  const [first] = c.urns as [string];
  const [year, reconciliation, purse, matrix] = await Promise.all([
    c.financeOfficer.get(`${at(c)}/school-years/${first}?on=2026-03-31`), c.financeOfficer.get(`${at(c)}/reconciliation?from=2026-03-01&to=2026-03-31`),
    c.financeOfficer.get(`${at(c)}/funding/${first}?on=2026-03-31`), c.financeOfficer.get(`${at(c)}/shared-costs?from=2026-03-01&to=2026-03-31`),
  ]);
  for (const answer of [year, reconciliation, purse, matrix]) expect(answer.status).toBe(200);
  const { budgets, sharesPence, generalPence } = purse.body;
  return { year: year.body, reconciliation: reconciliation.body, purse: { budgets, sharesPence, generalPence }, matrix: matrix.body };
}

async function arranged(): Promise<{ c: TestCollaboration; agreementId: string }> {
  const c = await app.collaboration({ schools: 2 });
  await saveIssuer(c);
  const [first] = c.urns as [string];
  const agreement = await agreementOf(app, c, { startsOn: '2025-09-01', endsOn: '2026-08-31' });
  for (const [on, pence] of [['2026-03-31', 5000], ['2026-04-10', 7000]] as const) {
    await c.financeOfficer.put(`${at(c)}/funding/${first}/budgets`, { id: null, on, kind: 'pupil-premium', name: 'Pupil premium', conditions: null, pence });
  }
  await c.financeOfficer.put(`${at(c)}/funding/${first}/rules`, { serviceId: null, on: '2026-03-31', parts: [{ name: 'Pupil premium', weight: '1' }] });
  return { c, agreementId: agreement.id };
}

describe('a closed year', () => {
  it('When an expense of March is entered after March was closed, then every report of that year stays as it was, and it counts on 1 April', async () => {
    const { c, agreementId } = await arranged();
    await expense(c, agreementId, 2000);
    expect((await close(c)).status).toBe(201);
    const before = await reported(c);
    const chargeId = await expense(c, agreementId, 6000);
    expect(await reported(c)).toEqual(before);
    expect((await c.financeOfficer.get(`${at(c)}/charges/${chargeId}`)).body).toMatchObject({ serviceFrom: march, belongsOn: march, countsOn: '2026-04-01' });
    const [first] = c.urns as [string];
    expect((await c.financeOfficer.get(`${at(c)}/school-years/${first}?on=2026-04-10`)).body.totalPence).toBe(3000);
    const now = (await c.financeOfficer.get(`${at(c)}/funding/${first}?on=2026-04-10`)).body;
    expect(now).toMatchObject({ sharesPence: 3000, shareCount: 1, generalPence: 0, budgets: [{ pence: 7000, spentPence: 3000 }] });
    expect((await c.financeOfficer.get(`${at(c)}/reconciliation?from=2026-04-01&to=2026-04-30`)).body).toMatchObject({ charges: 6000, shares: 6000, unexplained: 0 });
    const posted = await app.sql<{ on: string }>(`select posted_on::text as "on" from ledger_entry where collaboration_id = $1 and source_id = $2`, [c.id, chargeId]);
    expect(posted).toEqual([{ on: '2026-04-01' }]);
  });

  it('When what was charged in it is corrected, invoiced and credited afterwards, then it stays as it was too', async () => {
    const { c, agreementId } = await arranged();
    const chargeId = await expense(c, agreementId, 2000);
    const run = await runOf(c, { from: '2026-03-01', to: '2026-03-31' });
    await c.financeOfficer.post(`${at(c)}/invoice-runs/${run.id}/issue`);
    await close(c);
    const before = await reported(c);
    app.clock.set('2026-04-10T09:30:00Z');
    await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/corrections`, { shouldBePence: 1000, reason: 'Half of it was given' });
    const [invoice] = (await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${c.urns[1]}`)).body.items;
    expect((await c.financeOfficer.post(`${at(c)}/invoices/${invoice.id}/credit-notes`, { reason: 'Half of it', pence: 300 })).status).toBe(201);
    expect(await reported(c)).toEqual(before);
    expect((await c.financeOfficer.get(`${at(c)}/school-years/${c.urns[1]}?on=2026-03-31`)).body.totalPence).toBe(1000);
    expect((await c.financeOfficer.get(`${at(c)}/school-years/${c.urns[1]}?on=2026-04-10`)).body.totalPence).toBe(-800);
    expect((await c.financeOfficer.get(`${at(c)}/reconciliation?from=2026-04-01&to=2026-04-30`)).body).toMatchObject({ charges: -1000, unexplained: 0 });
  });

  it('When a charge waited while its period was closed, then it is open in that one and closed in the next, and both say so', async () => {
    const { c } = await arranged();
    const byUse = await agreementOf(app, c, { startsOn: '2025-09-01', endsOn: '2026-08-31', basis: 'use' });
    const chargeId = await expense(c, byUse.id, 4000);
    await close(c);
    const before = await reported(c);
    expect(before).toMatchObject({ reconciliation: { unexplained: 4000 } });
    await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/share-among`, { schoolUrns: c.urns });
    expect(await reported(c)).toEqual(before);
    expect((await c.financeOfficer.get(`${at(c)}/reconciliation?from=2026-04-01&to=2026-04-30`)).body).toMatchObject({ charges: 0, shares: 4000, unexplained: -4000 });
    expect((await c.financeOfficer.get(`${at(c)}/reconciliation?from=2026-03-01&to=2026-04-30`)).body).toMatchObject({ charges: 4000, shares: 4000, unexplained: 0, differences: [] });
    expect(penceOf((await c.financeOfficer.get(`${at(c)}/charges/${chargeId}/shares`)).body.items)).toEqual(Object.fromEntries(c.urns.map((urn) => [urn, 2000])));
  });

  it('When somebody writes the day by hand, then the database says it all the same, and never changes it', async () => {
    const { c, agreementId } = await arranged();
    await close(c);
    const chargeId = await expense(c, agreementId, 2000);
    await expect(app.sql(`update charge set counts_on = '2026-03-31' where id = $1`, [chargeId])).rejects.toThrow(/never changes|charge/);
    const [set] = await app.sql<{ on: string }>('select counts_on::text as "on" from share_set where charge_id = $1', [chargeId]);
    expect(set?.on).toBe('2026-04-01');
  });
});
