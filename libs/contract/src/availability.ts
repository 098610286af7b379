import { z } from 'zod';
import { DateOnlySchema, IdSchema, InstantSchema, UrnSchema, WallOrInstantSchema } from './list.js';

/** One value or several of the same name in an address. */
const oneOrMore = <T extends z.ZodType>(item: T) => z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item));

const yesOrNo = z.enum(['true', 'false']).default('false').transform((value) => value === 'true');

/** Asks for the periods that could be booked. `from` and `to` are dates or times; a date as `to` includes that day. */
export const SlotsQuerySchema = z.object({
  agreementId: IdSchema,
  /** Once for each school of a joint booking; the first is where it is held. */
  schoolUrn: oneOrMore(UrnSchema).pipe(z.array(UrnSchema).min(1, 'Please name a school.').max(50)),
  from: z.union([DateOnlySchema, WallOrInstantSchema]),
  to: z.union([DateOnlySchema, WallOrInstantSchema]),
  minutes: z.coerce.number().int('A length is whole minutes.').min(5, 'A session lasts at least 5 minutes.').max(1440, 'A session lasts at most a day.'),
  specialistId: IdSchema.optional(),
  remote: yesOrNo,
  roomId: IdSchema.optional(),
  explain: yesOrNo,
});
export type SlotsQuery = z.infer<typeof SlotsQuerySchema>;

/** A period that a school could book. */
export const SlotSchema = z.object({ specialistId: z.uuid(), startsAt: InstantSchema, endsAt: InstantSchema });
export type Slot = z.infer<typeof SlotSchema>;

/** A stretch of a specialist's time that one reason rules out. */
export const RefusedRunSchema = SlotSchema.extend({ code: z.string(), facts: z.record(z.string(), z.unknown()) });

export type RefusedRun = z.infer<typeof RefusedRunSchema>;

export const SlotsSchema = z.object({ slots: z.array(SlotSchema), refusals: z.array(RefusedRunSchema).optional() });
export type Slots = z.infer<typeof SlotsSchema>;

/** A stretch of one weekday; 1 is Monday. Times are wall time, `09:00`; `24:00` is the end of the day. */
const WallClockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Write a time of day as 09:00.');
export const WorkingHoursSchema = z.strictObject({ weekday: z.int().min(1).max(7), from: WallClockSchema, to: WallClockSchema })
  .refine((hours) => hours.from < hours.to, { path: ['to'], message: 'Work has to end after it begins.' });

/** When a specialist works. */
export const NewWorkingPatternSchema = z.strictObject({
  validFrom: DateOnlySchema,
  validTo: DateOnlySchema.nullable().default(null),
  everyWeeks: z.union([z.literal(1), z.literal(2)]).default(1),
  anchorOn: DateOnlySchema.nullable().default(null),
  termTimeOnly: z.boolean().default(true),
  hours: z.array(WorkingHoursSchema).min(1, 'Please name at least one stretch of a day.').max(50),
})
  .refine((pattern) => pattern.validTo === null || pattern.validTo >= pattern.validFrom, { path: ['validTo'], message: 'The last day cannot be before the first.' })
  .refine((pattern) => pattern.everyWeeks === 1 || pattern.anchorOn !== null, { path: ['anchorOn'], message: 'Please name a date in a week that is worked.' });
export type NewWorkingPattern = z.infer<typeof NewWorkingPatternSchema>;

