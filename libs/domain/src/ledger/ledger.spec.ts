import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import {
  accountCode,
  assertBalanced,
  balanceOf,
  balances,
  canonicalEntry,
  financialYearOf,
  openPeriodFor,
  postCharge,
  postCreditNote,
  postInvoice,
  postOpeningBalance,
  postPaymentMade,
  postPaymentReceived,
  postPayout,
  postRefundPaid,
  postSupplierBill,
  reverseEntry,
  type Entry,
  type Posting,
} from './index.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`ledger properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

const shortly = (postings: readonly Posting[]): Record<string, number> => Object.fromEntries(postings.map(({ account, pence }) => [accountCode(account), pence]));
const shares = [
  { holder: '125556', pence: 3334 },
  { holder: '125562', pence: 3333 },
  { holder: '125565', pence: 3333 },
];

describe('postings', () => {
  it.each<[string, Posting[], Record<string, number>]>([
    ['a charge, one share a journal', postCharge(shares, new Set(['125565'])), { 'shares-due:125556': 3334, 'shares-due:125562': 3333, 'shares-journalled:125565': 3333, 'shared-costs': -10_000 }],
    ['a refund', postCharge([{ holder: '1', pence: -5 }]), { 'shares-due:1': -5, 'shared-costs': 5 }],
    ['an invoice', postInvoice({ holder: '1', netPence: 3334, vatPence: 667, vatRoundingPence: 1 }), { 'receivable:1': 4001, 'shares-due:1': -3334, 'vat-output': -666, 'vat-rounding': -1 }],
    ['an invoice without VAT', postInvoice({ holder: '1', netPence: 3334, vatPence: 0 }), { 'receivable:1': 3334, 'shares-due:1': -3334 }],
    ['a credit note', postCreditNote({ holder: '1', netPence: 3334, vatPence: 667 }), { 'receivable:1': -4001, 'shares-due:1': 3334, 'vat-output': 667 }],
    ['a payment', postPaymentReceived({ pence: 4001, payer: '1', allocations: [{ holder: '1', pence: 4001 }] }), { pool: 4001, 'receivable:1': -4001 }],
    ['a payment through a provider, with too much', postPaymentReceived({ pence: 50, payer: '2', allocations: [{ holder: '1', pence: 40 }], clearing: 'stripe' }), { 'clearing:stripe': 50, 'receivable:1': -40, 'receivable:2': -10 }],
    ['a payout', postPayout({ clearing: 'stripe', grossPence: 50, feePence: 3 }), { pool: 47, 'payment-fees': 3, 'clearing:stripe': -50 }],
    ['a supplier bill', postSupplierBill({ supplier: 's1', netPence: 100, vatPence: 20, isVatReclaimable: false }), { 'shared-costs': 120, 'payable:s1': -120 }],
    ['a supplier bill with VAT to reclaim', postSupplierBill({ supplier: 's1', netPence: 100, vatPence: 20, isVatReclaimable: true }), { 'shared-costs': 100, 'vat-input': 20, 'payable:s1': -120 }],
    ['a payment out', postPaymentMade({ supplier: 's1', pence: 120 }), { 'payable:s1': 120, pool: -120 }],
    ['a refund paid', postRefundPaid({ holder: '1', pence: 10 }), { 'receivable:1': 10, pool: -10 }],
    ['an opening balance', postOpeningBalance({ holder: '1', pence: -7 }), { 'receivable:1': -7, 'opening-balances': 7 }],
    ['a charge of nothing', postCharge([{ holder: '1', pence: 0 }]), {}],
  ])('of %s', (_, postings, expected) => {
    expect(shortly(postings)).toEqual(expected);
  });

  it('of a whole year add up to zero, account by account as well', () => {
    const all = [
      ...postSupplierBill({ supplier: 's1', netPence: 10_000, vatPence: 0, isVatReclaimable: false }),
      ...postCharge(shares),
      ...shares.flatMap(({ holder, pence }) => postInvoice({ holder, netPence: pence, vatPence: 0 })),
      ...shares.flatMap(({ holder, pence }) => postPaymentReceived({ pence, payer: holder, allocations: [{ holder, pence }] })),
      ...postPaymentMade({ supplier: 's1', pence: 10_000 }),
    ];
    expect([...balances(all).values()].every((pence) => pence === 0)).toBe(true);
    expect(balanceOf({ kind: 'pool', holder: null }, all)).toBe(0);
    expect(balanceOf({ kind: 'receivable', holder: '125556' }, all.slice(0, 8))).toBe(3334);
  });

  it('add up to zero whatever they are for', () => {
    const pence = fc.integer({ min: -1e9, max: 1e9 });
    const positive = fc.integer({ min: 1, max: 1e9 });
    fc.assert(
      fc.property(fc.array(pence, { minLength: 1, maxLength: 9 }), pence, pence, positive, fc.boolean(), (list, netPence, vatPence, paid, isVatReclaimable) => {
        const postings = [
          ...postCharge(list.map((share, index) => ({ holder: String(index), pence: share })), new Set(['0'])),
          ...postInvoice({ holder: '1', netPence, vatPence, vatRoundingPence: 1 }),
          ...postCreditNote({ holder: '1', netPence, vatPence }),
          ...postPaymentReceived({ pence: paid, payer: '2', allocations: [{ holder: '1', pence: Math.floor(paid / 3) }] }),
          ...postSupplierBill({ supplier: 's', netPence, vatPence, isVatReclaimable }),
        ];
        if (postings.reduce((sum, posting) => sum + posting.pence, 0) !== 0) throw new Error('adds up to zero');
      }),
      { seed, numRuns },
    );
  });

  it('are refused where they cannot be right', () => {
    const refused = (run: () => unknown, code: string) => expect(run).toThrow(new DomainError(code));
    refused(() => assertBalanced([{ account: { kind: 'pool', holder: null }, pence: 1 }]), 'ledger.unbalanced');
    refused(() => assertBalanced([]), 'ledger.empty-entry');
    refused(() => assertBalanced([{ account: { kind: 'pool', holder: '1' }, pence: 0 }]), 'ledger.wrong-holder');
    refused(() => assertBalanced([{ account: { kind: 'payable', holder: null }, pence: 0 }]), 'ledger.wrong-holder');
    refused(() => assertBalanced([{ account: { kind: 'pool', holder: null }, pence: 0.5 }, { account: { kind: 'pool', holder: null }, pence: -0.5 }]), 'money.not-whole-pence');
    refused(() => postPaymentReceived({ pence: 10, payer: '1', allocations: [{ holder: '1', pence: 11 }] }), 'ledger.allocated-too-much');
    refused(() => postPaymentReceived({ pence: 0, payer: '1', allocations: [] }), 'ledger.not-positive');
    refused(() => postPaymentMade({ supplier: '1', pence: -1 }), 'ledger.not-positive');
    refused(() => postRefundPaid({ holder: '1', pence: 0 }), 'ledger.not-positive');
    refused(() => postPayout({ clearing: 'stripe', grossPence: 0, feePence: 0 }), 'ledger.not-positive');
  });
});

