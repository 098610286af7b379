import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { agreementOf } from '../sharing/arrange.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { charge, issuedInvoices, runOf, september, statement } from './charging.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-10-05T08:00:00Z');
});

const at = (c: TestCollaboration, path: string) => `/api/collaborations/${c.id}/${path}`;
const upload = (c: TestCollaboration, content: string | Uint8Array, by = c.financeOfficer) => by.upload(at(c, 'bank-statements'), 'statement.csv', content);
const linesOf = async (c: TestCollaboration, query = '') => (await c.financeOfficer.get(at(c, `bank-lines?${query}`))).body;
const reconcile = async (c: TestCollaboration) => (await c.financeOfficer.get(at(c, 'reconciliation?from=2026-09-01&to=2026-10-31'))).body;

async function supplier(c: TestCollaboration, name = 'Dr A Patel Ltd'): Promise<string> {
  const id = newId();
  await app.sql(`insert into supplier (id, collaboration_id, name, kind) values ($1, $2, $3, 'company')`, [id, c.id, name]);
  return id;
}

describe('bank statements', () => {
  it('When a statement is imported twice, then nothing is added the second time and twins stay two', async () => {
    const c = await app.collaboration({ schools: 2 });
    const file = statement([['26/09/2026', 'TELFORD INFANT SCH', 9750], ['26/09/2026', 'TELFORD INFANT SCH', 9750], ['25/09/2026', 'HISCOX LTD, ABSENCE INS', -31_025]]);
    expect(await upload(c, file)).toMatchObject({ status: 201, body: { lines: 3, added: 3, duplicates: 0, suggestions: 0 } });
    expect(await upload(c, file)).toMatchObject({ status: 201, body: { lines: 3, added: 0, duplicates: 3 } });
    const longer = statement([['27/09/2026', 'NEW', 100], ['26/09/2026', 'TELFORD INFANT SCH', 9750], ['26/09/2026', 'TELFORD INFANT SCH', 9750]]);
    expect((await upload(c, longer)).body).toMatchObject({ added: 1, duplicates: 2 });
    expect((await linesOf(c)).total).toBe(4);
  });

  it('When the same statement comes from many at once, then each line is there once', async () => {
    const c = await app.collaboration({ schools: 2 });
    const file = statement([['26/09/2026', 'A', 1], ['26/09/2026', 'B', 2]]);
    await Promise.all(Array.from({ length: 6 }, () => upload(c, file)));
    expect((await linesOf(c)).total).toBe(2);
  });

  (existsSync('../shared/data/bank-statement-lloyds.csv') ? it : it.skip)('When it is the sample of a large bank, then all of it is read', async () => {
    const c = await app.collaboration({ schools: 2 });
    expect((await upload(c, readFileSync('../shared/data/bank-statement-lloyds.csv'))).body).toMatchObject({ lines: 6, added: 6 });
  });

  it('When the file is wrong, then nothing is imported and the sentence says where', async () => {
    const c = await app.collaboration({ schools: 2 });
    const good = statement([['26/09/2026', 'A', 1]]);
    expect(await upload(c, '')).toMatchObject({ status: 422, body: { code: 'platform.empty-file' } });
    expect(await upload(c, 'hello\nworld')).toMatchObject({ status: 422, body: { code: 'billing.statement-no-header' } });
    expect(await upload(c, good.split('\r\n')[0] as string)).toMatchObject({ status: 422, body: { code: 'billing.statement-no-lines' } });
    expect(await upload(c, new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 9]))).toMatchObject({ status: 422, body: { code: 'billing.statement-wrong-encoding' } });
    expect(await upload(c, `${good}\r\n"broken`)).toMatchObject({ status: 422, body: { code: 'billing.statement-not-readable' } });
    const faulty = await upload(c, `${good}\r\n31/02/2026,FPI,,,B,,1.00,,\r\n26/09/2026,FPI,,,C,,lots,,`);
    expect(faulty).toMatchObject({ status: 422, body: { code: 'billing.statement-row', errors: [{ path: 'row 3, Transaction Date' }, { path: 'row 4, Credit Amount' }] } });
    expect(await upload(c, `${good}\r\n26/09/2026,FPI,,,B,,999999999999.00,,`)).toMatchObject({ status: 422, body: { code: 'billing.statement-row' } });
    expect(await upload(c, new Uint8Array(9 * 1024 * 1024).fill(65))).toMatchObject({ status: 413, body: { code: 'platform.too-large' } });
    expect((await c.financeOfficer.post(at(c, 'bank-statements'), { file: 'x' })).status).toBe(415);
    expect((await linesOf(c)).total).toBe(0);
    const windows = Buffer.from(good.replace('"A"', '"CAF\u00c9"'), 'latin1');
    expect((await upload(c, windows)).status).toBe(201);
    expect((await linesOf(c)).items[0].description).toBe('CAFÉ');
  });

  it('When another role or a stranger comes, then it is refused', async () => {
    const c = await app.collaboration({ schools: 2 });
    const other = await app.collaboration({ schools: 2 });
    const file = statement([['26/09/2026', 'A', 1]]);
    for (const by of [c.coordinator, c.businessManager, c.head, c.auditor, c.schoolFinanceOfficer]) expect((await upload(c, file, by)).status).toBe(403);
    expect((await upload(c, file, other.financeOfficer)).status).toBe(404);
    for (const path of ['bank-lines', 'supplier-bills', 'aged-debt', 'reconciliation?from=2026-09-01&to=2026-09-30']) {
      for (const by of [c.coordinator, c.auditor, c.financeOfficer]) expect((await by.get(at(c, path))).status).toBe(200);
      for (const by of [c.businessManager, c.head, c.schoolFinanceOfficer]) expect((await by.get(at(c, path))).status).toBe(403);
      expect((await other.financeOfficer.get(at(c, path))).status).toBe(404);
    }
  });
});

