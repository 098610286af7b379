import { z } from 'zod';
import { mileagePence } from '@fairshare/domain/sharing';
import { ShareExplanationSchema } from './cost-sharing.js';
import { DateOnlySchema, IdSchema, listOf, PageQuerySchema, PenceSchema, UrnSchema, WallOrInstantSchema } from './list.js';

/** What a charge is for. `credit` gives back part of an earlier charge, along the shares that were charged. */
export const ChargeKindSchema = z.enum([
  'booking', 'overage', 'late-cancellation', 'instalment', 'minimum-commitment', 'discount', 'expense', 'uplift',
  'administration-fee', 'opening-balance', 'on-account', 'true-up', 'adjustment', 'credit',
  'shared-post', 'group-contract',
]);
export type ChargeKind = z.infer<typeof ChargeKindSchema>;

/** Why a share of a credit is what it is: it follows the share that was charged, over what was left of each. */
export const CreditExplanationSchema = z.object({
  ofShareId: IdSchema,
  leftPence: z.number().int(),
  leftOfAllPence: z.number().int(),
  creditPence: z.number().int(),
});
export const StoredExplanationSchema = z.union([
  z.object({ kind: z.literal('division'), division: ShareExplanationSchema }),
  z.object({ kind: z.literal('credit'), credit: CreditExplanationSchema }),
]);
export type StoredExplanation = z.infer<typeof StoredExplanationSchema>;

export const ChargeSchema = z.object({
  id: IdSchema,
  kind: ChargeKindSchema,
  agreementId: IdSchema.nullable(),
  agreementName: z.string().nullable(),
  serviceName: z.string().nullable(),
  /** The service's colour, for the name beside it. */
  serviceColour: z.string().nullable(),
  supplierName: z.string().nullable(),
  bookingId: IdSchema.nullable(),
  instalmentId: IdSchema.nullable(),
  /** The charge that this one puts right. */
  correctsChargeId: IdSchema.nullable(),
  /** The charges that put this one right, oldest first. */
  correctedBy: z.array(z.object({ id: IdSchema, pence: z.number().int() })),
  description: z.string(),
  pence: z.number().int(),
  /** What it is after its corrections. */
  netPence: z.number().int(),
  serviceFrom: DateOnlySchema,
  serviceTo: DateOnlySchema,
  /** The day that decides the month it belongs to. */
  belongsOn: DateOnlySchema,
  /** The day on which it counts in reports: the first open one where the other was closed when it was charged. */
  countsOn: DateOnlySchema,
  chargedOn: DateOnlySchema,
  chargedBy: z.string(),
  /** The plan that made it. */
  planId: IdSchema.nullable(),
  /** How the amount was worked out, in sentences; empty where it was entered or is a session's price. */
  workings: z.array(z.string()),
  /** An expense whose actual sum was still to come when it was charged, and the actual sum once it is known. */
  estimated: z.boolean(),
  actualPence: z.number().int().nullable(),
  shared: z.boolean(),
  /** Why it is not shared yet; null when it is. */
  problemCode: z.string().nullable(),
  problem: z.string().nullable(),
});
export type Charge = z.infer<typeof ChargeSchema>;

/** A school's part of a charge and why it is what it is: stored figures and the same in sentences. */
export const ShareSchema = z.object({
  id: IdSchema,
  urn: UrnSchema,
  schoolName: z.string(),
  pence: z.number().int(),
  exactPence: z.string(),
  carriedBeforePence: z.string(),
  carriedAfterPence: z.string(),
  invoiced: z.boolean(),
  explanation: StoredExplanationSchema,
  sentences: z.array(z.string()),
});
export type Share = z.infer<typeof ShareSchema>;

/** A charge of the list carries its shares in brief; the explanation is one click away. */
export const ListedShareSchema = ShareSchema.pick({ id: true, urn: true, schoolName: true, pence: true, invoiced: true });
export const ListedChargeSchema = ChargeSchema.extend({ shares: z.array(ListedShareSchema) });
export type ListedCharge = z.infer<typeof ListedChargeSchema>;
export const ChargeListSchema = listOf(ListedChargeSchema).extend({ totalPence: z.number().int(), unsharedPence: z.number().int() });
export type ChargeList = z.infer<typeof ChargeListSchema>;

