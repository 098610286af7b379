import type { EntitlementLeft } from '../availability/index.js';
import { DomainError } from '../kernel/domain-error.js';
import type { DateOnly, DatePeriod } from '../kernel/period.js';
import { refuse } from './booking.js';

export type EntitlementEntryKind = 'granted' | 'taken' | 'returned' | 'lent' | 'borrowed' | 'expired' | 'carried-over';

/**
 * Whose units, of which agreement, usable when: the account that a line of the ledger changes. The first day names it
 * among a school's accounts; the last one may move, when a school leaves early or stays, and the units stay the same.
 */
export interface EntitlementAccount {
  readonly schoolUrn: string;
  readonly agreementId: string;
  /** The span in which the units may be used; what is returned goes back to the period it came from. */
  readonly period: DatePeriod;
}

/** One line of the entitlement ledger. Nothing is changed or removed; a mistake is put right by another line. */
export interface EntitlementEntry extends EntitlementAccount {
  readonly kind: EntitlementEntryKind;
  /** Signed thousandths of the agreement's unit: what adds to the balance is positive. */
  readonly milliunits: number;
  readonly on: DateOnly;
  readonly bookingId: string | null;
  /** The school units were lent to or borrowed from. */
  readonly counterpartUrn: string | null;
}

const keyOf = ({ schoolUrn, agreementId, period }: EntitlementAccount): string => `${schoolUrn} ${agreementId} ${period.from}`;

function line(account: EntitlementAccount, kind: EntitlementEntryKind, milliunits: number, on: DateOnly, more: Partial<EntitlementEntry> = {}): EntitlementEntry {
  const { schoolUrn, agreementId, period } = account;
  return { schoolUrn, agreementId, period, kind, milliunits, on, bookingId: null, counterpartUrn: null, ...more };
}

function wholeAndPositive(milliunits: number): void {
  if (!Number.isSafeInteger(milliunits) || milliunits <= 0) refuse('bookings.units-not-whole', { milliunits });
}

/** Throws `availability.no-entitlement`, the code under which the same lack is shown when slots are looked for. */
function enough(account: EntitlementAccount, neededMilliunits: number, leftMilliunits: number): void {
  if (leftMilliunits >= neededMilliunits) return;
  throw new DomainError('availability.no-entitlement', { schoolUrn: account.schoolUrn, neededMilliunits, leftMilliunits });
}

/** What is left in one account, in thousandths of the unit. */
export function balanceOf(entries: readonly EntitlementEntry[], account: EntitlementAccount): number {
  const key = keyOf(account);
  return entries.reduce((sum, entry) => (keyOf(entry) === key ? sum + entry.milliunits : sum), 0);
}

/** All accounts that any line mentions, with what is left in each: what the availability rules look at. The first line of each, its grant, says until when. */
export function entitlementLeft(entries: readonly EntitlementEntry[]): (EntitlementLeft & EntitlementAccount)[] {
  const accounts = new Map<string, EntitlementLeft & EntitlementAccount>();
  for (const entry of entries) {
    const { schoolUrn, agreementId } = entry;
    const { period, leftMilliunits } = accounts.get(keyOf(entry)) ?? { period: entry.period, leftMilliunits: 0 };
    accounts.set(keyOf(entry), { schoolUrn, agreementId, period, leftMilliunits: leftMilliunits + entry.milliunits });
  }
  return [...accounts.values()];
}

/** Units bought in advance. Milliunits are whole and positive in every function of this file; `on` is the line's date. */
export function grant(account: EntitlementAccount, milliunits: number, on: DateOnly): EntitlementEntry {
  wholeAndPositive(milliunits);
  return line(account, 'granted', milliunits, on);
}

export interface UnitsWanted extends Omit<EntitlementAccount, 'period'> {
  readonly milliunits: number;
  /** The date of the session: it decides which period the units come from. */
  readonly usedOn: DateOnly;
  readonly on: DateOnly;
  readonly bookingId: string;
}

/**
 * Takes a booking's units from the one period that covers its date and has enough; of several, the one that ends first.
 * Throws `availability.no-entitlement` rather than let any balance fall below nothing.
 */