describe('matching', () => {
  it('When lines are certain, then all are accepted at once, and undone by reversal', async () => {
    const c = await app.collaboration({ schools: 4 });
    const [one, two, three] = await issuedInvoices(app, c, 40_000);
    await upload(c, statement([
      ['01/10/2026', `SOMEBODY ${one?.number}`, 10_000], ['02/10/2026', two?.schoolName.toUpperCase() as string, 10_000],
      ['03/10/2026', `${three?.number} PART`, 2500], ['04/10/2026', 'NOBODY WE KNOW', 42],
    ]));
    const open = await linesOf(c, 'state=open');
    expect(open.items.map((l: { suggestion: { kind: string; certain: boolean } | null }) => l.suggestion && [l.suggestion.kind, l.suggestion.certain])).toEqual([null, ['part', false], ['payer', true], ['reference', true]]);
    expect(open.certain).toBe(2);
    const accepted = await c.financeOfficer.post(at(c, 'matches/accept'), {});
    expect(accepted.body).toMatchObject({ left: 1 });
    expect(accepted.body.matches).toHaveLength(2);
    expect((await c.financeOfficer.get(at(c, `invoices/${one?.id}`))).body).toMatchObject({ standing: 'paid', payments: [{ matched: true, allocatedPence: 10_000 }] });
    const matched = await linesOf(c, 'state=matched');
    expect(matched.items[1].match).toMatchObject({ reason: expect.stringContaining(one?.number as string), invoices: [{ number: one?.number, pence: 10_000 }] });
    expect((await c.financeOfficer.delete(at(c, `matches/${matched.items[1].match.id}`))).status).toBe(204);
    expect((await c.financeOfficer.get(at(c, `invoices/${one?.id}`))).body).toMatchObject({ standing: 'open', paidPence: 0, payments: [] });
    expect(await c.financeOfficer.delete(at(c, `matches/${matched.items[1].match.id}`))).toMatchObject({ status: 409, body: { code: 'billing.match-undone-already' } });
    expect((await linesOf(c, 'state=open')).certain).toBe(1);
    const balances = (await c.financeOfficer.get(at(c, 'ledger/balances'))).body.items;
    expect(balances).toContainEqual({ account: 'bank', schoolUrn: null, pence: 10_000 });
    expect((await c.financeOfficer.get(at(c, 'ledger/chain'))).body).toMatchObject({ whole: true, balances: true });
  });

  it('When a line is matched by many at once, then one match is made', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [invoice] = await issuedInvoices(app, c, 20_000);
    await upload(c, statement([['01/10/2026', 'X', 10_000]]));
    const line = (await linesOf(c)).items[0];
    const answers = await Promise.all(Array.from({ length: 6 }, () => c.financeOfficer.post(at(c, 'matches'), { bankLineId: line.id, invoices: [{ invoiceId: invoice?.id }] })));
    expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect((await c.financeOfficer.get(at(c, `invoices/${invoice?.id}`))).body.paidPence).toBe(10_000);
  });

  it('When somebody pays too much, or for several invoices, then the rest is held and each is paid', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [first] = await issuedInvoices(app, c, 20_000);
    const [second] = await issuedInvoices(app, c, 10_000, '2026-08-10');
    await upload(c, statement([['01/10/2026', 'X', 16_000], ['02/10/2026', 'Y', 900]]));
    const lines = (await linesOf(c)).items;
    const match = await c.financeOfficer.post(at(c, 'matches'), { bankLineId: lines[1].id, invoices: [{ invoiceId: first?.id }, { invoiceId: second?.id, pence: 5000 }] });
    expect(match.status).toBe(201);
    expect((await linesOf(c, 'state=matched')).items[0].match).toMatchObject({ heldPence: 1000 });
    expect((await c.financeOfficer.post(at(c, 'matches'), { bankLineId: lines[0].id, schoolUrn: c.urns[1] })).status).toBe(201);
    const aged = await c.financeOfficer.get(at(c, 'aged-debt'));
    expect(aged.body.items).toMatchObject([{ totalPence: 0, creditPence: 1900 }]);
  });

  it('When a payment was recorded by hand, then its line is tied to it and undoing leaves the payment', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [invoice] = await issuedInvoices(app, c, 20_000);
    await c.financeOfficer.post(at(c, `invoices/${invoice?.id}/payments`), { pence: 10_000, paidOn: '2026-10-01', reference: 'seen online' });
    await upload(c, statement([['01/10/2026', invoice?.schoolName as string, 10_000]]));
    const line = (await linesOf(c)).items[0];
    expect(line.suggestion).toMatchObject({ kind: 'recorded-payment', certain: true });
    const accepted = await c.financeOfficer.post(at(c, 'matches/accept'), { bankLineIds: [line.id] });
    expect((await c.financeOfficer.get(at(c, `invoices/${invoice?.id}`))).body).toMatchObject({ paidPence: 10_000, payments: [{ matched: true }] });
    await c.financeOfficer.delete(at(c, `matches/${accepted.body.matches[0].id}`));
    expect((await c.financeOfficer.get(at(c, `invoices/${invoice?.id}`))).body).toMatchObject({ paidPence: 10_000, payments: [{ matched: false }] });
  });

  it('When a payment that was recorded by hand never came, then it is taken back once, and one that the bank bears out is not', async () => {
    const c = await app.collaboration({ schools: 2 });
    const [invoice] = await issuedInvoices(app, c, 20_000);
    const record = async (pence: number) => (await c.financeOfficer.post(at(c, `invoices/${invoice?.id}/payments`), { pence, paidOn: '2026-10-01', reference: 'seen online' })).body.id as string;
    const [never, came] = [await record(4000), await record(6000)];
    const takeBack = (id: string) => c.financeOfficer.delete(at(c, `invoices/${invoice?.id}/payments/${id}`));
    await upload(c, statement([['01/10/2026', invoice?.schoolName as string, 6000]]));
    expect((await c.financeOfficer.post(at(c, 'matches'), { bankLineId: (await linesOf(c)).items[0].id, paymentId: came })).status).toBe(201);
    expect(await takeBack(came)).toMatchObject({ status: 409, body: { code: 'billing.payment-on-statement' } });
    expect((await Promise.all([takeBack(never), takeBack(never)])).map(({ status }) => status)).toEqual([204, 204]);
    expect((await c.financeOfficer.get(at(c, `invoices/${invoice?.id}`))).body).toMatchObject({ paidPence: 6000, payments: [{ id: came }] });
    expect(await app.sql('select pence from payment where collaboration_id = $1 and reverses_id = $2', [c.id, never])).toEqual([{ pence: -4000 }]);
    expect((await takeBack(newId())).status).toBe(404);
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When more was paid than was due, then what is held goes back to the school once, to the penny, and undoing holds it again', async () => {
    const c = await app.collaboration({ schools: 3 });
    const [invoice] = await issuedInvoices(app, c, 20_000);
    const due = invoice?.grossPence as number;
    await upload(c, statement([['01/10/2026', 'IN', due + 5000], ['02/10/2026', 'BACK', -3000], ['02/10/2026', 'BACK AGAIN', -3000], ['03/10/2026', 'REST', -2000]]));
    const lines = new Map((await linesOf(c)).items.map((line: { id: string; description: string }) => [line.description, line.id]));
    const match = (words: string, body: object) => c.financeOfficer.post(at(c, 'matches'), { bankLineId: lines.get(words), ...body });
    expect((await match('IN', { invoices: [{ invoiceId: invoice?.id }] })).status).toBe(201);
    const credit = async () => (await c.financeOfficer.get(at(c, 'aged-debt'))).body.items.find((one: { urn: string }) => one.urn === invoice?.urn)?.creditPence ?? 0;
    expect(await credit()).toBe(5000);
    expect(await match('BACK', { schoolUrn: c.urns.find((urn) => urn !== invoice?.urn) })).toMatchObject({ status: 422, body: { code: 'billing.refund-too-large', facts: { heldPence: 0 } } });
    const both = await Promise.all(['BACK', 'BACK AGAIN'].map((words) => match(words, { schoolUrn: invoice?.urn })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(both.find(({ status }) => status === 422)?.body).toMatchObject({ code: 'billing.refund-too-large', facts: { heldPence: 2000 } });
    expect((await match('REST', { schoolUrn: invoice?.urn })).status).toBe(201);
    expect(await credit()).toBe(0);
    const account = (await c.financeOfficer.get(at(c, `statements/${invoice?.urn}?from=2026-09-01&to=2026-12-31`))).body;
    expect(account).toMatchObject({ closingPence: 0 });
    expect(account.entries.filter((entry: { description: string }) => entry.description.startsWith('Paid back'))).toHaveLength(2);
    const made = both.find(({ status }) => status === 201)?.body as { id: string };
    expect((await c.financeOfficer.delete(at(c, `matches/${made.id}`))).status).toBe(204);
    expect(await credit()).toBe(3000);
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When a match is wrong, then it is refused in a sentence and changes nothing', async () => {
    const c = await app.collaboration({ schools: 3 });
    const other = await app.collaboration({ schools: 2 });
    const [one, two] = await issuedInvoices(app, c);
    const [foreign] = await issuedInvoices(app, other);
    await upload(c, statement([['01/10/2026', 'IN', 500], ['02/10/2026', 'OUT', -500]]));
    const [out, into] = (await linesOf(c)).items;
    const match = (body: object) => c.financeOfficer.post(at(c, 'matches'), body);
    expect(await match({ bankLineId: out.id, invoices: [{ invoiceId: one?.id }] })).toMatchObject({ status: 422, body: { code: 'billing.wrong-direction' } });
    expect(await match({ bankLineId: into.id, invoices: [{ invoiceId: one?.id, pence: 200 }, { invoiceId: two?.id, pence: 300 }] })).toMatchObject({ status: 422, body: { code: 'billing.other-payer' } });
    expect(await match({ bankLineId: into.id, invoices: [{ invoiceId: one?.id, pence: 600 }] })).toMatchObject({ status: 422, body: { code: 'billing.amounts-differ' } });
    expect(await match({ bankLineId: into.id, invoices: [{ invoiceId: one?.id, pence: 99_999 }] })).toMatchObject({ status: 422, body: { code: 'billing.payment-too-large' } });
    expect((await match({ bankLineId: into.id, invoices: [{ invoiceId: foreign?.id }] })).status).toBe(404);
    expect((await match({ bankLineId: newId(), invoices: [{ invoiceId: one?.id }] })).status).toBe(404);
    expect(await match({ bankLineId: into.id, schoolUrn: other.urns[0] })).toMatchObject({ status: 422, body: { code: 'billing.not-a-member' } });
    expect((await match({ bankLineId: into.id })).status).toBe(422);
    expect((await match({ bankLineId: into.id, invoices: [], schoolUrn: c.urns[1] })).status).toBe(422);
    expect((await linesOf(c, 'state=open')).total).toBe(2);
    expect((await other.financeOfficer.post(at(c, 'matches'), { bankLineId: into.id, schoolUrn: c.urns[1] })).status).toBe(404);
    expect((await c.auditor.post(at(c, 'matches'), { bankLineId: into.id, schoolUrn: c.urns[1] })).status).toBe(403);
  });
});

