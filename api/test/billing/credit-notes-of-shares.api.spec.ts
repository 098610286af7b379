import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { charge, issuedInvoices, runOf, saveIssuer, statement } from './charging.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T08:00:00Z');
});

const at = (c: TestCollaboration, path: string) => `/api/collaborations/${c.id}/${path}`;
const broken = (c: TestCollaboration) => app.sql('select * from invariant_broken where collaboration_id = $1', [c.id]);
const heldFor = async (c: TestCollaboration, urn: string) => (await c.financeOfficer.get(at(c, 'aged-debt'))).body.items.find((one: { urn: string }) => one.urn === urn)?.creditPence ?? 0;

/** A school is given back more than it is charged in September: the credit note of that, issued. */
async function creditNote(c: TestCollaboration, urn: string) {
  await charge(app, c, 2000, '2026-09-14', [urn]);
  await charge(app, c, -5000, '2026-09-20', [urn]);
  const run = await runOf(c);
  const issued = (await c.financeOfficer.post(at(c, `invoice-runs/${run.id}/issue`))).body;
  const [note] = (await c.financeOfficer.get(at(c, `invoices?runId=${run.id}`))).body.items;
  return { issued, note };
}

describe('a credit note of shares', () => {
  it('When more is given back to a school that left than it is charged, then it gets a credit note, and the money goes back to its bank', async () => {
    const c = await app.collaboration({ schools: 3 });
    await saveIssuer(c);
    const urn = c.urns[1] as string;
    await app.sql(`update membership set until_on = '2026-09-30' where collaboration_id = $1 and urn = $2`, [c.id, urn]);
    const { issued, note } = await creditNote(c, urn);
    expect(issued).toEqual({ issued: 0, creditNotes: 1, journals: 0, firstNumber: null, lastNumber: null });
    expect(note).toMatchObject({ kind: 'credit-note', number: 'CRN000001', standing: 'credit-note', dueOn: null, grossPence: -3000, outstandingPence: 0 });
    expect(await heldFor(c, urn)).toBe(3000);
    const account = async () => (await c.financeOfficer.get(at(c, `statements/${urn}?from=2026-09-01&to=2026-12-31`))).body;
    expect(await account()).toMatchObject({ closingPence: -3000, entries: [{ description: expect.stringMatching(/^CRN000001 to /), pence: -3000 }] });
    await c.financeOfficer.upload(at(c, 'bank-statements'), 'statement.csv', statement([['05/10/2026', 'REFUND', -3000]]));
    const [line] = (await c.financeOfficer.get(at(c, 'bank-lines'))).body.items;
    expect((await c.financeOfficer.post(at(c, 'matches'), { bankLineId: line.id, schoolUrn: urn })).status).toBe(201);
    expect([await heldFor(c, urn), (await account()).closingPence, await broken(c)]).toEqual([0, 0, []]);
    const books = (await c.financeOfficer.get(at(c, `reconciliation?from=2026-09-01&to=2026-10-31`))).body;
    expect(books.unexplained).toBe(0);
  });

  it('When the school goes on, then what is due to it pays its next invoice', async () => {
    const c = await app.collaboration({ schools: 3 });
    const urn = c.urns[1] as string;
    await creditNote(c, urn);
    const next = (await issuedInvoices(app, c, 9000, '2026-08-15')).find((one) => one.urn === urn);
    expect((await c.financeOfficer.post(at(c, `invoices/${next?.id}/use-credit`))).body).toEqual({ usedPence: 3000 });
    const paid = (await c.financeOfficer.get(at(c, `invoices/${next?.id}`))).body;
    expect(paid).toMatchObject({ standing: 'paid', payments: [{ pence: 0, allocatedPence: 3000, reference: 'CRN000001', matched: false }] });
    expect(await c.financeOfficer.delete(at(c, `invoices/${next?.id}/payments/${paid.payments[0].id}`))).toMatchObject({ status: 409, body: { code: 'billing.credit-note-not-payable' } });
    expect([await heldFor(c, urn), await broken(c)]).toEqual([0, []]);
  });

  it('When either kind of credit note is asked for as a file, then it says above nothing what is credited, and each sum is that of its parts', async () => {
    const c = await app.collaboration({ schools: 3 });
    await saveIssuer(c, 'GB123456789');
    const [invoice] = await issuedInvoices(app, c, 9000, '2026-08-15');
    const made = (await c.financeOfficer.post(at(c, `invoices/${invoice?.id}/credit-notes`), { reason: 'Too much & late', pence: 1200 })).body;
    const { note } = await creditNote(c, c.urns[1] as string);
    for (const [path, number, pounds] of [[`invoices/${invoice?.id}/credit-notes/${made.id}`, 'CRN000001', '12.00'], [`invoices/${note.id}`, 'CRN000002', '30.00']] as const) {
      const ubl = (await c.financeOfficer.get(at(c, `${path}.ubl.xml`))).text;
      const sums = (name: string, parent: string) => [...ubl.matchAll(new RegExp(`<cac:${parent}>.*?</cac:${parent}>`, 'g'))].map(([part]) => Math.round(Number(new RegExp(`<cbc:${name} currencyID="GBP">(-?[\\d.]+)<`).exec(part)?.[1]) * 100));
      const [due] = sums('PayableAmount', 'LegalMonetaryTotal') as [number];
      const net = sums('LineExtensionAmount', 'CreditNoteLine').reduce((sum, pence) => sum + pence, 0);
      const [vat] = sums('TaxAmount', 'TaxTotal') as [number];
      expect([ubl.includes('<CreditNote '), ubl.includes('<cbc:CreditNoteTypeCode>381<'), net + vat, due, net]).toEqual([true, true, due, Number(pounds) * 100, sums('TaxExclusiveAmount', 'LegalMonetaryTotal')[0]]);
      expect(sums('TaxableAmount', 'TaxSubtotal').reduce((sum, pence) => sum + pence, 0)).toBe(net);
      expect(ubl).toContain(`<cbc:ID>${number}</cbc:ID>`);
      expect(ubl.includes(`<cac:InvoiceDocumentReference><cbc:ID>${invoice?.number}</cbc:ID>`)).toBe(number === 'CRN000001');
      expect((await c.financeOfficer.get(at(c, `${path}.csv`))).text).toContain(`Credit note,${number},`);
      expect((await c.financeOfficer.get(at(c, `${path}.pdf`))).status).toBe(200);
    }
  });

  it('When credit notes of invoices and of shares are issued, then they are one series without a gap', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [invoice] = await issuedInvoices(app, c, 9000, '2026-08-15');
    const first = await c.financeOfficer.post(at(c, `invoices/${invoice?.id}/credit-notes`), { reason: 'Too much', pence: 100 });
    const { note } = await creditNote(c, c.urns[1] as string);
    const third = await c.financeOfficer.post(at(c, `invoices/${invoice?.id}/credit-notes`), { reason: 'Still too much', pence: 100 });
    expect([first.body.number, note.number, third.body.number]).toEqual(['CRN000001', 'CRN000002', 'CRN000003']);
    expect(await app.sql(`select * from invariant_invoice_numbers_have_no_gap where subject like $1`, [`${c.urns[0]} %`])).toEqual([]);
  });

  it('When it is paid, credited or paid from credit, then it is refused and nothing changes', async () => {
    const c = await app.collaboration({ schools: 3 });
    const { note } = await creditNote(c, c.urns[1] as string);
    const answers = await Promise.all([
      c.financeOfficer.post(at(c, `invoices/${note.id}/payments`), { pence: 100, paidOn: '2026-10-01' }),
      c.financeOfficer.post(at(c, `invoices/${note.id}/credit-notes`), { reason: 'Too much', pence: 100 }),
      c.financeOfficer.post(at(c, `invoices/${note.id}/use-credit`)),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array.from({ length: 3 }, () => [409, 'billing.credit-note-not-payable']));
    expect(await broken(c)).toEqual([]);
  });

  it('When a charge in it is disputed and upheld, then a charge of its own puts that right', async () => {
    const c = await app.collaboration({ schools: 3 });
    const { note } = await creditNote(c, c.urns[1] as string);
    const { lines } = (await c.financeOfficer.get(at(c, `invoices/${note.id}`))).body;
    const charged = lines.find((line: { netPence: number }) => line.netPence > 0);
    const dispute = await (await app.person('finance-officer', { collaborationId: c.id, schoolUrn: c.urns[1] as string })).post(at(c, 'disputes'), { shareId: charged.shareId, reason: 'Never took place' });
    const decided = await c.financeOfficer.post(at(c, `disputes/${dispute.body.id}/decide`), { outcome: 'upheld', part: 'half', reason: 'Half of it did' });
    expect(decided.body).toMatchObject({ upheldPence: 1000, creditNoteNumber: null, invoiceNumber: 'CRN000001', creditChargeId: expect.any(String) });
    expect(await broken(c)).toEqual([]);
  });

  it('When a row would hold a note twice, or hold nothing, then the database refuses it', async () => {
    const c = await app.collaboration({ schools: 3 });
    const { note } = await creditNote(c, c.urns[1] as string);
    const pay = (holds: string | null, pence: number) => app.sql(
      `insert into payment (id, collaboration_id, urn, pence, paid_on, reference, recorded_by, recorded_at, holds_id) values ($1, $2, $3, $4, '2026-10-05', '', 'Test', now(), $5)`, [newId(), c.id, c.urns[1], pence, holds]);
    await expect(pay(note.id, 0)).rejects.toThrow(/payment_holds_once/);
    await expect(pay(null, 0)).rejects.toThrow(/payment_of_something/);
    await expect(pay(note.id, 100)).rejects.toThrow(/payment_of_something/);
    const [held] = await app.sql<{ id: string }>('select id from payment where collaboration_id = $1 and holds_id = $2', [c.id, note.id]);
    const spend = (pence: number) => app.sql(`insert into allocation (id, collaboration_id, payment_id, invoice_id, pence, allocated_at) values ($1, $2, $3, $4, $5, now())`, [newId(), c.id, held?.id, note.id, pence]);
    await expect(spend(-1)).rejects.toThrow(/3000|3001/);
    await expect(spend(3001)).rejects.toThrow(/paid of|would be spent/);
  });
});
