import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../kernel/domain-error.js';
import {
  balanceOf,
  carryOver,
  endOfPeriod,
  entitlementLeft,
  giveBack,
  grant,
  lapse,
  lend,
  take,
  type EntitlementAccount,
  type EntitlementEntry,
  type UnitsWanted,
} from './entitlement.js';

const year: EntitlementAccount = { schoolUrn: '125501', agreementId: 'agreement-1', period: { from: '2026-09-01', to: '2027-08-31' } };
const nextYear = { from: '2027-09-01', to: '2028-08-31' };
const on = '2026-09-01';

const wants = (milliunits: number, changes: Partial<UnitsWanted> = {}): UnitsWanted => ({
  schoolUrn: '125501',
  agreementId: 'agreement-1',
  milliunits,
  usedOn: '2026-10-06',
  on: '2026-09-21',
  bookingId: 'booking-1',
  ...changes,
});

function refusalOf(ask: () => unknown): DomainError {
  try {
    ask();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('taking units', () => {
  it('case 7, one at a time: nine and a half of ten days are used, one half day is left', () => {
    const entries: EntitlementEntry[] = [grant(year, 10_000, on), take([grant(year, 10_000, on)], wants(9_500))];
    const outcomes = Array.from({ length: 10 }, (_, i) => {
      try {
        entries.push(take(entries, wants(500, { bookingId: `booking-${i}` })));
        return 'taken';
      } catch (error) {
        return (error as DomainError).code;
      }
    });
    expect(outcomes).toEqual(['taken', ...new Array<string>(9).fill('availability.no-entitlement')]);
    expect(balanceOf(entries, year)).toBe(0);
  });

  it('says what is needed and what is left', () => {
    expect(refusalOf(() => take([grant(year, 400, on)], wants(500))).facts).toEqual({ schoolUrn: '125501', neededMilliunits: 500, leftMilliunits: 400 });
  });

  it('comes from the period of the session’s date; of several from the one that ends first and has enough', () => {
    const term = { ...year, period: { from: '2026-09-07', to: '2026-12-31' } };
    const entries = [grant(year, 1_000, on), grant(term, 600, on)];
    expect(take(entries, wants(500)).period).toEqual(term.period);
    expect(take(entries, wants(700)).period).toEqual(year.period);
    expect(take(entries, wants(500, { usedOn: '2027-03-01' })).period).toEqual(year.period);
    expect(refusalOf(() => take(entries, wants(500, { usedOn: '2027-09-01' }))).facts['leftMilliunits']).toBe(0);
  });

  it('is of one’s own school and agreement', () => {
    const entries = [grant(year, 1_000, on)];
    expect(refusalOf(() => take(entries, wants(500, { schoolUrn: '125502' }))).code).toBe('availability.no-entitlement');
    expect(refusalOf(() => take(entries, wants(500, { agreementId: 'agreement-2' }))).code).toBe('availability.no-entitlement');
  });

  it.each([0, -1, 0.5, Number.NaN])('of %p thousandths is refused', (milliunits) => {
    expect(refusalOf(() => take([grant(year, 1_000, on)], wants(milliunits))).code).toBe('bookings.units-not-whole');
  });
});

describe('giving back', () => {
  const back = { bookingId: 'booking-1', on: '2027-10-01' };
  it('returns to the period they came from, once', () => {
    const entries = [grant(year, 1_000, on), grant({ ...year, period: nextYear }, 1_000, on)];
    entries.push(take(entries, wants(500)));
    const returned = giveBack(entries, back);
    expect(returned).toMatchObject([{ kind: 'returned', milliunits: 500, period: year.period, bookingId: 'booking-1', on: '2027-10-01' }]);
    expect(giveBack([...entries, ...returned], back)).toEqual([]);
    expect(balanceOf([...entries, ...returned], year)).toBe(1_000);
  });

  it('returns each school of a joint booking its own part', () => {
    const sister = { ...year, schoolUrn: '125502' };
    const entries = [grant(year, 1_000, on), grant(sister, 1_000, on)];
    entries.push(take(entries, wants(251)), take(entries, wants(249, { schoolUrn: '125502' })));
    expect(giveBack(entries, back).map((entry) => [entry.schoolUrn, entry.milliunits])).toEqual([
      ['125501', 251],
      ['125502', 249],
    ]);
  });

  it.each([
    [5_000, 500, 250],
    [5_000, 333, 166],
    [10_000, 500, null],
    [0, 500, 500],
  ])('a late cancellation keeps %i basis points of %i thousandths: %p come back', (keepBasisPoints, taken, milliunits) => {
    const entries = [grant(year, 1_000, on)];
    entries.push(take(entries, wants(taken)));
    const returned = giveBack(entries, { ...back, keepBasisPoints });
    expect(returned[0]?.milliunits ?? null).toBe(milliunits);
    expect(giveBack([...entries, ...returned], { ...back, keepBasisPoints })).toEqual([]);
  });

  it('after a move only what was taken last counts', () => {
    const entries = [grant(year, 2_000, on)];
    entries.push(take(entries, wants(1_000)));
    entries.push(...giveBack(entries, back));
    entries.push(take(entries, wants(500, { usedOn: '2026-11-03' })));
    expect(giveBack(entries, { ...back, keepBasisPoints: 5_000 })[0]?.milliunits).toBe(250);
  });
});

describe('lending, lapsing, carrying over', () => {
  it('lends what there is, in two lines that add up to nothing', () => {
    const entries = [grant(year, 1_000, on)];
    const lines = lend(entries, year, '125502', 400, on);
    expect(lines.map((line) => [line.kind, line.schoolUrn, line.milliunits, line.counterpartUrn])).toEqual([
      ['lent', '125501', -400, '125502'],
      ['borrowed', '125502', 400, '125501'],
    ]);
    expect(refusalOf(() => lend([...entries, ...lines], year, '125502', 601, on)).code).toBe('availability.no-entitlement');
  });

  it('carries over into another period, and lets the rest lapse', () => {
    const entries = [grant(year, 1_000, on)];
    entries.push(...carryOver(entries, year, nextYear, 300, '2027-09-01'));
    const rest = lapse(entries, year, '2027-09-01');
    expect(rest).toMatchObject({ kind: 'expired', milliunits: -700 });
    entries.push(rest as EntitlementEntry);
    expect(lapse(entries, year, '2027-09-01')).toBeNull();
    expect(entitlementLeft(entries).map((one) => one.leftMilliunits)).toEqual([0, 300]);
    expect(refusalOf(() => carryOver(entries, year, nextYear, 1, '2027-09-01')).code).toBe('availability.no-entitlement');
  });
});

describe('the end of a period', () => {
  it('moves what may move, lapses the rest, and lets nothing more over when units come back afterwards', () => {
    const entries = [grant(year, 3_000, on)];
    entries.push(take(entries, wants(1_000)));
    const lines = endOfPeriod(entries, year, nextYear, 1_500, '2027-09-01');
    expect(lines.map((line) => [line.kind, line.period.from, line.milliunits])).toEqual([['carried-over', year.period.from, -1_500], ['carried-over', nextYear.from, 1_500], ['expired', year.period.from, -500]]);
    entries.push(...lines, ...giveBack(entries, { bookingId: 'booking-1', on }));
    expect(endOfPeriod(entries, year, nextYear, 1_500, '2027-09-02')).toMatchObject([{ kind: 'expired', milliunits: -1_000 }]);
    expect(endOfPeriod(entries, year, nextYear, 1_700, '2027-09-02').map((line) => line.milliunits)).toEqual([-200, 200, -800]);
  });

  it('never carries more than the cap over, however often it ends, and leaves nothing', () => {
    const step = fc.record({ what: fc.constantFrom('take', 'back', 'end'), milliunits: fc.integer({ min: 1, max: 900 }), booking: fc.integer({ min: 0, max: 5 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 2_500 }), fc.boolean(), (steps, cap, goesOn) => {
        const entries = [grant(year, 2_000, on)];
        const end = () => entries.push(...endOfPeriod(entries, year, goesOn ? nextYear : null, cap, '2027-09-01'));
        for (const { what, milliunits, booking } of steps) {
          const bookingId = `booking-${booking}`;
          if (what === 'back') entries.push(...giveBack(entries, { bookingId, on }));
          else if (what === 'end') end();
          else if (balanceOf(entries, year) >= milliunits) entries.push(take(entries, wants(milliunits, { bookingId })));
        }
        end();
        expect(balanceOf(entries, year)).toBe(0);
        const carried = balanceOf(entries, { ...year, period: nextYear });
        expect(carried).toBeLessThanOrEqual(goesOn ? cap : 0);
      }),
    );
  });
});

describe('whatever is done', () => {
  it('no balance falls below nothing and no unit is made or lost', () => {
    const step = fc.record({ what: fc.constantFrom('take', 'back', 'lend', 'carry'), milliunits: fc.integer({ min: 1, max: 900 }), booking: fc.integer({ min: 0, max: 5 }), sister: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const sister = { ...year, schoolUrn: '125502' };
        const entries = [grant(year, 2_000, on), grant(sister, 1_000, on)];
        for (const { what, milliunits, booking, sister: isSister } of steps) {
          const account = isSister ? sister : year;
          const bookingId = `booking-${booking}`;
          try {
            if (what === 'take') entries.push(take(entries, wants(milliunits, { bookingId, schoolUrn: account.schoolUrn })));
            else if (what === 'back') entries.push(...giveBack(entries, { bookingId, on }));
            else if (what === 'lend') entries.push(...lend(entries, account, isSister ? '125501' : '125502', milliunits, on));
            else entries.push(...carryOver(entries, account, nextYear, milliunits, on));
          } catch (error) {
            expect((error as DomainError).code).toBe('availability.no-entitlement');
          }
        }
        const left = entitlementLeft(entries).map((one) => one.leftMilliunits);
        const held = entries.reduce((sum, entry) => (entry.bookingId ? sum - entry.milliunits : sum), 0);
        expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
        expect(left.reduce((sum, one) => sum + one, held)).toBe(3_000);
      }),
    );
  });
});
