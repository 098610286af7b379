// The room `billing` as far as one school takes over the money of another: an academy after the school that it was.
import { z } from 'zod';
import { DateOnlySchema, IdSchema, UrnSchema } from './list.js';

export const TakeOverSchema = z.strictObject({
  fromUrn: UrnSchema,
  /** The first day of the new school. */
  on: DateOnlySchema,
  /** Whether it also takes over what was invoiced and not paid: that follows the transfer agreement. */
  debts: z.boolean().default(false),
});
export type TakeOver = z.infer<typeof TakeOverSchema>;

export const TakenKindSchema = z.enum(['shares', 'debts', 'credit', 'streams', 'carries', 'hours']);
export type TakenKind = z.infer<typeof TakenKindSchema>;

/** One thing that moved, or in a dry run would move; or that stays, with the reason. */
export const TakenItemSchema = z.object({
  kind: TakenKindSchema,
  what: z.string(),
  /** Above zero is owed by the school or left to it; null for hours and fractions of a penny, which `what` says. */
  pence: z.number().int().nullable(),
  chargeId: IdSchema.nullable(),
  invoiceId: IdSchema.nullable(),
  /** Why it stays with the old school; null when it moves. */
  stays: z.string().nullable(),
});
export type TakenItem = z.infer<typeof TakenItemSchema>;

export const TakenOverSchema = z.object({
  fromUrn: UrnSchema, fromName: z.string(), toUrn: UrnSchema, toName: z.string(), on: DateOnlySchema, debts: z.boolean(), items: z.array(TakenItemSchema),
  /** What the new school owes more by it, and what is left on the old one's accounts. */
  movedPence: z.number().int(),
  leftPence: z.number().int(),
});
export type TakenOver = z.infer<typeof TakenOverSchema>;

/** Schools that the national register gave a successor, with what stands on their accounts. */
export const SuccessionsSchema = z.object({
  items: z.array(z.object({
    fromUrn: UrnSchema, fromName: z.string(), toUrn: UrnSchema, toName: z.string(), isMember: z.boolean(), on: DateOnlySchema, standsPence: z.number().int(), takenOn: DateOnlySchema.nullable(),
  })),
  total: z.number().int(),
});
export type Successions = z.infer<typeof SuccessionsSchema>;