describe('supplier bills', () => {
  it('When a bill is passed on and paid from the bank, then the books agree', async () => {
    const c = await app.collaboration({ schools: 3 });
    const supplierId = await supplier(c);
    const chargeId = await charge(app, c, 30_000);
    const bill = await c.financeOfficer.post(at(c, 'supplier-bills'), { supplierId, number: '2207', billedOn: '2026-09-30', lines: [{ description: 'Psychology', pence: 30_000, chargeId }, { description: 'Late fee', pence: 500 }] });
    expect(bill).toMatchObject({ status: 201, body: { pence: 30_500, coveredPence: 30_000, paidPence: 0, supplierName: 'Dr A Patel Ltd' } });
    expect(await reconcile(c)).toMatchObject({ charges: 30_000, shares: 30_000, supplierBills: 30_500, passedOn: 30_000, unexplained: 500, differences: [{ kind: 'bill-not-covered', pence: 500 }] });
    const covers = at(c, `supplier-bills/${bill.body.id}/lines/${bill.body.lines[1].id}/covers`);
    expect(await c.financeOfficer.post(covers, { carriedBecause: 'Our mistake', pence: 600 })).toMatchObject({ status: 422, body: { code: 'billing.cover-too-large' } });
    expect((await c.financeOfficer.post(covers, { carriedBecause: 'Our mistake' })).status).toBe(201);
    expect(await reconcile(c)).toMatchObject({ carried: 500, unexplained: 0, differences: [] });
    await upload(c, statement([['01/10/2026', 'DR A PATEL ED PSYCH INV 2207', -30_500]]));
    const accepted = await c.financeOfficer.post(at(c, 'matches/accept'), {});
    expect(accepted.body.matches).toHaveLength(1);
    expect((await c.financeOfficer.get(at(c, 'supplier-bills'))).body.items[0].paidPence).toBe(30_500);
    expect(await reconcile(c)).toMatchObject({ paidOut: 30_500, received: 0, unexplained: 0 });
    const balances = (await c.financeOfficer.get(at(c, 'ledger/balances'))).body.items as { account: string; pence: number }[];
    expect(balances.find((b) => b.account === 'payable')).toBeUndefined();
    expect(balances.find((b) => b.account === 'pool')).toBeUndefined();
  });

  it('When a charge that passes a bill on is corrected to less, then the difference stands on the page until it is taken back and carried', async () => {
    const c = await app.collaboration({ schools: 3 });
    const supplierId = await supplier(c);
    const chargeId = await charge(app, c, 30_000);
    const bill = await c.financeOfficer.post(at(c, 'supplier-bills'), { supplierId, number: '2208', billedOn: '2026-09-30', lines: [{ description: 'Psychology', pence: 30_000, chargeId }] });
    expect(await reconcile(c)).toMatchObject({ unexplained: 0, differences: [] });
    expect((await c.financeOfficer.post(at(c, `charges/${chargeId}/corrections`), { shouldBePence: 24_000, reason: 'A day less' })).status).toBe(201);
    expect(await reconcile(c)).toMatchObject({ supplierBills: 30_000, passedOn: 24_000, unexplained: 6000, differences: [{ kind: 'bill-over-covered', pence: 6000, records: [{ kind: 'charge', id: chargeId, pence: 6000 }] }] });
    const cover = (wanted: object) => c.financeOfficer.post(at(c, `supplier-bills/${bill.body.id}/lines/${bill.body.lines[0].id}/covers`), wanted);
    expect(await cover({ chargeId, pence: -30_001 })).toMatchObject({ status: 422, body: { code: 'billing.cover-too-large', facts: { leftPence: -30_000 } } });
    expect(await cover({ carriedBecause: 'Nobody', pence: -6000 })).toMatchObject({ status: 422, body: { code: 'billing.cover-too-large' } });
    expect(await cover({ chargeId, pence: -6000 })).toMatchObject({ status: 201, body: { coveredPence: 24_000, lines: [{ covers: [{ chargeId, pence: 24_000 }] }] } });
    expect(await reconcile(c)).toMatchObject({ passedOn: 24_000, unexplained: 6000, differences: [{ kind: 'bill-not-covered', pence: 6000 }] });
    expect((await cover({ chargeId, pence: 6000 })).body.code).toBe('billing.charge-covers-less');
    expect((await cover({ carriedBecause: 'Goodwill' })).status).toBe(201);
    expect(await reconcile(c)).toMatchObject({ passedOn: 24_000, carried: 6000, unexplained: 0, differences: [] });
    expect(await app.sql('select * from invariant_broken where collaboration_id = $1', [c.id])).toEqual([]);
  });

  it('When schools are charged for an outside supplier’s work and no bill asks for it, then it waits on the page until one does', async () => {
    const c = await app.collaboration({ schools: 2 });
    const agreement = await agreementOf(app, c, { retainerPence: 12_000, instalments: [{ dueOn: '2026-09-15', from: '2026-09-01', to: '2026-09-30', pence: 12_000 }] });
    await c.financeOfficer.post(at(c, 'charges-due'), { through: '2026-09-30' });
    const [made] = (await c.financeOfficer.get(at(c, 'charges?kind=instalment'))).body.items;
    const waits = async () => (await reconcile(c)).waiting.find((one: { kind: string }) => one.kind === 'charge-not-billed');
    expect(await waits()).toMatchObject({ pence: 12_000, records: [{ kind: 'charge', id: made.id }] });
    await c.financeOfficer.post(at(c, 'supplier-bills'), { supplierId: await supplier(c), number: '9', billedOn: '2026-09-30', lines: [{ description: 'Part', pence: 5000, chargeId: made.id }] });
    expect(await waits()).toMatchObject({ pence: 7000 });
    expect(agreement.id).toBe(made.agreementId);
  });

  it('When a bill is wrong or there already, then it is refused', async () => {
    const c = await app.collaboration({ schools: 2 });
    const other = await app.collaboration({ schools: 2 });
    const supplierId = await supplier(c);
    const bill = { supplierId, number: '1', billedOn: '2026-09-30', lines: [{ description: 'X', pence: 100 }] };
    const add = (body: unknown) => c.financeOfficer.post(at(c, 'supplier-bills'), body);
    expect((await add(bill)).status).toBe(201);
    expect(await add(bill)).toMatchObject({ status: 409, body: { code: 'billing.bill-exists' } });
    expect((await add({ ...bill, number: '2', supplierId: await supplier(other) })).status).toBe(404);
    expect((await add({ ...bill, number: '2', lines: [{ description: 'X', pence: 100, chargeId: newId() }] })).status).toBe(404);
    for (const bad of [{ ...bill, lines: [] }, { ...bill, number: '' }, { ...bill, billedOn: 'x' }, { ...bill, lines: [{ description: 'X', pence: 0 }] }]) expect((await add(bad)).status).toBe(422);
    expect((await c.financeOfficer.get(at(c, 'supplier-bills'))).body.total).toBe(1);
  });
});