export const WorkingPatternSchema = z.object({
  id: z.uuid(),
  specialistId: z.uuid(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  everyWeeks: z.number(),
  anchorOn: z.string().nullable(),
  termTimeOnly: z.boolean(),
  hours: z.array(z.object({ weekday: z.number(), from: z.string(), to: z.string() })),
});
export type WorkingPattern = z.infer<typeof WorkingPatternSchema>;
export const WorkingPatternsSchema = z.object({ items: z.array(WorkingPatternSchema) });
export type WorkingPatterns = z.infer<typeof WorkingPatternsSchema>;

/** Hours that go and hours that come, in one step: how hours are changed, ended, copied from somebody else, and taken back. */
export const ChangeWorkingHoursSchema = z.strictObject({
  remove: z.array(IdSchema).max(100).default([]),
  add: z.array(NewWorkingPatternSchema).max(50).default([]),
}).refine(({ remove, add }) => remove.length + add.length > 0, { message: 'Please say which hours go or come.' });
export type ChangeWorkingHours = z.infer<typeof ChangeWorkingHoursSchema>;

const startBeforeEnd = { path: ['endsAt'], message: 'The end has to be after the start.' };
/** Text compares only when both are written the same way; the rest is decided where the zone is known. */
const inOrder = (period: { startsAt: string; endsAt: string }) => period.startsAt.length !== period.endsAt.length || period.startsAt !== period.endsAt;

export const AbsenceReasonSchema = z.enum(['illness', 'leave', 'training', 'other']);

/** Takes a specialist's time away. With `?dryRun=true` it only says which bookings it would hit. */
export const NewAbsenceSchema = z.strictObject({
  startsAt: WallOrInstantSchema,
  endsAt: WallOrInstantSchema,
  reason: AbsenceReasonSchema,
  note: z.string().trim().max(500).optional(),
}).refine(inOrder, startBeforeEnd);
export type NewAbsence = z.infer<typeof NewAbsenceSchema>;

export const AbsenceSchema = z.object({
  id: z.uuid(),
  specialistId: z.uuid(),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  reason: AbsenceReasonSchema,
  note: z.string().nullable(),
  recordedBy: z.string(),
  withdrawnAt: InstantSchema.nullable(),
});
export type Absence = z.infer<typeof AbsenceSchema>;
export const AbsencesSchema = z.object({ items: z.array(AbsenceSchema) });

/** Adds time to a specialist's pattern. */
export const NewExtraTimeSchema = z.strictObject({ startsAt: WallOrInstantSchema, endsAt: WallOrInstantSchema }).refine(inOrder, startBeforeEnd);
export type NewExtraTime = z.infer<typeof NewExtraTimeSchema>;
export const ExtraTimeSchema = z.object({ id: z.uuid(), specialistId: z.uuid(), startsAt: InstantSchema, endsAt: InstantSchema });
export type ExtraTime = z.infer<typeof ExtraTimeSchema>;
export const ExtraTimesSchema = z.object({ items: z.array(ExtraTimeSchema) });

/** Minutes by road from one school to another; the way back is a pair of its own. */
export const TravelTimeSchema = z.strictObject({
  fromUrn: UrnSchema,
  toUrn: UrnSchema,
  /** Null forgets what was entered: it is assumed again. */
  minutes: z.int('Travel is whole minutes.').min(0, 'Travel is nothing or more.').max(600, 'Travel is ten hours at most.').nullable(),
})
  .refine((pair) => pair.fromUrn !== pair.toUrn, { path: ['toUrn'], message: 'A journey goes from one school to another.' });
export const TravelTimesSchema = z.object({
  items: z.array(z.object({ fromUrn: z.string(), toUrn: z.string(), minutes: z.number() })),
  /** What stands in for a pair that is not known. */
  assumedMinutes: z.number(),
});
export type TravelTimes = z.infer<typeof TravelTimesSchema>;
export const ChangeTravelTimesSchema = z.strictObject({ items: z.array(TravelTimeSchema).min(1).max(2000) });
export type ChangeTravelTimes = z.infer<typeof ChangeTravelTimesSchema>;

const JourneySchema = z.object({
  minutes: z.number(),
  /** `known` was entered; `straight-line` and `default` are assumed. */
  basis: z.enum(['same-site', 'known', 'straight-line', 'default']),
});

/** From one school to every other, and back. */
export const JourneysSchema = z.object({ items: z.array(z.object({ urn: z.string(), name: z.string(), there: JourneySchema, back: JourneySchema })) });
export type Journeys = z.infer<typeof JourneysSchema>;

export const RenameRoomSchema = z.strictObject({ name: z.string().trim().min(1, 'Please give the room a name.').max(100) });
export type RenameRoom = z.infer<typeof RenameRoomSchema>;
export const NewRoomSchema = z.strictObject({ schoolUrn: UrnSchema, name: z.string().trim().min(1, 'Please give the room a name.').max(100) });
export type NewRoom = z.infer<typeof NewRoomSchema>;
export const RoomSchema = z.object({ id: z.uuid(), schoolUrn: z.string(), name: z.string() });
export const RoomsSchema = z.object({ items: z.array(RoomSchema) });
