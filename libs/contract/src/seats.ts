import { z } from 'zod';
import { UrnSchema } from './list.js';

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
