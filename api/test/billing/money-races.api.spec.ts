import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/new-id.js';
import { startApp, type TestApp, type TestCollaboration } from '../harness.js';
import { charge, issuedInvoices, statement } from './charging.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-05T08:00:00Z');
});

const at = (c: TestCollaboration, path: string) => `/api/collaborations/${c.id}/${path}`;
const many = <T>(n: number, work: (i: number) => Promise<T>) => Promise.all(Array.from({ length: n }, (_, i) => work(i)));
const sumsOf = async (c: TestCollaboration) => (await app.sql(`select * from invariant_sums_within where collaboration_id = $1`, [c.id]));

/** A school that paid £40.00 more than it owed, and owes £30.00 on each of two later invoices. */
async function withCredit(c: TestCollaboration) {
  const [first] = await issuedInvoices(app, c, 9000, '2026-08-15');
  const ofSchool = async (on: string) => (await issuedInvoices(app, c, 9000, on)).find((one) => one.urn === first?.urn) ?? { id: '' };
  const later = [await ofSchool('2026-09-15'), await ofSchool('2026-10-15')];
  return { urn: first?.urn as string, first: first?.id as string, later: later.map(({ id }) => id) };
}

async function billOf(c: TestCollaboration, lines: readonly object[]) {
  const supplierId = newId();
  await app.sql(`insert into supplier (id, collaboration_id, name, kind) values ($1, $2, 'Dr A Patel Ltd', 'company')`, [supplierId, c.id]);
  return (await c.financeOfficer.post(at(c, 'supplier-bills'), { supplierId, number: '2207', billedOn: '2026-09-30', lines })).body as { id: string; lines: { id: string }[] };
}

describe('money that two people move at once', () => {
  it('When credit is used for two invoices at once, then it is spent once', async () => {
    const c = await app.collaboration({ schools: 3 });
    const { first, later } = await withCredit(c);
    await c.financeOfficer.post(at(c, `invoices/${first}/payments`), { pence: 3000 + 4000, paidOn: '2026-11-02', reference: 'Too much' });
    const answers = await many(8, (i) => c.financeOfficer.post(at(c, `invoices/${later[i % 2]}/use-credit`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(answers.reduce((sum, { status, body }) => sum + (status === 200 ? body.usedPence : 0), 0)).toBe(4000);
    expect(await sumsOf(c)).toEqual([]);
  });

  it('When what was over of a payment has been spent as another’s, then the payment cannot be taken back under it', async () => {
    const c = await app.collaboration({ schools: 3 });
    const { first, urn } = await withCredit(c);
    await c.financeOfficer.upload(at(c, 'bank-statements'), 'statement.csv', statement([['01/11/2026', 'SCHOOL', 7000]]));
    const [line] = (await c.financeOfficer.get(at(c, 'bank-lines'))).body.items;
    const match = await c.financeOfficer.post(at(c, 'matches'), { bankLineId: line.id, invoices: [{ invoiceId: first }] });
    // What was over is given back to the school by another payment, as a successor's taking over does.
    await app.sql(`insert into payment (id, collaboration_id, urn, pence, paid_on, reference, recorded_by, recorded_at) values ($1, $2, $3, -4000, '2026-11-03', 'Given back', 'Test', now())`, [newId(), c.id, urn]);
    expect((await c.financeOfficer.delete(at(c, `matches/${match.body.id}`))).body.code).toBe('billing.credit-passed-on');
    expect(await sumsOf(c)).toEqual([]);
  });

  it('When a bill is paid by two lines of the bank at once, then one pays it', async () => {
    const c = await app.collaboration({ schools: 2 });
    const bill = await billOf(c, [{ description: 'Psychology', pence: 500 }]);
    await c.financeOfficer.upload(at(c, 'bank-statements'), 'statement.csv', statement(Array.from({ length: 5 }, (_, i) => [`0${i + 1}/10/2026`, 'DR A PATEL', -500])));
    const { items } = (await c.financeOfficer.get(at(c, 'bank-lines'))).body;
    const answers = await many(5, (i) => c.financeOfficer.post(at(c, 'matches'), { bankLineId: items[i].id, supplierBillId: bill.id }));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body.code))).toEqual(new Set(['billing.bill-paid-already']));
    expect(await sumsOf(c)).toEqual([]);
  });

  it('When lines are passed on by one charge at once, then it passes on no more than it is', async () => {
    const c = await app.collaboration({ schools: 2 });
    const chargeId = await charge(app, c, 1000);
    const bill = await billOf(c, Array.from({ length: 4 }, (_, i) => ({ description: `Part ${i}`, pence: 400 })));
    const answers = await many(8, (i) => c.financeOfficer.post(at(c, `supplier-bills/${bill.id}/lines/${bill.lines[i % 4]?.id}/covers`), { chargeId, pence: 400 }));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(expect.arrayContaining(['billing.charge-covers-less']));
    expect(await sumsOf(c)).toEqual([]);
  });
});

describe('the database', () => {
  it('When more is spent, given back, paid or passed on than there is, then it refuses', async () => {
    const c = await app.collaboration({ schools: 3 });
    const { first, urn } = await withCredit(c);
    const { body: paid } = await c.financeOfficer.post(at(c, `invoices/${first}/payments`), { pence: 1000, paidOn: '2026-11-02', reference: 'Part' });
    const chargeId = await charge(app, c, 1000);
    const bill = await billOf(c, [{ description: 'Psychology', pence: 500 }, { description: 'Counselling', pence: 2000 }]);
    const payment = (column: string) => `insert into payment (id, collaboration_id, ${column}, pence, paid_on, reference, recorded_by, recorded_at) values ($1, $2, $3, $4, '2026-11-03', 'Behind', 'Test', now())`;
    await expect(app.sql(`insert into allocation (id, collaboration_id, payment_id, invoice_id, pence, allocated_at) values ($1, $2, $3, $4, 1, now())`, [newId(), c.id, paid.id, first])).rejects.toThrow('would be spent');
    await expect(app.sql(payment('urn'), [newId(), c.id, urn, -1])).rejects.toThrow('What is held for the school');
    await expect(app.sql(payment('supplier_bill_id'), [newId(), c.id, bill.id, -2501])).rejects.toThrow('paid');
    const cover = (line: number, pence: number) => app.sql(`insert into bill_cover (id, collaboration_id, supplier_bill_line_id, charge_id, pence) values ($1, $2, $3, $4, $5)`, [newId(), c.id, bill.lines[line]?.id, chargeId, pence]);
    await expect(cover(0, 501)).rejects.toThrow('would be covered');
    await expect(cover(1, 1001)).rejects.toThrow('would pass on');
  });
});
