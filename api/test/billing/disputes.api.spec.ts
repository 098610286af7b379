import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { documentOf } from '../../src/billing/billing-document.js';
import { documentPdf } from '../../src/billing/invoice-pdf.js';
import { startApp, type Client, type TestApp, type TestCollaboration } from '../harness.js';
import { charge, issuedInvoices, runOf, saveIssuer } from './charging.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T22:30:00Z');
});

const at = (c: TestCollaboration) => `/api/collaborations/${c.id}`;

interface Disputed { c: TestCollaboration; sister: Client; chargeId: string; shareOf(urn: string): Promise<{ id: string; urn: string; pence: number }> }

/** Three schools and £100.00; the second school's finance officer is the one who disputes. */
async function charged(): Promise<Disputed> {
  const c = await app.collaboration({ schools: 3 });
  await saveIssuer(c);
  const sister = await app.person('finance-officer', { collaborationId: c.id, schoolUrn: c.urns[1] as string });
  const chargeId = await charge(app, c, 10_000);
  const shareOf = async (urn: string) => (await c.financeOfficer.get(`${at(c)}/charges/${chargeId}/shares`)).body.items.find((s: { urn: string }) => s.urn === urn);
  return { c, sister, chargeId, shareOf };
}

const balances = async (c: TestCollaboration): Promise<Record<string, number>> =>
  Object.fromEntries((await c.auditor.get(`${at(c)}/ledger/balances`)).body.items.map((b: { account: string; schoolUrn: string | null; pence: number }) => [b.schoolUrn ? `${b.account} ${c.urns.indexOf(b.schoolUrn)}` : b.account, b.pence]));

const debtOf = async (c: TestCollaboration, urn: string) => (await c.financeOfficer.get(`${at(c)}/aged-debt`)).body.items.find((item: { urn: string }) => item.urn === urn);

async function issueAll(c: TestCollaboration): Promise<{ id: string; urn: string }[]> {
  const run = await runOf(c);
  await c.financeOfficer.post(`${at(c)}/invoice-runs/${run.id}/issue`);
  return (await c.financeOfficer.get(`${at(c)}/invoices?runId=${run.id}`)).body.items;
}

