import { z } from 'zod';
import { DateOnlySchema, IdSchema, InstantSchema, listOf, PageQuerySchema, PenceSchema, UrnSchema } from './list.js';

export const ImportKindSchema = z.enum(['gias', 'pupil-premium'], 'Say which file it is: gias or pupil-premium.');

export const ImportQuerySchema = z.object({
  kind: ImportKindSchema,
  /** Reads and checks everything and changes nothing. */
  dryRun: z.enum(['true', 'false'], 'A dry run is true or false.').default('false').transform((text) => text === 'true'),
});
export type ImportQuery = z.infer<typeof ImportQuerySchema>;

/** A fault of one row; the row counts as a spreadsheet does, the header being row 1. */
export const RowFaultSchema = z.object({
  row: z.number().int(),
  column: z.string(),
  value: z.string(),
  code: z.string(),
  message: z.string(),
});
export type RowFault = z.infer<typeof RowFaultSchema>;

/** What an import did, or in a dry run would do. `rows` is all rows of the file without its header. */
export const ImportReportSchema = z.object({
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  errors: z.array(RowFaultSchema),
  /** Faults beyond the first ten thousand, which are counted only. */
  errorsLeftOff: z.number().int(),
});
export type ImportReport = z.infer<typeof ImportReportSchema>;

export const StartedSchema = z.object({ id: IdSchema });

export const ImportStatusSchema = z.object({
  id: IdSchema,
  kind: ImportKindSchema,
  dryRun: z.boolean(),
  fileName: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Rows read so far, of `total`. */
  done: z.number().int(),
  total: z.number().int(),
  /** By the speed so far; null while that is not known and at the end. */
  secondsLeft: z.number().int().nullable(),
  createdAt: InstantSchema,
  startedAt: InstantSchema.nullable(),
  finishedAt: InstantSchema.nullable(),
  report: ImportReportSchema.optional(),
});
export type ImportStatus = z.infer<typeof ImportStatusSchema>;
export const ImportListSchema = listOf(ImportStatusSchema);

export const SchoolQuerySchema = PageQuerySchema.extend({
  /** A part of the name, a URN or a postcode; their beginnings do. */
  query: z.string().trim().max(100, 'Search for a hundred characters at most.').default(''),
});
export type SchoolQuery = z.infer<typeof SchoolQuerySchema>;

export const SchoolSummarySchema = z.object({
  urn: z.string(),
  name: z.string(),
  kind: z.enum(['maintained', 'academy']),
  status: z.enum(['open', 'open-but-proposed-to-close', 'closed', 'proposed-to-open']),
  typeName: z.string().nullable(),
  phase: z.string().nullable(),
  laCode: z.string().nullable(),
  laName: z.string().nullable(),
  town: z.string().nullable(),
  postcode: z.string().nullable(),
});
export type SchoolSummary = z.infer<typeof SchoolSummarySchema>;
export const SchoolListSchema = listOf(SchoolSummarySchema);

/** Half pupils are counted: 723.5. */
export const PupilNumberSchema = z.object({
  measure: z.enum(['pupils', 'pupil-premium']),
  censusOn: DateOnlySchema,
  source: z.enum(['gias', 'pupil-premium', 'entered']),
  number: z.number(),
});
export type PupilNumberLine = z.infer<typeof PupilNumberSchema>;

export const SchoolDetailSchema = SchoolSummarySchema.extend({
  establishmentNumber: z.string().nullable(),
  ukprn: z.string().nullable(),
  street: z.string().nullable(),
  trustName: z.string().nullable(),
  openedOn: DateOnlySchema.nullable(),
  closedOn: DateOnlySchema.nullable(),
  successorUrn: z.string().nullable(),
  /** Newest census first. */
  pupilNumbers: z.array(PupilNumberSchema),
});
export type SchoolDetail = z.infer<typeof SchoolDetailSchema>;

export const NationSchema = z.enum(['england', 'wales', 'scotland', 'northern-ireland']);

