import { z } from 'zod';
import { sharedEventKinds } from '@fairshare/domain/bookings';
import { RepeatSchema, SeriesDateSchema } from './bookings.js';
import { DateOnlySchema, InstantSchema, UrnSchema, WallOrInstantSchema } from './list.js';

// What schools do together beside the sessions they book: training, meetings, sports events, INSET days, teacher exchanges.

export const SharedEventKindSchema = z.enum(sharedEventKinds, 'Say what it is: training, a meeting, a sports event, an INSET day, a teacher exchange or something else.');
export type SharedEventKind = z.infer<typeof SharedEventKindSchema>;

/** Whole days, both included, or from one time to another. */
export const EventTimeSchema = z.union([
  z.strictObject({ from: DateOnlySchema, to: DateOnlySchema }),
  z.strictObject({ startsAt: WallOrInstantSchema, endsAt: WallOrInstantSchema }),
], 'Give the days, or the times from and to.');
export type EventTime = z.infer<typeof EventTimeSchema>;

const fields = {
  kind: SharedEventKindSchema,
  title: z.string().trim().min(1, 'Please give it a name.').max(200, 'A name has 200 characters at most.'),
  place: z.string().trim().max(200).nullable().default(null),
  details: z.string().trim().max(2000).nullable().default(null),
  /** The schools that are invited; empty when all are. */
  schoolUrns: z.array(UrnSchema).max(200).default([]),
  time: EventTimeSchema,
};

export const NewSharedEventSchema = z.strictObject({ ...fields, repeat: RepeatSchema.optional() });
export type NewSharedEvent = z.infer<typeof NewSharedEventSchema>;

/** `following` also changes the later ones of its series: what they are, and by so many days and to the same time when it moves. */
export const ChangeSharedEventSchema = z.strictObject({ ...fields, which: z.enum(['one', 'following']).default('one') });
export type ChangeSharedEvent = z.infer<typeof ChangeSharedEventSchema>;

export const WhichEventsSchema = z.object({ which: z.enum(['one', 'following']).default('one') });

export const SharedEventSchema = z.object({
  id: z.uuid(),
  kind: SharedEventKindSchema,
  title: z.string(),
  place: z.string().nullable(),
  details: z.string().nullable(),
  schools: z.array(z.object({ urn: z.string(), name: z.string() })),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  /** The days of a whole-day event, both included; null when it has times. */
  days: z.object({ from: z.string(), to: z.string() }).nullable(),
  seriesId: z.uuid().nullable(),
  createdBy: z.string(),
  sequence: z.number().int(),
  mayChange: z.boolean(),
});
export type SharedEvent = z.infer<typeof SharedEventSchema>;

export const SharedEventsSchema = z.object({ items: z.array(SharedEventSchema), skipped: z.array(SeriesDateSchema).optional() });
export type SharedEvents = z.infer<typeof SharedEventsSchema>;

/** Two years at most. With a school, what it is invited to. */
export const SharedEventsQuerySchema = z.object({ from: DateOnlySchema, to: DateOnlySchema, schoolUrn: UrnSchema.optional() });
export type SharedEventsQuery = z.infer<typeof SharedEventsQuerySchema>;

/** Every date of an event that comes again, as planned or skipped. */
export const EventDatesSchema = z.object({ dates: z.array(SeriesDateSchema) });
export const PreviewEventSchema = z.strictObject({ ...fields, repeat: RepeatSchema });
export type PreviewEvent = z.infer<typeof PreviewEventSchema>;
