import { describe, expect, it } from '@jest/globals';
import { balanceOf, grant, lend, take, type EntitlementAccount } from './entitlement.js';
import { unitsFollow, unitsHandedOver } from './succession.js';

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

describe('a period that begins after the old school has closed', () => {
  it('When it was booked, lent and borrowed before, then all of it goes to the successor and nothing stays', () => {
    const sister = { ...old, schoolUrn: '125502' };
    const successor = { ...old, schoolUrn: next.schoolUrn };
    const on = '2026-07-01';
    let entries = [grant(old, 10_000, on), grant(sister, 5000, on)];
    for (const bookingId of ['held', 'delivered']) entries = [...entries, take(entries, { ...old, milliunits: 1500, usedOn: '2027-02-01', on, bookingId })];
    entries = [...entries, ...lend(entries, old, sister.schoolUrn, 3000, on), ...lend(entries, sister, old.schoolUrn, 500, on)];
    const followed = unitsHandedOver(entries, { old, next: successor }, ['held'], on);
    const after = [...entries.filter((line) => line.kind !== 'granted' || line.schoolUrn !== old.schoolUrn), grant(successor, 10_000, on), ...followed.lines];
    expect(followed.grantedMilliunits).toBe(6000);
    expect([old, successor, sister].map((account) => balanceOf(after, account))).toEqual([0, 4500, 7500]);
    expect(after.filter((line) => line.bookingId === 'held' && line.schoolUrn === successor.schoolUrn)).toMatchObject([{ kind: 'taken', milliunits: -1500 }]);
  });

  it('When an agreement has two periods, then each gives back only what was taken from it', () => {
    const later = { ...old, period: { from: '2027-09-01', to: '2028-08-31' } };
    let entries = [grant(old, 1000, old.period.from), grant(later, 1000, later.period.from)];
    entries = [...entries, take(entries, { ...later, milliunits: 400, usedOn: '2027-10-01', on: '2026-09-14', bookingId: 'b' })];
    expect(unitsFollow(entries, { old, next }, ['b'], '2027-01-01')).toMatchObject({ grantedMilliunits: 1000, lines: [{ kind: 'carried-over', milliunits: -1000 }] });
    expect(unitsHandedOver(entries, { old: later, next: { ...later, schoolUrn: next.schoolUrn } }, ['b'], '2027-01-01').lines.map(({ kind, milliunits }) => [kind, milliunits]))
      .toEqual([['returned', 400], ['taken', -400]]);
  });
});
