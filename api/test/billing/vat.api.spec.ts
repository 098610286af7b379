import { beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { agreementOf } from '../sharing/arrange.js';
import { charge, issuedInvoices, runOf, saveIssuer, september } from './charging.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T08:00:00Z');
});

interface Line { vatTreatment: string; netPence: number; vatPence: number; vatBasisPoints: number; vatWords: string; suppliersVatPence: number }

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;
const become = (urn: string, kind: 'maintained' | 'academy', laCode: string) => app.sql('update school set kind = $2, la_code = $3 where urn = $1', [urn, kind, laCode]);

/** Charges an agreement, drafts, and gives each school's only line. */
async function linesOf(c: TestCollaboration, agreementId: string, pence: number, more: object = {}): Promise<Map<string, Line>> {
  const made = await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', agreementId, description: 'September', pence, serviceFrom: '2026-09-01', serviceTo: '2026-09-30', ...more });
  if (made.status !== 201) throw new Error(made.text);
  const run = await runOf(c, september);
  const { body } = await c.financeOfficer.get(`${at(c)}/invoices?runId=${run.id}`);
  const lines = new Map<string, Line>();
  for (const { id, urn } of body.items) lines.set(urn, (await c.financeOfficer.get(`${at(c)}/invoices/${id}`)).body.lines[0]);
  return lines;
}

describe('VAT by relationship', () => {
  it('When one charge is shared, then it is outside the scope for one school, exempt for another and standard-rated for a third', async () => {
    const c = await app.collaboration({ schools: 4 });
    const [lead, sister, academy, chosen] = c.urns as [string, string, string, string];
    await saveIssuer(c, 'GB123456789');
    await become(academy, 'academy', '937');
    await become(chosen, 'academy', '330');
    const agreement = await agreementOf(app, c, { supplier: { kind: 'member-school', schoolUrn: lead } });
    const choice = { agreementId: agreement.id, urn: chosen, fromOn: '2026-09-01', treatment: 'standard-rated', rateBasisPoints: 2000, reason: 'Our adviser: they are no eligible body' };
    expect((await c.financeOfficer.post(`${at(c)}/vat-treatments`, choice)).status).toBe(201);

    const lines = await linesOf(c, agreement.id, 40_000);
    expect([sister, academy, chosen].map((urn) => [lines.get(urn)?.vatTreatment, lines.get(urn)?.netPence, lines.get(urn)?.vatPence])).toEqual([
      ['outside-the-scope', 10_000, 0], ['exempt', 10_000, 0], ['standard-rated', 10_000, 2000],
    ]);
    expect(lines.get(sister)?.vatWords).toMatch(/check with your finance adviser\.$/);
    expect(lines.get(chosen)?.vatWords).toBe('Our adviser: they are no eligible body; check with your finance adviser.');
    expect(lines.get(lead)).toMatchObject({ vatTreatment: 'not-a-supply', vatPence: 0 });
  });

  it('When a choice is dated, then it counts from its day on, and one without a treatment goes back to the default', async () => {
    const c = await app.collaboration({ schools: 2 });
    await saveIssuer(c, 'GB123456789');
    const agreement = await agreementOf(app, c, { supplier: { kind: 'member-school', schoolUrn: c.urns[0]! } });
    const choose = (more: object) => c.financeOfficer.post(`${at(c)}/vat-treatments`, { agreementId: agreement.id, urn: null, fromOn: '2026-10-01', treatment: 'exempt', reason: 'As advised', ...more });
    const treatment = async (on: string) => (await c.auditor.get(`${at(c)}/vat-treatments?on=${on}`)).body.items[0].schools.find((s: { urn: string }) => s.urn === c.urns[1]).treatment;
    await choose({});
    expect([await treatment('2026-09-30'), await treatment('2026-10-01')]).toEqual(['outside-the-scope', 'exempt']);
    await choose({ treatment: null, fromOn: '2026-11-01' });
    expect([await treatment('2026-10-31'), await treatment('2026-11-01')]).toEqual(['exempt', 'outside-the-scope']);
    expect((await choose({ treatment: 'exempt', rateBasisPoints: 2000 })).status).toBe(422);
    expect((await choose({ reason: '' })).status).toBe(422);
    expect((await choose({ urn: '123456' })).body.code).toBe('billing.not-a-member');
    await expect(app.sql(`update vat_choice set treatment = 'exempt' where collaboration_id = $1`, [c.id])).rejects.toThrow('never changed');
  });
});

