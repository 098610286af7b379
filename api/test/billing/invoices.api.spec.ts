import { beforeAll, describe, expect, it } from '@jest/globals';
import { creditLines, invoiceStanding } from '@fairshare/domain/billing';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { charge, issuedInvoices, runOf, saveIssuer } from './charging.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T08:00:00Z');
});

const invoicesOf = (c: TestCollaboration) => `/api/collaborations/${c.id}/invoices`;

describe('reading', () => {
  it('When an invoice is read, then it has both parties, lines with their charge and code, VAT words and sums', async () => {
    const c = await app.collaboration({ schools: 3 });
    await saveIssuer(c);
    const [first] = await issuedInvoices(app, c, 10_000);
    const { status, body } = await c.financeOfficer.get(`${invoicesOf(c)}/${first?.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number: 'INV000001', grossPence: 3333, netPence: 3333, vatPence: 0, outstandingPence: 3333, standing: 'open', issuedOn: '2026-10-05', dueOn: '2026-11-04',
      issuer: { urn: c.urns[0], bank: { sortCode: '300000', accountNumber: '12345678' } }, customer: { urn: c.urns[1] },
      lines: [{ position: 1, netPence: 3333, costCode: { system: 'CFR', code: 'E28a' }, vatTreatment: 'outside-the-scope' }],
    });
    const shares = await c.financeOfficer.get(`/api/collaborations/${c.id}/charges/${body.lines[0].chargeId}/shares`);
    expect(shares.text).toContain(body.lines[0].shareId);
  });

  it('When the issuer is registered for VAT and another authority buys, then VAT is worked out once an invoice', async () => {
    const c = await app.collaboration({ schools: 2 });
    await saveIssuer(c, 'GB123456789');
    await app.sql(`update school set la_code = '330' where urn = $1`, [c.urns[1]]);
    for (const day of ['05', '06', '07']) await charge(app, c, 6666, `2026-09-${day}`);
    const run = await runOf(c);
    await c.financeOfficer.post(`/api/collaborations/${c.id}/invoice-runs/${run.id}/issue`);
    const list = await c.financeOfficer.get(`${invoicesOf(c)}?standing=open`);
    expect(list.body.items).toMatchObject([{ netPence: 9999, vatPence: 2000, grossPence: 11_999 }]);
    const ubl = await c.financeOfficer.get(`${invoicesOf(c)}/${list.body.items[0].id}.ubl.xml`);
    expect(ubl.text).toContain('<cbc:TaxAmount currencyID="GBP">20.00</cbc:TaxAmount>');
    expect(ubl.text).toContain('<cbc:PayableAmount currencyID="GBP">119.99</cbc:PayableAmount>');
    const pdf = await c.financeOfficer.get(`${invoicesOf(c)}/${list.body.items[0].id}.pdf`);
    expect(pdf.text.slice(0, 8)).toBe('%PDF-1.7');
  });

  it('When an invoice is asked for as a file, then it has its type, its name and the same figures', async () => {
    const c = await app.collaboration({ schools: 2 });
    await saveIssuer(c);
    const who = c.urns[1] as string;
    await app.sql(`update school set name = '=HYPERLINK("x") & <Sons>' where urn = $1`, [who]);
    await charge(app, c, -5000, '2026-09-14');
    const [invoice] = await issuedInvoices(app, c, 20_000);
    const at = `${invoicesOf(c)}/${invoice?.id}`;
    const pdf = await c.financeOfficer.get(`${at}.pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.headers.get('content-disposition')]).toEqual([200, 'application/pdf', 'inline; filename="INV000001.pdf"']);
    expect(pdf.text).toContain('/StructTreeRoot');
    expect(pdf.text).toContain('/Lang (en-GB)');
    const csv = await c.financeOfficer.get(`${at}.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text).toContain(`'=HYPERLINK`);
    expect(csv.text).toContain('100.00');
    expect(csv.text).toContain(',-25.00,');
    const ubl = await c.financeOfficer.get(`${at}.ubl.xml`);
    expect(ubl.headers.get('content-type')).toContain('application/xml');
    expect(ubl.text).toContain('&lt;Sons&gt;');
    expect(ubl.text).toContain('<cbc:ID>INV000001</cbc:ID>');
  });

  it('When a school reads, then it sees its own issued invoices only, as pages and as files', async () => {
    const c = await app.collaboration({ schools: 3 });
    const invoices = await issuedInvoices(app, c);
    await charge(app, c, 3000, '2026-08-10');
    const run = await runOf(c, { from: '2026-08-01', to: '2026-08-31' });
    const own = invoices.find((i) => i.urn === c.urns[1]);
    const others = invoices.find((i) => i.urn === c.urns[2]);
    const list = await c.sister.get(invoicesOf(c));
    expect(list.body.items.map((i: { id: string }) => i.id)).toEqual([own?.id]);
    expect((await c.sister.get(`${invoicesOf(c)}?runId=${run.id}`)).body.total).toBe(0);
    for (const suffix of ['', '.pdf', '.csv', '.ubl.xml']) {
      expect((await c.sister.get(`${invoicesOf(c)}/${own?.id}${suffix}`)).status).toBe(200);
      expect((await c.sister.get(`${invoicesOf(c)}/${others?.id}${suffix}`)).status).toBe(404);
      expect((await app.anonymous().get(`${invoicesOf(c)}/${own?.id}${suffix}`)).status).toBe(401);
    }
    expect((await c.auditor.get(`${invoicesOf(c)}/${others?.id}`)).status).toBe(200);
    expect((await c.financeOfficer.get(`${invoicesOf(c)}/nonsense.pdf`)).status).toBe(422);
  });

  it('When the list is filtered, then by number, school, standing and day, and the standing is the rule’s', async () => {
    const c = await app.collaboration({ schools: 4 });
    await saveIssuer(c, null, 0);
    const invoices = await issuedInvoices(app, c, 40_000);
    await c.financeOfficer.post(`${invoicesOf(c)}/${invoices[0]?.id}/payments`, { pence: 10_000, paidOn: '2026-10-05' });
    await c.financeOfficer.post(`${invoicesOf(c)}/${invoices[1]?.id}/payments`, { pence: 4000, paidOn: '2026-10-05' });
    await c.financeOfficer.post(`${invoicesOf(c)}/${invoices[2]?.id}/credit-notes`, { reason: 'Not delivered' });
    const list = async (query: string) => (await c.financeOfficer.get(`${invoicesOf(c)}?${query}`)).body;
    const all = await list('');
    for (const item of all.items) expect(item.standing).toBe(invoiceStanding(item, '2026-10-05'));
    expect(all.items.map((i: { standing: string }) => i.standing).sort()).toEqual(['credited', 'journal', 'paid', 'part-paid']);
    expect(all.outstandingPence).toBe(6000);
    expect((await list('standing=part-paid')).total).toBe(1);
    expect((await list('query=inv000002')).total).toBe(1);
    expect((await list(`schoolUrn=${c.urns[0]}`)).total).toBe(1);
    expect((await list('from=2026-10-06')).total).toBe(0);
    app.clock.set('2026-10-06T08:00:00Z');
    const tomorrow = await app.person('finance-officer', { collaborationId: c.id });
    const overdue = await tomorrow.get(`${invoicesOf(c)}?standing=overdue`);
    app.clock.set('2026-10-05T08:00:00Z');
    expect(overdue.body.total).toBe(1);
  });
});

