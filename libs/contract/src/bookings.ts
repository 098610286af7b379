import { z } from 'zod';
import { AbsenceSchema, SlotSchema } from './availability.js';
import { DateOnlySchema, IdSchema, InstantSchema, listOf, PageQuerySchema, UrnSchema, WallOrInstantSchema } from './list.js';

/** Where a session is held: at a school's site, or nowhere (by video or telephone). */
export const PlaceSchema = z.union([z.strictObject({ schoolUrn: UrnSchema }), z.strictObject({ remote: z.literal(true) })]);
export type Place = z.infer<typeof PlaceSchema>;

const weekday = z.int('A weekday is 1 for Monday to 7 for Sunday.').min(1).max(7);

/** How the dates of a series follow from its first. */
export const RecurrenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('weekly') }),
  z.strictObject({ kind: z.literal('fortnightly') }),
  z.strictObject({ kind: z.literal('weekday-in-term'), weekday }),
  z.strictObject({ kind: z.literal('week-of-half-term'), week: z.int().min(1).max(9), weekday }),
]);

/** `until` shrinks when dates are skipped; `sessions` goes on past them until so many will be booked. */
export const SeriesEndSchema = z.union([
  z.strictObject({ until: DateOnlySchema }),
  z.strictObject({ sessions: z.int('Please say how many sessions.').min(1).max(10_000) }),
]);
export const RepeatSchema = z.strictObject({ recurrence: RecurrenceSchema, end: SeriesEndSchema });
export type Repeat = z.infer<typeof RepeatSchema>;

/** Asks for a period of a specialist's time. A time without an offset is wall time where the collaboration is. */
export const NewBookingSchema = z.strictObject({
  agreementId: IdSchema,
  specialistId: IdSchema,
  schoolUrns: z.array(UrnSchema).min(1, 'Please name a school.').max(50),
  startsAt: WallOrInstantSchema,
  endsAt: WallOrInstantSchema,
  place: PlaceSchema.optional(),
  roomId: IdSchema.optional(),
  /** The school's own word for what it is about; only that school and the named specialist can read it. Never a child's name. */
  reference: z.string().trim().min(1).max(200).optional(),
  /** Makes it a training session with so many seats that schools take until it is full; for who runs the collaboration. */
  capacity: z.int('Seats are a whole number.').min(2).max(500).optional(),
  repeat: RepeatSchema.optional(),
  /** One's own hold that this takes the place of, in the same breath: nobody comes in between. One that is gone already is no reason to refuse. */
  holdId: IdSchema.optional(),
});
export type NewBooking = z.infer<typeof NewBookingSchema>;

/** Keeps a period for ten minutes: the same as a booking, without a series. */
export const NewHoldSchema = NewBookingSchema.omit({ repeat: true });
export type NewHold = z.infer<typeof NewHoldSchema>;

export const BookingStateSchema = z.enum(['held', 'requested', 'confirmed', 'delivered', 'needs-replanning', 'cancelled', 'declined', 'expired']);
export const BookingActionSchema = z.enum(['approve', 'decline', 'move', 'cancel', 'leave', 'deliver']);
export type BookingAction = z.infer<typeof BookingActionSchema>;

export const BookingSchema = z.object({
  id: z.uuid(),
  agreementId: z.uuid(),
  agreementName: z.string(),
  serviceName: z.string(),
  /** The service's colour in calendars, as its catalogue entry names it. */
  colour: z.string().nullable(),
  specialistId: z.uuid(),
  specialistName: z.string(),
  /** The first is the host unless `place` says otherwise. `minutes` is attendance, null until delivered; `reference` is there only for who may read it. */
  schools: z.array(z.object({ urn: z.string(), name: z.string(), minutes: z.number().nullable(), reference: z.string().optional() })),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  place: z.union([z.object({ schoolUrn: z.string() }), z.object({ remote: z.literal(true) })]),
  roomId: z.uuid().nullable(),
  /** Seats of a training session; null when the schools are those that were named. */
  capacity: z.number().nullable().optional(),
  state: BookingStateSchema,
  seriesId: z.uuid().nullable(),
  requestedBy: z.string(),
  onBehalfOf: z.string().nullable(),
  orderedOn: z.string(),
  keptUntil: InstantSchema.nullable(),
  cancellation: z.object({ by: z.enum(['school', 'specialist', 'common']), schoolUrn: z.string().nullable(), reason: z.string(), at: InstantSchema, chargeBasisPoints: z.number() }).nullable(),
  /** Why it needs re-planning, as a refusal's code. */
  replanReason: z.string().nullable(),
  deliveredAt: InstantSchema.nullable(),
  sequence: z.number().int(),
  /** What the signed-in person may do with it now. */
  actions: z.array(BookingActionSchema),
});
export type Booking = z.infer<typeof BookingSchema>;
export const BookingListSchema = listOf(BookingSchema);
export type BookingList = z.infer<typeof BookingListSchema>;

