import { z } from 'zod';
import { DateOnlySchema, IdSchema, UrnSchema } from './list.js';

// What schools do with units bought in advance besides booking: lend them, let them lapse, take them over.

const MovedMilliunitsSchema = z.int('Units are whole thousandths.').min(1, 'Units are above nothing.').max(1_000_000_000);

/** One school lets another have units of its period. */
export const NewLoanSchema = z.strictObject({
  agreementId: IdSchema,
  fromUrn: UrnSchema,
  toUrn: UrnSchema,
  /** The lender's period, as its account is listed. */
  from: DateOnlySchema,
  to: DateOnlySchema,
  milliunits: MovedMilliunitsSchema,
});
export type NewLoan = z.infer<typeof NewLoanSchema>;

export const EntitlementLineSchema = z.object({
  schoolUrn: z.string(),
  kind: z.enum(['granted', 'taken', 'returned', 'lent', 'borrowed', 'expired', 'carried-over']),
  from: z.string(),
  to: z.string(),
  /** What adds to the balance is positive. */
  milliunits: z.number(),
  counterpartUrn: z.string().nullable(),
});

/** The lines that were, or in a dry run would be, added to the ledger. */
export const EntitlementMovedSchema = z.object({ lines: z.array(EntitlementLineSchema) });
export type EntitlementMoved = z.infer<typeof EntitlementMovedSchema>;
