import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ageBand, agedDebts, allocate, creditLines, documentNumber, draftDocuments, invoiceStanding, isNamedIn, lineVat, noChoices, quotedInvoiceNumbers, readStatement, statementDate,
  suggestMatches, unexplainedPence, type BilledSchool, type CreditableLine, type OpenInvoice, type ShareToBill,
} from './index.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
process.stdout.write(`invoice credit properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

const school = (urn: string, changes: Partial<BilledSchool> = {}): BilledSchool => ({ urn, kind: 'maintained', laCode: '937', trustCode: null, ...changes });
const share = (urn: string, pence: number, changes: Partial<ShareToBill> = {}): ShareToBill => ({
  shareId: `${urn}-${pence}`, chargeId: 'c', urn, pence, description: 'Counselling', serviceFrom: '2026-09-01', serviceTo: '2026-09-30', belongsOn: '2026-09-30', suppliedOn: '2026-09-30', billedVat: null, isBroughtForward: false, agreementId: null, agreementName: null, serviceId: null, suppliersVatPence: 0,
  serviceName: 'Counselling', serviceKind: 'counselling', supplierKind: 'self-employed', supplierSchoolUrn: null, ...changes,
});

describe('drafting', () => {
  const issuer = { ...school('1'), vatRegistered: true };
  const schools = new Map(['1', '2', '3'].map((urn) => [urn, school(urn)]));

  it('When shares of several schools wait, then each school has one invoice and the lead school a journal', () => {
    const { documents, left } = draftDocuments(issuer, schools, [share('1', 100), share('2', 200), share('2', 50), share('3', 300)]);
    expect(documents.map((d) => [d.kind, d.urn, d.lines.length])).toEqual([['journal', '1', 1], ['invoice', '2', 2], ['invoice', '3', 1]]);
    expect(left).toEqual([]);
  });

  it('When a school delivers with its own employee, then its share of that is a journal and the rest an invoice', () => {
    const { documents } = draftDocuments(issuer, schools, [share('2', 200, { supplierSchoolUrn: '2' }), share('2', 50)]);
    expect(documents.map((d) => [d.kind, d.lines[0]?.netPence])).toEqual([['journal', 200], ['invoice', 50]]);
  });

  it('When a share puts another right, then the day of that one decides its VAT, and how that one was billed comes before', () => {
    const registered = { ...issuer, vatRegistered: true };
    const vat = [{ agreementId: null, urn: '2', fromOn: '2026-10-01', treatment: 'standard-rated' as const, rateBasisPoints: 2000, reason: 'As advised' }];
    const late = { belongsOn: '2026-10-02', suppliedOn: '2026-10-02' };
    const billed = lineVat({ issuer: registered, customer: school('2'), serviceKind: null, supplierKind: null, chosen: { ...vat[0]!, treatment: 'exempt', rateBasisPoints: 0 } });
    const { documents } = draftDocuments(registered, schools, [share('2', 100, late), share('2', 200, { ...late, suppliedOn: '2026-09-30' }), share('2', 300, { ...late, billedVat: billed }), share('2', 400, { ...late, isBroughtForward: true })], { ...noChoices, vat });
    expect(documents[0]?.lines.map((line) => line.vat.treatment)).toEqual(['standard-rated', 'disbursement', 'exempt', 'not-a-supply']);
  });

  it.each([[-250, 'credit-note'], [-200, null], [-199, 'invoice']] as const)('When a school is given %i pence over against shares of 200, then it gets %s', (credit, kind) => {
    const { documents, left } = draftDocuments(issuer, schools, [share('2', 200), share('2', credit)]);
    expect(documents.map((document) => document.kind)).toEqual(kind ? [kind] : []);
    expect(left).toEqual(kind ? [] : [{ code: 'billing.comes-to-nothing', urn: '2', pence: 0 }]);
  });

  it('When the school is an academy, then the code is of the accounts return', () => {
    const { documents } = draftDocuments(issuer, new Map([['2', school('2', { kind: 'academy' })]]), [share('2', 1)]);
    expect(documents[0]?.lines[0]?.costCode.system).toBe('AAR');
  });
});

describe('VAT', () => {
  const la = { kind: 'maintained', laCode: '937', trustCode: null } as const;
  const academy = { kind: 'academy', laCode: '937', trustCode: 't1' } as const;
  it.each([
    [{ ...la, vatRegistered: false }, la, 'counselling', 'member-school', 'billing.issuer-not-registered'],
    [{ ...la, vatRegistered: true }, la, 'shared-business-manager', 'member-school', 'vat.same-authority'],
    [{ ...la, vatRegistered: true }, { ...la, laCode: '330' }, 'shared-business-manager', 'member-school', 'vat.administrative-staff-to-another-body'],
    [{ ...academy, vatRegistered: true }, academy, 'shared-business-manager', 'member-school', 'vat.inside-one-trust'],
    [{ ...la, vatRegistered: true }, academy, 'absence-insurance', 'company', 'vat.insurance-premium-tax'],
    [{ ...la, vatRegistered: true }, academy, 'educational-psychology', 'company', 'vat.disbursement-divided-like-the-charge'],
    [{ ...la, vatRegistered: true }, academy, 'sen-assessment', 'member-school', 'vat.teaching-staff-between-eligible-bodies'],
    [{ ...la, vatRegistered: true }, academy, null, null, 'vat.standard-rate-unless-shown-otherwise'],
  ] as const)('When %j supplies %j with %s by %s, then the reason is %s', (issuer, customer, serviceKind, supplierKind, reason) => {
    expect(lineVat({ issuer, customer, serviceKind, supplierKind }).reason).toBe(reason);
  });

  it('When lines bear VAT, then it is worked out once for the invoice', () => {
    const { documents } = draftDocuments({ ...school('1', { laCode: '330' }), vatRegistered: true }, new Map([['2', school('2')]]), [3333, 3333, 3334].map((pence) => share('2', pence, { serviceKind: null, supplierKind: null })));
    expect(documents[0]?.lines.map((line) => line.vatPence).reduce((a, b) => a + b)).toBe(2000);
  });
});

describe('credits', () => {
  it('When an invoice is credited in small parts, then they end exactly at nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ netPence: fc.integer({ min: 1, max: 9999 }), vatPence: fc.integer({ min: 0, max: 2000 }) }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 400 }), (parts, step) => {
        let lines: CreditableLine[] = parts.map((part, i) => ({ id: `l${i}`, ...part, creditedNetPence: 0, creditedVatPence: 0 }));
        let left = parts.reduce((sum, part) => sum + part.netPence + part.vatPence, 0);
        while (left > 0) {
          const pence = Math.min(left, step * 50);
          const credits = new Map(creditLines(pence, lines).map((line) => [line.invoiceLineId, line]));
          lines = lines.map((line) => ({ ...line, creditedNetPence: line.creditedNetPence + (credits.get(line.id)?.netPence ?? 0), creditedVatPence: line.creditedVatPence + (credits.get(line.id)?.vatPence ?? 0) }));
          left -= pence;
        }
        expect(lines.every((line) => line.netPence === line.creditedNetPence && line.vatPence === line.creditedVatPence)).toBe(true);
      }),
      { seed, numRuns },
    );
  });

  it('When more is credited than is left, then it is refused', () => {
    const line: CreditableLine = { id: 'a', netPence: 100, vatPence: 20, creditedNetPence: 50, creditedVatPence: 10 };
    expect(() => creditLines(61, [line])).toThrow('billing.credit-too-large');
    expect(() => creditLines(0, [line])).toThrow('billing.nothing-to-credit');
  });
});

describe('standing', () => {
  const sums = { kind: 'invoice', issuedOn: '2026-10-01', dueOn: '2026-10-31', grossPence: 100, creditedPence: 0, paidPence: 0, disputedPence: 0 } as const;
  it.each([
    [{ ...sums, issuedOn: null }, 'draft'], [sums, 'open'], [{ ...sums, paidPence: 40 }, 'part-paid'], [{ ...sums, paidPence: 100 }, 'paid'],
    [{ ...sums, creditedPence: 100 }, 'credited'], [{ ...sums, dueOn: '2026-10-04' }, 'overdue'], [{ ...sums, kind: 'journal' }, 'journal'],
    [{ ...sums, dueOn: '2026-10-04', disputedPence: 100 }, 'disputed'], [{ ...sums, dueOn: '2026-10-04', disputedPence: 60 }, 'overdue'], [{ ...sums, paidPence: 40, disputedPence: 60 }, 'disputed'],
  ] as const)('When the sums are %j, then it is %s', (given, standing) => {
    expect(invoiceStanding(given, '2026-10-05')).toBe(standing);
  });

  it('When a payment is larger than the invoices, then the rest is held', () => {
    expect(allocate(150, [{ id: 'a', outstandingPence: 100 }, { id: 'b', outstandingPence: 20 }])).toEqual({ allocations: [{ id: 'a', pence: 100 }, { id: 'b', pence: 20 }], heldPence: 30 });
  });

  it('When debts age, then each stands in its band', () => {
    expect(ageBand('2026-10-05', '2026-10-05')).toBe('not-due');
    expect(ageBand('2026-07-06', '2026-10-05')).toBe('over-90');
    expect(agedDebts([{ urn: '1', dueOn: '2026-09-05', outstandingPence: 10 }, { urn: '2', dueOn: '2026-09-05', outstandingPence: 0 }], '2026-10-05')).toMatchObject([{ urn: '1', totalPence: 10, bands: { '1-30': 10 } }]);
  });
});

const lloyds = [
  ['Transaction Date', 'Transaction Type', 'Sort Code', 'Account Number', 'Transaction Description', 'Debit Amount', 'Credit Amount', 'Balance', ''],
  ['28/11/2025', 'FPI', "'30-00-00", '12345678', 'MILVERTON PRIMARY INV000012', '', '450.00', '10450.00', ''],
  ['27/11/2025', 'FPO', "'30-00-00", '12345678', 'DR A PATEL ED PSYCH INV 2207', '1,260.00', '', '9155.00', ''],
  ['26/11/2025', 'FPI', "'30-00-00", '12345678', 'TELFORD INFANT SCH', '', '97.50', '10415.00', ''],
  ['26/11/2025', 'FPI', "'30-00-00", '12345678', 'TELFORD INFANT SCH', '', '97.50', '10317.50', ''],
  ['', '', '', '', '', '', '', '', ''],
];

describe('reading a statement', () => {
  it('When it is laid out as a large bank does, then every line is read and twins stay two', () => {
    const { lines, faults } = readStatement(lloyds);
    expect(faults).toEqual([]);
    expect(lines.map((l) => [l.bookedOn, l.pence, l.occurrence, l.account])).toEqual([
      ['2025-11-28', 45_000, 1, '30-00-00 12345678'], ['2025-11-27', -126_000, 1, '30-00-00 12345678'],
      ['2025-11-26', 9750, 1, '30-00-00 12345678'], ['2025-11-26', 9750, 2, '30-00-00 12345678'],
    ]);
  });

  it.each([
    [['Date', 'Type', 'Description', 'Value', 'Balance', 'Account Name', 'Account Number'], ['28 Nov 2025', 'BAC', 'MILVERTON', '-12.5', '1.00', 'X', '1-2'], -1250],
    [['Number', 'Date', 'Account', 'Amount', 'Subcategory', 'Memo'], ['1', '28/11/2025', '20-00-00 1', '12.50', 'FT', 'MILVERTON'], 1250],
    [['Date', 'Type', 'Description', 'Paid out', 'Paid in', 'Balance'], ['28 November 2025', 'CR', 'MILVERTON', '', '£1,012.50', ''], 101_250],
    [['Date', 'Counter Party', 'Reference', 'Type', 'Amount (GBP)', 'Balance (GBP)'], ['2025-11-28', 'MILVERTON', 'INV 12', 'FPI', '12.50', '12.50'], 1250],
  ])('When the heading is %j, then the line is read', (header, row, pence) => {
    expect(readStatement([['Account statement'], header, row]).lines).toMatchObject([{ bookedOn: '2025-11-28', pence }]);
  });

  it('When rows are wrong, then each fault has its row and column and no line is read', () => {
    const bad = [lloyds[0]!, ['31/02/2025', 'FPI', '', '', 'X', '', '1.00', '', ''], ['28/11/2025', 'FPI', '', '', 'X', '', 'twelve', '', ''], ['28/11/2025', 'FPI', '', '', '', '', '', '', ''], ['28/11/2025', 'FPI', '', '', 'X', '1', '2', '', '']];
    const { lines, faults } = readStatement(bad);
    expect(lines).toEqual([]);
    expect(faults.map((f) => [f.row, f.column])).toEqual([[2, 'Transaction Date'], [3, 'Credit Amount'], [4, 'Transaction Description'], [5, 'Credit Amount']]);
  });

  it('When there is no heading or no line, then it is refused', () => {
    expect(() => readStatement([['a', 'b']])).toThrow('billing.statement-no-header');
    expect(() => readStatement([lloyds[0]!])).toThrow('billing.statement-no-lines');
  });

  it('When a date does not exist, then there is none', () => {
    expect(['29/02/2024', '29/02/2025', '1-2-26', 'soon', '2026-13-01'].map(statementDate)).toEqual(['2024-02-29', null, '2026-02-01', null, null]);
  });
});

describe('matching', () => {
  const line = (id: string, description: string, pence: number) => ({ id, bookedOn: '2025-11-28', description, pence });
  const invoice = (seriesNumber: number, schoolName: string, outstandingPence: number): OpenInvoice => ({ id: `i${seriesNumber}`, seriesNumber, urn: schoolName, schoolName, outstandingPence });
  const suggest = (lines: ReturnType<typeof line>[], invoices: OpenInvoice[]) => suggestMatches(lines, { invoices, payments: [], bills: [] });

  it('When the reference and the amount are right, then it is certain', () => {
    expect(suggest([line('b', 'MILVERTON PRIMARY INV000012', 45_000)], [invoice(12, 'Milverton Primary School', 45_000), invoice(13, 'Milverton Primary School', 45_000)])).toMatchObject([{ kind: 'reference', certain: true, invoices: [{ id: 'i12', pence: 45_000 }] }]);
  });

  it('When the reference is right and the amount is not, then a part is suggested only', () => {
    expect(suggest([line('b', 'INV 12', 1000)], [invoice(12, 'Milverton', 45_000)])).toMatchObject([{ kind: 'part', certain: false, invoices: [{ id: 'i12', pence: 1000 }] }]);
    expect(suggest([line('b', 'INV 12', 46_000)], [invoice(12, 'Milverton', 45_000)])).toMatchObject([{ kind: 'part', certain: false, invoices: [{ pence: 45_000 }] }]);
  });

  it('When the payer and the amount are right, then it is certain unless there are several alike', () => {
    expect(suggest([line('b', 'TELFORD INFANT SCH', 9750)], [invoice(1, 'Telford Infant School', 9750)])).toMatchObject([{ kind: 'payer', certain: true }]);
    const twins = suggest([line('a', 'TELFORD INFANT SCH', 9750), line('b', 'TELFORD INFANT SCH', 9750)], [invoice(1, 'Telford Infant School', 9750), invoice(2, 'Telford Infant School', 9750)]);
    expect(twins.map((s) => s.invoices[0]?.id)).toEqual(['i1', 'i2']);
    expect(twins[0]?.certain).toBe(false);
  });

  it('When several invoices add up, then they are suggested only', () => {
    expect(suggest([line('b', 'BROOKHURST PRIMARY', 700)], [invoice(1, 'Brookhurst Primary School', 300), invoice(2, 'Brookhurst Primary School', 400), invoice(3, 'Milverton', 700)])).toMatchObject([{ kind: 'set', certain: false, invoices: [{ id: 'i1' }, { id: 'i2' }] }]);
  });

  it('When two schools are named alike, then neither is guessed', () => {
    expect(suggest([line('b', 'TELFORD SCH', 100)], [invoice(1, 'Telford Infant School', 100), invoice(2, 'Telford Junior School', 100)])).toEqual([]);
  });

  it('When the words tell two such schools apart, then the right one is found', () => {
    const invoices = [invoice(1, 'Telford Infant School', 100), invoice(2, 'Telford Junior School', 100)];
    expect(suggest([line('b', 'TELFORD JUNIOR SCH', 100)], invoices)).toMatchObject([{ kind: 'payer', certain: true, invoices: [{ id: 'i2' }] }]);
  });

  it('When a supplier is paid, then the bill is found by name or number', () => {
    const bills = [{ id: 's', number: '2207', supplierName: 'Dr A Patel Ltd', outstandingPence: 126_000 }];
    expect(suggestMatches([line('b', 'DR A PATEL ED PSYCH INV 2207', -126_000)], { invoices: [], payments: [], bills })).toMatchObject([{ kind: 'supplier-bill', certain: true, supplierBillId: 's' }]);
  });

  it('When a payment was recorded by hand, then its line is offered that and not the invoice again', () => {
    const payments = [{ id: 'p', paidOn: '2025-11-27', pence: 450, schoolName: 'Milverton Primary School' }];
    expect(suggestMatches([line('b', 'MILVERTON PRIMARY', 450)], { invoices: [invoice(1, 'Milverton Primary School', 450)], payments, bills: [] })).toMatchObject([{ kind: 'recorded-payment', paymentId: 'p' }]);
  });

  it('When numbers are quoted in many ways, then they are found', () => {
    expect(quotedInvoiceNumbers('INV000012 and inv 7, Invoice No. 31; BINV9')).toEqual([12, 7, 31]);
    expect(documentNumber('invoice', 12)).toBe('INV000012');
    expect(isNamedIn("St Mary's C of E Primary School", 'ST MARYS PRIMARY')).toBe(true);
    expect(isNamedIn('The Primary School', 'THE PRIMARY SCHOOL')).toBe(false);
  });
});

it('When the books agree, then nothing is unexplained', () => {
  const sums = { charges: 100, shares: 100, invoiced: 60, journalled: 30, notYetInvoiced: 10, supplierBills: 70, passedOn: 60, carried: 10, received: 0, paidOut: 0 };
  expect(unexplainedPence(sums)).toBe(0);
  expect(unexplainedPence({ ...sums, charges: 107 })).toBe(7);
});