export function take(entries: readonly EntitlementEntry[], wanted: UnitsWanted): EntitlementEntry {
  wholeAndPositive(wanted.milliunits);
  const usable = entitlementLeft(entries)
    .filter((one) => one.schoolUrn === wanted.schoolUrn && one.agreementId === wanted.agreementId)
    .filter(({ period }) => period.from <= wanted.usedOn && wanted.usedOn <= period.to)
    .sort((a, b) => (a.period.to < b.period.to ? -1 : Number(a.period.to > b.period.to)));
  const most = Math.max(0, ...usable.map((one) => one.leftMilliunits));
  const account = usable.find((one) => one.leftMilliunits >= wanted.milliunits);
  if (!account) {
    const { schoolUrn, milliunits } = wanted;
    throw new DomainError('availability.no-entitlement', { schoolUrn, neededMilliunits: milliunits, leftMilliunits: most });
  }
  return line(account, 'taken', -wanted.milliunits, wanted.on, { bookingId: wanted.bookingId });
}

interface Held {
  readonly account: EntitlementAccount;
  /** What the booking holds now, and what it held when it last took. */
  readonly now: number;
  readonly atFirst: number;
}

/** What a booking holds in each account; its lines stand in the order in which they were written. */
function heldBy(entries: readonly EntitlementEntry[], bookingId: string): Held[] {
  const held = new Map<string, Held>();
  for (const entry of entries) {
    if (entry.bookingId !== bookingId) continue;
    const before = held.get(keyOf(entry));
    const now = (before?.now ?? 0) - entry.milliunits;
    const atFirst = entry.kind === 'taken' ? now : (before?.atFirst ?? 0);
    held.set(keyOf(entry), { account: entry, now, atFirst });
  }
  return [...held.values()];
}

/**
 * Returns what a booking holds to the periods it came from, a line for each. Doing it twice returns once. A late
 * cancellation keeps its band's part of what was taken (`keepBasisPoints`, rounded up to a thousandth).
 */
export function giveBack(
  entries: readonly EntitlementEntry[],
  returned: { readonly bookingId: string; readonly on: DateOnly; readonly keepBasisPoints?: number },
): EntitlementEntry[] {
  const { bookingId, on, keepBasisPoints = 0 } = returned;
  return heldBy(entries, bookingId)
    .map(({ account, now, atFirst }) => line(account, 'returned', now - Math.ceil((atFirst * keepBasisPoints) / 10_000), on, { bookingId }))
    .filter((entry) => entry.milliunits > 0);
}

/** One school lets another have units of the same period: two lines that add up to nothing. */
export function lend(
  entries: readonly EntitlementEntry[],
  from: EntitlementAccount,
  toUrn: string,
  milliunits: number,
  on: DateOnly,
): [EntitlementEntry, EntitlementEntry] {
  wholeAndPositive(milliunits);
  enough(from, milliunits, balanceOf(entries, from));
  return [
    line(from, 'lent', -milliunits, on, { counterpartUrn: toUrn }),
    line({ ...from, schoolUrn: toUrn }, 'borrowed', milliunits, on, { counterpartUrn: from.schoolUrn }),
  ];
}

/** What is left at the end of a period lapses; null when nothing is. */
export function lapse(entries: readonly EntitlementEntry[], account: EntitlementAccount, on: DateOnly): EntitlementEntry | null {
  const left = balanceOf(entries, account);
  return left > 0 ? line(account, 'expired', -left, on) : null;
}

/** Takes units of one period over into another: two lines that add up to nothing. */
export function carryOver(
  entries: readonly EntitlementEntry[],
  from: EntitlementAccount,
  toPeriod: DatePeriod,
  milliunits: number,
  on: DateOnly,
): [EntitlementEntry, EntitlementEntry] {
  wholeAndPositive(milliunits);
  enough(from, milliunits, balanceOf(entries, from));
  return [line(from, 'carried-over', -milliunits, on), line({ ...from, period: toPeriod }, 'carried-over', milliunits, on)];
}

/**
 * What becomes of a period that is over: up to `capMilliunits` of it go over into the school's next period, and the rest
 * lapses. What comes back to the period later (a session that did not take place) finds only what the cap has left over
 * from before. No lines when nothing is left. Without a next period nothing goes over.
 */
export function endOfPeriod(
  entries: readonly EntitlementEntry[],
  account: EntitlementAccount,
  next: DatePeriod | null,
  capMilliunits: number,
  on: DateOnly,
): EntitlementEntry[] {
  const key = keyOf(account);
  const before = entries.reduce((sum, entry) => (entry.kind === 'carried-over' && entry.milliunits < 0 && keyOf(entry) === key ? sum - entry.milliunits : sum), 0);
  const carried = Math.min(balanceOf(entries, account), Math.max(0, capMilliunits - before));
  const over = next && carried > 0 ? carryOver(entries, account, next, carried, on) : [];
  const rest = lapse([...entries, ...over], account, on);
  return rest ? [...over, rest] : over;
}
