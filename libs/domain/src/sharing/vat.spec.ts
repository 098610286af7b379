import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import { defaultVatTreatment, vatOnInvoice, vatRounding, vatTreatmentRules, type VatSupply } from './index.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`VAT properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

describe('VAT on an invoice', () => {
  it('makes three invoices of a third of £100.00 bear £20.01, a penny for the rounding account', () => {
    const invoices = [3334, 3333, 3333].map((netPence) => ({ chargeId: 'c', rateBasisPoints: 2000, netPence, vatPence: vatOnInvoice([{ netPence, rateBasisPoints: 2000 }]).vatPence }));
    expect(invoices.map(({ vatPence }) => vatPence)).toEqual([667, 667, 667]);
    expect(vatRounding([], invoices.map((invoice) => [invoice])).reduce((sum, pence) => sum + pence, 0)).toBe(1);
  });

  it('leaves the rounding account at the difference whatever the order, and at nothing when all is taken back', () => {
    const line = fc.record({ chargeId: fc.constantFrom('a', 'b'), rateBasisPoints: fc.constantFrom(2000, 500, 0), netPence: fc.integer({ min: 1, max: 100_000 }) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.nat(), (nets, cut) => {
        const documents = nets.map((of) => [{ ...of, vatPence: vatOnInvoice([of]).vatPence }]);
        const first = documents.slice(0, cut % (documents.length + 1));
        const back = documents.map((lines) => lines.map((of) => ({ ...of, netPence: 0 - of.netPence, vatPence: 0 - of.vatPence })));
        const total = (list: readonly number[]): number => list.reduce((sum, pence) => sum + pence, 0);
        const all = total(vatRounding([], documents));
        if (total(vatRounding([], first)) + total(vatRounding(first.flat(), documents.slice(first.length))) !== all) throw new Error('in two runs');
        if (total(vatRounding([], [...documents].reverse())) !== all) throw new Error('in any order');
        if (all + total(vatRounding(documents.flat(), back)) !== 0) throw new Error('taken back');
      }),
      { seed, numRuns },
    );
  });

  it('is worked out for each rate on the sum of its lines, half up, and spread over them', () => {
    const lines = [
      { netPence: 333, rateBasisPoints: 2000 },
      { netPence: 1000, rateBasisPoints: 0 },
      { netPence: 333, rateBasisPoints: 2000 },
      { netPence: 250, rateBasisPoints: 500 },
      { netPence: 333, rateBasisPoints: 2000 },
    ];
    expect(vatOnInvoice(lines)).toEqual({
      rates: [
        { rateBasisPoints: 2000, netPence: 999, vatPence: 200 },
        { rateBasisPoints: 500, netPence: 250, vatPence: 13 },
        { rateBasisPoints: 0, netPence: 1000, vatPence: 0 },
      ],
      linePence: [67, 0, 67, 13, 66],
      vatPence: 213,
    });
  });

  it('takes lines of the other sign, and rounds a half of a credit away from zero', () => {
    expect(vatOnInvoice([{ netPence: 10_000, rateBasisPoints: 2000 }, { netPence: -9997, rateBasisPoints: 2000 }])).toMatchObject({ vatPence: 1, linePence: [2000, -1999] });
    expect(vatOnInvoice([{ netPence: -250, rateBasisPoints: 500 }]).vatPence).toBe(-13);
    expect(vatOnInvoice([])).toEqual({ rates: [], linePence: [], vatPence: 0 });
  });

  it('gives each line its exact VAT rounded down or up, and a credit of everything the negative', () => {
    const line = fc.record({ netPence: fc.integer({ min: -100_000, max: 1_000_000 }), rateBasisPoints: fc.constantFrom(2000, 500, 0, 1750) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
        const { rates, linePence, vatPence } = vatOnInvoice(lines);
        const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
        if (sum(linePence) !== vatPence || sum(rates.map((rate) => rate.vatPence)) !== vatPence) throw new Error('the VAT adds up');
        if (rates.some((rate) => 2 * Math.abs(rate.vatPence * 10_000 - rate.netPence * rate.rateBasisPoints) > 10_000)) throw new Error('to the nearest penny');
        if (lines.some((one, index) => Math.abs(linePence[index]! * 10_000 - one.netPence * one.rateBasisPoints) >= 10_000)) throw new Error('within a penny');
        const credit = vatOnInvoice(lines.map((one) => ({ ...one, netPence: 0 - one.netPence })));
        if (credit.vatPence !== 0 - vatPence) throw new Error('a credit of everything');
      }),
      { seed, numRuns },
    );
  });

  it.each([-1, 10_001, 17.5, NaN])('refuses a rate of %p basis points', (rateBasisPoints) => {
    expect(() => vatOnInvoice([{ netPence: 1, rateBasisPoints }])).toThrow(new DomainError('sharing.vat-rate-out-of-range'));
  });
});