/** What a POST of a booking answers: the booking; for a series the first, with the rest and what was skipped. */
export const SeriesDateSchema = z.object({
  date: z.string(),
  startsAt: InstantSchema.nullable(),
  endsAt: InstantSchema.nullable(),
  outcome: z.enum(['will-book', 'skipped']),
  code: z.string().optional(),
  /** The sentence that goes with the code. */
  detail: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
});
export const SeriesPreviewSchema = z.object({ dates: z.array(SeriesDateSchema), willBook: z.number(), skipped: z.number(), complete: z.boolean() });
export type SeriesPreview = z.infer<typeof SeriesPreviewSchema>;
export const BookedSchema = BookingSchema.extend({ series: z.object({ id: z.uuid(), bookings: z.array(BookingSchema), skipped: z.array(SeriesDateSchema), complete: z.boolean() }).optional() });
export type Booked = z.infer<typeof BookedSchema>;

/** Previews a series: the same body as booking it, `repeat` included. */
export const SeriesPreviewBodySchema = NewBookingSchema.extend({ repeat: RepeatSchema });
export type SeriesPreviewBody = z.infer<typeof SeriesPreviewBodySchema>;

const dateOrTime = z.union([DateOnlySchema, WallOrInstantSchema]);

/** Bookings that touch the period; a date as `to` includes that day. Without dates all of them. */
export const BookingsQuerySchema = PageQuerySchema.extend({
  from: dateOrTime.optional(),
  to: dateOrTime.optional(),
  schoolUrn: UrnSchema.optional(),
  specialistId: IdSchema.optional(),
  agreementId: IdSchema.optional(),
  seriesId: IdSchema.optional(),
  state: z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(BookingStateSchema).optional()),
});
export type BookingsQuery = z.infer<typeof BookingsQuerySchema>;

/** One thing that happened to a booking. */
export const BookingHistorySchema = z.array(z.object({ action: z.string(), by: z.string(), at: InstantSchema, before: z.unknown().nullable(), after: z.unknown().nullable() }));
export const BookingDetailSchema = BookingSchema.extend({
  history: BookingHistorySchema,
  /** Units taken from entitlement by school, in thousandths. */
  taken: z.array(z.object({ urn: z.string(), milliunits: z.number() })),
});
export type BookingDetail = z.infer<typeof BookingDetailSchema>;

export const MoveBookingSchema = z.strictObject({
  startsAt: WallOrInstantSchema,
  endsAt: WallOrInstantSchema,
  specialistId: IdSchema.optional(),
  place: PlaceSchema.optional(),
  roomId: IdSchema.nullable().optional(),
  /** `following` moves the later bookings of its series alike: so many days later, to the same time on the clock. */
  which: z.enum(['one', 'following']).optional(),
  /** Of the following only these: how a move of several is taken back. */
  among: z.array(IdSchema).min(1).max(200).optional(),
});
export type MoveBooking = z.infer<typeof MoveBookingSchema>;

/** What becomes of one session when several move together. */
export const SessionMoveSchema = z.object({
  bookingId: z.uuid(),
  fromStartsAt: InstantSchema,
  fromEndsAt: InstantSchema,
  /** Null only for `availability.no-such-time`. */
  startsAt: InstantSchema.nullable(),
  endsAt: InstantSchema.nullable(),
  outcome: z.enum(['moves', 'stays']),
  code: z.string().optional(),
  detail: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
});
export type SessionMove = z.infer<typeof SessionMoveSchema>;
/** The booking as it stands now; with `dryRun` unchanged. `sessions` says what became, or would become, of each session. */
export const MovedSchema = BookingSchema.extend({ sessions: z.array(SessionMoveSchema).optional() });
export type Moved = z.infer<typeof MovedSchema>;

/** A request without a body says nothing more than its address. */
const orNothing = <T extends z.ZodType>(body: T) => z.preprocess((value) => value ?? {}, body);

export const DeclineBookingSchema = orNothing(z.strictObject({ reason: z.string().trim().min(1, 'Please say why.').max(500).optional() }));
export type DeclineBooking = z.infer<typeof DeclineBookingSchema>;

