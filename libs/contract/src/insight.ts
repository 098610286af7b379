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
