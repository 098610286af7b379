import { z } from 'zod';
import { DisputeStateSchema } from './books.js';
import { DateOnlySchema, IdSchema, InstantSchema, listOf, PageQuerySchema, PenceSchema, UrnSchema } from './list.js';

const Pence = z.number().int();
const PositivePence = PenceSchema.min(1, 'Give an amount above nothing.');

/** An invoice run makes one draft for each school from shares that no invoice has yet. */
export const StartInvoiceRunSchema = z.strictObject({ from: DateOnlySchema, to: DateOnlySchema });
export type StartInvoiceRun = z.infer<typeof StartInvoiceRunSchema>;
export const StartedSchema = z.object({ id: IdSchema });

/** What a run could not do and why; it goes on with the others. */
export const RunProblemSchema = z.object({ code: z.string(), message: z.string(), urn: z.string().optional(), schoolName: z.string().optional(), pence: Pence.optional() });
export const InvoiceRunSchema = z.object({
  id: IdSchema,
  from: DateOnlySchema,
  to: DateOnlySchema,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Documents made, of how many. */
  done: z.number().int(),
  total: z.number().int(),
  problems: z.array(RunProblemSchema),
  startedAt: InstantSchema,
  startedBy: z.string(),
  finishedAt: InstantSchema.nullable(),
  drafts: z.number().int(),
  issued: z.number().int(),
  grossPence: Pence,
});
export type InvoiceRun = z.infer<typeof InvoiceRunSchema>;
export const InvoiceRunsSchema = listOf(InvoiceRunSchema);

/** What issuing did: the numbers given to invoices, credit notes to schools to which something is due, and own shares booked as journals. */
export const IssuedSchema = z.object({ issued: z.number().int(), creditNotes: z.number().int(), journals: z.number().int(), firstNumber: z.string().nullable(), lastNumber: z.string().nullable() });
export type Issued = z.infer<typeof IssuedSchema>;

export const InvoiceStandingSchema = z.enum(['draft', 'journal', 'credit-note', 'credited', 'paid', 'disputed', 'overdue', 'part-paid', 'open']);

export const InvoiceSummarySchema = z.object({
  id: IdSchema,
  /** A credit note is due to the school; a journal is the own share of the school that holds the money or delivers. */
  kind: z.enum(['invoice', 'credit-note', 'journal']),
  /** Given at issue; a journal has none. */
  number: z.string().nullable(),
  urn: UrnSchema,
  schoolName: z.string(),
  runId: IdSchema,
  serviceFrom: DateOnlySchema,
  serviceTo: DateOnlySchema,
  issuedOn: DateOnlySchema.nullable(),
  dueOn: DateOnlySchema.nullable(),
  netPence: Pence,
  vatPence: Pence,
  grossPence: Pence,
  creditedPence: Pence,
  paidPence: Pence,
  outstandingPence: Pence,
  /** The part of what is left to pay that waits until a dispute is decided: it is not due. */
  disputedPence: Pence,
  standing: InvoiceStandingSchema,
});
export type InvoiceSummary = z.infer<typeof InvoiceSummarySchema>;
export const InvoicesSchema = listOf(InvoiceSummarySchema).extend({ outstandingPence: Pence, grossPence: Pence });

export const InvoicesQuerySchema = PageQuerySchema.extend({
  standing: InvoiceStandingSchema.optional(),
  schoolUrn: UrnSchema.optional(),
  runId: IdSchema.optional(),
  from: DateOnlySchema.optional(),
  to: DateOnlySchema.optional(),
  query: z.string().trim().max(100).optional(),
});
export type InvoicesQuery = z.infer<typeof InvoicesQuerySchema>;

/** A party as it stands on the document: frozen when the invoice is issued. */
export const PartySchema = z.object({
  urn: UrnSchema,
  name: z.string(),
  address: z.array(z.string()),
  vatNumber: z.string().nullable(),
  bank: z.object({ accountName: z.string(), sortCode: z.string(), accountNumber: z.string() }).nullable(),
});
export type Party = z.infer<typeof PartySchema>;

