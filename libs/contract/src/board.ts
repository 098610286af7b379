import { z } from 'zod';
import { BookingSchema } from './bookings.js';
import { DateOnlySchema, IdSchema, InstantSchema, UrnSchema } from './list.js';

// Looking over many bookings at once: the board of specialists and days, the accounts of entitlement, the worklist of re-planning.

/** Three weeks at most; both days belong to it. Term-time patterns and closed days are those of the school that looks. */
export const BoardQuerySchema = z.object({ from: DateOnlySchema, to: DateOnlySchema, schoolUrn: UrnSchema.optional(), agreementId: IdSchema.optional() });
export type BoardQuery = z.infer<typeof BoardQuerySchema>;

const BoardHalfSchema = z.object({
  worksMinutes: z.number(),
  freeMinutes: z.number(),
  awayMinutes: z.number(),
  /** Busy for somebody else; what for is not ours to know. */
  elsewhereMinutes: z.number(),
});
export type BoardHalf = z.infer<typeof BoardHalfSchema>;

export const BoardSchema = z.object({
  days: z.array(z.object({ date: DateOnlySchema, closed: z.string().nullable() })),
  specialists: z.array(z.object({
    id: z.uuid(),
    name: z.string(),
    /** Under which they can be booked in these days. */
    agreementIds: z.array(z.uuid()),
    days: z.array(z.object({ date: DateOnlySchema, morning: BoardHalfSchema, afternoon: BoardHalfSchema })),
  })),
  bookings: z.array(BookingSchema),
});
export type Board = z.infer<typeof BoardSchema>;

export const EntitlementKindSchema = z.enum(['granted', 'taken', 'returned', 'lent', 'borrowed', 'expired', 'carried-over']);

/** One school's units of one period of an agreement, in thousandths. `used` and `booked` are what its sessions took, less what came back. */
export const EntitlementAccountSchema = z.object({
  agreementId: z.uuid(),
  agreementName: z.string(),
  serviceName: z.string(),
  colour: z.string().nullable(),
  unit: z.string(),
  schoolUrn: z.string(),
  schoolName: z.string(),
  from: z.string(),
  to: z.string(),
  boughtMilliunits: z.number(),
  /** Lent, borrowed, expired and carried over, added up. */
  otherMilliunits: z.number(),
  usedMilliunits: z.number(),
  bookedMilliunits: z.number(),
  leftMilliunits: z.number(),
});
export type EntitlementAccount = z.infer<typeof EntitlementAccountSchema>;
export const EntitlementAccountsSchema = z.object({ items: z.array(EntitlementAccountSchema) });

export const EntitlementLinesQuerySchema = z.object({ agreementId: IdSchema, schoolUrn: UrnSchema, from: DateOnlySchema, to: DateOnlySchema });
export type EntitlementLinesQuery = z.infer<typeof EntitlementLinesQuerySchema>;
/** The lines of the ledger behind an account, oldest first, each with what was left after it. */
export const EntitlementLinesSchema = z.object({
  unit: z.string(),
  items: z.array(z.object({
    on: z.string(),
    kind: EntitlementKindSchema,
    milliunits: z.number(),
    leftMilliunits: z.number(),
    bookingId: z.uuid().nullable(),
    /** When the session is, where a session took or returned them. */
    startsAt: InstantSchema.nullable(),
    counterpartName: z.string().nullable(),
  })),
});
export type EntitlementLines = z.infer<typeof EntitlementLinesSchema>;

/** What the world overtook and nobody has found another place for. */
export const WorklistSchema = z.object({
  items: z.array(BookingSchema.extend({
    /** Since when, and why, as a sentence. */
    since: InstantSchema,
    why: z.string(),
    /** The day by which the session has to have taken place, by law or by agreement; null when there is none. */
    dueOn: z.string().nullable(),
    dueWhy: z.string().nullable(),
  })),
  /** What was decided in the last week and can still be taken back. */
  answered: z.array(z.object({ booking: BookingSchema, answer: z.enum(['accepted', 'given-up']), at: InstantSchema, by: z.string(), wasStartsAt: InstantSchema, wasSpecialistName: z.string() })),
});
export type Worklist = z.infer<typeof WorklistSchema>;

export const AcceptProposalSchema = z.strictObject({ startsAt: InstantSchema, endsAt: InstantSchema, specialistId: IdSchema });
export type AcceptProposal = z.infer<typeof AcceptProposalSchema>;

export const GiveUpSchema = z.strictObject({ reason: z.string().trim().min(1, 'Please say why.').max(500).default('No other time would do') });
export type GiveUp = z.infer<typeof GiveUpSchema>;

/** By when a session has to take place; null takes the date back. */
export const DeadlineSchema = z.strictObject({
  dueOn: DateOnlySchema.nullable(),
  why: z.string().trim().min(1, 'Please say what asks for it.').max(200).optional(),
});
export type Deadline = z.infer<typeof DeadlineSchema>;

/** Days that schools are about to close: which of their bookings would need re-planning. Without schools it is about all. */
export const ClosureLookSchema = z.strictObject({ kind: z.enum(['inset', 'closure', 'holiday', 'half-term', 'bank-holiday']), from: DateOnlySchema, to: DateOnlySchema, schoolUrns: z.array(UrnSchema).max(200).optional(), laCode: z.string().max(3).optional() });
export type ClosureLook = z.infer<typeof ClosureLookSchema>;
export const ClosureHitsSchema = z.object({ items: z.array(BookingSchema) });
