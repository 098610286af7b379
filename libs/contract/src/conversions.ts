import { z } from 'zod';
import { DateOnlySchema, UrnSchema } from './list.js';

// A school becomes an academy: its URN closes, another opens, and the future follows the successor from a day on.

export const NewConversionSchema = z.strictObject({
  fromUrn: UrnSchema,
  /** Left out, the successor that the national register names. */
  toUrn: UrnSchema.optional(),
  /** The first day of the new URN. */
  on: DateOnlySchema,
});
export type NewConversion = z.infer<typeof NewConversionSchema>;

/** What moved, or in a dry run would move. */
export const ConversionSchema = z.object({
  fromUrn: z.string(),
  toUrn: z.string(),
  on: z.string(),
  /** True when the new school was not a member before. */
  membership: z.boolean(),
  bookings: z.number(),
  agreements: z.array(z.object({
    agreementId: z.string(),
    agreementName: z.string(),
    /** Units that the new school begins with, booked ones included; null when none are bought in advance. */
    leftMilliunits: z.number().nullable(),
  })),
});
export type Conversion = z.infer<typeof ConversionSchema>;
