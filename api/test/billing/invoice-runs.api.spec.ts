import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { until } from '../client.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { charge, draftingOf, issuedInvoices, runOf, saveIssuer, september } from './charging.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T08:00:00Z');
});

const runsOf = (c: TestCollaboration) => `/api/collaborations/${c.id}/invoice-runs`;
const claimed = (c: TestCollaboration) => app.sql<{ share_id: string; n: string }>('select share_id, count(*) as n from invoice_line where collaboration_id = $1 group by 1', [c.id]);

/** A run that no job works on, so that a test can work on it step by step. */
async function bareRun(c: TestCollaboration, period = september): Promise<string> {
  const id = newId();
  await app.sql(`insert into invoice_run (id, collaboration_id, from_on, to_on, state, started_at, started_by) values ($1, $2, $3, $4, 'waiting', now(), 'Test')`, [id, c.id, period.from, period.to]);
  return id;
}

describe('an invoice run', () => {
  it('When shares wait, then each school has one draft and the lead school a journal', async () => {
    const c = await app.collaboration({ schools: 3 });
    await charge(app, c, 10_000);
    await charge(app, c, 5001, '2026-09-20');
    await charge(app, c, 777, '2026-10-02');
    const run = await runOf(c);
    expect(run).toMatchObject({ done: 3, total: 3, problems: [] });
    const { body } = await c.financeOfficer.get(`/api/collaborations/${c.id}/invoices?runId=${run.id}`);
    expect(body.items.map((i: { kind: string; urn: string }) => [i.kind, i.urn]).sort()).toEqual([['invoice', c.urns[1]], ['invoice', c.urns[2]], ['journal', c.urns[0]]]);
    expect(body.grossPence).toBe(15_001);
    expect(body.items.every((i: { number: unknown; standing: string }) => i.number === null && i.standing === 'draft')).toBe(true);
  });

  it('When runs overlap, then a share is invoiced once', async () => {
    const c = await app.collaboration({ schools: 4 });
    for (let i = 1; i <= 9; i++) await charge(app, c, 1000 * i, `2026-09-0${i}`);
    const drafting = draftingOf(app);
    const runs = await Promise.all([bareRun(c), bareRun(c, { from: '2026-08-01', to: '2026-09-05' }), bareRun(c, { from: '2026-09-03', to: '2026-10-31' })]);
    await Promise.all(runs.map((runId) => drafting.work({ collaborationId: c.id, runId }, undefined, 1)));
    const rows = await claimed(c);
    expect(rows).toHaveLength(36);
    expect(rows.every((row) => Number(row.n) === 1)).toBe(true);
    const [sum] = await app.sql<{ pence: string }>('select sum(net_pence) as pence from invoice_line where collaboration_id = $1', [c.id]);
    expect(Number(sum?.pence)).toBe(45_000);
  });

  it('When a run is killed between any two chunks and started again, then no invoice is there twice and none is missing', async () => {
    const c = await app.collaboration({ schools: 6 });
    await charge(app, c, 99_999);
    await charge(app, c, 12_345, '2026-09-21');
    const runId = await bareRun(c);
    const drafting = draftingOf(app);
    let kills = 0;
    for (;;) {
      try {
        await drafting.work({ collaborationId: c.id, runId }, async () => {
          if (kills++ < 4) throw new Error('killed');
        }, 1);
        break;
      } catch (error) {
        expect((error as Error).message).toBe('killed');
      }
    }
    expect(kills).toBe(6);
    const run = (await c.financeOfficer.get(`${runsOf(c)}/${runId}`)).body;
    expect(run).toMatchObject({ state: 'done', done: 6, total: 6, grossPence: 112_344 });
    expect((await claimed(c)).every((row) => Number(row.n) === 1)).toBe(true);
  });

  it('When the process died in the middle, then the next start goes on with the run', async () => {
    const c = await app.collaboration({ schools: 3 });
    await charge(app, c, 9000);
    const runId = await bareRun(c);
    const { InvoiceRuns } = await import('../../src/billing/invoice-runs.service.js');
    await app.app.get(InvoiceRuns, { strict: false }).onApplicationBootstrap();
    await until(async () => (await c.financeOfficer.get(`${runsOf(c)}/${runId}`)).body.state === 'done');
  });

  it('When the same run is started twice at once, then one starts and the other is told', async () => {
    const c = await app.collaboration({ schools: 3 });
    await charge(app, c, 9000);
    const answers = await Promise.all(Array.from({ length: 6 }, () => c.financeOfficer.post(runsOf(c), september)));
    expect(answers.filter((a) => a.status === 202).length).toBeGreaterThanOrEqual(1);
    expect(answers.filter((a) => a.status !== 202).every((a) => a.status === 409 && a.body.code === 'billing.run-exists' && a.body.facts.runId)).toBe(true);
    const other = await bareRun(c, { from: '2026-01-01', to: '2026-01-31' });
    await app.sql(`update invoice_run set started_at = '2026-10-05T07:50:00Z' where id = $1`, [other]);
    expect(await c.financeOfficer.post(runsOf(c), { from: '2026-01-01', to: '2026-01-31' })).toMatchObject({ status: 409, body: { code: 'billing.run-exists', facts: { runId: other } } });
  });

  it('When a run was given up and is started again, then it goes on where it stopped', async () => {
    const c = await app.collaboration({ schools: 3 });
    await charge(app, c, 9000);
    const runId = await bareRun(c);
    await app.sql(`update invoice_run set started_at = '2026-10-05T07:30:00Z', state = 'running' where id = $1`, [runId]);
    expect(await c.financeOfficer.post(runsOf(c), september)).toMatchObject({ status: 202, body: { id: runId } });
    await until(async () => (await c.financeOfficer.get(`${runsOf(c)}/${runId}`)).body.state === 'done');
  });

  it('When the lead school is taken away meanwhile, then the run ends and says why', async () => {
    const c = await app.collaboration({ schools: 2 });
    await charge(app, c, 9000);
    const runId = await bareRun(c);
    await app.sql('update collaboration set lead_school_urn = null where id = $1', [c.id]);
    await draftingOf(app).work({ collaborationId: c.id, runId });
    expect((await c.financeOfficer.get(`${runsOf(c)}/${runId}`)).body).toMatchObject({ state: 'failed', problems: [{ code: 'billing.no-lead-school', message: expect.stringContaining('lead school') }] });
  });

  it('When the same key starts a run again, then it is the same run', async () => {
    const c = await app.collaboration({ schools: 2 });
    const key = { 'idempotency-key': newId() };
    const first = await c.financeOfficer.post(runsOf(c), september, key);
    const second = await c.financeOfficer.post(runsOf(c), september, key);
    expect(second).toMatchObject({ status: 202, body: first.body });
  });

  it('When credits come to just the shares, then the run says who waits', async () => {
    const c = await app.collaboration({ schools: 2 });
    const urn = c.urns[1] as string;
    await charge(app, c, -500, '2026-09-15', [urn]);
    await charge(app, c, 500, '2026-09-16', [urn]);
    const run = await runOf(c, september);
    expect(run).toMatchObject({ done: 0, total: 0, problems: [{ code: 'billing.comes-to-nothing', urn, pence: 0, message: expect.stringMatching(/^Shares and credits of .+ come to nothing/) }] });
  });

  it('When the period is wrong, then the sentence says so and nothing starts', async () => {
    const c = await app.collaboration({ schools: 2 });
    const start = (body: unknown) => c.financeOfficer.post(runsOf(c), body);
    expect(await start({ from: '2026-09-30', to: '2026-09-01' })).toMatchObject({ status: 422, body: { code: 'billing.period-reversed' } });
    expect(await start({ from: '2020-01-01', to: '2026-09-01' })).toMatchObject({ status: 422, body: { code: 'billing.period-too-long' } });
    expect(await start({ from: '2026-02-30', to: '2026-09-01' })).toMatchObject({ status: 422, body: { code: 'platform.not-valid' } });
    expect(await start({ from: '2026-09-01', to: '2026-09-30', extra: 1 })).toMatchObject({ status: 422 });
    await app.sql('update collaboration set lead_school_urn = null where id = $1', [c.id]);
    expect(await start(september)).toMatchObject({ status: 409, body: { code: 'billing.no-lead-school' } });
    expect((await c.financeOfficer.get(runsOf(c))).body.total).toBe(0);
  });
});

