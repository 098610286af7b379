import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../kernel/domain-error.js';
import { disputeAfter, disputeInWords, paidFromInWords, paidFromOf, upheldPence, type LineDispute } from './index.js';

describe('a dispute', () => {
  it.each([
    ['by half, an odd penny for the school', 3333, 3333, { part: 'half' }, 1667],
    ['by half of what was charged, where some was credited before', 3333, 2000, { part: 'half' }, 1667],
    ['wholly, which is all that is left', 3333, 2000, { part: 'whole' }, 2000],
    ['by an amount', 3333, 3333, { pence: 1 }, 1],
  ] as const)('When it is upheld %s, then that much is no longer owed', (_, sharePence, leftPence, upheld, expected) => {
    expect(upheldPence(sharePence, leftPence, upheld)).toBe(expected);
  });

  it('When more would be upheld than is left, or nothing, then it is refused', () => {
    for (const [left, upheld] of [[1666, { part: 'half' }], [0, { part: 'whole' }], [100, { pence: 101 }], [100, { pence: 0 }], [100, { pence: -1 }]] as const) {
      expect(() => upheldPence(3333, left, upheld)).toThrow(new DomainError('billing.dispute-too-large'));
    }
  });

  it('When it is over, then no move is left', () => {
    expect([disputeAfter('open', 'uphold'), disputeAfter('open', 'reject'), disputeAfter('open', 'withdraw')]).toEqual(['upheld', 'rejected', 'withdrawn']);
    for (const state of ['upheld', 'rejected', 'withdrawn'] as const) expect(() => disputeAfter(state, 'uphold')).toThrow(new DomainError('billing.dispute-over'));
  });
});

describe('what stands beside a line', () => {
  const dispute: LineDispute = { state: 'upheld', reason: 'Half took place', decision: 'Two of four', upheldPence: 1667, creditNoteNumber: 'CRN000001' };

  it.each<[Partial<LineDispute>, string]>([
    [{}, 'Dispute upheld: £16.67 taken back by CRN000001: Two of four'],
    [{ creditNoteNumber: null }, 'Dispute upheld: £16.67 given back before it was invoiced: Two of four'],
    [{ state: 'open' }, 'Disputed, not due until it is decided: Half took place'],
    [{ state: 'rejected' }, 'Disputed and rejected: Two of four'],
    [{ state: 'withdrawn', decision: null }, 'Disputed and taken back by the school: Half took place'],
  ])('When a dispute is %j, then it is said in a sentence', (change, words) => {
    expect(disputeInWords({ ...dispute, ...change })).toBe(words);
  });

  it('When lines are paid from several streams, then each stream is one sum, general money last, and what comes to nothing is left out', () => {
    const lines = [{ paidFrom: [{ name: 'Pupil premium', pence: 2000 }, { name: null, pence: 1333 }] }, { paidFrom: [{ name: null, pence: -500 }, { name: 'A grant', pence: 7 }] }, { paidFrom: [{ name: 'A grant', pence: -7 }] }, { paidFrom: null }];
    expect(paidFromOf(lines)).toEqual([{ name: 'Pupil premium', pence: 2000 }, { name: null, pence: 833 }]);
    expect(paidFromInWords(paidFromOf(lines))).toBe('Pupil premium £20.00, general money £8.33');
  });
});