export const CollaborationSchema = z.object({
  id: IdSchema,
  name: z.string(),
  zone: z.string(),
  nation: NationSchema,
  leadSchoolUrn: z.string().nullable(),
  leadSchoolName: z.string().nullable(),
  approvalLimitPence: z.number().int().nullable(),
  /** Members today. */
  memberCount: z.number().int(),
});
export type Collaboration = z.infer<typeof CollaborationSchema>;
export const CollaborationListSchema = listOf(CollaborationSchema);

const NameSchema = z.string().trim().min(1, 'Please give a name.').max(200, 'A name has 200 characters at most.');

/** A new collaboration; the lead school becomes its first member today. */
export const CreateCollaborationSchema = z.strictObject({
  name: NameSchema,
  nation: NationSchema.default('england'),
  leadSchoolUrn: UrnSchema.optional(),
  /** Above it two people are needed; five thousand pounds when left out, null for no limit. */
  approvalLimitPence: PenceSchema.min(0, 'A limit cannot be below zero.').nullable().optional(),
});
export type CreateCollaboration = z.infer<typeof CreateCollaborationSchema>;

export const ChangeCollaborationSchema = z.strictObject({
  name: NameSchema,
  leadSchoolUrn: UrnSchema.nullable(),
  approvalLimitPence: PenceSchema.min(0, 'A limit cannot be below zero.').nullable(),
});
export type ChangeCollaboration = z.infer<typeof ChangeCollaborationSchema>;

export const MemberQuerySchema = PageQuerySchema.extend({
  /** Members on that day; without it everybody who is, was or will be one. */
  on: DateOnlySchema.optional(),
});
export type MemberQuery = z.infer<typeof MemberQuerySchema>;

const DatedNumberSchema = z.object({ number: z.number(), censusOn: DateOnlySchema });

export const MemberSchema = z.object({
  id: IdSchema,
  urn: z.string(),
  name: z.string(),
  kind: z.enum(['maintained', 'academy']),
  status: SchoolSummarySchema.shape.status,
  laName: z.string().nullable(),
  from: DateOnlySchema,
  /** The last day; null while no end is known. */
  until: DateOnlySchema.nullable(),
  isLead: z.boolean(),
  isMember: z.boolean(),
  /** Entered today, so that it can still be taken back. */
  mayBeTakenBack: z.boolean(),
  pupils: DatedNumberSchema.nullable(),
  pupilPremium: DatedNumberSchema.nullable(),
});
export type Member = z.infer<typeof MemberSchema>;
export const MemberListSchema = listOf(MemberSchema);

export const AddMemberSchema = z.strictObject({
  urn: UrnSchema,
  from: DateOnlySchema,
  until: DateOnlySchema.nullable().default(null),
});
export type AddMember = z.infer<typeof AddMemberSchema>;

export const ChangeMemberSchema = z.strictObject({ from: DateOnlySchema, until: DateOnlySchema.nullable() });
export type ChangeMember = z.infer<typeof ChangeMemberSchema>;

export const CalendarKindSchema = z.enum(['term', 'half-term', 'holiday', 'inset', 'bank-holiday', 'closure', 'open'], 'Say what it is: a term, a half-term, a holiday, an INSET day, a bank holiday, a closure, or a day that is open after all.');
export type CalendarKind = z.infer<typeof CalendarKindSchema>;

/** Whom a line of the school year is for: all members, those of one local authority, or one school. */
export const CalendarTargetSchema = z.discriminatedUnion('level', [
  z.strictObject({ level: z.literal('nation') }),
  z.strictObject({ level: z.literal('local-authority'), laCode: z.string().regex(/^\d{3}$/, 'A local authority has three digits.') }),
  z.strictObject({ level: z.literal('school'), urn: UrnSchema }),
]);
export type CalendarTarget = z.infer<typeof CalendarTargetSchema>;

