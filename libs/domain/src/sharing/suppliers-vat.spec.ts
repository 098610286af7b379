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
    expect(suppliersVatByShare(2000, shares, [{ shareId: 'back', urn: '2', pence: -2000 }]).get('back')).toBe(-333);
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
        const later = Array.from({ length: steps }, (_, i) => ({ shareId: `b${i}`, urn: '0', pence: 0 - Math.min(step, Math.max(0, first - i * step)) }));
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
