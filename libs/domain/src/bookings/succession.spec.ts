import { describe, expect, it } from '@jest/globals';
import { balanceOf, grant, take, type EntitlementAccount } from './entitlement.js';
import { unitsFollow } from './succession.js';

const old: EntitlementAccount = { schoolUrn: '125501', agreementId: 'sen', period: { from: '2026-09-01', to: '2027-08-31' } };
const next = { schoolUrn: '148001', agreementId: 'sen', period: { from: '2027-01-01', to: '2027-08-31' } };

describe('units follow a school to its successor', () => {
  it.each([
    { says: 'nothing used', past: [], coming: [], granted: 10_000 },
    { says: 'some used before', past: [2000, 500], coming: [], granted: 7500 },
    { says: 'some booked after', past: [2000], coming: [1000, 1500], granted: 8000 },
    { says: 'everything used', past: [10_000], coming: [], granted: 0 },
  ])('$says', ({ past, coming, granted }) => {
    let entries = [grant(old, 10_000, '2026-09-01')];
    for (const [i, milliunits] of [...past, ...coming].entries()) {
      entries = [...entries, take(entries, { ...old, milliunits, usedOn: '2027-02-01', on: '2026-09-14', bookingId: `b${i}` })];
    }
    const comingIds = coming.map((_, i) => `b${past.length + i}`);
    const followed = unitsFollow(entries, { old, next }, comingIds, '2027-01-01');
    expect(followed.grantedMilliunits).toBe(granted);
    const after = [...entries, ...followed.lines, ...(granted ? [grant(next, granted, '2027-01-01')] : [])];
    const booked = coming.reduce((sum, one) => sum + one, 0);
    expect([old, next].map((account) => balanceOf(after, account))).toEqual([0, granted - booked]);
    for (const id of comingIds) expect(after.filter((line) => line.bookingId === id).reduce((sum, line) => sum + line.milliunits, 0)).toBeLessThan(0);
  });
});