export const CalendarLineSchema = z.object({
  id: IdSchema,
  level: z.enum(['nation', 'local-authority', 'school']),
  laCode: z.string().nullable(),
  urn: z.string().nullable(),
  kind: CalendarKindSchema,
  name: z.string(),
  from: DateOnlySchema,
  /** The last day; it belongs to the line. */
  to: DateOnlySchema,
});
export type CalendarLine = z.infer<typeof CalendarLineSchema>;
export const CalendarLineListSchema = listOf(CalendarLineSchema);

export const SaveCalendarLineSchema = z.strictObject({
  target: CalendarTargetSchema,
  kind: CalendarKindSchema,
  name: NameSchema,
  from: DateOnlySchema,
  to: DateOnlySchema,
});
export type SaveCalendarLine = z.infer<typeof SaveCalendarLineSchema>;

/** Term dates as text: a page of an authority's site, a CSV file or an iCalendar file. One faulty line is left out alone. */
export const PasteTermDatesSchema = z.strictObject({
  target: CalendarTargetSchema,
  text: z.string().min(1, 'Paste the dates first.').max(100_000, 'This is more than a school year: paste 100,000 characters at most.'),
  dryRun: z.boolean().default(false),
});
export type PasteTermDates = z.infer<typeof PasteTermDatesSchema>;

/** The year in whose autumn the school year begins that is to be copied to the next. */
export const CopySchoolYearSchema = z.strictObject({ year: z.number().int().min(2000).max(2100), dryRun: z.boolean().default(false) });
export type CopySchoolYear = z.infer<typeof CopySchoolYearSchema>;

const SpanSchema = z.object({ from: DateOnlySchema, to: DateOnlySchema });

/** What became of pasted or copied lines. */
export const AddedLinesSchema = z.object({
  added: z.number().int(),
  alreadyThere: z.number().int(),
  lines: z.array(SpanSchema.extend({ kind: CalendarKindSchema, name: z.string(), isNew: z.boolean() })),
  errors: z.array(RowFaultSchema),
});
export type AddedLines = z.infer<typeof AddedLinesSchema>;

export const PeriodQuerySchema = z.object({ from: DateOnlySchema, to: DateOnlySchema });
export const SchoolYearQuerySchema = PeriodQuerySchema.extend({
  /** Once for each school that is wanted; without it all members. */
  schoolUrn: z.union([UrnSchema.transform((urn) => [urn]), z.array(UrnSchema).max(200)]).optional(),
});
export type SchoolYearQuery = z.infer<typeof SchoolYearQuerySchema>;
export const CalendarLineQuerySchema = PageQuerySchema.extend(PeriodQuerySchema.shape);
export type CalendarLineQuery = z.infer<typeof CalendarLineQuerySchema>;

/** Each school's days after inheritance, and the same as shading for a calendar of several schools. */
export const SchoolYearSchema = z.object({
  from: DateOnlySchema,
  to: DateOnlySchema,
  schools: z.array(
    z.object({
      urn: z.string(),
      name: z.string(),
      laCode: z.string().nullable(),
      laName: z.string().nullable(),
      terms: z.array(SpanSchema.extend({ name: z.string() })),
      halfTerms: z.array(SpanSchema),
      closed: z.array(SpanSchema.extend({ kind: z.enum(['holiday', 'inset', 'bank-holiday']), name: z.string() })),
      /** Weekdays that nobody has described yet: nothing can be booked on them. */
      gaps: z.array(SpanSchema),
      /** The last day of the last term that anybody has entered; nothing can be booked far after it. */
      knownUntil: DateOnlySchema.nullable(),
    }),
  ),
  shading: z.array(SpanSchema.extend({ kind: z.enum(['holiday', 'inset', 'bank-holiday', 'not-known']), name: z.string(), urns: z.array(z.string()) })),
  bankHolidays: z.array(z.object({ on: DateOnlySchema, name: z.string() })),
});
export type SchoolYear = z.infer<typeof SchoolYearSchema>;