export const InvoiceLineSchema = z.object({
  id: IdSchema,
  position: z.number().int(),
  /** The share behind it and its charge: why this amount. */
  shareId: IdSchema,
  chargeId: IdSchema,
  description: z.string(),
  serviceName: z.string().nullable(),
  agreementName: z.string().nullable(),
  serviceFrom: DateOnlySchema,
  serviceTo: DateOnlySchema,
  netPence: Pence,
  vatPence: Pence,
  vatBasisPoints: z.number().int(),
  vatTreatment: z.string(),
  vatWords: z.string(),
  /** The part of the net that is VAT which the supplier charged. */
  suppliersVatPence: Pence,
  /** The dispute of its share that is open. */
  disputeId: IdSchema.nullable(),
  /** Every dispute of its share, the oldest first. */
  disputes: z.array(z.object({
    id: IdSchema, state: DisputeStateSchema, reason: z.string(), decision: z.string().nullable(), decidedOn: DateOnlySchema.nullable(), upheldPence: Pence, creditNoteNumber: z.string().nullable(),
  })),
  /** From which of the school's streams the net is paid now; a part without a name is general money. Null for readers who may not know. */
  paidFrom: z.array(z.object({ name: z.string().nullable(), pence: Pence })).nullable(),
  costCode: z.object({ system: z.enum(['CFR', 'AAR']), code: z.string(), name: z.string() }),
  creditedPence: Pence,
});
export type InvoiceLine = z.infer<typeof InvoiceLineSchema>;

export const CreditNoteSchema = z.object({
  id: IdSchema, number: z.string(), issuedOn: DateOnlySchema, reason: z.string(), netPence: Pence, vatPence: Pence, grossPence: Pence, issuedBy: z.string(),
});
export type CreditNote = z.infer<typeof CreditNoteSchema>;

export const PaymentSchema = z.object({
  id: IdSchema,
  paidOn: DateOnlySchema,
  /** The whole payment; `allocatedPence` is the part of it on this invoice. */
  pence: Pence,
  allocatedPence: Pence,
  reference: z.string(),
  /** True once a line of the bank's statement stands behind it. */
  matched: z.boolean(),
  reversed: z.boolean(),
});
export type Payment = z.infer<typeof PaymentSchema>;

export const InvoiceSchema = InvoiceSummarySchema.extend({
  issuer: PartySchema,
  customer: PartySchema,
  lines: z.array(InvoiceLineSchema),
  vatRates: z.array(z.object({ basisPoints: z.number().int(), treatment: z.string(), netPence: Pence, vatPence: Pence, words: z.string() })),
  creditNotes: z.array(CreditNoteSchema),
  payments: z.array(PaymentSchema),
});
export type Invoice = z.infer<typeof InvoiceSchema>;

/** Takes back part of an invoice: a sum over what is left of all lines, or sums of single lines; all of it when neither is given. */
export const CreditSchema = z.strictObject({
  reason: z.string().trim().min(1, 'Say why, in a few words.').max(500),
  pence: PositivePence.optional(),
  lines: z.array(z.strictObject({ lineId: IdSchema, pence: PositivePence })).min(1).max(500).optional(),
}).refine((body) => !(body.pence && body.lines), { message: 'Give one sum or sums of lines, not both.', path: ['pence'] });
export type Credit = z.infer<typeof CreditSchema>;

/** A bank transfer that somebody saw; its bank line can be matched to it later. */
export const RecordPaymentSchema = z.strictObject({
  pence: PositivePence,
  paidOn: DateOnlySchema,
  reference: z.string().trim().max(200).default(''),
});
export type RecordPayment = z.infer<typeof RecordPaymentSchema>;