describe('entries', () => {
  const entry: Entry = {
    id: 'e1',
    collaborationId: 'c1',
    kind: 'charge-shared',
    cause: { kind: 'charge', id: 'x1' },
    serviceOn: '2026-03-30',
    postedOn: '2026-04-01',
    corrects: null,
    postings: postCharge(shares),
  };
  const correction = { id: 'e2', cause: { kind: 'dispute', id: 'd1' }, postedOn: '2026-05-02' };

  it('are undone by an entry that names them, once', () => {
    const reversed = reverseEntry(entry, { ...correction, alreadyCorrected: new Set() });
    expect(reversed).toMatchObject({ id: 'e2', kind: 'correction', corrects: 'e1', serviceOn: '2026-03-30', postedOn: '2026-05-02', collaborationId: 'c1' });
    expect([...balances([...entry.postings, ...reversed.postings]).values()]).toEqual([0, 0, 0, 0]);
    expect(() => assertBalanced(reversed.postings)).not.toThrow();
    expect(() => reverseEntry(entry, { ...correction, alreadyCorrected: new Set(['e1']) })).toThrow(new DomainError('ledger.already-corrected'));
  });

  it('have one text to be hashed, which every field and the hash before change', () => {
    const text = canonicalEntry(entry, 'abc');
    expect(text).toBe('["abc","e1","c1","charge-shared","charge","x1","2026-03-30","2026-04-01",null,[["shares-due","125556",3334],["shares-due","125562",3333],["shares-due","125565",3333],["shared-costs",null,-10000]]]');
    const changed: Entry[] = [
      { ...entry, id: 'e3' },
      { ...entry, collaborationId: 'c2' },
      { ...entry, kind: 'correction' },
      { ...entry, cause: { kind: 'charge', id: 'x2' } },
      { ...entry, cause: { kind: 'booking', id: 'x1' } },
      { ...entry, serviceOn: '2026-03-31' },
      { ...entry, postedOn: '2026-04-02' },
      { ...entry, corrects: 'e0' },
      { ...entry, postings: [...entry.postings].reverse() },
    ];
    expect(new Set([text, canonicalEntry(entry, ''), ...changed.map((one) => canonicalEntry(one, 'abc'))]).size).toBe(11);
  });
});

describe('periods of the books', () => {
  it.each<[string, string | null, string, string, boolean]>([
    ['2026-03-31', null, '2026-03-31', '2026-03-01', false],
    ['2026-03-31', '2026-02-28', '2026-03-31', '2026-03-01', false],
    ['2026-03-31', '2026-03-31', '2026-04-01', '2026-04-01', true],
    ['2025-12-12', '2026-03-31', '2026-04-01', '2026-04-01', true],
  ])('take a service of %s, closed through %s, on %s', (serviceOn, closedThrough, postedOn, from, isLate) => {
    expect(openPeriodFor(serviceOn, closedThrough)).toMatchObject({ postedOn, period: { from }, isLate });
  });

  it.each<[string, 'maintained' | 'academy', string, string, string]>([
    ['2026-03-31', 'maintained', '2025-04-01', '2026-03-31', '2025-26'],
    ['2026-04-01', 'maintained', '2026-04-01', '2027-03-31', '2026-27'],
    ['2026-08-31', 'academy', '2025-09-01', '2026-08-31', '2025-26'],
    ['2026-09-01', 'academy', '2026-09-01', '2027-08-31', '2026-27'],
    ['2099-12-31', 'academy', '2099-09-01', '2100-08-31', '2099-00'],
  ])('report %s of a %s school in its own year', (date, kind, from, to, label) => {
    expect(financialYearOf(date, kind)).toEqual({ from, to, label });
  });
});