export const ChargeSharesSchema = z.object({
  charge: ChargeSchema,
  /** The rule in words: "by pupil numbers (census of 2 October 2025)". */
  rule: z.string().nullable(),
  items: z.array(ShareSchema),
  total: z.number().int(),
  totalPence: z.number().int(),
});
export type ChargeShares = z.infer<typeof ChargeSharesSchema>;

const inOrder = { path: ['to'], message: 'The last day is before the first.' };

export const PeriodQuerySchema = z
  .object({ from: DateOnlySchema, to: DateOnlySchema })
  .refine((query) => query.from <= query.to, inOrder);
export type PeriodQuery = z.infer<typeof PeriodQuerySchema>;

export const ChargesQuerySchema = PageQuerySchema.extend({
  from: DateOnlySchema.optional(),
  to: DateOnlySchema.optional(),
  bookingId: IdSchema.optional(),
  agreementId: IdSchema.optional(),
  schoolUrn: UrnSchema.optional(),
  kind: ChargeKindSchema.optional(),
  /** Only those that wait for somebody, because they could not be shared. */
  unshared: z.enum(['true', 'false']).optional(),
}).refine((query) => !query.from || !query.to || query.from <= query.to, inOrder);
export type ChargesQuery = z.infer<typeof ChargesQuerySchema>;

const reason = z.string('Say in a few words what it is for.').trim().min(3, 'Say in a few words what it is for.').max(500);
const decimal = (message: string) => z.string(message).regex(/^\d{1,5}(\.\d{1,3})?$/, message);
const wholePounds = PenceSchema.refine((pence) => pence !== 0, 'An amount of nothing is not a charge.');

/** An expense or adjustment that a finance officer enters by hand. Without an agreement it is divided equally among the members. */
export const MakeChargeSchema = z
  .strictObject({
    kind: z.enum(['expense', 'adjustment', 'administration-fee', 'opening-balance', 'minimum-commitment', 'discount', 'uplift']),
    agreementId: IdSchema.nullish(),
    description: reason,
    pence: wholePounds,
    serviceFrom: DateOnlySchema,
    serviceTo: DateOnlySchema,
    /** The actual sum of an expense is still to come; it takes the place of this one by an exact correction. */
    estimated: z.boolean().optional(),
    /** A journey: miles at a rate in pence. The amount is what they come to. */
    mileage: z.strictObject({ miles: decimal('Miles such as 23.4.'), pencePerMile: decimal('Pence such as 45.') }).optional(),
    /** Only these schools, equally; left out, everybody whom the rule names. */
    schoolUrns: z.array(UrnSchema).min(1).max(200).optional(),
    /** The part of it that is VAT which the supplier charged: passed on, and divided like the rest. */
    suppliersVatPence: PenceSchema.optional(),
  })
  .refine((charge) => charge.serviceFrom <= charge.serviceTo, { path: ['serviceTo'], message: 'The last day of service is before the first.' })
  .refine((charge) => Date.parse(charge.serviceTo) - Date.parse(charge.serviceFrom) <= 3700 * 86_400_000, { path: ['serviceTo'], message: 'A charge covers ten years at most.' })
  .refine((charge) => !charge.estimated || (charge.kind === 'expense' && charge.pence > 0), { path: ['estimated'], message: 'Only an expense is estimated first.' })
  .refine((charge) => !charge.mileage || charge.pence === mileagePence(charge.mileage.miles, charge.mileage.pencePerMile), { path: ['pence'], message: 'That is not what the miles come to.' })
  .refine((charge) => new Set(charge.schoolUrns).size === (charge.schoolUrns ?? []).length, { path: ['schoolUrns'], message: 'A school is named twice.' });
export type MakeCharge = z.infer<typeof MakeChargeSchema>;

/** A charge that its rule cannot divide, divided equally among schools that a person names. */
export const ShareAmongSchema = z
  .strictObject({ schoolUrns: z.array(UrnSchema, 'Name the schools.').min(1, 'Name at least one school.').max(200) })
  .refine(({ schoolUrns }) => new Set(schoolUrns).size === schoolUrns.length, { path: ['schoolUrns'], message: 'A school is named twice.' });
export type ShareAmong = z.infer<typeof ShareAmongSchema>;