describe('issuing', () => {
  it('When runs are issued in parallel, then the numbers have no gap', async () => {
    const c = await app.collaboration({ schools: 5 });
    const runs = [];
    for (const month of ['2026-06', '2026-07', '2026-08', '2026-09']) {
      await charge(app, c, 10_000, `${month}-15`);
      runs.push(await runOf(c, { from: `${month}-01`, to: `${month}-28` }));
    }
    const answers = await Promise.all(runs.flatMap((run) => [1, 2].map(() => c.financeOfficer.post(`${runsOf(c)}/${run.id}/issue`))));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(4);
    expect(answers.filter((a) => a.status === 409 && a.body.code === 'billing.nothing-to-issue')).toHaveLength(4);
    const rows = await app.sql<{ n: string }>('select series_number as n from invoice where collaboration_id = $1 and series_number is not null order by 1', [c.id]);
    expect(rows.map((row) => Number(row.n))).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  });

  it('When a run is issued, then everything is posted and the books balance', async () => {
    const c = await app.collaboration({ schools: 3 });
    const invoices = await issuedInvoices(app, c);
    expect(invoices.map((i) => i.number)).toEqual(['INV000001', 'INV000002']);
    const { body } = await c.financeOfficer.get(`/api/collaborations/${c.id}/ledger/balances`);
    expect(body.items).toEqual([
      { account: 'own-share', schoolUrn: c.urns[0], pence: 10_000 }, { account: 'pool', schoolUrn: null, pence: -30_000 },
      { account: 'receivable', schoolUrn: c.urns[1], pence: 10_000 }, { account: 'receivable', schoolUrn: c.urns[2], pence: 10_000 },
    ]);
    expect((await c.financeOfficer.get(`/api/collaborations/${c.id}/ledger/chain`)).body).toMatchObject({ whole: true, balances: true });
  });

  it('When a run is still working, then it cannot be issued; a foreign one is missing', async () => {
    const c = await app.collaboration({ schools: 2 });
    const other = await app.collaboration({ schools: 2 });
    const runId = await bareRun(c);
    expect(await c.financeOfficer.post(`${runsOf(c)}/${runId}/issue`)).toMatchObject({ status: 409, body: { code: 'billing.run-not-done' } });
    expect((await other.financeOfficer.post(`${runsOf(other)}/${runId}/issue`)).status).toBe(404);
    expect((await other.financeOfficer.get(`${runsOf(c)}/${runId}`)).status).toBe(404);
    expect((await c.financeOfficer.get(`${runsOf(c)}/not-an-id`)).status).toBe(422);
  });

  it('When an invoice is issued, then the database lets nobody change it', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [invoice] = await issuedInvoices(app, c);
    for (const statement of [
      `update invoice set due_on = '2030-01-01' where id = $1`, 'delete from invoice where id = $1',
      'update invoice_line set net_pence = 1 where invoice_id = $1', 'delete from invoice_line where invoice_id = $1',
      `insert into invoice_line select (json_populate_record(l, json_build_object('id', gen_random_uuid(), 'position', 99))).* from invoice_line l where invoice_id = $1`,
    ]) await expect(app.sql(statement, [invoice?.id])).rejects.toThrow(/never changes|Nothing is added|share_once/);
  });

  it('When a draft is thrown away, then its shares wait for the next run', async () => {
    const c = await app.collaboration({ schools: 2 });
    await charge(app, c, 10_000);
    const run = await runOf(c);
    const list = await c.financeOfficer.get(`/api/collaborations/${c.id}/invoices?runId=${run.id}`);
    const draft = list.body.items.find((i: { kind: string }) => i.kind === 'invoice');
    expect((await c.financeOfficer.delete(`/api/collaborations/${c.id}/invoices/${draft.id}`)).status).toBe(204);
    expect(await runOf(c)).toMatchObject({ done: 1, total: 1 });
    const [issued] = await issuedInvoices(app, c, 2000, '2026-08-10');
    expect(await c.financeOfficer.delete(`/api/collaborations/${c.id}/invoices/${issued?.id}`)).toMatchObject({ status: 409, body: { code: 'billing.not-a-draft' } });
  });
});

describe('who may', () => {
  it('When another role invoices, then it is refused', async () => {
    const c = await app.collaboration({ schools: 2 });
    const other = await app.collaboration({ schools: 2 });
    await saveIssuer(c);
    for (const client of [c.coordinator, c.businessManager, c.head, c.auditor, c.schoolFinanceOfficer, c.sister]) {
      expect((await client.post(runsOf(c), september)).status).toBe(403);
      expect((await client.put(`/api/collaborations/${c.id}/invoice-issuer`, { accountName: 'X', sortCode: '300000', accountNumber: '12345678', vatNumber: null, paymentDays: 1 })).status).toBe(403);
    }
    expect((await other.financeOfficer.post(runsOf(c), september)).status).toBe(404);
    expect((await app.anonymous().post(runsOf(c), september)).status).toBe(401);
    for (const client of [c.coordinator, c.auditor, c.financeOfficer]) expect((await client.get(runsOf(c))).status).toBe(200);
    for (const client of [c.businessManager, c.head, c.schoolFinanceOfficer]) expect((await client.get(runsOf(c))).status).toBe(403);
  });
});
