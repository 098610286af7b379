import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { DomainError } from '../kernel/domain-error.js';
import { shareCharge, sharePence, type ShareRequest } from './index.js';

interface PublicCase {
  readonly name: string;
  readonly request: ShareRequest;
  readonly expectedPence?: Record<string, number>;
  readonly expectedProblem?: { readonly code: string };
}

const { cases } = JSON.parse(readFileSync(new URL('./cost-sharing.cases.json', import.meta.url), 'utf8')) as { cases: PublicCase[] };

describe('the published cost-sharing cases', () => {
  it.each(cases)('$name', ({ request, expectedPence, expectedProblem }) => {
    if (expectedProblem) {
      expect(() => shareCharge(request)).toThrow(new DomainError(expectedProblem.code));
      return;
    }
    const { shares, totalPence } = shareCharge(request);
    expect(Object.fromEntries(shares.map(({ school, pence }) => [school, pence]))).toEqual(expectedPence);
    expect(totalPence).toBe(request.amountPence);
    expect(shares.reduce((sum, { pence }) => sum + pence, 0)).toBe(request.amountPence);
    expect(sharePence(request)).toEqual(shares.map(({ school, pence }) => ({ school, pence })));
  });
});
