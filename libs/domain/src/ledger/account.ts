/**
 * The kinds of account. A balance above zero is money owed to us or held by us, below zero money owed by us.
 * Accounts "of a holder" are one for each holder; the ledger does not know what a holder is.
 */
export const accountKinds = {
  /** Shares charged to a holder and not yet invoiced. */
  'shares-due': { ofHolder: true },
  /** Shares that are a journal and never an invoice: the holder employs the specialist or holds the money itself. */
  'shares-journalled': { ofHolder: true },
  /** Invoiced to a holder and not yet paid. Below zero it is credit held for the holder. */
  receivable: { ofHolder: true },
  /** What services have cost less what has been passed on in shares: what the collaboration carries itself. */
  'shared-costs': { ofHolder: false },
  /** Owed to a supplier for its bills. */
  payable: { ofHolder: true },
  /** The collaboration's money at the bank: the pool that a lead school holds for others, apart from its own income. */
  pool: { ofHolder: false },
  /** Money that a payment provider has taken and not yet paid out. */
  clearing: { ofHolder: true },
  /** What payment providers keep. */
  'payment-fees': { ofHolder: false },
  /** VAT on our own supplies, owed to the tax authority. */
  'vat-output': { ofHolder: false },
  /** VAT on suppliers' bills that can be reclaimed. */
  'vat-input': { ofHolder: false },
  /** Pence by which VAT on several invoices differs from VAT on their sum. */
  'vat-rounding': { ofHolder: false },
  /** Where the balances of those who start in mid-year come from. */
  'opening-balances': { ofHolder: false },
} as const satisfies Record<string, { readonly ofHolder: boolean }>;

export type AccountKind = keyof typeof accountKinds;

/** One account of one collaboration. */
export interface Account {
  readonly kind: AccountKind;
  /** Whose it is, as text that only other rooms understand (a URN, a supplier's id); null for an account of the collaboration. */
  readonly holder: string | null;
}

/** `receivable:125556`, or `pool`: the account as one text, to key and to sort by. */
export function accountCode({ kind, holder }: Account): string {
  return holder === null ? kind : `${kind}:${holder}`;
}