/** Who issues invoices for the collaboration: where to pay, VAT, and in how many days. */
export const IssuerSchema = z.strictObject({
  accountName: z.string().trim().min(1, 'Give the name on the bank account.').max(100),
  sortCode: z.string().trim().regex(/^\d{2}-?\d{2}-?\d{2}$/, 'A sort code has six digits.').transform((text) => text.replaceAll('-', '')),
  accountNumber: z.string().trim().regex(/^\d{8}$/, 'An account number has eight digits.'),
  vatNumber: z.string().trim().toUpperCase().regex(/^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, 'A VAT number is GB and nine digits.').nullable(),
  paymentDays: z.number().int().min(0).max(180),
});
export type Issuer = z.infer<typeof IssuerSchema>;
export const IssuerSettingsSchema = z.object({
  issuer: z.object({ urn: UrnSchema.nullable(), name: z.string().nullable(), accountName: z.string().nullable(), sortCode: z.string().nullable(), accountNumber: z.string().nullable(), vatNumber: z.string().nullable(), paymentDays: z.number().int() }),
});
export type IssuerSettings = z.infer<typeof IssuerSettingsSchema>;

export const ImportedStatementSchema = z.object({ id: IdSchema, lines: z.number().int(), added: z.number().int(), duplicates: z.number().int(), suggestions: z.number().int() });
export type ImportedStatement = z.infer<typeof ImportedStatementSchema>;

export const SuggestionSchema = z.object({
  kind: z.enum(['recorded-payment', 'reference', 'payer', 'set', 'part', 'supplier-bill']),
  certain: z.boolean(),
  reason: z.string(),
  invoices: z.array(z.object({ id: IdSchema, number: z.string(), schoolName: z.string(), pence: Pence })),
  paymentId: IdSchema.nullable(),
  supplierBillId: IdSchema.nullable(),
});
export type Suggestion = z.infer<typeof SuggestionSchema>;

export const MatchSchema = z.object({
  id: IdSchema, bankLineId: IdSchema, paymentId: IdSchema, reason: z.string(), matchedBy: z.string(), matchedAt: InstantSchema, heldPence: Pence,
  invoices: z.array(z.object({ id: IdSchema, number: z.string(), schoolName: z.string(), pence: Pence })),
});
export type Match = z.infer<typeof MatchSchema>;

/** A movement on the bank account: above zero came in, below zero went out. */
export const BankLineSchema = z.object({
  id: IdSchema, account: z.string(), bookedOn: DateOnlySchema, type: z.string(), description: z.string(), pence: Pence, balancePence: Pence.nullable(),
  match: MatchSchema.nullable(), suggestion: SuggestionSchema.nullable(),
});
export type BankLine = z.infer<typeof BankLineSchema>;
export const BankLinesSchema = listOf(BankLineSchema).extend({ openPence: Pence, certain: z.number().int() });
export const BankLinesQuerySchema = PageQuerySchema.extend({ state: z.enum(['open', 'matched', 'all']).default('all'), from: DateOnlySchema.optional(), to: DateOnlySchema.optional() });
export type BankLinesQuery = z.infer<typeof BankLinesQuerySchema>;

/** What a bank line is: money for invoices, a payment that was recorded by hand, a supplier's bill, credit to hold for a school, or, of money that went out, credit that is paid back to one. */
export const MatchRequestSchema = z.strictObject({
  bankLineId: IdSchema,
  invoices: z.array(z.strictObject({ invoiceId: IdSchema, pence: PositivePence.optional() })).min(1).max(100).optional(),
  paymentId: IdSchema.optional(),
  supplierBillId: IdSchema.optional(),
  schoolUrn: UrnSchema.optional(),
}).refine((body) => [body.invoices, body.paymentId, body.supplierBillId].filter(Boolean).length <= 1 && (body.invoices || body.paymentId || body.supplierBillId || body.schoolUrn), {
  message: 'Say what the bank line is: invoices, a recorded payment, a supplier’s bill, or a school whose credit it is or to which credit is paid back.', path: ['bankLineId'],
});
export type MatchRequest = z.infer<typeof MatchRequestSchema>;

/** Accepts what is certain about these lines, or about all that are open. */
export const AcceptMatchesSchema = z.strictObject({ bankLineIds: z.array(IdSchema).max(500).optional() });
export type AcceptMatches = z.infer<typeof AcceptMatchesSchema>;
export const AcceptedMatchesSchema = z.object({ matches: z.array(z.object({ id: IdSchema, bankLineId: IdSchema })), left: z.number().int() });

