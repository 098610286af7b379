import { beforeAll, describe, expect, it } from '@jest/globals';
import { charge, issuedInvoices, saveIssuer } from '../billing/charging.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

const limitPence = 10_000;
const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const expense = (pence: number) => ({ kind: 'expense', description: 'A minibus for the swimming gala', pence, serviceFrom: '2026-09-15', serviceTo: '2026-09-15' });
const approve = (c: TestCollaboration, id: string, who = c.coordinator) => who.post(`${at(c)}/approvals/${id}/approve`);

/** A collaboration where more than a hundred pounds take two people. */
async function withLimit(): Promise<TestCollaboration> {
  const c = await app.collaboration({ schools: 2 });
  await saveIssuer(c);
  await app.sql('update collaboration set approval_limit_pence = $2 where id = $1', [c.id, limitPence]);
  return c;
}

describe('a charge by hand', () => {
  it('When it is at the limit, or there is none, then one person is enough', async () => {
    const c = await withLimit();
    expect((await c.financeOfficer.post(`${at(c)}/charges`, expense(limitPence))).status).toBe(201);
    await app.sql('update collaboration set approval_limit_pence = null where id = $1', [c.id]);
    expect((await c.financeOfficer.post(`${at(c)}/charges`, expense(900_000))).status).toBe(201);
  });

  it('When it is above, then it happens once somebody else approves it, and says who both were', async () => {
    const c = await withLimit();
    const asked = await c.financeOfficer.post(`${at(c)}/charges`, expense(limitPence + 1));
    expect([asked.status, asked.body.approval]).toEqual([202, expect.objectContaining({ kind: 'sharing.charge', pence: limitPence + 1, state: 'waiting', summary: 'A minibus for the swimming gala', mayApprove: false })]);
    expect((await c.financeOfficer.get(`${at(c)}/charges`)).body.total).toBe(0);
    const { id } = asked.body.approval;
    const own = await approve(c, id, c.financeOfficer);
    expect([own.status, own.body.code]).toEqual([409, 'approvals.own']);
    expect([(await approve(c, id, c.head)).status, (await approve(c, id, c.auditor)).status]).toEqual([403, 403]);
    expect((await c.coordinator.get(`${at(c)}/approvals`)).body.items).toEqual([expect.objectContaining({ id, mayApprove: true })]);

    const both = await Promise.all([approve(c, id), approve(c, id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = await c.financeOfficer.get(`${at(c)}/charges`);
    const names = await Promise.all([c.financeOfficer, c.coordinator].map(async (who) => (await who.get('/api/session')).body.user.name as string));
    expect(body.items).toEqual([expect.objectContaining({ pence: limitPence + 1, chargedBy: `${names[0]}, approved by ${names[1]}` })]);
    const { body: trail } = await c.auditor.get(`${at(c)}/trail?size=200`);
    expect(trail.items.map((line: { action: string }) => line.action)).toEqual(expect.arrayContaining(['approvals.asked', 'approvals.approved', 'sharing.charged']));
    expect((await c.auditor.get(`${at(c)}/approvals?state=decided`)).body.items).toEqual([expect.objectContaining({ id, state: 'approved', decidedBy: names[1] })]);
  });

  it('When what was asked for is no longer possible, then the second person hears why and it waits on', async () => {
    const c = await withLimit();
    const chargeId = await charge(app, c, 20_000);
    const { body } = await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/corrections`, { shouldBePence: 15_000, reason: 'Half a day only' });
    await app.sql('update collaboration set approval_limit_pence = null where id = $1', [c.id]);
    expect((await c.financeOfficer.post(`${at(c)}/charges/${chargeId}/corrections`, { shouldBePence: 15_000, reason: 'Half a day only' })).status).toBe(201);
    const late = await approve(c, body.approval.id);
    expect([late.status, late.body.code]).toEqual([409, 'sharing.nothing-to-correct']);
    expect((await c.coordinator.get(`${at(c)}/approvals`)).body.total).toBe(1);
    expect((await c.financeOfficer.post(`${at(c)}/approvals/${body.approval.id}/refuse`)).body.state).toBe('refused');
    expect((await approve(c, body.approval.id)).body.code).toBe('approvals.decided-already');
  });
});

describe('what else takes two people', () => {
  it('When balances of the books before or the actual sum of an estimate are above the limit, then somebody else approves them first', async () => {
    const c = await withLimit();
    const half = Math.ceil(limitPence / 2) + 1;
    const balances = [{ urn: c.urns[0], pence: half }, { urn: c.urns[1], pence: 0 - half }];
    const opening = await c.financeOfficer.post(`${at(c)}/opening-balances`, { on: '2026-09-01', balances });
    expect([opening.status, opening.body.approval.kind, opening.body.approval.pence]).toEqual([202, 'sharing.opening', 2 * half]);
    expect((await c.financeOfficer.get(`${at(c)}/charges`)).body.total).toBe(0);
    expect((await approve(c, opening.body.approval.id)).status).toBe(200);
    expect((await c.financeOfficer.get(`${at(c)}/charges`)).body.total).toBe(2);

    const estimate = await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', description: 'Cover', pence: 1000, estimated: true, serviceFrom: '2026-09-15', serviceTo: '2026-09-15' });
    expect(estimate.status).toBe(201);
    const actual = await c.financeOfficer.post(`${at(c)}/charges/${estimate.body.id}/actual`, { actualPence: limitPence + 1, reason: 'A fortnight' });
    expect([actual.status, actual.body.approval.kind]).toEqual([202, 'sharing.settlement']);
    expect((await c.financeOfficer.get(`${at(c)}/charges/${estimate.body.id}`)).body).toMatchObject({ netPence: 1000, actualPence: null });
    expect((await approve(c, actual.body.approval.id)).status).toBe(200);
    expect((await c.financeOfficer.get(`${at(c)}/charges/${estimate.body.id}`)).body).toMatchObject({ netPence: limitPence + 1, actualPence: limitPence + 1 });
  });

  it('When a supplier bills more than the limit, then the bill is in the books once it is approved', async () => {
    const c = await withLimit();
    const supplier = await c.coordinator.post(`${at(c)}/suppliers`, { name: 'Frost Ltd', kind: 'company' });
    const bill = { supplierId: supplier.body.id, number: 'F-1', billedOn: '2026-09-10', lines: [{ description: 'Sessions', pence: limitPence + 1 }] };
    const asked = await c.financeOfficer.post(`${at(c)}/supplier-bills`, bill);
    expect([asked.status, asked.body.approval.summary]).toEqual([202, 'Bill F-1 of Frost Ltd']);
    expect((await c.financeOfficer.get(`${at(c)}/supplier-bills`)).body.total).toBe(0);
    expect((await approve(c, asked.body.approval.id)).status).toBe(200);
    expect((await c.financeOfficer.get(`${at(c)}/supplier-bills`)).body.items).toEqual([expect.objectContaining({ number: 'F-1', pence: limitPence + 1 })]);
    expect((await c.financeOfficer.post(`${at(c)}/supplier-bills`, { ...bill, number: 'F-2', lines: [{ description: 'One', pence: limitPence }] })).status).toBe(201);
  });

  it('When more than the limit is credited, by a sum or by leaving it open, then nothing is taken back before', async () => {
    const c = await withLimit();
    const [invoice] = await issuedInvoices(app, c, 30_000);
    const path = `${at(c)}/invoices/${invoice?.id}/credit-notes`;
    expect((await c.financeOfficer.post(path, { reason: 'Half of it', pence: limitPence })).status).toBe(201);
    await app.sql('update collaboration set approval_limit_pence = 4999 where id = $1', [c.id]);
    const asked = await c.financeOfficer.post(path, { reason: 'The rest' });
    expect([asked.status, asked.body.approval.pence]).toEqual([202, 5000]);
    expect((await approve(c, asked.body.approval.id)).status).toBe(200);
    expect((await c.financeOfficer.get(`${at(c)}/invoices/${invoice?.id}`)).body.creditNotes).toHaveLength(2);
  });

  it('When the account that schools or a supplier use changes, then it is the old one until somebody else approves', async () => {
    const c = await withLimit();
    const issuer = { accountName: 'Leamington North Cluster', sortCode: '30-00-00', accountNumber: '87654321', vatNumber: null, paymentDays: 30 };
    const own = await c.financeOfficer.put(`${at(c)}/invoice-issuer`, issuer);
    expect([own.status, own.body.approval.kind, own.body.approval.pence]).toEqual([202, 'billing.issuer', null]);
    expect((await c.financeOfficer.get(`${at(c)}/invoice-issuer`)).body.issuer.accountNumber).toBe('12345678');
    expect((await c.financeOfficer.put(`${at(c)}/invoice-issuer`, { ...issuer, accountNumber: '12345678', paymentDays: 14 })).status).toBe(200);
    expect((await approve(c, own.body.approval.id)).status).toBe(200);
    expect((await c.financeOfficer.get(`${at(c)}/invoice-issuer`)).body.issuer.accountNumber).toBe('87654321');

    const bankDetails = { accountName: 'Frost Ltd', sortCode: '200000', accountNumber: '55779911' };
    const { body: supplier } = await c.coordinator.post(`${at(c)}/suppliers`, { name: 'Frost Ltd', kind: 'company', bankDetails });
    const path = `${at(c)}/suppliers/${supplier.id}`;
    const other = await c.coordinator.put(path, { name: 'Frost Ltd', kind: 'company', bankDetails: { ...bankDetails, accountNumber: '55779912' } });
    expect([other.status, other.body.approval.summary]).toEqual([202, 'Frost Ltd is paid to: account ending in 9912']);
    expect((await c.coordinator.put(path, { name: 'Frost and Son', kind: 'company' })).status).toBe(200);
    expect((await approve(c, other.body.approval.id)).body.code).toBe('approvals.own');
    expect((await approve(c, other.body.approval.id, c.financeOfficer)).status).toBe(200);
    expect((await c.financeOfficer.get(`${path}/bank-details`)).body).toEqual({ ...bankDetails, accountNumber: '55779912' });
  });

  it('When the limit itself is raised or taken away, then that takes two; lowering it takes one', async () => {
    const c = await withLimit();
    const limit = (approvalLimitPence: number | null) => c.coordinator.put(at(c), { name: c.name, leadSchoolUrn: c.urns[0], approvalLimitPence });
    expect([(await limit(null)).status, (await limit(limitPence + 1)).status, (await limit(5000)).status]).toEqual([202, 202, 200]);
    const raised = await limit(limitPence);
    expect((await approve(c, raised.body.approval.id, c.financeOfficer)).status).toBe(200);
    expect((await c.coordinator.get(at(c))).body.approvalLimitPence).toBe(limitPence);
  });
});

describe('one person for both', () => {
  it('When the program would let them, then the database does not; what is decided stays so', async () => {
    const c = await withLimit();
    const { body } = await c.financeOfficer.post(`${at(c)}/charges`, expense(20_000));
    const decide = (by: string | undefined, by2: string | null = null) => app.sql(
      `update approval set state = 'approved', wanted = null, decided_by_user = $2, decided_for_user = $3, decided_by = asked_by, decided_at = now() where id = $1`, [body.approval.id, by, by2]);
    await expect(decide(c.financeOfficer.userId)).rejects.toThrow(/approval_two_people/);
    await expect(decide(c.coordinator.userId, c.financeOfficer.userId ?? null)).rejects.toThrow(/approval_two_people/);
    await expect(app.sql('update approval set pence = 1 where id = $1', [body.approval.id])).rejects.toThrow(/told otherwise/);
    await decide(c.coordinator.userId);
    await expect(app.sql(`update approval set state = 'refused' where id = $1`, [body.approval.id])).rejects.toThrow(/is decided/);
    await expect(app.sql('delete from approval where id = $1', [body.approval.id])).rejects.toThrow(/is decided/);
  });

  it('When a delegate of who asked would approve it, then they are no second person', async () => {
    const c = await withLimit();
    const { body } = await c.financeOfficer.post(`${at(c)}/charges`, expense(20_000));
    const today = new Date().toISOString().slice(0, 10);
    const email = (await c.coordinator.get('/api/session')).body.user.email as string;
    expect((await c.financeOfficer.post('/api/account/delegations', { email, from: today, until: today })).status).toBe(201);
    const { headers } = await c.coordinator.put('/api/account/acting-for', { userId: c.financeOfficer.userId });
    const acting = headers.getSetCookie().map((line) => line.split(';')[0] ?? '').find((line) => line.startsWith('fairshare_acting_for=')) ?? '';
    const answer = await c.coordinator.post(`${at(c)}/approvals/${body.approval.id}/approve`, undefined, { cookie: `${c.coordinator.cookie}; ${acting}` });
    expect([answer.status, answer.body.code]).toEqual([409, 'approvals.own']);
  });

  it('When the whole account of a supplier is looked at, then that stands on the trail, and not for everybody', async () => {
    const c = await withLimit();
    const bankDetails = { accountName: 'Frost Ltd', sortCode: '200000', accountNumber: '55779911' };
    const { body: supplier } = await c.coordinator.post(`${at(c)}/suppliers`, { name: 'Frost Ltd', kind: 'company', bankDetails });
    const path = `${at(c)}/suppliers/${supplier.id}/bank-details`;
    expect([(await c.head.get(path)).status, (await c.businessManager.get(path)).status, (await c.auditor.get(path)).body]).toEqual([403, 403, bankDetails]);
    await app.sql(`update session set proved_at = now() - interval '16 minutes' where user_id = $1`, [c.auditor.userId]);
    expect((await c.auditor.get(path)).body.code).toBe('identity.sign-in-again');
    const { body: trail } = await c.coordinator.get(`${at(c)}/trail?action=procurement.bank-details-read`);
    expect(trail.items).toEqual([expect.objectContaining({ kind: 'reading', subjectId: supplier.id })]);
    expect(JSON.stringify(trail)).not.toContain('55779911');
  });
});
