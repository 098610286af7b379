import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import { suppliersVatByShare } from './index.js';

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 2000);
process.stdout.write(`supplier's VAT properties: PROPERTY_SEED=${seed} PROPERTY_RUNS=${numRuns}\n`);

const total = (list: Iterable<number>): number => [...list].reduce((sum, pence) => sum + pence, 0);

describe('a supplier’s VAT that is passed on', () => {
  it('is divided like the charge, to the penny: £20.00 within £120.00 over three schools', () => {
    const shares = [4000, 4000, 4000].map((pence, i) => ({ shareId: `s${i}`, urn: String(i), pence }));
    expect([...suppliersVatByShare(2000, shares, []).values()]).toEqual([667, 667, 666]);
  });

  it('goes with a share that is taken back by half', () => {
    const shares = [4000, 4000, 4000].map((pence, i) => ({ shareId: `s${i}`, urn: String(i), pence }));
    expect(suppliersVatByShare(2000, shares, [{ shareId: 'back', chargeId: 'credit', urn: '2', pence: -2000 }]).get('back')).toBe(-333);
  });

  it('follows a school to its successor, and a school that joins takes its part from the others', () => {
    const shares = [4000, 4000, 4000].map((pence, i) => ({ shareId: `s${i}`, urn: String(i), pence }));
    const successor = suppliersVatByShare(2000, shares, [{ shareId: 'out', chargeId: 'over', urn: '0', pence: -4000 }, { shareId: 'in', chargeId: 'over', urn: '9', pence: 4000 }]);
    expect([successor.get('out'), successor.get('in')]).toEqual([-667, 667]);
    const joined = suppliersVatByShare(2000, shares, ['0', '1', '2', '3'].map((urn) => ({ shareId: `d${urn}`, chargeId: 'anew', urn, pence: urn === '3' ? 3000 : -1000 })));
    expect(['0', '1', '2', '3'].map((urn) => (joined.get(`s${urn}`) ?? 0) + (joined.get(`d${urn}`) ?? 0))).toEqual([500, 500, 500, 500]);
  });

  it('adds up to the whole cost’s part of the VAT however often the cost is divided anew, credited and taken over', () => {
    const step = fc.record({ from: fc.integer({ min: 0, max: 5 }), to: fc.integer({ min: 0, max: 5 }), pence: fc.integer({ min: 1, max: 5000 }), credit: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 5 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.array(step, { maxLength: 20 }), (pence, part, steps) => {
        const shares = pence.map((one, i) => ({ shareId: `s${i}`, urn: String(i), pence: one }));
        const vatPence = Math.floor(total(pence) * part);
        const left = new Map(shares.map(({ urn, pence: one }) => [urn, one]));
        const later = steps.flatMap(({ from, to, pence: wanted, credit }, i) => {
          const moved = Math.min(wanted, left.get(String(from)) ?? 0);
          if (moved === 0 || from === to) return [];
          left.set(String(from), (left.get(String(from)) ?? 0) - moved);
          const out = { shareId: `o${i}`, chargeId: `c${i}`, urn: String(from), pence: 0 - moved };
          if (credit) return [out];
          left.set(String(to), (left.get(String(to)) ?? 0) + moved);
          return [out, { shareId: `i${i}`, chargeId: `c${i}`, urn: String(to), pence: moved }];
        });
        const within = suppliersVatByShare(vatPence, shares, later);
        const borne = (urn: string) => total([...shares, ...later].filter((one) => one.urn === urn).map(({ shareId }) => within.get(shareId) ?? 0));
        for (const [urn, bears] of left) if (borne(urn) < 0 || borne(urn) > bears) throw new Error(`${borne(urn)} of ${bears} lies within what ${urn} bears`);
        const whole = total(left.values());
        if (Math.abs(total(within.values()) - (vatPence * whole) / total(pence)) > pence.length) throw new Error('adds up');
      }),
      { seed, numRuns },
    );
  });

  it('is no more than the charge', () => {
    const shares = [{ shareId: 's', urn: '1', pence: 100 }];
    expect(() => suppliersVatByShare(101, shares, [])).toThrow(new DomainError('sharing.vat-larger-than-charge'));
    expect(() => suppliersVatByShare(-1, shares, [])).toThrow(new DomainError('sharing.vat-larger-than-charge'));
  });

  it('adds up, lies within each share, and is nothing once a share is taken back in any number of parts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 8 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 7 }), (pence, part, steps) => {
        const shares = pence.map((one, i) => ({ shareId: `s${i}`, urn: String(i), pence: one }));
        const vatPence = Math.floor(total(pence) * part);
        const first = pence[0]!;
        const step = Math.ceil(first / steps);
        const later = Array.from({ length: steps }, (_, i) => ({ shareId: `b${i}`, chargeId: `c${i}`, urn: '0', pence: 0 - Math.min(step, Math.max(0, first - i * step)) }));
        const within = suppliersVatByShare(vatPence, shares, later);
        const sum = total(shares.map(({ shareId }) => within.get(shareId) ?? 0));
        if (sum !== vatPence) throw new Error('adds up');
        if (shares.some(({ shareId, pence: one }) => (within.get(shareId) ?? 0) > one)) throw new Error('lies within the share');
        if ((within.get('s0') ?? 0) + total(later.map(({ shareId }) => within.get(shareId) ?? 0)) !== 0) throw new Error('ends at nothing');
      }),
      { seed, numRuns },
    );
  });
});
