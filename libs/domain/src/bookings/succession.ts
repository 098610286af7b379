import type { DateOnly } from '../kernel/period.js';
import { balanceOf, giveBack, type EntitlementAccount, type EntitlementEntry } from './entitlement.js';

export interface UnitsFollowed {
  /** Lines for the ledger: coming bookings give back, what is left leaves the old account, and the same bookings take from the new one. */
  readonly lines: readonly EntitlementEntry[];
  /** What the new account is granted, in thousandths of the unit: what was left once coming bookings had given theirs back. */
  readonly grantedMilliunits: number;
}

const carried = ({ schoolUrn, agreementId, period }: EntitlementAccount, milliunits: number, on: DateOnly): EntitlementEntry[] =>
  milliunits === 0 ? [] : [{ schoolUrn, agreementId, period, kind: 'carried-over', milliunits, on, bookingId: null, counterpartUrn: null }];

/**
 * Units follow a school to its successor. The old account ends the day before and comes to nothing: what was used
 * stays with it, the rest begins the new one. Coming bookings hold the same units as before.
 */
export function unitsFollow(
  entries: readonly EntitlementEntry[],
  accounts: { readonly old: EntitlementAccount; readonly next: EntitlementAccount },
  comingBookingIds: readonly string[],
  on: DateOnly,
): UnitsFollowed {
  const { old, next } = accounts;
  const own = entries.filter((entry) => entry.schoolUrn === old.schoolUrn && entry.agreementId === old.agreementId);
  const returned = comingBookingIds.flatMap((bookingId) => giveBack(own, { bookingId, on }));
  const left = Math.max(0, balanceOf([...own, ...returned], old));
  const taken = returned.map((line): EntitlementEntry => ({ ...line, ...next, kind: 'taken', milliunits: -line.milliunits }));
  return {
    lines: [...returned, ...carried(old, -left, on), ...taken],
    grantedMilliunits: left,
  };
}
