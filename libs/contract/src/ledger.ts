import { z } from 'zod';
import { DateOnlySchema, InstantSchema, listOf, PageQuerySchema, UrnSchema } from './list.js';

/** One line of an entry: above zero is a debit, below zero a credit. */
export const PostingSchema = z.object({ account: z.string(), schoolUrn: z.string().nullable(), pence: z.number().int() });

/** What was posted, with the hash that ties it to the entry before. */
export const LedgerEntrySchema = z.object({
  id: z.uuid(),
  sequence: z.number().int(),
  kind: z.string(),
  serviceOn: DateOnlySchema,
  happenedOn: DateOnlySchema,
  postedOn: DateOnlySchema,
  sourceKind: z.string(),
  sourceId: z.string(),
  description: z.string(),
  correctsId: z.uuid().nullable(),
  recordedAt: InstantSchema,
  recordedBy: z.string(),
  hash: z.string(),
  postings: z.array(PostingSchema),
});
export type LedgerEntry = z.infer<typeof LedgerEntrySchema>;
export const LedgerEntriesSchema = listOf(LedgerEntrySchema);

export const LedgerQuerySchema = PageQuerySchema.extend({
  from: DateOnlySchema.optional(),
  to: DateOnlySchema.optional(),
  account: z.string().max(60).optional(),
  schoolUrn: UrnSchema.optional(),
  sourceId: z.string().max(100).optional(),
});
export type LedgerQuery = z.infer<typeof LedgerQuerySchema>;

/** What stands on an account, for one school or for all. */
export const BalanceSchema = z.object({ account: z.string(), schoolUrn: z.string().nullable(), pence: z.number().int() });
export type Balance = z.infer<typeof BalanceSchema>;
export const BalancesSchema = z.object({ items: z.array(BalanceSchema) });
export const BalancesQuerySchema = z.object({ through: DateOnlySchema.optional() });
export type BalancesQuery = z.infer<typeof BalancesQuerySchema>;

/** Whether every entry is still the one that was written, and the first number that is not. */
export const ChainSchema = z.object({ entries: z.number().int(), whole: z.boolean(), brokenAt: z.number().int().nullable(), balances: z.boolean() });
export type Chain = z.infer<typeof ChainSchema>;

/** What the hourly check last found: the chain, the sum of all postings, and a replay of every entry from nothing against today's balances. */
export const LedgerCheckSchema = z.object({
  checkedAt: InstantSchema,
  checkedBy: z.string(),
  entries: z.number().int(),
  penceOver: z.number().int(),
  /** The first entry that is not the one that was written. */
  brokenAt: z.number().int().nullable(),
  /** Accounts on which the replay and today's balance differ. */
  differing: z.array(z.string()),
  isWhole: z.boolean(),
});
export type LedgerCheck = z.infer<typeof LedgerCheckSchema>;
export const LastLedgerCheckSchema = z.object({ check: LedgerCheckSchema.nullable() });

/** Closes every day up to and including this one. */
export const ClosePeriodSchema = z.strictObject({ throughOn: DateOnlySchema });
export type ClosePeriod = z.infer<typeof ClosePeriodSchema>;
export const PeriodCloseSchema = z.object({ id: z.uuid(), throughOn: DateOnlySchema, closedAt: InstantSchema, closedBy: z.string() });
export type PeriodClose = z.infer<typeof PeriodCloseSchema>;
export const PeriodClosesSchema = z.object({ items: z.array(PeriodCloseSchema) });
