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

const year = { from: '2025-09-01', to: '2026-08-31' };
const penceOf = (request: ShareRequest): Record<string, number> => Object.fromEntries(shareCharge(request).shares.map(({ school, pence }) => [school, pence]));

describe('the explanation', () => {
  it('has the shape and the figures of the published example', () => {
    const { totalPence, shares } = shareCharge({ amountPence: 900_000, rule: { basis: 'equal' }, period: year, participants: [{ school: '125556' }, { school: '125562', from: '2026-01-12' }] });
    expect(totalPence).toBe(900_000);
    expect(shares[0]).toEqual({
      school: '125556',
      pence: 613_973,
      explanation: {
        slices: [
          { from: '2025-09-01', to: '2026-01-11', days: 133, weight: '1', ofWeight: '1', exactPence: '23940000/73' },
          { from: '2026-01-12', to: '2026-08-31', days: 232, weight: '1', ofWeight: '2', exactPence: '20880000/73' },
        ],
        bound: null,
        exactPence: '44820000/73',
        carriedPence: '0',
        tookOddPenny: true,
      },
    });
    expect(shares[1]).toMatchObject({ school: '125562', pence: 286_027, explanation: { exactPence: '20880000/73', tookOddPenny: false } });
  });

  it('has one slice without dates when the charge has no period, whatever the participants say', () => {
    const { shares } = shareCharge({ amountPence: 100, rule: { basis: 'weight' }, participants: [{ school: '1', weight: '723.5', to: '2020-01-01' }, { school: '2', weight: 0.5, carriedPence: '-4/6' }] });
    expect(shares.map(({ explanation }) => explanation)).toEqual([
      { slices: [{ from: null, to: null, days: null, weight: '723.5', ofWeight: '724', exactPence: '36175/362' }], bound: null, exactPence: '36175/362', carriedPence: '0', tookOddPenny: true },
      { slices: [{ from: null, to: null, days: null, weight: '0.5', ofWeight: '724', exactPence: '25/362' }], bound: null, exactPence: '25/362', carriedPence: '-2/3', tookOddPenny: false },
    ]);
  });

  it('does not cut a school\'s days where nothing changes for it', () => {
    const participants = [{ school: '1' }, { school: '2', to: '2025-12-31' }, { school: '3', from: '2026-01-01' }];
    const [first] = shareCharge({ amountPence: 36_500, rule: { basis: 'equal' }, period: year, participants }).shares;
    expect(first!.explanation.slices).toEqual([{ from: '2025-09-01', to: '2026-08-31', days: 365, weight: '1', ofWeight: '2', exactPence: '18250' }]);
  });

  it('cuts them where its weight changes, though all weights together do not, and where it was away', () => {
    const dates = (school: string, participants: ShareRequest['participants']) =>
      shareCharge({ amountPence: 365, rule: { basis: 'weight' }, period: year, participants })
        .shares.find((share) => share.school === school)!
        .explanation.slices.map(({ from, weight, ofWeight }) => [from, weight, ofWeight]);
    const swapped = [{ school: '1', weight: 1, to: '2025-12-31' }, { school: '1', weight: 2, from: '2026-01-01' }, { school: '2', weight: 2, to: '2025-12-31' }, { school: '2', weight: 1, from: '2026-01-01' }];
    expect(dates('1', swapped)).toEqual([['2025-09-01', '1', '3'], ['2026-01-01', '2', '3']]);
    const away = [{ school: '1', weight: 1, to: '2025-12-31' }, { school: '1', weight: 1, from: '2026-02-01' }, { school: '2', weight: 2 }];
    expect(dates('1', away)).toEqual([['2025-09-01', '1', '3'], ['2026-02-01', '1', '3']]);
    expect(dates('2', away)).toEqual([['2025-09-01', '2', '3'], ['2026-01-01', '2', '2'], ['2026-02-01', '2', '3']]);
  });

  it('takes the first carry that a school comes with', () => {
    const participants = [{ school: '2', to: '2025-12-31', carriedPence: '1/3' }, { school: '1' }, { school: '2', from: '2026-01-01', carriedPence: '-1/3' }];
    const { shares } = shareCharge({ amountPence: 1, rule: { basis: 'equal' }, period: year, participants });
    expect(shares.map(({ pence, explanation }) => [pence, explanation.carriedPence])).toEqual([[0, '0'], [1, '1/3']]);
  });

  it('says which schools a cap or a floor bound, and not those that only come to the same sum', () => {
    const bounds = (rule: ShareRequest['rule'], weights: number[], amountPence: number) =>
      shareCharge({ amountPence, rule, participants: weights.map((weight, index) => ({ school: String(index), weight })) }).shares.map(({ explanation }) => explanation.bound);
    expect(bounds({ basis: 'weight', capBasisPoints: 3000 }, [600, 200, 150, 50], 1_000_000)).toEqual(['cap', 'cap', null, null]);
    expect(bounds({ basis: 'weight', floorPence: 25_000 }, [900, 60, 40, 0], 200_000)).toEqual([null, 'floor', 'floor', null]);
    expect(bounds({ basis: 'weight', floorPence: 25 }, [1, 1, 1, 1], 100)).toEqual([null, null, null, null]);
    expect(bounds({ basis: 'weight', floorPence: 25 }, [2, 1, 1, 1], 100)).toEqual([null, 'floor', 'floor', 'floor']);
    expect(bounds({ basis: 'weight', capPence: 25 }, [1, 1, 1, 1], 100)).toEqual([null, null, null, null]);
    expect(bounds({ basis: 'weight', capPence: 25 }, [2, 1, 1, 1], 100)).toEqual(['cap', null, null, null]);
  });

  it('mirrors caps and floors for a refund', () => {
    const request = { amountPence: 300_000, rule: { basis: 'weight', floorPence: 30_000, capPence: 120_000 } as const, participants: [1162, 411, 120, 60, 20].map((weight, index) => ({ school: String(index), weight })) };
    const refund = shareCharge({ ...request, amountPence: -300_000 });
    expect(refund.shares.map(({ pence }) => pence)).toEqual([-120_000, -90_000, -30_000, -30_000, -30_000]);
    expect(refund.shares.map(({ explanation }) => explanation.bound)).toEqual(shareCharge(request).shares.map(({ explanation }) => explanation.bound));
  });

  it('gives a member with no days in the period a share of nothing', () => {
    const participants = [{ school: '1' }, { school: '2', from: '2027-01-01' }];
    expect(shareCharge({ amountPence: 100, rule: { basis: 'equal' }, period: year, participants }).shares[1]).toEqual({
      school: '2',
      pence: 0,
      explanation: { slices: [], bound: null, exactPence: '0', carriedPence: '0', tookOddPenny: false },
    });
  });
});

