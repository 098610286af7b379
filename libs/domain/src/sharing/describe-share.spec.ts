import { describe, expect, it } from '@jest/globals';
import { describeCredit, describeShare, shareCharge, type ShareRequest } from './index.js';

const year = { from: '2025-09-01', to: '2026-08-31' };

function describeFor(school: string, request: ShareRequest): string[] {
  return describeShare(shareCharge(request), school, request);
}

describe('a credit in sentences', () => {
  it('When a credit is divided over what is left, then its exact part and the odd penny are said', () => {
    const credit = { pence: -34, leftPence: 3334, leftOfAllPence: 10_000, creditPence: 100 };
    expect(describeCredit(credit).slice(2)).toEqual([
      'Its part is 3334 of 10000: £0.33… (1667/50 pence).',
      'Rounded down, 17/50 of a penny is left over; the odd pence go to the largest remainders, and the school took one of them.',
      'So the share is \u2212£0.34.',
    ]);
    expect(describeCredit({ ...credit, pence: -33 })[3]).toContain('the school took none');
    expect(describeCredit({ pence: -3334, leftPence: 3334, leftOfAllPence: 10_000, creditPence: 10_000 })[3]).toBe('All of it was given back, so nothing had to be rounded.');
  });
});

describe('"why this amount?"', () => {
  it('tells a joiner\'s neighbour how its share came about', () => {
    const request: ShareRequest = { amountPence: 900_000, rule: { basis: 'equal' }, period: year, participants: [{ school: '125556' }, { school: '125562' }, { school: '125565' }, { school: '125610', from: '2026-01-12' }] };
    expect(describeFor('125556', request)).toEqual([
      '£9,000.00 was spread over 365 days, 1 Sep 2025–31 Aug 2026: about £24.66 a day.',
      '1 Sep 2025–11 Jan 2026 (133 days): one third (1 of 3), £1,093.15… (7980000/73 pence).',
      '12 Jan 2026–31 Aug 2026 (232 days): one quarter (1 of 4), £1,430.13… (10440000/73 pence).',
      'Together that is £2,523.28… (18420000/73 pence).',
      "Rounded down, 56/73 of a penny is left over; all schools' remainders together make 3 odd pence.",
      'The school took one of the 3 odd pence because its remainder, 56/73, was among the largest.',
      'So the share is £2,523.29.',
    ]);
  });

  it('names the tie, the carry and whoever stood before', () => {
    const participants = [{ school: '1' }, { school: '2' }, { school: '3' }];
    const first: ShareRequest = { amountPence: 10_000, rule: { basis: 'equal' }, participants };
    expect(describeFor('1', first)).toEqual([
      '£100.00 was divided.',
      'one third (1 of 3), £33.33… (10000/3 pence).',
      "Rounded down, 1/3 of a penny is left over; all schools' remainders together make 1 odd penny.",
      'The school took the odd penny because its remainder, 1/3, was among the largest, and of equal schools the lowest URN comes first.',
      'So the share is £33.34.',
    ]);
    expect(describeFor('2', first)[3]).toBe('The school took no odd penny: its remainder, 1/3, stood behind those that did.');
    const second: ShareRequest = { ...first, participants: [{ school: '1', carriedPence: '-2/3' }, { school: '2', carriedPence: '1/3' }, { school: '3', carriedPence: '1/3' }] };
    expect(describeFor('1', second)[3]).toBe('The school took no odd penny: its remainder, 1/3, with the 2/3 it was rounded up by before, in all -1/3, stood behind those that did.');
    expect(describeFor('2', second)[3]).toBe(
      'The school took the odd penny because its remainder, 1/3, with the 1/3 it was rounded down by before, in all 2/3, was among the largest, and of equal schools the lowest URN comes first.',
    );
  });

  it('explains a refund with its signs', () => {
    const request: ShareRequest = { amountPence: -10_000, rule: { basis: 'equal' }, participants: [{ school: '1', carriedPence: '1/3' }, { school: '2', carriedPence: '1/3' }, { school: '3', carriedPence: '-2/3' }] };
    expect(describeFor('3', request)).toEqual([
      '−£100.00 (a refund, divided as a charge is) was divided.',
      'one third (1 of 3), −£33.33… (-10000/3 pence).',
      "Rounded down, 1/3 of a penny is left over; all schools' remainders together make 1 odd penny.",
      'The school took the odd penny because its remainder, 1/3, with the 2/3 it was rounded up by before, in all 1, was among the largest.',
      'So the share is −£33.34.',
    ]);
  });

  it('explains caps, floors and what they do to the others', () => {
    const request: ShareRequest = { amountPence: 300_000, rule: { basis: 'weight', floorPence: 30_000, capPence: 120_000 }, participants: [1162, 411, 120, 60, 20].map((weight, index) => ({ school: String(index + 1), weight })) };
    expect(describeFor('1', request).slice(1)).toEqual([
      '1162 of 1773, £1,966.15… (116200000/591 pence).',
      'No school pays more than the cap, so the school pays £1,200.00 and the others share what is above it.',
      'That is a whole number of pence, so nothing was rounded.',
      'So the share is £1,200.00.',
    ]);
    expect(describeFor('2', request)[2]).toBe("The floor and the cap changed what other schools pay; the rest, shared in the same proportions, makes this school's part £900.00.");
    expect(describeFor('5', request)[2]).toBe('No school that takes part pays less than the floor, so the school pays £300.00 and the others pay as much less.');
  });

  it('names parts and groups, a school with no weight, and one with no days', () => {
    const rule: ShareRequest['rule'] = { parts: [{ name: 'equally', basisPoints: 3000, rule: { basis: 'equal' } }, { name: 'by pupils', basisPoints: 7000, rule: { basis: 'weight' } }] };
    const request: ShareRequest = { amountPence: 10, rule, period: { from: '2026-01-01', to: '2026-01-01' }, participants: [{ school: '1', weight: 7.5 }, { school: '2', weight: 0 }, { school: '3', weight: 1, from: '2027-01-01' }] };
    expect(describeFor('1', request).slice(0, 4)).toEqual([
      '£0.10 was spread over 1 day, 1 Jan 2026: £0.10 a day.',
      '1 Jan 2026 (1 day), equally: one half (1 of 2), £0.01… (3/2 pence).',
      '1 Jan 2026 (1 day), by pupils: all of it (7.5 of 7.5), £0.07.',
      'Together that is £0.08… (17/2 pence).',
    ]);
    expect(describeFor('2', request)[2]).toBe("1 Jan 2026 (1 day), by pupils: nothing, since the school's weight is 0 of 7.5, £0.00.");
    expect(describeFor('3', request)).toEqual(['£0.10 was spread over 1 day, 1 Jan 2026: £0.10 a day.', 'The school took part on none of these days.', 'That is a whole number of pence, so nothing was rounded.', 'So the share is £0.00.']);
    expect(describeFor('4', request)).toEqual([]);
  });
});
