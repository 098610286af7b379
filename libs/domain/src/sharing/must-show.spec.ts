import { describe, expect, it } from '@jest/globals';
import { parseFraction } from '../kernel/fraction.js';
import { carryAfter, creditAsShares, instalmentSchedule, shareCharge, sharePence, totalsUnder, trueUp, whatIf, type Carries, type CostSharingRule, type Participant, type SettledShare } from './index.js';

const [a, b, c, d] = ['100001', '100002', '100003', '100004'] as [string, string, string, string];
const weigh = (school: string, weight: number): Participant => ({ school, weight });
const pence = (shares: readonly { school: string; pence: number }[]) => Object.fromEntries(shares.map(({ school, pence: share }) => [school, share]));

/** Charges the same amount again and again within one agreement; answers each time's shares and what all came to. */
function charged(times: number, amountPence: number, rule: CostSharingRule, participants: readonly Participant[]) {
  let carries: Carries = {};
  const each: Record<string, number>[] = [];
  const totals: Record<string, number> = {};
  for (let time = 0; time < times; time++) {
    const { shares } = shareCharge({ amountPence, rule, participants: participants.map((one) => ({ ...one, carriedPence: carries[one.school] ?? '0' })) });
    carries = carryAfter(carries, shares);
    each.push(pence(shares));
    for (const { school, pence: share } of shares) totals[school] = (totals[school] ?? 0) + share;
  }
  return { each, totals, carries };
}

describe('parts', () => {
  it('When 30 % go equally and 70 % by pupils, then each school pays both parts and is rounded once', () => {
    const rule: CostSharingRule = { parts: [{ name: 'equally', basisPoints: 3000, rule: { basis: 'equal' } }, { name: 'by pupils', basisPoints: 7000, rule: { basis: 'weight' } }] };
    // £100.00: 1,000 each and 7,000 by 100, 200 and 400 of 700.
    expect(pence(sharePence({ amountPence: 10_000, rule, participants: [weigh(a, 100), weigh(b, 200), weigh(c, 400)] }))).toEqual({ [a]: 2000, [b]: 3000, [c]: 5000 });
    // £0.01 more is odd once, not once a part: 1,000.1 + 1,000.1, 2,000.2 and 4,000.4 of the parts.
    expect(pence(sharePence({ amountPence: 10_001, rule, participants: [weigh(a, 100), weigh(b, 200), weigh(c, 400)] }))).toEqual({ [a]: 2000, [b]: 3000, [c]: 5001 });
  });
});

describe('groups', () => {
  const rule: CostSharingRule = {
    groups: [
      { name: 'North pyramid', basisPoints: 6000, schools: [a, b], rule: { basis: 'equal' } },
      { name: 'South pyramid', basisPoints: 4000, schools: [c, d], rule: { basis: 'weight' } },
    ],
  };

  it('When two pyramids bear 60 and 40 %, then the first divides equally and the second by pupils', () => {
    expect(pence(sharePence({ amountPence: 100_000, rule, participants: [weigh(a, 5), weigh(b, 900), weigh(c, 100), weigh(d, 300)] }))).toEqual({ [a]: 30_000, [b]: 30_000, [c]: 10_000, [d]: 30_000 });
  });

  it('When it is charged for a year, then the groups keep to their parts to the penny', () => {
    const { totals } = charged(12, 10_001, rule, [weigh(a, 5), weigh(b, 900), weigh(c, 100), weigh(d, 300)]);
    const [north, south] = [totals[a]! + totals[b]!, totals[c]! + totals[d]!];
    expect(north + south).toBe(120_012);
    expect(Math.abs(north - 72_007.2)).toBeLessThan(1);
  });
});