/** What a charge should have been; the difference becomes a new charge that names it. */
export const CorrectChargeSchema = z.strictObject({
  shouldBePence: PenceSchema,
  reason,
  /** `as-charged` follows the shares that were charged; `again` gives everything back and divides anew by the rule in force. */
  divide: z.enum(['as-charged', 'again']).default('as-charged'),
});
export type CorrectCharge = z.infer<typeof CorrectChargeSchema>;
export const CorrectedSchema = z.object({ items: z.array(ChargeSchema) });

export const ChargeInstalmentsSchema = z.strictObject({ through: DateOnlySchema });
export type ChargeInstalments = z.infer<typeof ChargeInstalmentsSchema>;
export const ChargedInstalmentsSchema = z.object({ charged: z.number().int(), pence: z.number().int(), unshared: z.number().int(), chargeIds: z.array(IdSchema) });
export type ChargedInstalments = z.infer<typeof ChargedInstalmentsSchema>;

/** Schools × services of a period; every row and column adds up to the total. */
export const SharedCostsSchema = z.object({
  from: DateOnlySchema,
  to: DateOnlySchema,
  services: z.array(z.object({ id: IdSchema.nullable(), name: z.string(), colour: z.string().nullable(), pence: z.number().int() })),
  schools: z.array(
    z.object({
      urn: UrnSchema,
      name: z.string(),
      pence: z.number().int(),
      services: z.array(z.object({ serviceId: IdSchema.nullable(), pence: z.number().int() })),
    }),
  ),
  chargedPence: z.number().int(),
  sharedPence: z.number().int(),
  unsharedPence: z.number().int(),
  charges: z.number().int(),
  unsharedCharges: z.number().int(),
});
export type SharedCosts = z.infer<typeof SharedCostsSchema>;

/** What a page needs to move the rule and see every school's share change, by the same function, in the browser. */
export const WhatIfBasisSchema = z.object({
  agreementId: IdSchema,
  agreementName: z.string(),
  from: DateOnlySchema,
  to: DateOnlySchema,
  charges: z.array(
    z.object({
      id: IdSchema, description: z.string(), kind: ChargeKindSchema, pence: z.number().int(), serviceFrom: DateOnlySchema, serviceTo: DateOnlySchema,
      shares: z.array(z.object({ urn: UrnSchema, pence: z.number().int() })),
      /** Whose minutes count for it under a rule by use: a session's own, or what was delivered within its days. */
      use: z.array(z.object({ urn: UrnSchema, minutes: z.number().int() })),
    }),
  ),
  /** The rule in force on the last day, as the domain's function takes it. */
  ruleNow: z.unknown(),
  ruleNowInWords: z.string(),
  participants: z.array(
    z.object({
      urn: UrnSchema,
      name: z.string(),
      from: DateOnlySchema,
      to: DateOnlySchema.nullable(),
      pupils: z.string(),
      pupilPremium: z.string(),
      basisPoints: z.number().int(),
    }),
  ),
  /** Schools that used time without subscribing. */
  others: z.array(z.object({ urn: UrnSchema, name: z.string() })),
  pupilsCensusOn: DateOnlySchema.nullable(),
  pupilPremiumCensusOn: DateOnlySchema.nullable(),
});
export type WhatIfBasis = z.infer<typeof WhatIfBasisSchema>;

// ---- What a session would cost, before it is booked

const urnsOf = z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(UrnSchema).min(1, 'Please name a school.').max(50));

/** `schoolUrn` once for each school that would come. */
export const BookingSharesQuerySchema = z.object({ agreementId: IdSchema, schoolUrn: urnsOf, startsAt: WallOrInstantSchema, endsAt: WallOrInstantSchema });
export type BookingSharesQuery = z.infer<typeof BookingSharesQuerySchema>;

/** As it would be shared today if every school came for all of it; nothing is stored and nothing is promised. */
export const BookingSharesSchema = z.object({
  /** `charge`: under the agreement’s rule; `units`: drawn from what was bought in advance, and charged only beyond it; `reciprocal`: time for time; `paid`: a retainer pays for it. */
  kind: z.enum(['charge', 'units', 'reciprocal', 'paid']),
  /** The whole session; for `units` what it costs beyond them. */
  pence: z.number(),
  /** Each school’s part; empty where nothing is charged, or where the rule cannot say yet. */
  shares: z.array(z.object({ urn: z.string(), schoolName: z.string(), pence: z.number() })),
});
export type BookingShares = z.infer<typeof BookingSharesSchema>;