describe('credit notes', () => {
  it('When ten small credits are given, then they end exactly at nothing and the next is refused', async () => {
    const c = await app.collaboration({ schools: 2 });
    await charge(app, c, 1000, '2026-09-20');
    const [invoice] = await issuedInvoices(app, c, 2001);
    const at = `${invoicesOf(c)}/${invoice?.id}/credit-notes`;
    for (let i = 0; i < 10; i++) {
      const answer = await c.financeOfficer.post(at, { reason: `Part ${i}`, pence: 150 });
      expect(answer).toMatchObject({ status: 201, body: { grossPence: 150, number: `CRN00000${i + 1}`.replace('CRN0000010', 'CRN000010') } });
    }
    expect((await c.financeOfficer.get(`${invoicesOf(c)}/${invoice?.id}`)).body).toMatchObject({ standing: 'credited', creditedPence: 1500, outstandingPence: 0 });
    expect(await c.financeOfficer.post(at, { reason: 'More', pence: 1 })).toMatchObject({ status: 409, body: { code: 'billing.nothing-to-credit' } });
  });

  it('When a credit note is issued, then it is a document of its own that its school reads and a sister does not', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [invoice] = await issuedInvoices(app, c);
    const made = await c.financeOfficer.post(`${invoicesOf(c)}/${invoice?.id}/credit-notes`, { reason: 'Not delivered', pence: 4000 });
    const path = `${invoicesOf(c)}/${invoice?.id}/credit-notes/${made.body.id}.pdf`;
    const pdf = await c.financeOfficer.get(path);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.headers.get('content-disposition')]).toEqual([200, 'application/pdf', `inline; filename="${made.body.number}.pdf"`]);
    expect(pdf.text).toContain('/StructTreeRoot');
    const reader = (urn: string | undefined) => app.person('finance-officer', { collaborationId: c.id, schoolUrn: urn as string });
    expect((await (await reader(invoice?.urn)).get(path)).status).toBe(200);
    expect((await (await reader(c.urns.find((urn) => urn !== invoice?.urn))).get(path)).status).toBe(404);
    expect((await c.financeOfficer.get(`${invoicesOf(c)}/${invoice?.id}/credit-notes/${invoice?.id}.pdf`)).status).toBe(404);
  });

  it('When one line is credited, then only that line falls; too much, foreign lines and no reason are refused', async () => {
    const c = await app.collaboration({ schools: 3 });
    await charge(app, c, 3000, '2026-09-20');
    const [invoice, other] = await issuedInvoices(app, c);
    const page = (await c.financeOfficer.get(`${invoicesOf(c)}/${invoice?.id}`)).body;
    const otherPage = (await c.financeOfficer.get(`${invoicesOf(c)}/${other?.id}`)).body;
    const credit = (body: unknown) => c.financeOfficer.post(`${invoicesOf(c)}/${invoice?.id}/credit-notes`, body);
    expect((await credit({ reason: 'Half', lines: [{ lineId: page.lines[0].id, pence: 400 }] })).status).toBe(201);
    expect((await c.financeOfficer.get(`${invoicesOf(c)}/${invoice?.id}`)).body.lines.map((l: { creditedPence: number }) => l.creditedPence)).toEqual([400, 0]);
    expect(await credit({ reason: 'Too much', lines: [{ lineId: page.lines[0].id, pence: page.lines[0].netPence }] })).toMatchObject({ status: 422, body: { code: 'billing.credit-too-large' } });
    expect(await credit({ reason: 'Foreign', lines: [{ lineId: otherPage.lines[0].id, pence: 1 }] })).toMatchObject({ status: 422, body: { code: 'billing.line-not-of-invoice' } });
    for (const bad of [{ reason: '' }, { reason: 'x', pence: -5 }, { reason: 'x', pence: 0.5 }, { reason: 'x', pence: 1e15 }, { reason: 'x', pence: 1, lines: [{ lineId: page.lines[0].id, pence: 1 }] }, {}]) {
      expect(await credit(bad)).toMatchObject({ status: 422, body: { code: 'platform.not-valid' } });
    }
    for (const client of [c.coordinator, c.sister, c.schoolFinanceOfficer]) expect((await client.post(`${invoicesOf(c)}/${invoice?.id}/credit-notes`, { reason: 'x' })).status).toBe(403);
  });

  it('When a paid invoice is credited, then the money is held as credit and pays the next invoice', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [invoice] = await issuedInvoices(app, c, 20_000);
    await c.financeOfficer.post(`${invoicesOf(c)}/${invoice?.id}/payments`, { pence: 12_500, paidOn: '2026-10-01' });
    await c.financeOfficer.post(`${invoicesOf(c)}/${invoice?.id}/credit-notes`, { reason: 'Not delivered', pence: 4000 });
    expect((await c.financeOfficer.get(`${invoicesOf(c)}/${invoice?.id}`)).body).toMatchObject({ paidPence: 6000, outstandingPence: 0, standing: 'paid' });
    const aged = await c.financeOfficer.get(`/api/collaborations/${c.id}/aged-debt`);
    expect(aged.body.items).toMatchObject([{ urn: c.urns[1], totalPence: 0, creditPence: 6500 }]);
    const [next] = await issuedInvoices(app, c, 10_000, '2026-08-10');
    expect((await c.financeOfficer.post(`${invoicesOf(c)}/${next?.id}/use-credit`)).body).toEqual({ usedPence: 5000 });
    expect((await c.financeOfficer.get(`${invoicesOf(c)}/${next?.id}`)).body.standing).toBe('paid');
    const statement = await c.sister.get(`/api/collaborations/${c.id}/statements/${c.urns[1]}?from=2026-10-01&to=2026-10-31`);
    expect(statement.body).toMatchObject({ openingPence: 0, closingPence: -1500 });
    expect((await c.sister.get(`/api/collaborations/${c.id}/statements/${c.urns[0]}?from=2026-10-01&to=2026-10-31`)).status).toBe(404);
    expect((await c.financeOfficer.get(`/api/collaborations/${c.id}/ledger/chain`)).body).toMatchObject({ whole: true, balances: true });
  });
});

