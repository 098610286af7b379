import { z } from 'zod';
import { InstantSchema } from './list.js';

/** A calendar that a specialist keeps elsewhere, as colleagues see it: that it is there and how fresh it is, never where it is or what is in it. */
export const OutsideCalendarSchema = z.object({
  id: z.uuid(),
  specialistId: z.uuid(),
  specialistName: z.string(),
  name: z.string(),
  kind: z.enum(['file', 'address']),
  /** What is known is as of then. */
  asOf: InstantSchema,
  /** Not read for a day or more, or a file of more than four weeks: what is newer is not known. */
  stale: z.boolean(),
  /** Why it could not be read at the last try, as a code and a sentence; null when it could. */
  fault: z.object({ code: z.string(), detail: z.string() }).nullable(),
  /** How many stretches of busy time it holds from now on. */
  busyTimes: z.number().int(),
});
export type OutsideCalendar = z.infer<typeof OutsideCalendarSchema>;
export const OutsideCalendarsSchema = z.object({ items: z.array(OutsideCalendarSchema) });
export type OutsideCalendars = z.infer<typeof OutsideCalendarsSchema>;

export const NewOutsideCalendarSchema = z.strictObject({
  name: z.string().trim().min(1, 'Please give the calendar a name.').max(100),
  address: z.string().trim().min(1, 'Please enter its address.').max(2000),
});
export type NewOutsideCalendar = z.infer<typeof NewOutsideCalendarSchema>;