describe('what is refused, and in which order', () => {
  const refusal = (request: Partial<ShareRequest>): string => {
    try {
      shareCharge({ amountPence: 1000, rule: { basis: 'weight' }, participants: [], ...request });
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      throw error;
    }
    return 'nothing';
  };
  const tooMuch = { capPence: 1, floorPence: 100_000 };

  it.each<[string, Partial<ShareRequest>]>([
    ['cost-sharing.no-participants', { rule: { parts: [] }, participants: [] }],
    ['cost-sharing.same-school-twice', { rule: { basis: 'fixed', ...tooMuch }, participants: [{ school: '2', basisPoints: -1 }, { school: '1' }, { school: '2' }] }],
    ['cost-sharing.negative-weight', { rule: { basis: 'fixed', ...tooMuch }, participants: [{ school: '1', basisPoints: 12_000 }, { school: '2', basisPoints: -2000 }] }],
    ['cost-sharing.negative-weight', { period: year, participants: [{ school: '1', weight: 1 }, { school: '2', weight: -1, from: '2030-01-01' }] }],
    ['cost-sharing.not-whole', { rule: { basis: 'fixed', ...tooMuch }, participants: [{ school: '1', basisPoints: 0 }] }],
    ['cost-sharing.not-whole', { rule: { basis: 'fixed' }, participants: [{ school: '1', basisPoints: 10_000 }, { school: '2' }] }],
    ['cost-sharing.not-whole', { rule: { basis: 'fixed' }, participants: [{ school: '1', basisPoints: 3333.5 }, { school: '2', basisPoints: 6666.5 }] }],
    ['cost-sharing.no-weight', { rule: { basis: 'weight', ...tooMuch }, participants: [{ school: '1', weight: 0 }] }],
    ['cost-sharing.no-weight', { participants: [{ school: '1', weight: 5 }, { school: '2' }] }],
    ['cost-sharing.no-weight', { period: { from: '2026-01-02', to: '2026-01-01' }, rule: { basis: 'equal' }, participants: [{ school: '1' }] }],
    ['cost-sharing.floor-too-high', { rule: { basis: 'equal', ...tooMuch }, participants: [{ school: '1' }] }],
    ['cost-sharing.floor-too-high', { amountPence: 0, rule: { basis: 'equal', floorPence: 1 }, participants: [{ school: '1' }] }],
    ['cost-sharing.cap-too-low', { rule: { basis: 'equal', capPence: 999 }, participants: [{ school: '1' }] }],
    ['cost-sharing.cap-too-low', { amountPence: 10_000, rule: { basis: 'equal', capBasisPoints: 3333 }, participants: [{ school: '1' }, { school: '2' }, { school: '3' }] }],
    ['money.not-whole-pence', { amountPence: 0.5, participants: [{ school: '1', weight: 1 }] }],
    ['money.not-whole-pence', { rule: { basis: 'equal', capPence: 0.5 }, participants: [{ school: '1' }] }],
    ['fraction.not-a-number', { participants: [{ school: '1', weight: 'many' }] }],
    ['fraction.not-a-number', { participants: [{ school: '1', weight: 1, carriedPence: '0.5' }] }],
    ['nothing', { rule: { basis: 'equal', capBasisPoints: 10_000, floorPence: 1000 }, participants: [{ school: '1' }] }],
  ])('%s (case %#)', (code, request) => {
    expect(refusal(request)).toBe(code);
  });

  it('lets a school stand twice for different days, and judges overlaps within the period only', () => {
    const participants = [{ school: '2', weight: 1, to: '2026-01-01' }, { school: '1', weight: 3 }, { school: '2', weight: 1, from: '2026-01-01' }];
    expect(refusal({ period: year, participants })).toBe('cost-sharing.same-school-twice');
    expect(refusal({ period: { from: '2026-01-02', to: '2026-01-03' }, participants })).toBe('nothing');
  });

  it('says where and when something is amiss', () => {
    const facts = (request: Partial<ShareRequest>): unknown => {
      try {
        return shareCharge({ amountPence: 1000, rule: { basis: 'equal' }, period: year, participants: [{ school: '1' }], ...request });
      } catch (error) {
        return (error as DomainError).facts;
      }
    };
    expect(facts({ participants: [{ school: '1' }, { school: '1', from: '2026-03-01' }] })).toEqual({ school: '1', on: '2026-03-01' });
    expect(facts({ participants: [{ school: '1', to: '2026-01-31' }] })).toEqual({ from: '2026-02-01', to: '2026-08-31' });
    expect(facts({ rule: { basis: 'fixed' }, participants: [{ school: '1', basisPoints: 9999 }] })).toEqual({ basisPoints: 9999, from: year.from, to: year.to });
    expect(facts({ rule: { basis: 'weight' } })).toEqual({ school: '1', from: year.from, to: year.to });
  });
});

