import type { WhatIfBasis } from '@fairshare/contract/sharing.js';
import { sharedOtherwise } from './what-if-sums';

const participant = (urn: string, name: string, pupils: string) => ({ urn, name, from: '2026-09-01', to: null, pupils, pupilPremium: '0', basisPoints: 0 });
const charge = (pence: number, shares: { urn: string; pence: number }[], use: { urn: string; minutes: number }[] = []) => ({
  id: '01a205f1-6f18-7473-8535-15cc79058321', description: 'Session', kind: 'booking' as const, pence, serviceFrom: '2026-10-01', serviceTo: '2026-10-01', shares, use,
});
const basis: WhatIfBasis = {
  agreementId: '01a205f1-6f18-7473-8535-15cc79058322', agreementName: 'Counselling', from: '2025-11-23', to: '2026-11-23',
  charges: [charge(10_000, [{ urn: '125556', pence: 7500 }, { urn: '125562', pence: 2500 }], [{ urn: '125562', minutes: 60 }]), charge(101, [{ urn: '125556', pence: 76 }, { urn: '125562', pence: 25 }], [{ urn: '125556', minutes: 120 }])],
  ruleNow: {}, ruleNowInWords: 'by pupil numbers', participants: [participant('125562', 'Telford Infant', '100'), participant('125556', 'Brookhurst', '300')], others: [],
  pupilsCensusOn: '2026-01-15', pupilPremiumCensusOn: null,
};
const equal = { basis: 'equal' as const };

describe('what if', () => {
  it('When the rule moves, then every school sees its difference, by name, and the differences cancel out', () => {
    const { rows } = sharedOtherwise(basis, equal);
    expect(rows.map((row) => [row.name, row.nowPence, row.thenPence, row.differencePence])).toEqual([['Brookhurst', 7576, 5051, -2525], ['Telford Infant', 2525, 5050, 2525]]);
  });

  it('When the rule stays as it was charged, then nobody pays more or less', () => {
    expect(sharedOtherwise(basis, { basis: 'pupils' }).rows.map((row) => row.differencePence)).toEqual([0, 0]);
  });

  it('When shares are fixed or by use, then they follow what was typed and what was delivered', () => {
    const fixed = sharedOtherwise(basis, { basis: 'fixed', fixed: [{ urn: '125556', basisPoints: 10_000 }] });
    expect(fixed.rows.map((row) => row.thenPence)).toEqual([10_101, 0]);
    // The year’s minutes together, 60 and 120, would make Brookhurst pay two thirds of a session that it never had.
    expect(sharedOtherwise(basis, { basis: 'use' }).rows.map((row) => row.thenPence)).toEqual([101, 10_000]);
  });

  it('When nothing was used in the days of a charge, then a rule by use leaves it as it was charged, and says so', () => {
    const august = { ...basis, charges: [...basis.charges, charge(900, [{ urn: '125556', pence: 600 }, { urn: '125562', pence: 300 }])] };
    expect(sharedOtherwise(august, { basis: 'use' })).toMatchObject({ leftAsCharged: 1, rows: [{ thenPence: 701 }, { thenPence: 10_300 }] });
    expect(sharedOtherwise(august, equal).leftAsCharged).toBe(0);
  });

  it('When a school used time without subscribing, then a rule by use has it pay, by its name', () => {
    const guest = { ...basis, others: [{ urn: '125570', name: 'Guest' }], charges: [charge(1000, [{ urn: '125556', pence: 1000 }], [{ urn: '125570', minutes: 30 }])] };
    expect(sharedOtherwise(guest, { basis: 'use' }).rows.map((row) => [row.name, row.thenPence])).toEqual([['Brookhurst', 0], ['Guest', 1000], ['Telford Infant', 0]]);
  });

  it('When groups divide first, then each group bears its part', () => {
    const groups = [{ name: 'North', basisPoints: 6000, urns: ['125556'], basis: 'equal' as const }, { name: 'South', basisPoints: 4000, urns: ['125562'], basis: 'pupils' as const }];
    expect(sharedOtherwise(basis, { basis: 'groups', groups }).rows.map((row) => row.thenPence)).toEqual([6061, 4040]);
  });

  it('When 40 schools and a year of charges move with the rule, then it takes less than a tenth of a second', () => {
    const urns = Array.from({ length: 40 }, (_, index) => String(125_500 + 7 * index));
    const year: WhatIfBasis = {
      ...basis,
      participants: urns.map((urn, index) => ({ ...participant(urn, `School ${index}`, `${80 + index * 11}.5`), to: index === 9 ? '2026-10-20' : null })),
      charges: Array.from({ length: 200 }, (_, index) => ({ ...charge(18_000 + index, [{ urn: urns[0]!, pence: 18_000 + index }]), serviceFrom: '2026-10-01', serviceTo: index % 10 === 0 ? '2026-10-31' : '2026-10-01' })),
    };
    const times = Array.from({ length: 10 }, (_, move) => {
      const before = process.cpuUsage();
      sharedOtherwise(year, { basis: 'parts', parts: [{ basis: 'equal', basisPoints: 3000 + move }, { basis: 'pupils', basisPoints: 7000 - move }] });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    // Processor time, and the quickest of ten, so that other programs on a busy machine do not count.
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it('When a rule cannot divide the charges, then it refuses with the domain’s own code', () => {
    expect(() => sharedOtherwise(basis, { basis: 'pupil-premium' })).toThrow('cost-sharing.no-weight');
    expect(() => sharedOtherwise(basis, { ...equal, capBasisPoints: 100 })).toThrow('cost-sharing.cap-too-low');
  });
});
