import { z } from 'zod';
import { DateOnlySchema, IdSchema, UrnSchema } from './list.js';

/** How a figure was worked out: the formula as a sentence, the records behind it written for reading, and their ids. */
export const WorkingsSchema = z.object({
  title: z.string(),
  formula: z.string(),
  columns: z.array(z.object({ label: z.string(), number: z.boolean() })).readonly(),
  rows: z.array(z.array(z.string()).readonly()).readonly(),
  total: z.array(z.string()).readonly().nullable(),
  records: z.array(z.object({ kind: z.enum(['booking', 'charge', 'agreement', 'instalment', 'school']), id: z.string() })).readonly(),
  leftOff: z.number().int(),
});

export const ValueQuerySchema = z
  .object({ from: DateOnlySchema, to: DateOnlySchema, schoolUrn: UrnSchema.optional() })
  .refine((query) => query.from <= query.to, { path: ['to'], message: 'The last day is before the first.' })
  .refine((query) => Date.parse(query.to) - Date.parse(query.from) <= 1100 * 86_400_000, { path: ['to'], message: 'Look at three years at most.' });
export type ValueQuery = z.infer<typeof ValueQuerySchema>;

const pence = z.number().int();

/** The head's five figures and what explains them. Money is whole pence; units are in the agreement's unit. */
export const ValueForMoneySchema = z.object({
  from: DateOnlySchema,
  to: DateOnlySchema,
  /** Null for the whole collaboration. */
  school: z.object({ urn: UrnSchema, name: z.string() }).nullable(),
  /** Every school whose figures the reader may see. */
  schools: z.array(z.object({ urn: UrnSchema, name: z.string() })),
  booked: z.object({ sessions: z.number().int(), delivered: z.number().int(), minutes: z.number().int(), pence, workings: WorkingsSchema }),
  left: z.object({
    /** Null when they are of different kinds; `agreements` has each. */
    units: z.number().nullable(),
    unit: z.enum(['hour', 'half-day', 'day', 'session']).nullable(),
    pence,
    agreements: z.array(z.object({ agreementId: IdSchema, name: z.string(), unit: z.string(), boughtMilliunits: z.number().int(), leftMilliunits: z.number().int(), pence: pence.nullable() })),
    workings: WorkingsSchema,
  }),
  unitCost: z.object({ perSessionPence: pence.nullable(), perPupilPence: pence.nullable(), pupils: z.string(), workings: WorkingsSchema }),
  saved: z.object({
    pence,
    realisedPence: pence,
    expectedPence: pence,
    /** What it is measured against, in words; null when no agreement states a baseline. */
    baseline: z.string().nullable(),
    method: z.enum(['price-paid-before', 'quoted-singly', 'list-price', 'benchmark', 'several']).nullable(),
    /** False while a part of it is still to come. */
    realised: z.boolean(),
    workings: WorkingsSchema,
  }),
  committed: z.object({ pence, financialYear: z.string(), from: DateOnlySchema, to: DateOnlySchema, workings: WorkingsSchema }),
  utilisation: z.array(z.object({ agreementId: IdSchema, name: z.string(), unit: z.string(), boughtMilliunits: z.number().int(), usedMilliunits: z.number().int(), basisPoints: z.number().int().nullable() })),
  waiting: z.object({ medianDays: z.number().int().nullable(), longestDays: z.number().int().nullable(), sessions: z.number().int() }),
  cancellations: z.object({ bySchool: z.number().int(), bySpecialist: z.number().int(), common: z.number().int(), late: z.number().int(), latePence: pence, ofSessions: z.number().int() }),
  trend: z.array(z.object({ term: z.string(), from: DateOnlySchema, to: DateOnlySchema, sessions: z.number().int(), pence })),
  services: z.array(z.object({ serviceId: IdSchema.nullable(), name: z.string(), colour: z.string().nullable(), sessions: z.number().int(), minutes: z.number().int(), pence })),
  /** Schools side by side, for those who see all of them. */
  comparison: z.array(z.object({ urn: UrnSchema, name: z.string(), sessions: z.number().int(), pence, perSessionPence: pence.nullable(), perPupilPence: pence.nullable() })),
});
export type ValueForMoney = z.infer<typeof ValueForMoneySchema>;

/** What must always be true, and where it is not. */
export const InvariantsSchema = z.object({
  items: z.array(z.object({ name: z.string(), sentence: z.string(), broken: z.number().int(), examples: z.array(z.object({ subject: z.string(), detail: z.string() })) })),
  broken: z.number().int(),
});
export type Invariants = z.infer<typeof InvariantsSchema>;

/** What a school is committed to until its own financial year ends, agreement by agreement. */
export const CommitmentsSchema = z.object({
  today: DateOnlySchema,
  /** How it is worked out, as a sentence. */
  formula: z.string(),
  pence: z.number().int(),
  items: z.array(z.object({
    urn: UrnSchema,
    schoolName: z.string(),
    kind: z.enum(['maintained', 'academy']),
    /** "April 2026 to March 2027". */
    year: z.string(),
    to: DateOnlySchema,
    pence: z.number().int(),
    rows: z.array(z.object({
      /** Null for what belongs to no agreement, such as a fee for the whole collaboration. */
      agreementId: IdSchema.nullable(), agreementName: z.string(), serviceId: IdSchema.nullable(), serviceName: z.string(), what: z.string(), allPence: z.number().int(), pence: z.number().int(),
    })),
  })),
});
export type CommitmentList = z.infer<typeof CommitmentsSchema>;
export const CommitmentsQuerySchema = z.object({ schoolUrn: UrnSchema.optional() });
export type CommitmentsQuery = z.infer<typeof CommitmentsQuerySchema>;

/** One school's costs of its own financial year by the codes that it reports them under: CFR of a maintained school, AAR of an academy. */
export const SchoolYearSchema = z.object({
  urn: UrnSchema,
  schoolName: z.string(),
  kind: z.enum(['maintained', 'academy']),
  system: z.enum(['CFR', 'AAR']),
  year: z.object({ from: DateOnlySchema, to: DateOnlySchema, label: z.string() }),
  lines: z.array(z.object({
    code: z.string(), name: z.string(), serviceName: z.string().nullable(),
    /** Invoiced or booked as its own share, without VAT, less credits. */
    invoicedPence: z.number().int(),
    vatPence: z.number().int(),
    /** Shares of the year that no issued document has yet: an accrual at the year's end. */
    toInvoicePence: z.number().int(),
    totalPence: z.number().int(),
  })),
  totalPence: z.number().int(),
});
export type SchoolYear = z.infer<typeof SchoolYearSchema>;
export const SchoolYearQuerySchema = z.object({ on: DateOnlySchema.optional() });
export type SchoolYearQuery = z.infer<typeof SchoolYearQuerySchema>;
