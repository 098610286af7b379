/**
 * Every account of the ledger. A balance above zero is money owed to the collaboration or spent by it, below zero money
 * that it owes or has charged. Accounts "of a school" are one for each school; the ledger does not know what a school is.
 */
export const accounts = {
  /** Charged and not divided yet: the charge says why. */
  'charges-to-share': { ofSchool: false, words: 'Charges that wait to be shared' },
  /** Shares that no document has claimed yet. */
  'shares-to-invoice': { ofSchool: true, words: 'Shares not yet invoiced' },
  /** Shares of the school that employs the specialist or holds the money: a journal in its own books. */
  'own-share': { ofSchool: true, words: 'Own shares, booked as journals' },
  /** Invoiced and not yet paid. */
  receivable: { ofSchool: true, words: 'Invoiced and not yet paid' },
  /** Paid beyond what was due, held for the school. */
  'credit-held': { ofSchool: true, words: 'Credit held for schools' },
  /** What suppliers billed less what the schools were charged for it: the money that a lead school holds for others. */
  pool: { ofSchool: false, words: 'The pool: supplier bills less charges' },
  /** What the lead school earns by holding the money. It is the lead school's own, and never part of the pool. */
  'lead-school-income': { ofSchool: false, words: 'The lead school’s own income' },
  /** What the collaboration chose to bear itself, or no longer asks a school for. */
  carried: { ofSchool: false, words: 'Carried by the collaboration' },
  /** Owed to suppliers for their bills. */
  payable: { ofSchool: false, words: 'Owed to suppliers' },
  /** Money at the bank, and on its way there. */
  bank: { ofSchool: false, words: 'At the bank' },
  /** VAT on our own supplies, owed to the tax authority, as the charges bear it. */
  'vat-due': { ofSchool: false, words: 'VAT due on our own supplies' },
  /** Pence by which VAT on several invoices differs from VAT on the charges as one. */
  'vat-rounding': { ofSchool: false, words: 'Rounding of VAT' },
} as const satisfies Record<string, { readonly ofSchool: boolean; readonly words: string }>;

export type AccountName = keyof typeof accounts;

/** One line of an entry: above zero a debit, below zero a credit. */
export interface Posting {
  readonly account: AccountName;
  /** Whose it is, as text that only other rooms understand; null for an account of the whole collaboration. */
  readonly schoolUrn: string | null;
  readonly pence: number;
}

/** `receivable:125556`, or `pool`: the account as one text, to key and to sort by. */
export function accountKey({ account, schoolUrn }: Pick<Posting, 'account' | 'schoolUrn'>): string {
  return schoolUrn === null ? account : `${account}:${schoolUrn}`;
}