describe('rules with parts', () => {
  const parts: ShareRequest['rule'] = {
    parts: [
      { name: 'equally', basisPoints: 3000, rule: { basis: 'equal' } },
      { name: 'by pupil numbers', basisPoints: 7000, rule: { basis: 'weight', measure: 'pupils' } },
    ],
  };
  const schools = [
    { school: '125556', weights: { pupils: 412, use: 0 } },
    { school: '125562', weights: { pupils: 187, use: 90 } },
    { school: '125565', weights: { pupils: 96.5, use: 30 } },
  ];

  it('make exact shares that are rounded once, and label the slices', () => {
    const { shares } = shareCharge({ amountPence: 10_001, rule: parts, participants: schools });
    // 3,000.3 / 3 = 1,000.1 each; 7,000.7 by 412 : 187 : 96.5 of 695.5.
    expect(shares.map(({ pence }) => pence)).toEqual([5147, 2882, 1972]);
    expect(shares[2]!.explanation.slices).toEqual([
      { from: null, to: null, days: null, weight: '1', ofWeight: '3', exactPence: '10001/10', part: 'equally' },
      { from: null, to: null, days: null, weight: '96.5', ofWeight: '695.5', exactPence: '13511351/13910', part: 'by pupil numbers' },
    ]);
    expect(shares[2]!.explanation.exactPence).toBe('13711371/6955');
  });

  it('are not rounded part by part', () => {
    const halves: ShareRequest['rule'] = { parts: [{ name: 'a', basisPoints: 5000, rule: { basis: 'equal' } }, { name: 'b', basisPoints: 5000, rule: { basis: 'equal' } }] };
    expect(penceOf({ amountPence: 2, rule: halves, participants: [{ school: '1' }, { school: '2' }] })).toEqual({ '1': 1, '2': 1 });
  });

  it('can take three measures, with a part of nothing left out', () => {
    const rule: ShareRequest['rule'] = {
      parts: [
        { name: 'pupils', basisPoints: 5000, rule: { basis: 'weight', measure: 'pupils' } },
        { name: 'use', basisPoints: 5000, rule: { basis: 'weight', measure: 'use' } },
        { name: 'pupil premium', basisPoints: 0, rule: { basis: 'weight', measure: 'pupilPremium' } },
      ],
    };
    expect(penceOf({ amountPence: 139_100, rule, participants: schools })).toEqual({ '125556': 41_200, '125562': 18_700 + 52_163, '125565': 9650 + 17_387 });
  });

  it('are refused when they are not a whole, or below nothing, or a part has no weight on a day', () => {
    const of = (first: number, second: number, measure = 'pupils'): (() => unknown) => {
      const rule: ShareRequest['rule'] = { parts: [{ name: 'a', basisPoints: first, rule: { basis: 'equal' } }, { name: 'b', basisPoints: second, rule: { basis: 'weight', measure } }] };
      return () => shareCharge({ amountPence: 100, rule, participants: schools });
    };
    expect(of(3000, 6999)).toThrow(new DomainError('cost-sharing.not-whole'));
    expect(of(3000.5, 6999.5)).toThrow(new DomainError('cost-sharing.not-whole'));
    expect(of(12_000, -2000)).toThrow(new DomainError('cost-sharing.negative-weight'));
    expect(of(3000, 7000, 'minutes')).toThrow(new DomainError('cost-sharing.no-weight'));
  });
});

