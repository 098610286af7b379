/** A record that stands behind a difference. */
export interface RecordOf {
  readonly kind: 'charge' | 'share' | 'invoice' | 'supplier-bill' | 'bank-line';
  readonly id: string;
  readonly description: string;
  readonly pence: number;
}

export type DifferenceKind = 'charge-not-shared' | 'shares-differ-from-charge' | 'claimed-without-document' | 'bill-not-covered' | 'bill-over-covered';
export type WaitingKind = 'share-not-invoiced' | 'draft-not-issued' | 'bank-line-not-matched' | 'charge-not-billed';

export interface Difference<Kind extends string = DifferenceKind> {
  readonly kind: Kind;
  readonly pence: number;
  readonly records: readonly RecordOf[];
}

/** The sums of a period in pence. */
export interface ReconciliationSums {
  readonly charges: number;
  readonly shares: number;
  /** Lines of issued invoices without VAT. */
  readonly invoiced: number;
  readonly journalled: number;
  /** Shares that no issued document has: free ones and those in drafts. */
  readonly notYetInvoiced: number;
  readonly supplierBills: number;
  /** The part of the bills that charges pass on to schools, and still charge. */
  readonly passedOn: number;
  /** The part of the bills that the collaboration chose to carry. */
  readonly carried: number;
  readonly received: number;
  readonly paidOut: number;
}

/** http.md: zero, or every penny of it stands in the differences. */
export function unexplainedPence(sums: ReconciliationSums): number {
  return sums.charges - sums.shares + (sums.shares - sums.invoiced - sums.journalled - sums.notYetInvoiced) + (sums.supplierBills - sums.passedOn - sums.carried);
}

/** The differences that are not nothing; together they are what is unexplained, or the books themselves are wrong. */
export function explain<Kind extends string>(records: Readonly<Record<Kind, readonly RecordOf[]>>): Difference<Kind>[] {
  return (Object.entries(records) as [Kind, readonly RecordOf[]][])
    .map(([kind, of]) => ({ kind, records: of, pence: of.reduce((sum, record) => sum + record.pence, 0) }))
    .filter((difference) => difference.records.length > 0);
}