describe('carry over a year', () => {
  it('When £100.00 a month is shared by three, then the odd penny rotates and three months end level', () => {
    const { each, totals } = charged(3, 10_000, { basis: 'equal' }, [weigh(a, 1), weigh(b, 1), weigh(c, 1)]);
    expect(each).toEqual([{ [a]: 3334, [b]: 3333, [c]: 3333 }, { [a]: 3333, [b]: 3334, [c]: 3333 }, { [a]: 3333, [b]: 3333, [c]: 3334 }]);
    expect(totals).toEqual({ [a]: 10_000, [b]: 10_000, [c]: 10_000 });
  });

  it('When £1.00 a month is shared 2:1 for a year, then it ends at £8.00 and £4.00 and nobody carries anything', () => {
    const { totals, carries } = charged(12, 100, { basis: 'weight' }, [weigh(a, 2), weigh(b, 1)]);
    expect(totals).toEqual({ [a]: 800, [b]: 400 });
    expect(carries).toEqual({ [a]: '0', [b]: '0' });
  });

  it('When the what-if totals a year at once, then it is to the penny what charging month by month gives', () => {
    const participants = [weigh(a, 211), weigh(b, 377.5), weigh(c, 99)];
    const rule: CostSharingRule = { basis: 'weight', capBasisPoints: 5000 };
    const months = Array.from({ length: 12 }, () => ({ amountPence: 12_345, participants }));
    const { totals } = charged(12, 12_345, rule, participants);
    expect(Object.fromEntries(totalsUnder(rule, months))).toEqual(totals);
    expect(Object.fromEntries(whatIf(months, { basis: 'equal' }, rule).map(({ school, thenPence }) => [school, thenPence]))).toEqual(totals);
  });
});

describe('ten credits that end at nothing', () => {
  it('When a charge of £100.03 over three is given back in ten steps, then every share and every carry ends at nothing', () => {
    const first = shareCharge({ amountPence: 10_003, rule: { basis: 'weight' }, participants: [weigh(a, 211), weigh(b, 377.5), weigh(c, 99)] });
    const left = new Map<string, SettledShare>(first.shares.map(({ school, pence: share, explanation }) => [school, { school, pence: share, exactPence: explanation.exactPence }]));
    let carries = carryAfter({}, first.shares);
    for (const creditPence of [1, 2, 3, 997, 1000, 1000, 1000, 2000, 2000, 2000]) {
      const credits = creditAsShares(creditPence, [...left.values()]);
      expect(credits.reduce((sum, { pence: share }) => sum + share, 0)).toBe(-creditPence);
      carries = carryAfter(carries, credits);
      for (const credit of credits) {
        const before = left.get(credit.school) as SettledShare;
        const after = { school: credit.school, pence: before.pence + credit.pence, exactPence: carryAfter({ x: before.exactPence }, [{ school: 'x', pence: 0, exactPence: credit.exactPence }])['x'] as string };
        expect(after.pence).toBeGreaterThanOrEqual(0);
        left.set(credit.school, after);
      }
    }
    expect([...left.values()].map(({ pence: share, exactPence }) => [share, exactPence])).toEqual([[0, '0'], [0, '0'], [0, '0']]);
    expect(carries).toEqual({ [a]: '0', [b]: '0', [c]: '0' });
  });
});

describe('5/12 and 7/12', () => {
  it('When £1,000.01 bridges the financial years, then seven months and five months make it to the penny', () => {
    expect(instalmentSchedule({ totalPence: 100_001, kind: 'sept-march-april-august', startsOn: '2026-09-01', endsOn: '2027-08-31' })).toEqual([
      { dueOn: '2026-09-01', servicePeriod: { from: '2026-09-01', to: '2027-03-31' }, pence: 58_334 },
      { dueOn: '2027-04-01', servicePeriod: { from: '2027-04-01', to: '2027-08-31' }, pence: 41_667 },
    ]);
  });
});

describe('true-up and a leaver’s refund', () => {
  it('When contributions meet actual shares, then each school pays or has back the difference, and the leaver is refunded what it did not use', () => {
    // Twelve contributions of £100.00 were asked of two schools; the third left after four months and was charged for those.
    const lines = trueUp(
      [{ school: a, pence: 120_000 }, { school: b, pence: 120_000 }, { school: c, pence: 40_000 }],
      [{ school: a, pence: 133_334 }, { school: b, pence: 99_999 }, { school: c, pence: 31_250 }],
    );
    expect(lines.map(({ school, differencePence }) => [school, differencePence])).toEqual([[a, 13_334], [b, -20_001], [c, -8750]]);
  });

  it('When a school leaves in mid-month, then it pays for its days and the others for the rest', () => {
    const participants = [{ school: a }, { school: b, to: '2026-09-10' }];
    const shares = shareCharge({ amountPence: 30_000, rule: { basis: 'equal' }, period: { from: '2026-09-01', to: '2026-09-30' }, participants }).shares;
    expect(pence(shares)).toEqual({ [a]: 25_000, [b]: 5000 });
    expect(parseFraction(shares[1]!.explanation.exactPence)).toEqual({ numerator: 5000n, denominator: 1n });
  });
});