export const NewSupplierBillSchema = z.strictObject({
  supplierId: IdSchema,
  number: z.string().trim().min(1, 'Give the number on the bill.').max(60),
  billedOn: DateOnlySchema,
  dueOn: DateOnlySchema.optional(),
  lines: z.array(z.strictObject({
    description: z.string().trim().min(1, 'Say what the line is for.').max(300),
    pence: PenceSchema.refine((pence) => pence !== 0, 'A line of nothing says nothing.'),
    /** The charge that passes this line on to the schools. */
    chargeId: IdSchema.optional(),
    /** Why the collaboration bears it itself. */
    carriedBecause: z.string().trim().min(1).max(300).optional(),
  }).refine((line) => !(line.chargeId && line.carriedBecause), { message: 'A line is passed on or carried, not both.', path: ['chargeId'] })).min(1, 'A bill has at least one line.').max(200),
});
export type NewSupplierBill = z.infer<typeof NewSupplierBillSchema>;
/** What becomes of a line of a bill; a sum of the other sign takes back what a charge passes on of it. */
export const CoverSchema = z.strictObject({ chargeId: IdSchema.optional(), carriedBecause: z.string().trim().min(1).max(300).optional(), pence: PenceSchema.optional() })
  .refine((body) => Boolean(body.chargeId) !== Boolean(body.carriedBecause), { message: 'A line is passed on by a charge or carried with a reason.', path: ['chargeId'] });
export type Cover = z.infer<typeof CoverSchema>;
export const SupplierBillSchema = z.object({
  id: IdSchema, supplierId: IdSchema, supplierName: z.string(), number: z.string(), billedOn: DateOnlySchema, dueOn: DateOnlySchema.nullable(), pence: Pence, paidPence: Pence, coveredPence: Pence,
  lines: z.array(z.object({
    id: IdSchema, description: z.string(), pence: Pence,
    covers: z.array(z.object({ chargeId: IdSchema.nullable(), carriedBecause: z.string().nullable(), pence: Pence })),
  })),
});
export type SupplierBill = z.infer<typeof SupplierBillSchema>;
export const SupplierBillsSchema = listOf(SupplierBillSchema);

export const PeriodQuerySchema = z.object({ from: DateOnlySchema, to: DateOnlySchema });
export type PeriodQuery = z.infer<typeof PeriodQuerySchema>;
const RecordSchema = z.object({ kind: z.string(), id: IdSchema, description: z.string(), pence: Pence });
const DifferenceSchema = z.object({ kind: z.string(), pence: Pence, records: z.array(RecordSchema) });
/** The one sum that is zero, or what stands in its way; `waiting` is in order but not finished. */
export const ReconciliationSchema = z.object({
  charges: Pence, shares: Pence, invoiced: Pence, journalled: Pence, notYetInvoiced: Pence, supplierBills: Pence, passedOn: Pence, carried: Pence,
  received: Pence, paidOut: Pence, unexplained: Pence, differences: z.array(DifferenceSchema), waiting: z.array(DifferenceSchema),
});
export type Reconciliation = z.infer<typeof ReconciliationSchema>;

export const AgedDebtsSchema = z.object({
  items: z.array(z.object({ urn: UrnSchema, schoolName: z.string(), totalPence: Pence, creditPence: Pence, disputedPence: Pence, bands: z.record(z.string(), Pence) })),
  on: DateOnlySchema,
});
export type AgedDebts = z.infer<typeof AgedDebtsSchema>;
/** A school's account between two dates. */
export const StatementSchema = z.object({
  urn: UrnSchema, schoolName: z.string(), from: DateOnlySchema, to: DateOnlySchema, openingPence: Pence, closingPence: Pence,
  entries: z.array(z.object({ on: DateOnlySchema, kind: z.string(), description: z.string(), pence: Pence, balancePence: Pence })),
});
export type Statement = z.infer<typeof StatementSchema>;
export const UsedCreditSchema = z.object({ usedPence: Pence });
export const MatchedSchema = z.object({ id: IdSchema, bankLineId: IdSchema });
export type Matched = z.infer<typeof MatchedSchema>;
