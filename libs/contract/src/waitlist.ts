import { z } from 'zod';
import { PlaceSchema } from './bookings.js';
import { DateOnlySchema, IdSchema, InstantSchema, UrnSchema, WallOrInstantSchema } from './list.js';

const dateOrTime = z.union([DateOnlySchema, WallOrInstantSchema]);

/** Waits for time to become free; a date as `to` includes that day. */
export const NewWaitlistEntrySchema = z.strictObject({
  agreementId: IdSchema,
  /** Left out, any of the agreement's specialists will do. */
  specialistId: IdSchema.optional(),
  schoolUrns: z.array(UrnSchema).min(1, 'Please name a school.').max(50),
  minutes: z.int('A length is whole minutes.').min(5, 'A session lasts at least 5 minutes.').max(1440, 'A session lasts at most a day.'),
  from: dateOrTime,
  to: dateOrTime,
  place: PlaceSchema.optional(),
});
export type NewWaitlistEntry = z.infer<typeof NewWaitlistEntrySchema>;

/** A freed period that is kept for who waited, until it expires. */
export const WaitlistOfferSchema = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  specialistId: z.uuid(),
  specialistName: z.string(),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  expiresAt: InstantSchema,
});
export type WaitlistOffer = z.infer<typeof WaitlistOfferSchema>;

export const WaitlistEntrySchema = z.object({
  id: z.uuid(),
  agreementId: z.uuid(),
  serviceName: z.string(),
  specialistId: z.uuid().nullable(),
  specialistName: z.string().nullable(),
  schools: z.array(z.object({ urn: z.string(), name: z.string() })),
  minutes: z.number().int(),
  from: InstantSchema,
  to: InstantSchema,
  askedAt: InstantSchema,
  askedBy: z.string(),
  /** Null while nothing is offered. */
  offer: WaitlistOfferSchema.nullable(),
});
export type WaitlistEntry = z.infer<typeof WaitlistEntrySchema>;
export const WaitlistSchema = z.object({ items: z.array(WaitlistEntrySchema) });
export type Waitlist = z.infer<typeof WaitlistSchema>;