describe('VAT of what puts a charge right', () => {
  it.each([['on its invoice', true], ['not yet billed', false]])('When the charge that is corrected is %s, then the correction is treated as the charge was, whatever was chosen since', async (_, isBilled) => {
    const c = await app.collaboration({ schools: 2 });
    await saveIssuer(c, 'GB123456789');
    const agreement = await agreementOf(app, c, { supplier: { kind: 'member-school', schoolUrn: c.urns[0]! } });
    const choose = (fromOn: string, treatment: string, rateBasisPoints: number) =>
      c.financeOfficer.post(`${at(c)}/vat-treatments`, { agreementId: agreement.id, urn: c.urns[1], fromOn, treatment, rateBasisPoints, reason: 'As advised' });
    await choose('2026-09-01', 'standard-rated', 2000);
    const made = await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', agreementId: agreement.id, description: 'September', pence: 20_000, serviceFrom: '2026-09-01', serviceTo: '2026-09-30' });
    if (isBilled) {
      const run = await runOf(c, september);
      expect((await c.financeOfficer.post(`${at(c)}/invoice-runs/${run.id}/issue`)).status).toBe(200);
      // Said too late for what was billed: the invoice stands, and so does the treatment of what it is for.
      await choose('2026-09-01', 'exempt', 0);
    }
    await choose('2026-10-01', 'exempt', 0);
    expect((await c.financeOfficer.post(`${at(c)}/charges/${made.body.id}/corrections`, { shouldBePence: 22_000, reason: 'An hour more' })).status).toBe(201);
    const run = await runOf(c, { from: '2026-09-01', to: '2026-10-31' });
    const { body } = await c.financeOfficer.get(`${at(c)}/invoices?runId=${run.id}`);
    const invoice = body.items.find((one: { urn: string }) => one.urn === c.urns[1]);
    const { lines } = (await c.financeOfficer.get(`${at(c)}/invoices/${invoice.id}`)).body;
    expect(lines.map((line: Line) => [line.vatTreatment, line.vatBasisPoints])).toEqual(Array(isBilled ? 1 : 2).fill(['standard-rated', 2000]));
    expect(lines.reduce((sum: number, line: Line) => sum + line.vatPence, 0)).toBe(isBilled ? 200 : 2200);
  });
});

describe('VAT passed through', () => {
  it('When a supplier’s VAT is part of a charge, then it is divided like the charge to the penny, and nothing is added', async () => {
    const c = await app.collaboration({ schools: 4 });
    await saveIssuer(c, 'GB123456789');
    const agreement = await agreementOf(app, c, { subscriptions: c.urns.slice(1).map((urn) => ({ urn })) });
    const lines = [...(await linesOf(c, agreement.id, 12_000, { suppliersVatPence: 2000 })).values()];
    expect(lines.map((line) => [line.vatTreatment, line.netPence, line.vatPence, line.suppliersVatPence]).sort()).toEqual([
      ['disbursement', 4000, 0, 666], ['disbursement', 4000, 0, 667], ['disbursement', 4000, 0, 667],
    ]);
    const more = await c.financeOfficer.post(`${at(c)}/charges`, { kind: 'expense', agreementId: agreement.id, description: 'Too much', pence: 100, suppliersVatPence: 101, serviceFrom: '2026-09-01', serviceTo: '2026-09-30' });
    expect(more).toMatchObject({ status: 422, body: { code: 'sharing.vat-larger-than-charge' } });
  });
});

describe('our own supply', () => {
  it('When a charge of £100.00 goes out on three invoices, then they bear £20.01 and a penny goes to the rounding account, until it is credited', async () => {
    const c = await app.collaboration({ schools: 4 });
    await saveIssuer(c, 'GB123456789');
    for (const urn of c.urns.slice(1)) await become(urn, 'maintained', '330');
    await charge(app, c, 10_000, '2026-09-15', c.urns.slice(1));
    const run = await runOf(c);
    await c.financeOfficer.post(`${at(c)}/invoice-runs/${run.id}/issue`);
    const invoices = (await c.financeOfficer.get(`${at(c)}/invoices?runId=${run.id}`)).body.items as { id: string; vatPence: number; grossPence: number }[];
    expect(invoices.map(({ vatPence }) => vatPence)).toEqual([667, 667, 667]);
    const balances = async () => Object.fromEntries((await c.auditor.get(`${at(c)}/ledger/balances`)).body.items.filter((b: { account: string }) => b.account.startsWith('vat')).map((b: { account: string; pence: number }) => [b.account, b.pence]));
    expect(await balances()).toEqual({ 'vat-due': -2000, 'vat-rounding': -1 });
    for (const { id } of invoices) expect((await c.financeOfficer.post(`${at(c)}/invoices/${id}/credit-notes`, { reason: 'All of it back' })).status).toBe(201);
    expect(await balances()).toEqual({});
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When the issuer has no VAT number, then nothing is added whatever was chosen', async () => {
    const c = await app.collaboration({ schools: 2 });
    await saveIssuer(c);
    const [invoice] = await issuedInvoices(app, c);
    expect((await c.financeOfficer.get(`${at(c)}/invoices/${invoice?.id}`)).body.lines[0]).toMatchObject({ vatPence: 0, vatTreatment: 'outside-the-scope' });
  });

  it('When a balance is brought forward from earlier books, then nothing is added to it, though the issuer is registered', async () => {
    const c = await app.collaboration({ schools: 2 });
    await saveIssuer(c, 'GB123456789');
    await become(c.urns[1]!, 'maintained', '330');
    const opened = await c.financeOfficer.post(`${at(c)}/opening-balances`, { on: '2026-09-30', balances: [{ urn: c.urns[1], pence: 10_000 }] });
    expect(opened.status).toBe(201);
    expect((await c.financeOfficer.post(`${at(c)}/charges/${opened.body.items[0].id}/corrections`, { shouldBePence: 12_000, reason: 'The books before said so' })).status).toBe(201);
    const run = await runOf(c, { from: '2026-09-01', to: '2026-10-31' });
    const { body } = await c.financeOfficer.get(`${at(c)}/invoices?runId=${run.id}`);
    const { lines } = (await c.financeOfficer.get(`${at(c)}/invoices/${body.items[0].id}`)).body;
    expect(lines.map((line: Line) => [line.netPence, line.vatPence, line.vatTreatment])).toEqual([[10_000, 0, 'not-a-supply'], [2000, 0, 'not-a-supply']]);
  });
});