describe('the default VAT treatment', () => {
  it.each<[VatSupply, string, number, string]>([
    [{ supplier: 'maintained-school', customer: 'maintained-school', service: 'administrative-staff', sameAuthority: true }, 'outside-the-scope', 0, 'vat.same-authority'],
    [{ supplier: 'local-authority', customer: 'maintained-school', service: 'other', sameAuthority: true }, 'outside-the-scope', 0, 'vat.same-authority'],
    [{ supplier: 'maintained-school', customer: 'academy', service: 'teaching-staff' }, 'exempt', 0, 'vat.teaching-staff-between-eligible-bodies'],
    [{ supplier: 'academy', customer: 'academy', service: 'teaching-staff' }, 'exempt', 0, 'vat.teaching-staff-between-eligible-bodies'],
    [{ supplier: 'academy', customer: 'academy', service: 'administrative-staff', sameTrust: true }, 'not-a-supply', 0, 'vat.inside-one-trust'],
    [{ supplier: 'academy', customer: 'maintained-school', service: 'administrative-staff', sameAuthority: true }, 'standard-rated', 2000, 'vat.administrative-staff-to-another-body'],
    [{ supplier: 'maintained-school', customer: 'maintained-school', service: 'administrative-staff' }, 'standard-rated', 2000, 'vat.administrative-staff-to-another-body'],
    [{ supplier: 'company', customer: 'academy', service: 'insurance' }, 'insurance-premium-tax', 0, 'vat.insurance-premium-tax'],
    [{ supplier: 'maintained-school', customer: 'academy', service: 'passed-on' }, 'disbursement', 0, 'vat.disbursement-divided-like-the-charge'],
    [{ supplier: 'company', customer: 'maintained-school', service: 'teaching-staff' }, 'standard-rated', 2000, 'vat.standard-rate-unless-shown-otherwise'],
    [{ supplier: 'self-employed', customer: 'academy', service: 'other' }, 'standard-rated', 2000, 'vat.standard-rate-unless-shown-otherwise'],
  ])('of %j is %s', (supply, treatment, rateBasisPoints, reason) => {
    expect(defaultVatTreatment(supply)).toMatchObject({ treatment, rateBasisPoints, reason });
  });

  it('lets one shared charge be outside the scope, exempt and standard-rated for three schools', () => {
    const from = { supplier: 'maintained-school', service: 'teaching-staff' } as const;
    const treatments = [
      defaultVatTreatment({ ...from, customer: 'maintained-school', sameAuthority: true }),
      defaultVatTreatment({ ...from, customer: 'academy' }),
      defaultVatTreatment({ ...from, service: 'administrative-staff', customer: 'academy' }),
    ];
    expect(treatments.map(({ treatment }) => treatment)).toEqual(['outside-the-scope', 'exempt', 'standard-rated']);
  });

  it('always says to check with the finance adviser, and gives every reason once', () => {
    const reasons = vatTreatmentRules.map(({ reason }) => reason);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(defaultVatTreatment({ supplier: 'company', customer: 'academy', service: 'other' }).words).toMatch(/; check with your finance adviser\.$/);
  });
});
