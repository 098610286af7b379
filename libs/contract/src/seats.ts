import { z } from 'zod';
import { DateOnlySchema, UrnSchema } from './list.js';

/** How many people of one school come to a session with seats; 0 gives them back. */
export const TakeSeatsSchema = z.strictObject({
  /** Left out, the school one acts for; of somebody who acts for all, the first that was named. */
  schoolUrn: UrnSchema.optional(),
  seats: z.int('Seats are a whole number.').min(0).max(500),
});
export type TakeSeats = z.infer<typeof TakeSeatsSchema>;

export const SeatsSchema = z.object({
  /** Null for a session without seats. */
  capacity: z.number().nullable(),
  left: z.number(),
  schools: z.array(z.object({ schoolUrn: z.string(), schoolName: z.string(), seats: z.number() })),
});
export type Seats = z.infer<typeof SeatsSchema>;

/** Both days belong to it. */
export const ReciprocityQuerySchema = z.object({ from: DateOnlySchema, to: DateOnlySchema });
export type ReciprocityQuery = z.infer<typeof ReciprocityQuerySchema>;

/** What schools gave each other without money, in minutes of attendance; the balances come to nothing. */
export const ReciprocitySchema = z.object({
  items: z.array(z.object({ schoolUrn: z.string(), schoolName: z.string(), givenMinutes: z.number(), receivedMinutes: z.number(), balanceMinutes: z.number() })),
});
export type Reciprocity = z.infer<typeof ReciprocitySchema>;