describe('payments by hand', () => {
  it('When parts are paid at once by many, then never more than is due is spent', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [invoice] = await issuedInvoices(app, c, 20_000);
    const at = `${invoicesOf(c)}/${invoice?.id}/payments`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => c.financeOfficer.post(at, { pence: 3000, paidOn: '2026-10-02', reference: 'part' })));
    expect(answers.every((a) => a.status === 201)).toBe(true);
    expect((await c.financeOfficer.get(`${invoicesOf(c)}/${invoice?.id}`)).body).toMatchObject({ paidPence: 10_000, outstandingPence: 0, standing: 'paid' });
  });

  it('When somebody spends more than is due past the program, then the database refuses', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [invoice] = await issuedInvoices(app, c, 20_000);
    const paid = await c.financeOfficer.post(`${invoicesOf(c)}/${invoice?.id}/payments`, { pence: 10_000, paidOn: '2026-10-02' });
    await expect(app.sql(`insert into allocation values (gen_random_uuid(), $1, $2, $3, 1, now())`, [c.id, paid.body.id, invoice?.id])).rejects.toThrow('pence paid of');
    await expect(app.sql(`update payment set pence = 1 where id = $1`, [paid.body.id])).rejects.toThrow('never changed');
  });

  it('When what is paid is wrong, then it is refused in a sentence', async () => {
    const c = await app.collaboration({ schools: 2 });
    const other = await app.collaboration({ schools: 2 });
    await charge(app, c, 2000, '2026-08-02');
    const [invoice] = await issuedInvoices(app, c);
    const run = await runOf(c, { from: '2026-08-01', to: '2026-08-31' });
    const drafts = await c.financeOfficer.get(`${invoicesOf(c)}?runId=${run.id}`);
    const draft = drafts.body.items.find((i: { kind: string }) => i.kind === 'invoice');
    const journal = (await c.financeOfficer.get(`${invoicesOf(c)}?standing=journal`)).body.items[0];
    const pay = (id: string, body: unknown, by = c.financeOfficer) => by.post(`${invoicesOf(c)}/${id}/payments`, body);
    const good = { pence: 100, paidOn: '2026-10-01' };
    expect(await pay(draft.id, good)).toMatchObject({ status: 409, body: { code: 'billing.not-issued' } });
    expect(await pay(journal.id, good)).toMatchObject({ status: 409, body: { code: 'billing.journal-not-payable' } });
    expect(await pay(invoice?.id as string, { ...good, paidOn: '2026-10-06' })).toMatchObject({ status: 422, body: { code: 'billing.payment-in-future' } });
    for (const bad of [{ ...good, pence: 0 }, { ...good, pence: -1 }, { ...good, pence: 1e14 }, { ...good, paidOn: 'soon' }, { pence: 1 }]) expect((await pay(invoice?.id as string, bad)).status).toBe(422);
    expect((await pay(invoice?.id as string, good, c.auditor)).status).toBe(403);
    expect((await other.financeOfficer.post(`${invoicesOf(other)}/${invoice?.id}/payments`, good)).status).toBe(404);
    expect(creditLines(1, [{ id: 'a', netPence: 1, vatPence: 0, creditedNetPence: 0, creditedVatPence: 0 }])).toHaveLength(1);
  });
});