describe('rules with groups', () => {
  const groups: ShareRequest['rule'] = {
    groups: [
      { name: 'North pyramid', basisPoints: 6000, schools: ['125556', '125562', '125565'], rule: { basis: 'equal' } },
      { name: 'South pyramid', basisPoints: 4000, schools: ['125610', '125660'], rule: { basis: 'equal' } },
    ],
  };
  const participants = ['125556', '125562', '125565', '125610', '125660'].map((school) => ({ school }));

  it('divide between the groups first and then inside each, and round once', () => {
    expect(penceOf({ amountPence: 10_001, rule: groups, participants })).toEqual({ '125556': 2001, '125562': 2000, '125565': 2000, '125610': 2000, '125660': 2000 });
    const { shares } = shareCharge({ amountPence: 10_001, rule: groups, participants });
    expect(shares[3]!.explanation.slices).toEqual([{ from: null, to: null, days: null, weight: '1', ofWeight: '2', exactPence: '10001/5', group: 'South pyramid' }]);
  });

  it('keep a leaver\'s part inside its group', () => {
    const leaving = participants.map((one) => (one.school === '125660' ? { ...one, to: '2026-02-28' } : one));
    const pence = penceOf({ amountPence: 365_000, rule: groups, period: year, participants: leaving });
    expect(pence).toEqual({ '125556': 73_000, '125562': 73_000, '125565': 73_000, '125610': 146_000 - 36_200, '125660': 36_200 });
  });

  it('take caps and floors over the whole charge', () => {
    expect(penceOf({ amountPence: 10_000, rule: { ...groups, floorPence: 2000 }, participants })).toEqual({ '125556': 2000, '125562': 2000, '125565': 2000, '125610': 2000, '125660': 2000 });
    expect(penceOf({ amountPence: 12_000, rule: { ...groups, capPence: 2500, floorPence: 2350 }, participants })).toEqual({ '125556': 2400, '125562': 2400, '125565': 2400, '125610': 2400, '125660': 2400 });
  });

  it('may hold parts, and stand in a part', () => {
    const inside: ShareRequest['rule'] = {
      parts: [
        { name: 'standing', basisPoints: 5000, rule: groups },
        { name: 'by use', basisPoints: 5000, rule: { basis: 'weight', measure: 'use' } },
      ],
    };
    const used = participants.map((one, index) => ({ ...one, weights: { use: index } }));
    const { shares } = shareCharge({ amountPence: 20_000, rule: inside, participants: used });
    expect(shares.map(({ pence }) => pence)).toEqual([2000, 3000, 4000, 5000, 6000]);
    expect(shares[1]!.explanation.slices.map(({ part, group }) => [part, group])).toEqual([['standing', 'North pyramid'], ['by use', undefined]]);
  });

  it('are refused with a school in two groups or in none', () => {
    const twice: ShareRequest['rule'] = { groups: [{ name: 'a', basisPoints: 5000, schools: ['1', '2'], rule: { basis: 'equal' } }, { name: 'b', basisPoints: 5000, schools: ['2'], rule: { basis: 'equal' } }] };
    expect(() => shareCharge({ amountPence: 1, rule: twice, participants: [{ school: '1' }, { school: '2' }] })).toThrow(new DomainError('cost-sharing.same-school-twice'));
    expect(() => shareCharge({ amountPence: 1, rule: groups, participants: [...participants, { school: '999999' }] })).toThrow(new DomainError('cost-sharing.not-whole'));
    expect(() => shareCharge({ amountPence: 1, rule: groups, participants: participants.slice(0, 3) })).toThrow(new DomainError('cost-sharing.no-weight'));
  });
});
