import { DomainError } from '../kernel/domain-error.js';
import { assertPence } from '../kernel/money.js';
import type { DateOnly } from '../kernel/period.js';
import { accountCode, accountKinds, type Account } from './account.js';

export type LedgerProblem =
  | 'ledger.unbalanced'
  | 'ledger.empty-entry'
  | 'ledger.wrong-holder'
  | 'ledger.already-corrected'
  | 'ledger.allocated-too-much'
  | 'ledger.not-positive';

/** One line of the double-entry ledger. */
export interface Posting {
  readonly account: Account;
  /** Above zero a debit, below zero a credit. */
  readonly pence: number;
}

/** What an entry records. */
export type EntryKind =
  | 'charge-shared'
  | 'invoice-issued'
  | 'credit-note-issued'
  | 'payment-received'
  | 'supplier-billed'
  | 'payment-made'
  | 'refund-paid'
  | 'payout-received'
  | 'opening-balance'
  | 'correction';

/** The record in another room that caused an entry; opaque here. */
export interface EntryCause {
  readonly kind: string;
  readonly id: string;
}

/** Postings that belong together and add up to zero. Nothing in it ever changes; a mistake is corrected by another entry. */
export interface Entry {
  readonly id: string;
  readonly collaborationId: string;
  readonly kind: EntryKind;
  readonly cause: EntryCause;
  /** The day the service was given: a late entry keeps it. */
  readonly serviceOn: DateOnly;
  /** The day it counts on in the books: in an open period. */
  readonly postedOn: DateOnly;
  /** The id of the entry that this one corrects. */
  readonly corrects: string | null;
  readonly postings: readonly Posting[];
}

/** Refuses postings that do not add up to zero (`ledger.unbalanced`), are none, or name an account wrongly. */
export function assertBalanced(postings: readonly Posting[]): void {
  if (postings.length === 0) throw new DomainError<LedgerProblem>('ledger.empty-entry');
  let differencePence = 0;
  for (const { account, pence } of postings) {
    assertPence(pence);
    if (accountKinds[account.kind].ofHolder !== (account.holder !== null)) {
      throw new DomainError<LedgerProblem>('ledger.wrong-holder', { account: accountCode(account) });
    }
    differencePence += pence;
  }
  if (differencePence !== 0) throw new DomainError<LedgerProblem>('ledger.unbalanced', { differencePence });
}

/** Debits less credits on one account, in pence. */
export function balanceOf(account: Account, postings: Iterable<Posting>): number {
  const code = accountCode(account);
  let balancePence = 0;
  for (const posting of postings) if (accountCode(posting.account) === code) balancePence += posting.pence;
  return balancePence;
}

/** All balances by account code, those of zero included; together they are zero. */
export function balances(postings: Iterable<Posting>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { account, pence } of postings) sums.set(accountCode(account), (sums.get(accountCode(account)) ?? 0) + pence);
  return sums;
}

/** What a correction needs to know besides the entry it corrects. */
export interface Correction {
  readonly id: string;
  readonly cause: EntryCause;
  readonly postedOn: DateOnly;
  /** The ids of all entries that have been corrected already. */
  readonly alreadyCorrected: ReadonlySet<string>;
}

/**
 * The entry that undoes another, by the same postings with the signs turned. It keeps the service date and names what
 * it corrects; an entry is corrected once (`ledger.already-corrected`).
 */
export function reverseEntry(entry: Entry, { id, cause, postedOn, alreadyCorrected }: Correction): Entry {
  if (alreadyCorrected.has(entry.id)) throw new DomainError<LedgerProblem>('ledger.already-corrected', { entry: entry.id });
  return {
    id,
    collaborationId: entry.collaborationId,
    kind: 'correction',
    cause,
    serviceOn: entry.serviceOn,
    postedOn,
    corrects: entry.id,
    postings: entry.postings.map(({ account, pence }) => ({ account, pence: 0 - pence })),
  };
}

/**
 * The one text of an entry from which its hash is made, chained to the hash of the entry before it ('' for the first).
 * JSON of a list in a fixed order, so that equal entries give equal text on every machine; the postings keep their order.
 */
export function canonicalEntry(entry: Entry, previousHash: string): string {
  return JSON.stringify([
    previousHash,
    entry.id,
    entry.collaborationId,
    entry.kind,
    entry.cause.kind,
    entry.cause.id,
    entry.serviceOn,
    entry.postedOn,
    entry.corrects,
    entry.postings.map(({ account, pence }) => [account.kind, account.holder, pence]),
  ]);
}