const yesOrNo = z.enum(['true', 'false']).default('false').transform((value) => value === 'true');
export const CancelQuerySchema = z.object({ dryRun: yesOrNo });
export const CancelBookingSchema = z.strictObject({
  reason: z.string().trim().min(1, 'Please say why.').max(500),
  /** `following` also cancels the later bookings of its series. */
  which: z.enum(['one', 'following']).default('one'),
  /** True when nobody in particular gives it up, for example snow: the charge, if any, is shared. */
  common: z.boolean().default(false),
});
export type CancelBooking = z.infer<typeof CancelBookingSchema>;

/** One of several schools does not come after all; the session stays for the others. */
export const LeaveBookingSchema = orNothing(z.strictObject({
  /** Left out, the first of the schools that one acts for. */
  schoolUrn: UrnSchema.optional(),
  reason: z.string().trim().min(1, 'Please say why.').max(500).optional(),
}));
export type LeaveBooking = z.infer<typeof LeaveBookingSchema>;

/** What cancelling costs by the agreement's bands. */
export const CancellationCostSchema = z.object({
  bookingId: z.uuid(),
  startsAt: InstantSchema,
  /** 10,000 is the whole price. */
  chargeBasisPoints: z.number(),
  workingDays: z.number(),
  /** The schools that would bear the charge. */
  borneBy: z.array(z.string()),
});
export type CancellationCost = z.infer<typeof CancellationCostSchema>;
/** The booking as it stands now; with `dryRun` unchanged, and `costs` says what cancelling would cost. */
export const CancelledSchema = BookingSchema.extend({ costs: z.array(CancellationCostSchema) });

/** What was taken back: the booking as it stands now, and how many went back with it. */
export const UndoneSchema = BookingSchema.extend({ undone: z.number() });
export type Undone = z.infer<typeof UndoneSchema>;

export const DeliverBookingSchema = orNothing(z.strictObject({
  attendance: z.array(z.strictObject({ schoolUrn: UrnSchema, minutes: z.int('Attendance is whole minutes.').min(0).max(1440) })).max(50).optional(),
}));
export type DeliverBooking = z.infer<typeof DeliverBookingSchema>;

export const DryRunQuerySchema = z.object({ dryRun: yesOrNo });

/** An absence and the bookings it makes impossible; in a dry run nothing is stored and `absence` is null. */
export const AbsenceOutcomeSchema = z.object({
  absence: AbsenceSchema.nullable(),
  hits: z.array(BookingSchema),
  /** Bookings that stand again because an absence was taken back. */
  restored: z.array(BookingSchema),
});
export type AbsenceOutcome = z.infer<typeof AbsenceOutcomeSchema>;

/** Looks at every coming booking of these days again, after term dates or working time were changed. */
export const ReplanCheckSchema = z.strictObject({ from: DateOnlySchema, to: DateOnlySchema });
export type ReplanCheck = z.infer<typeof ReplanCheckSchema>;
export const ReplanOutcomeSchema = z.object({ hits: z.array(BookingSchema.extend({ code: z.string() })), restored: z.array(BookingSchema) });
export type ReplanOutcome = z.infer<typeof ReplanOutcomeSchema>;

/** What would do instead of a booking that needs re-planning, best first. */
export const ProposalsSchema = z.object({ items: z.array(SlotSchema.extend({ specialistName: z.string() })) });
export type Proposals = z.infer<typeof ProposalsSchema>;

export const EntitlementsQuerySchema = z.object({ agreementId: IdSchema });
export type EntitlementsQuery = z.infer<typeof EntitlementsQuerySchema>;

/** How much of what was bought is used. Thousandths of the agreement's unit. */
export const EntitlementsSchema = z.object({
  unit: z.string(),
  items: z.array(z.object({
    schoolUrn: z.string(), schoolName: z.string(), from: z.string(), to: z.string(),
    grantedMilliunits: z.number(), usedMilliunits: z.number(), bookedMilliunits: z.number(), leftMilliunits: z.number(),
  })),
});
export type Entitlements = z.infer<typeof EntitlementsSchema>;

/** A calendar feed as its owner sees it; `url` is shown once, when it is made. */
export const NewFeedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('specialist'), specialistId: IdSchema }),
  z.strictObject({ kind: z.literal('school'), schoolUrn: UrnSchema }),
  z.strictObject({ kind: z.literal('collaboration') }),
]);
export type NewFeed = z.infer<typeof NewFeedSchema>;
export const FeedSchema = z.object({ id: z.uuid(), kind: z.string(), subject: z.string(), createdAt: InstantSchema, path: z.string().optional() });
export type Feed = z.infer<typeof FeedSchema>;
export const FeedsSchema = z.object({ items: z.array(FeedSchema) });

/** The secret part of a feed's address, with or without its ending. Whatever else it is, there is nothing there. */
export const FeedTokenSchema = z.string().max(200).transform((file) => file.replace(/\.ics$/, ''));
