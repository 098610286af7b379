import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../kernel/domain-error.js';
import { carryAfter, creditAsShares, shareCharge, whatIf, type Carries, type CostSharingRule, type Participant, type SettledShare, type UnsharedCharge } from './index.js';

/** Bills one after another under one agreement; each answer is the schools' pence in order. */
function bills(amounts: readonly number[], rule: CostSharingRule, participants: readonly Participant[]): { pence: number[][]; carries: Carries } {
  let carries: Carries = {};
  const pence = amounts.map((amountPence) => {
    const { shares } = shareCharge({ amountPence, rule, participants: participants.map((one) => ({ ...one, carriedPence: carries[one.school] })) });
    carries = carryAfter(carries, shares);
    return shares.map((share) => share.pence);
  });
  return { pence, carries };
}

const three = ['125556', '125562', '125565'].map((school) => ({ school }));

describe('the carry', () => {
  it('rotates the odd penny of £100.00 a month over three schools, and ends level', () => {
    expect(bills([10_000, 10_000, 10_000], { basis: 'equal' }, three)).toEqual({
      pence: [[3334, 3333, 3333], [3333, 3334, 3333], [3333, 3333, 3334]],
      carries: { '125556': '0', '125562': '0', '125565': '0' },
    });
  });

  it('ends a year of £1.00 a month at 2 : 1 with £8.00 and £4.00', () => {
    const { pence, carries } = bills(Array.from({ length: 12 }, () => 100), { basis: 'weight' }, [{ school: '125556', weight: 2 }, { school: '125562', weight: 1 }]);
    expect(pence.reduce(([a, b], [c, d]) => [a! + c!, b! + d!], [0, 0])).toEqual([800, 400]);
    expect(pence.slice(0, 3)).toEqual([[67, 33], [66, 34], [67, 33]]);
    expect(carries).toEqual({ '125556': '0', '125562': '0' });
  });

  it('is the same from all shares at once as from one charge after another', () => {
    const months = [10_001, 77, 5].map((amountPence) => shareCharge({ amountPence, rule: { basis: 'equal' }, participants: three }).shares);
    const stepwise = months.reduce<Carries>((carries, shares) => carryAfter(carries, shares), {});
    const stored: SettledShare[] = months.flat().map(({ school, pence, explanation }) => ({ school, pence, exactPence: explanation.exactPence }));
    expect(carryAfter({}, stored)).toEqual(stepwise);
  });

  it('keeps schools that were not in the charge', () => {
    expect(carryAfter({ '1': '-4/6' }, [{ school: '2', pence: 3, exactPence: '10/3' }])).toEqual({ '1': '-2/3', '2': '1/3' });
  });
});

describe('a credit of a charge', () => {
  const charged = shareCharge({ amountPence: 10_000, rule: { basis: 'equal' }, participants: three }).shares.map(({ school, pence, explanation }) => ({ school, pence, exactPence: explanation.exactPence }));

  it('given in ten parts, ends every share at nothing and every carry where it was', () => {
    let carries: Carries = carryAfter({ '125556': '1/7' }, charged);
    const creditedPence = charged.map(() => 0);
    for (let credit = 0; credit < 10; credit++) {
      const shares = creditAsShares(1000, charged.map((share, index) => ({ ...share, creditedPence: creditedPence[index]! })));
      expect(shares.reduce((sum, { pence }) => sum + pence, 0)).toBe(-1000);
      shares.forEach(({ pence }, index) => (creditedPence[index]! -= pence));
      carries = carryAfter(carries, shares);
    }
    expect(creditedPence).toEqual([3334, 3333, 3333]);
    expect(carries).toEqual({ '125556': '1/7', '125562': '0', '125565': '0' });
  });

  it('is refused beyond what is left', () => {
    expect(() => creditAsShares(10_001, charged)).toThrow(new DomainError('sharing.credit-too-large'));
  });

  it('of nothing charged is nothing', () => {
    expect(creditAsShares(0, [{ school: '1', pence: 0, exactPence: '0' }])).toEqual([{ school: '1', pence: 0, exactPence: '0' }]);
  });
});

describe('what if the rule were another', () => {
  const pupils = [412, 187, 96].map((weight, index) => ({ ...three[index]!, weight }));
  const months: UnsharedCharge[] = Array.from({ length: 3 }, () => ({ amountPence: 10_000, participants: pupils }));

  it('shows each school its totals and the difference', () => {
    expect(whatIf(months, { basis: 'equal' }, { basis: 'weight' })).toEqual([
      { school: '125556', nowPence: 10_000, thenPence: 17_784, differencePence: 7784 },
      { school: '125562', nowPence: 10_000, thenPence: 8072, differencePence: -1928 },
      { school: '125565', nowPence: 10_000, thenPence: 4144, differencePence: -5856 },
    ]);
  });

  it('begins with the carries the schools come with, and then runs its own', () => {
    const carrying = (carriedPence: string): UnsharedCharge => ({ amountPence: 1, participants: [{ school: '1' }, { school: '2', carriedPence }] });
    expect(whatIf([carrying('1/4')], { basis: 'equal' }, { basis: 'equal' }).map(({ nowPence }) => nowPence)).toEqual([0, 1]);
    // What the school came with lasts: 9/4 + 1/2 - 1 is still ahead of 1/2.
    expect(whatIf([carrying('9/4'), carrying('0')], { basis: 'equal' }, { basis: 'equal' }).map(({ nowPence }) => nowPence)).toEqual([0, 2]);
    // After the first penny school 2 has 1/4 + 1/2 - 1 = -1/4, so the second goes to school 1 whatever is said again.
    expect(whatIf([carrying('1/4'), carrying('9/1')], { basis: 'equal' }, { basis: 'equal' }).map(({ nowPence }) => nowPence)).toEqual([1, 1]);
  });

  it('counts a school that is only in one of the charges', () => {
    const lines = whatIf([{ amountPence: 10, participants: [{ school: '2' }] }, { amountPence: 6, participants: [{ school: '2' }, { school: '10' }] }], { basis: 'equal' }, { basis: 'equal', capPence: 10 });
    expect(lines).toEqual([
      { school: '2', nowPence: 13, thenPence: 13, differencePence: 0 },
      { school: '10', nowPence: 3, thenPence: 3, differencePence: 0 },
    ]);
  });
});
