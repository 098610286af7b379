import { DomainError } from '../kernel/domain-error.js';
import { accountKey, accounts, type Posting } from './account.js';

export type LedgerProblem =
  | 'ledger.does-not-balance'
  | 'ledger.no-postings'
  | 'ledger.wrong-account'
  | 'ledger.corrected-already'
  | 'ledger.closed-already'
  | 'ledger.not-over-yet';

/**
 * Refuses postings that do not add up to zero in whole pence (`ledger.does-not-balance`), are none (`ledger.no-postings`),
 * or name an account that there is not, or a school where it has none (`ledger.wrong-account`).
 */
export function assertBalanced(postings: readonly Posting[]): void {
  if (postings.length === 0) throw new DomainError<LedgerProblem>('ledger.no-postings');
  let pence = 0;
  for (const posting of postings) {
    const known = Object.hasOwn(accounts, posting.account) ? accounts[posting.account] : undefined;
    if (known?.ofSchool !== (posting.schoolUrn !== null)) throw new DomainError<LedgerProblem>('ledger.wrong-account', { account: accountKey(posting) });
    pence += posting.pence;
  }
  if (pence !== 0 || !postings.every((posting) => Number.isSafeInteger(posting.pence))) throw new DomainError<LedgerProblem>('ledger.does-not-balance', { pence });
}

/** The lines that take an entry back: the same with the signs turned. */
export function reversed(postings: readonly Posting[]): Posting[] {
  return postings.map((posting) => ({ ...posting, pence: 0 - posting.pence }));
}

/** Plays entries from nothing and gives what stands on each account in the end, by account and school; accounts at nothing are left out. */
export function replay(entries: Iterable<readonly Posting[]>): Map<string, number> {
  const balances = new Map<string, number>();
  for (const postings of entries) {
    assertBalanced(postings);
    for (const posting of postings) {
      const key = accountKey(posting);
      const pence = (balances.get(key) ?? 0) + posting.pence;
      if (pence === 0) balances.delete(key);
      else balances.set(key, pence);
    }
  }
  return balances;
}
