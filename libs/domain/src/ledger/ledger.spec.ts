import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import {
  accountKey, assertBalanced, chargeShared, chargeWaits, costCarried, creditNoteIssued, creditUsed, financialYearOf, invoiceIssued, ownShareBooked,
  paymentReceived, postedOn, replay, reversed, sourceOf, supplierBilled, supplierPaid, type Posting,
} from './index.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`ledger properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

const shortly = (postings: readonly Posting[]): Record<string, number> => Object.fromEntries(postings.map((posting) => [accountKey(posting), posting.pence]));
const shares = [{ urn: '125556', pence: 3334 }, { urn: '125562', pence: 3333 }, { urn: '125565', pence: 3333 }];

describe('what an event posts', () => {
  it.each<[string, Posting[], Record<string, number>]>([
    ['a charge', chargeShared(shares, 'pool'), { 'shares-to-invoice:125556': 3334, 'shares-to-invoice:125562': 3333, 'shares-to-invoice:125565': 3333, pool: -10_000 }],
    ['a credit', chargeShared([{ urn: '1', pence: -5 }], 'pool'), { 'shares-to-invoice:1': -5, pool: 5 }],
    ['a charge that waits', chargeWaits(500, 'pool'), { 'charges-to-share': 500, pool: -500 }],
    ['a charge that waited', chargeShared([{ urn: '1', pence: 500 }], 'charges-to-share'), { 'shares-to-invoice:1': 500, 'charges-to-share': -500 }],
    ['the lead school’s fee', chargeShared([{ urn: '1', pence: 500 }], sourceOf('administration-fee')), { 'shares-to-invoice:1': 500, 'lead-school-income': -500 }],
    ['an invoice', invoiceIssued({ urn: '1', netPence: 3334, vatPence: 667, vatRoundingPence: 1 }), { 'receivable:1': 4001, 'shares-to-invoice:1': -3334, 'vat-due': -666, 'vat-rounding': -1 }],
    ['an invoice without VAT', invoiceIssued({ urn: '1', netPence: 3334, vatPence: 0, vatRoundingPence: 0 }), { 'receivable:1': 3334, 'shares-to-invoice:1': -3334 }],
    ['an own share', ownShareBooked({ urn: '1', pence: 3333 }), { 'own-share:1': 3333, 'shares-to-invoice:1': -3333 }],
    ['a credit note', creditNoteIssued({ urn: '1', netPence: 3334, vatPence: 667, vatRoundingPence: 1 }), { carried: 3334, 'vat-due': 666, 'vat-rounding': 1, 'receivable:1': -4001 }],
    ['a payment', paymentReceived({ urn: '1', pence: 4001, spentPence: 4001 }), { bank: 4001, 'receivable:1': -4001 }],
    ['a payment of too much', paymentReceived({ urn: '1', pence: 50, spentPence: 40 }), { bank: 50, 'receivable:1': -40, 'credit-held:1': -10 }],
    ['credit that is used', creditUsed({ urn: '1', pence: 10 }), { 'credit-held:1': 10, 'receivable:1': -10 }],
    ['money that is set free', creditUsed({ urn: '1', pence: -10 }), { 'credit-held:1': -10, 'receivable:1': 10 }],
    ['a supplier’s bill', supplierBilled(120), { pool: 120, payable: -120 }],
    ['a cost that is carried', costCarried(20), { carried: 20, pool: -20 }],
    ['a supplier paid', supplierPaid(120), { payable: 120, bank: -120 }],
    ['nothing', ownShareBooked({ urn: '1', pence: 0 }), { 'own-share:1': 0 }],
  ])('of %s', (_, postings, expected) => {
    expect(shortly(postings)).toEqual(expected);
  });

  it('comes to nothing over a year in which everything was billed, charged, invoiced and paid', () => {
    expect(replay([
      supplierBilled(10_000), chargeShared(shares, 'pool'), ...shares.map(({ urn, pence }) => invoiceIssued({ urn, netPence: pence, vatPence: 0, vatRoundingPence: 0 })),
      ...shares.map(({ urn, pence }) => paymentReceived({ urn, pence, spentPence: pence })), supplierPaid(10_000),
    ])).toEqual(new Map());
  });

  it('is refused where it cannot be right', () => {
    const refused = (postings: readonly Posting[], code: string) => expect(() => assertBalanced(postings)).toThrow(new DomainError(code));
    refused([{ account: 'pool', schoolUrn: null, pence: 1 }], 'ledger.does-not-balance');
    refused([], 'ledger.no-postings');
    refused([{ account: 'pool', schoolUrn: '1', pence: 0 }], 'ledger.wrong-account');
    refused([{ account: 'receivable', schoolUrn: null, pence: 0 }], 'ledger.wrong-account');
    refused([{ account: 'petty-cash' as 'pool', schoolUrn: null, pence: 0 }], 'ledger.wrong-account');
    refused([{ account: 'pool', schoolUrn: null, pence: 0.5 }, { account: 'bank', schoolUrn: null, pence: -0.5 }], 'ledger.does-not-balance');
  });
});