describe('a dispute upheld by half', () => {
  it('When the share is invoiced, then it leaves the ageing at once, half of it is credited to the penny, and the other schools are untouched', async () => {
    const { c, sister, shareOf } = await charged();
    const [, second, third] = c.urns as [string, string, string];
    await saveIssuer(c, null, 0);
    await issueAll(c);
    app.clock.set('2026-10-06T06:00:00Z');
    try {
      const share = await shareOf(second);
      expect((await debtOf(c, second)).totalPence).toBe(3333);
      const opened = await sister.post(`${at(c)}/disputes`, { shareId: share.id, reason: 'Only half of the sessions took place' });
      expect(opened).toMatchObject({ status: 201, body: { state: 'open', chargedPence: 3333, leftPence: 3333, invoiceNumber: expect.stringMatching(/^INV/) } });
      expect(await debtOf(c, second)).toMatchObject({ totalPence: 0, disputedPence: 3333 });
      expect(await debtOf(c, third)).toMatchObject({ totalPence: 3333, disputedPence: 0, bands: { '1-30': 3333 } });
      expect((await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${second}`)).body.items[0]).toMatchObject({ standing: 'disputed', disputedPence: 3333, outstandingPence: 3333 });
      expect((await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${third}`)).body.items[0].standing).toBe('overdue');

      const before = await balances(c);
      const decided = await c.coordinator.post(`${at(c)}/disputes/${opened.body.id}/decide`, { outcome: 'upheld', part: 'half', reason: 'Two of four sessions were given' });
      expect(decided).toMatchObject({ status: 200, body: { state: 'upheld', upheldPence: 1667, leftPence: 1666, creditNoteNumber: expect.any(String), decidedBy: 'Test coordinator' } });
      const after = await balances(c);
      expect(after).toEqual({ ...before, 'receivable 1': 1666, carried: 1667 });
      expect(await debtOf(c, second)).toMatchObject({ totalPence: 1666, disputedPence: 0 });
      expect((await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${second}`)).body.items[0]).toMatchObject({ standing: 'overdue', creditedPence: 1667, outstandingPence: 1666 });
      expect((await c.coordinator.post(`${at(c)}/disputes/${opened.body.id}/decide`, { outcome: 'rejected', reason: 'Changed our minds' })).body.code).toBe('billing.dispute-over');
      await expect(app.sql(`update dispute set state = 'open', decided_at = null, decided_by = null, upheld_pence = 0, credit_note_id = null where id = $1`, [opened.body.id])).rejects.toThrow('is decided');
      expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
    } finally {
      app.clock.set('2026-10-05T22:30:00Z');
    }
  });

  it('When the share is not invoiced yet, then it waits, half of it is given back to that school alone, and the next run bills the rest', async () => {
    const { c, sister, chargeId, shareOf } = await charged();
    const [, second] = c.urns as [string, string, string];
    const share = await shareOf(second);
    const { body: dispute } = await sister.post(`${at(c)}/disputes`, { shareId: share.id, reason: 'Only half of the sessions took place' });
    const run = await runOf(c);
    expect(run.problems).toMatchObject([{ code: 'billing.dispute-waits', urn: second, pence: 3333, message: expect.stringContaining('disputes £33.33') }]);
    expect(run.total).toBe(2);
    const before = await balances(c);
    const decided = await c.financeOfficer.post(`${at(c)}/disputes/${dispute.id}/decide`, { outcome: 'upheld', part: 'half', reason: 'Two of four' });
    expect(decided.body).toMatchObject({ state: 'upheld', upheldPence: 1667, leftPence: 1666, creditNoteNumber: null });
    expect(await balances(c)).toEqual({ ...before, 'shares-to-invoice 1': 1666, carried: 1667 });
    const credit = await c.financeOfficer.get(`${at(c)}/charges/${decided.body.creditChargeId}/shares`);
    expect(credit.body).toMatchObject({ charge: { pence: -1667, correctsChargeId: chargeId }, totalPence: -1667, items: [{ urn: second, pence: -1667 }] });
    expect((await issueAll(c)).map(({ urn }) => urn)).toEqual([second]);
    expect((await c.financeOfficer.get(`${at(c)}/invoices?schoolUrn=${second}`)).body.items[0].grossPence).toBe(1666);
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });
});

/** What a PDF says: its streams unpacked, and the hexadecimal texts in them put together. */
function textOfPdf(pdf: Buffer): string {
  const texts: string[] = [];
  for (const part of pdf.toString('latin1').split('stream\n').slice(1)) {
    const bytes = Buffer.from(part.slice(0, part.indexOf('\nendstream')), 'latin1');
    const content = (() => { try { return inflateSync(bytes).toString('latin1'); } catch { return ''; } })();
    for (const [line] of content.matchAll(/\[.*\] TJ/g)) texts.push([...line.matchAll(/<([0-9a-f]+)>/g)].map(([, hex]) => Buffer.from(hex as string, 'hex').toString('latin1')).join(''));
  }
  return texts.join(' ');
}

describe('which money pays a line, and what became of a dispute of it', () => {
  it('When a share is paid from a grant and disputed by half, then the invoice’s page, PDF, CSV and e-invoice say both', async () => {
    const { c, sister, shareOf } = await charged();
    const second = c.urns[1] as string;
    const share = await shareOf(second);
    const purse = `${at(c)}/funding/${second}`;
    const { body: funding } = await sister.put(`${purse}/budgets`, { id: null, on: '2026-09-15', kind: 'pupil-premium', name: 'Pupil premium', conditions: null, pence: 2000 });
    await sister.put(`${purse}/shares/${share.id}`, { parts: [{ budgetId: funding.budgets[0].id, pence: 2000 }, { budgetId: null, pence: 1333 }], reason: '' });
    await issueAll(c);
    const { body: list } = await sister.get(`${at(c)}/invoices`);
    const invoice = `${at(c)}/invoices/${list.items[0].id}`;
    const { body: dispute } = await sister.post(`${at(c)}/disputes`, { shareId: share.id, reason: 'Only half took place' });
    const paidFrom = [{ name: 'Pupil premium', pence: 2000 }, { name: null, pence: 1333 }];
    expect((await sister.get(invoice)).body.lines).toMatchObject([{ paidFrom, disputeId: dispute.id, disputes: [{ state: 'open', reason: 'Only half took place' }] }]);
    expect((await sister.get(`${invoice}.csv`)).text).toContain('Disputed, not due until it is decided: Only half took place');

    await c.coordinator.post(`${at(c)}/disputes/${dispute.id}/decide`, { outcome: 'upheld', part: 'half', reason: 'Two of four' });
    const words = 'Dispute upheld: £16.67 taken back by CRN000001: Two of four';
    expect((await c.financeOfficer.get(invoice)).body.lines).toMatchObject([{ paidFrom, disputeId: null, creditedPence: 1667, disputes: [{ state: 'upheld', upheldPence: 1667, creditNoteNumber: 'CRN000001', decidedOn: '2026-10-05' }] }]);
    const csv = (await sister.get(`${invoice}.csv`)).text;
    expect(csv).toContain('"Pupil premium £20.00, general money £13.33"');
    expect(csv).toContain(words);
    expect((await sister.get(`${invoice}.ubl.xml`)).text).toContain(`<cbc:Note>Paid from Pupil premium £20.00, general money £13.33. ${words}</cbc:Note>`);
    const pdf = textOfPdf(await documentPdf(documentOf((await sister.get(invoice)).body), app.clock.now()));
    expect(pdf).toContain('Paid from Pupil premium £20.00');
    expect(pdf).toContain('Dispute upheld: £16.67');
    expect((await c.coordinator.get(invoice)).body.lines).toMatchObject([{ paidFrom: null, disputes: [{ state: 'upheld' }] }]);
    expect((await c.coordinator.get(`${invoice}.csv`)).text).not.toContain('Pupil premium');
  });
});

describe('disputes', () => {
  it('When one is rejected or withdrawn, then the share is due again and nothing was posted', async () => {
    const { c, sister, shareOf } = await charged();
    const second = c.urns[1] as string;
    await issueAll(c);
    const share = await shareOf(second);
    const before = await balances(c);
    for (const end of ['reject', 'withdraw']) {
      const { body } = await sister.post(`${at(c)}/disputes`, { shareId: share.id, reason: 'We were not told' });
      const ended = end === 'reject'
        ? await c.coordinator.post(`${at(c)}/disputes/${body.id}/decide`, { outcome: 'rejected', reason: 'It was minuted' })
        : await sister.post(`${at(c)}/disputes/${body.id}/withdraw`);
      expect(ended).toMatchObject({ status: 200, body: { state: end === 'reject' ? 'rejected' : 'withdrawn', upheldPence: 0, leftPence: 3333 } });
    }
    expect(await balances(c)).toEqual(before);
    expect(await debtOf(c, second)).toMatchObject({ totalPence: 3333, disputedPence: 0 });
  });

  it('When an amount is upheld, then it is that amount, and never more than is left', async () => {
    const { c, sister, shareOf } = await charged();
    await issueAll(c);
    const share = await shareOf(c.urns[1] as string);
    const { body } = await sister.post(`${at(c)}/disputes`, { shareId: share.id, reason: 'Mileage was counted twice' });
    const decide = (pence: number) => c.financeOfficer.post(`${at(c)}/disputes/${body.id}/decide`, { outcome: 'upheld-by-amount', pence, reason: 'The mileage' });
    expect(await decide(3334)).toMatchObject({ status: 422, body: { code: 'billing.dispute-too-large' } });
    expect((await decide(1)).body).toMatchObject({ state: 'upheld', upheldPence: 1, leftPence: 3332 });
  });

  it('When somebody else asks, then only the school opens its own, once at a time, and only the collaboration decides', async () => {
    const { c, sister, shareOf } = await charged();
    const [first, second] = c.urns as [string, string];
    await issuedInvoices(app, c, 300, '2026-09-20');
    const own = await shareOf(second);
    expect((await c.businessManager.post(`${at(c)}/disputes`, { shareId: own.id, reason: 'Not mine' })).status).toBe(404);
    expect((await c.head.post(`${at(c)}/disputes`, { shareId: own.id, reason: 'Not my part' })).status).toBe(403);
    const { body } = await sister.post(`${at(c)}/disputes`, { shareId: own.id, reason: 'We were not told' });
    expect((await sister.post(`${at(c)}/disputes`, { shareId: own.id, reason: 'Once more' })).body.code).toBe('billing.dispute-open-already');
    expect((await sister.post(`${at(c)}/disputes/${body.id}/decide`, { outcome: 'rejected', reason: 'Myself' })).status).toBe(403);
    expect((await c.businessManager.post(`${at(c)}/disputes/${body.id}/withdraw`)).status).toBe(404);
    expect((await c.businessManager.get(`${at(c)}/disputes`)).body.total).toBe(0);
    expect((await sister.get(`${at(c)}/disputes`)).body).toMatchObject({ total: 1, openPence: 3333 });
    const lead = await shareOf(first);
    expect((await c.schoolFinanceOfficer.post(`${at(c)}/disputes`, { shareId: lead.id, reason: 'Our own journal' })).body.code).toBe('billing.own-share-not-disputed');
  });
});
