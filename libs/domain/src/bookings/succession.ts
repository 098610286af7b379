import type { DateOnly } from '../kernel/period.js';
import { balanceOf, giveBack, type EntitlementAccount, type EntitlementEntry } from './entitlement.js';

export interface UnitsFollowed {
  /** Lines for the ledger: coming bookings give back, what is left leaves the old account, and the same bookings take from the new one. */
  readonly lines: readonly EntitlementEntry[];
  /** What the new account is granted, in thousandths of the unit: what was left once coming bookings had given theirs back. */
  readonly grantedMilliunits: number;
}

interface Accounts {
  readonly old: EntitlementAccount;
  readonly next: EntitlementAccount;
}

const carried = ({ schoolUrn, agreementId, period }: EntitlementAccount, milliunits: number, on: DateOnly): EntitlementEntry[] =>
  milliunits === 0 ? [] : [{ schoolUrn, agreementId, period, kind: 'carried-over', milliunits, on, bookingId: null, counterpartUrn: null }];

/** The old account's lines with what coming bookings give back to it, and the same units taken from the new one. */
function bookingsFollow(entries: readonly EntitlementEntry[], { old, next }: Accounts, comingBookingIds: readonly string[], on: DateOnly) {
  const own = entries.filter((entry) => entry.schoolUrn === old.schoolUrn && entry.agreementId === old.agreementId && entry.period.from === old.period.from);
  const returned = comingBookingIds.flatMap((bookingId) => giveBack(own, { bookingId, on }));
  const taken = returned.map((line): EntitlementEntry => ({ ...line, ...next, kind: 'taken', milliunits: -line.milliunits }));
  return { own: [...own, ...returned], returned, taken };
}

/**
 * Units follow a school to its successor. The old account ends the day before and comes to nothing: what was used
 * stays with it, the rest begins the new one. Coming bookings hold the same units as before.
 */
export function unitsFollow(entries: readonly EntitlementEntry[], accounts: Accounts, comingBookingIds: readonly string[], on: DateOnly): UnitsFollowed {
  const { own, returned, taken } = bookingsFollow(entries, accounts, comingBookingIds, on);
  const left = Math.max(0, balanceOf(own, accounts.old));
  return { lines: [...returned, ...carried(accounts.old, -left, on), ...taken], grantedMilliunits: left };
}

/**
 * A period that begins only after the old school has closed: its grant is the successor's, and so is all that happened to
 * it before (booked, lent, borrowed). No unit stays in the old account, where nobody could use or owe it.
 */
export function unitsHandedOver(entries: readonly EntitlementEntry[], accounts: Accounts, comingBookingIds: readonly string[], on: DateOnly): UnitsFollowed {
  const { own, returned, taken } = bookingsFollow(entries, accounts, comingBookingIds, on);
  const moved = balanceOf(own.filter(({ kind }) => kind !== 'granted'), accounts.old);
  return { lines: [...returned, ...carried(accounts.old, -moved, on), ...carried(accounts.next, moved, on), ...taken], grantedMilliunits: balanceOf(own, accounts.old) };
}