/** What a school's and the collaboration's records come to, kept beside the ledger by plain sums. */
type Records = Record<string, number>;

const school = fc.constantFrom('1', '22', '333');
const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
const vat = fc.record({ urn: school, netPence: amount, vatPence: amount, vatRoundingPence: fc.integer({ min: -3, max: 3 }) });
const happening = fc.oneof(
  fc.record({ what: fc.constant('charge' as const), shares: fc.uniqueArray(fc.record({ urn: school, pence: amount }), { minLength: 1, maxLength: 3, selector: ({ urn }) => urn }), kind: fc.constantFrom('booking', 'administration-fee') }),
  fc.record({ what: fc.constant('invoice' as const), of: vat }),
  fc.record({ what: fc.constant('credit-note' as const), of: vat }),
  fc.record({ what: fc.constant('own-share' as const), urn: school, pence: amount }),
  fc.record({ what: fc.constant('payment' as const), urn: school, pence: fc.integer({ min: 1, max: 1_000_000 }), spent: fc.integer({ min: 0, max: 1_000_000 }) }),
  fc.record({ what: fc.constant('bill' as const), pence: amount }),
  fc.record({ what: fc.constant('supplier-paid' as const), pence: amount }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function recorded(records: Records, sign: number, changes: readonly (readonly [string, number])[]): void {
  for (const [key, pence] of changes) records[key] = (records[key] ?? 0) + sign * pence;
}

/** What happened, as the ledger posts it and as the records count it. */
function both(it: Happening): { postings: Posting[]; changes: (readonly [string, number])[] } {
  switch (it.what) {
    case 'charge': {
      const sum = it.shares.reduce((total, { pence }) => total + pence, 0);
      return { postings: chargeShared(it.shares, sourceOf(it.kind)), changes: [...it.shares.map(({ urn, pence }) => [`shares-to-invoice:${urn}`, pence] as const), [sourceOf(it.kind), -sum]] };
    }
    case 'invoice':
    case 'credit-note': {
      const { urn, netPence, vatPence, vatRoundingPence } = it.of;
      const sign = it.what === 'invoice' ? 1 : -1;
      const net = it.what === 'invoice' ? `shares-to-invoice:${urn}` : 'carried';
      return {
        postings: it.what === 'invoice' ? invoiceIssued(it.of) : creditNoteIssued(it.of),
        changes: [[`receivable:${urn}`, sign * (netPence + vatPence)], [net, -sign * netPence], ['vat-due', -sign * (vatPence - vatRoundingPence)], ['vat-rounding', -sign * vatRoundingPence]],
      };
    }
    case 'own-share': return { postings: ownShareBooked(it), changes: [[`own-share:${it.urn}`, it.pence], [`shares-to-invoice:${it.urn}`, -it.pence]] };
    case 'payment': {
      const spentPence = Math.min(it.spent, it.pence);
      return { postings: paymentReceived({ urn: it.urn, pence: it.pence, spentPence }), changes: [['bank', it.pence], [`receivable:${it.urn}`, -spentPence], [`credit-held:${it.urn}`, spentPence - it.pence]] };
    }
    case 'bill': return { postings: supplierBilled(it.pence), changes: [['pool', it.pence], ['payable', -it.pence]] };
    case 'supplier-paid': return { postings: supplierPaid(it.pence), changes: [['payable', it.pence], ['bank', -it.pence]] };
  }
}

describe('replay', () => {
  it('gives today’s balances from nothing, whatever happened and whatever of it was taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ it: happening, takenBack: fc.boolean() }), { maxLength: 12 }), (story) => {
        const entries: Posting[][] = [];
        const records: Records = {};
        for (const { it, takenBack } of story) {
          const { postings, changes } = both(it);
          entries.push(postings);
          recorded(records, 1, changes);
          if (!takenBack) continue;
          entries.push(reversed(postings));
          recorded(records, -1, changes);
        }
        const balances = replay(entries);
        const expected = Object.entries(records).filter(([, pence]) => pence !== 0);
        if (expected.length !== balances.size || expected.some(([key, pence]) => balances.get(key) !== pence)) throw new Error('replay is not the records');
        if ([...balances.values()].reduce((sum, pence) => sum + pence, 0) !== 0) throw new Error('balances do not add up to nothing');
      }),
      { seed, numRuns },
    );
  });
});

describe('periods of the books', () => {
  it.each<[string, string | null, string]>([
    ['2026-03-31', null, '2026-03-31'],
    ['2026-03-31', '2026-02-28', '2026-03-31'],
    ['2026-03-31', '2026-03-31', '2026-04-01'],
    ['2025-12-12', '2026-03-31', '2026-04-01'],
  ])('take a service of %s, closed through %s, on %s', (serviceOn, closedThrough, expected) => {
    expect(postedOn(serviceOn, closedThrough)).toBe(expected);
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