describe('the one sum', () => {
  it('When charges are shared, drafted, issued and paid, then it is zero at each step and says what waits', async () => {
    const c = await app.collaboration({ schools: 3 });
    await charge(app, c, 10_000);
    expect(await reconcile(c)).toMatchObject({ charges: 10_000, shares: 10_000, notYetInvoiced: 10_000, unexplained: 0, waiting: [{ kind: 'share-not-invoiced', pence: 10_000 }] });
    const run = await runOf(c, september);
    expect(await reconcile(c)).toMatchObject({ notYetInvoiced: 10_000, unexplained: 0, waiting: [{ kind: 'draft-not-issued', pence: 10_000 }] });
    await c.financeOfficer.post(at(c, `invoice-runs/${run.id}/issue`));
    expect(await reconcile(c)).toMatchObject({ invoiced: 6666, journalled: 3334, notYetInvoiced: 0, unexplained: 0, waiting: [] });
    await upload(c, statement([['01/10/2026', 'SOMEBODY', 77]]));
    expect(await reconcile(c)).toMatchObject({ unexplained: 0, waiting: [{ kind: 'bank-line-not-matched', pence: 77 }] });
  });

  it('When a charge cannot be shared, then every penny of it stands in the differences', async () => {
    const c = await app.collaboration({ schools: 2 });
    await charge(app, c, 12_345, '2026-09-15', []);
    const books = await reconcile(c);
    expect(books).toMatchObject({ charges: 12_345, shares: 0, unexplained: 12_345, differences: [{ kind: 'charge-not-shared', pence: 12_345, records: [{ kind: 'charge', pence: 12_345 }] }] });
    expect(await c.financeOfficer.get(at(c, 'reconciliation?from=2026-10-01&to=2026-09-01'))).toMatchObject({ status: 422, body: { code: 'billing.period-reversed' } });
    expect((await c.financeOfficer.get(at(c, 'reconciliation'))).status).toBe(422);
  });
});
