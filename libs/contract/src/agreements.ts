import { z } from 'zod';
import { baselineMethods, credentialTypes, groupBases, instalmentPlans, leaverPolicies, partBases, priceBases, ruleBases, units } from '@fairshare/domain/procurement';
import { DateOnlySchema, IdSchema, listOf, PageQuerySchema, UrnSchema } from './list.js';
import { MilliunitsSchema, NameSchema, PriceSchema, ServiceSchema, SupplierSchema } from './procurement.js';

// The agreements of the room procurement: terms, dated prices, cost-sharing rules, subscriptions and instalments.

const whole = (least: number, most: number, message: string) => z.number(message).int(message).min(least, message).max(most, message);
const MinuteOfDaySchema = whole(0, 1440, 'A time of day lies between 00:00 and 24:00.');
const HalfDaySchema = z.strictObject({ startMinute: MinuteOfDaySchema, endMinute: MinuteOfDaySchema });
const daysSentence = 'Days are a whole number, 1,100 at most.';

const MinimumNoticeSchema = z.union(
  [z.strictObject({ hours: whole(0, 8760, 'Hours are a whole number.') }), z.strictObject({ days: whole(0, 365, 'Days are a whole number, a year at most.') })],
  'Give the notice in hours or in days.',
);

export const CancellationBandSchema = z.strictObject({
  atLeastWorkingDays: whole(0, 60, 'Working days are a whole number, 60 at most.'),
  chargeBasisPoints: whole(0, 10_000, 'A part of the price lies between nothing and all of it.'),
});

export const BaselineSchema = z.strictObject({
  name: NameSchema,
  pricePence: PriceSchema,
  method: z.enum(baselineMethods, 'Choose how the price to compare with was found.'),
});

const BasisPointsSchema = whole(1, 10_000, 'A part lies between 0.01 % and 100 %.');

// ---- Cost-sharing rules

const ruleFields = {
  basis: z.enum(ruleBases, 'Choose how the charges are shared.'),
  parts: z.array(z.strictObject({ basis: z.enum(partBases, 'Choose what this part goes by.'), basisPoints: BasisPointsSchema })).min(1).max(5).nullish(),
  groups: z
    .array(z.strictObject({ name: NameSchema, basisPoints: BasisPointsSchema, urns: z.array(UrnSchema).min(1, 'A group has at least one school.').max(200), basis: z.enum(groupBases, 'Choose how the group divides its part.') }))
    .min(2, 'Groups are two at least.').max(20).nullish(),
  /** Until when a school that leaves takes part. */
  leavers: z.enum(leaverPolicies).default('to-date'),
  fixed: z.array(z.strictObject({ urn: UrnSchema, basisPoints: BasisPointsSchema })).min(1).max(200).nullish(),
  capBasisPoints: BasisPointsSchema.nullish(),
  capPence: PriceSchema.nullish(),
  floorPence: PriceSchema.nullish(),
  censusOn: DateOnlySchema.nullish(),
};

export const RuleBodySchema = z.strictObject({
  effectiveOn: DateOnlySchema,
  ...ruleFields,
  agreedOn: DateOnlySchema,
  agreedBy: z.array(NameSchema).min(1, 'Name the people who agreed it.').max(50, 'Fifty names at most.'),
});
export type RuleBody = z.infer<typeof RuleBodySchema>;

export const RuleSchema = z.object({
  id: IdSchema,
  effectiveOn: DateOnlySchema,
  basis: z.enum(ruleBases),
  parts: z.array(z.object({ basis: z.enum(partBases), basisPoints: z.number() })).nullable(),
  groups: z.array(z.object({ name: z.string(), basisPoints: z.number(), urns: z.array(UrnSchema), basis: z.enum(groupBases) })).nullable(),
  leavers: z.enum(leaverPolicies),
  fixed: z.array(z.object({ urn: UrnSchema, basisPoints: z.number() })).nullable(),
  capBasisPoints: z.number().nullable(),
  capPence: z.number().nullable(),
  floorPence: z.number().nullable(),
  censusOn: DateOnlySchema.nullable(),
  agreedOn: DateOnlySchema,
  agreedBy: z.array(z.string()),
  /** It has shared a charge: from then on only a new rule from a later date can follow. */
  frozen: z.boolean(),
});
export type RuleEntry = z.infer<typeof RuleSchema>;
export const RuleListSchema = listOf(RuleSchema);

// ---- Subscriptions

const subscriptionFields = {
  from: DateOnlySchema,
  /** The last day; left out it runs to the end of the agreement. */
  until: DateOnlySchema.nullish(),
  entitlementMilliunits: MilliunitsSchema.nullish(),
};
const inOrder = { path: ['until'], message: 'The last day is before the first.' };

export const SubscriptionBodySchema = z.strictObject({ urn: UrnSchema, ...subscriptionFields }).refine((body) => !body.until || body.until >= body.from, inOrder);
export type SubscriptionBody = z.infer<typeof SubscriptionBodySchema>;
export const SubscriptionChangeSchema = z.strictObject(subscriptionFields).refine((body) => !body.until || body.until >= body.from, inOrder);
export type SubscriptionChange = z.infer<typeof SubscriptionChangeSchema>;

export const SubscriptionSchema = z.object({
  id: IdSchema,
  urn: UrnSchema,
  schoolName: z.string(),
  from: DateOnlySchema,
  until: DateOnlySchema.nullable(),
  entitlementMilliunits: z.number().nullable(),
  unit: z.enum(units),
});
export type SubscriptionEntry = z.infer<typeof SubscriptionSchema>;
export const SubscriptionListSchema = listOf(SubscriptionSchema);

// ---- Instalments and prices

export const InstalmentSchema = z.object({
  id: IdSchema, number: z.number(), dueOn: DateOnlySchema, serviceFrom: DateOnlySchema, serviceTo: DateOnlySchema, pence: z.number(), charged: z.boolean(),
});
export type InstalmentEntry = z.infer<typeof InstalmentSchema>;
export const InstalmentListSchema = listOf(InstalmentSchema);

export const DatedPriceSchema = z.object({ from: DateOnlySchema, pence: z.number() });
export const DatedPriceBodySchema = z.strictObject({ from: DateOnlySchema, pence: PriceSchema });
export type DatedPriceBody = z.infer<typeof DatedPriceBodySchema>;

// ---- Agreements

const morning = { startMinute: 540, endMinute: 720 };
const afternoon = { startMinute: 780, endMinute: 960 };
const usualBands = [
  { atLeastWorkingDays: 5, chargeBasisPoints: 0 },
  { atLeastWorkingDays: 1, chargeBasisPoints: 5000 },
  { atLeastWorkingDays: 0, chargeBasisPoints: 10_000 },
];

/** What an agreement says besides its price, rule and subscriptions, which are dated. What is left out takes the usual value. */
const termFields = {
  name: NameSchema,
  serviceId: IdSchema,
  supplierId: IdSchema,
  startsOn: DateOnlySchema,
  endsOn: DateOnlySchema,
  priceBasis: z.enum(priceBases, 'Choose what one unit of the price is.'),
  priceAt: z.enum(['order', 'delivery']).default('order'),
  /** What entitlement is counted in; left out, the unit of the price, or sessions for a retainer. */
  unit: z.enum(units).optional(),
  /** For the whole term. */
  retainerPence: PriceSchema.nullish(),
  instalmentPlan: z.enum(instalmentPlans, 'Choose how the retainer is paid.').nullish(),
  minimumCommitmentMilliunits: MilliunitsSchema.nullish(),
  /** What one school at most takes over of what is left into its next period; null or nothing lets it lapse. */
  carryOverMilliunits: MilliunitsSchema.nullish(),
  /** The schools give each other time and nobody pays. Left out of a change, it stays as it was. */
  reciprocal: z.boolean().optional(),
  noticeDays: whole(0, 1100, daysSentence).default(91),
  leadTimeDays: whole(0, 1100, daysSentence).default(56),
  cancellationBands: z.array(CancellationBandSchema).max(10).default(usualBands),
  needsApproval: z.boolean().default(false),
  objectionDays: whole(0, 60, 'Working days are a whole number, 60 at most.').default(5),
  minimumNotice: MinimumNoticeSchema.default({ days: 2 }),
  horizonDays: whole(0, 1100, daysSentence).default(365),
  lengthsMinutes: z.array(whole(5, 1440, 'A session lasts between five minutes and a day.')).max(20).default([60]),
  stepMinutes: whole(5, 480, 'Sessions begin five minutes to eight hours apart.').nullish().default(30),
  morning: HalfDaySchema.default(morning),
  afternoon: HalfDaySchema.default(afternoon),
  beforeMinutes: whole(0, 240, 'At most four hours.').default(0),
  afterMinutes: whole(0, 240, 'At most four hours.').default(0),
  payAsYouGo: z.boolean().default(true),
  /** Left out or null asks for every type on record for the specialist. */
  requiredCredentials: z.array(z.enum(credentialTypes)).max(8).nullish(),
  baseline: BaselineSchema.nullish(),
  specialistIds: z.array(IdSchema).max(100).default([]),
};

const lastDay = { path: ['endsOn'], message: 'The last day is before the first.' };
const tooLong = { path: ['endsOn'], message: 'An agreement runs for ten years at most.' };
const termInOrder = (body: { startsOn: string; endsOn: string }) => body.endsOn >= body.startsOn;
const termInReason = (body: { startsOn: string; endsOn: string }) => Date.parse(body.endsOn) - Date.parse(body.startsOn) <= 3653 * 86_400_000;

/** A new agreement, with its first price, rule and subscriptions in the same breath where they are known. */
export const AgreementBodySchema = z
  .strictObject({
    ...termFields,
    /** Of one unit, from the first day. */
    pricePence: PriceSchema.nullish(),
    rule: RuleBodySchema.optional(),
    subscriptions: z.array(SubscriptionBodySchema).max(200).default([]),
  })
  .refine(termInOrder, lastDay)
  .refine(termInReason, tooLong);
export type AgreementBody = z.infer<typeof AgreementBodySchema>;
/** As it is sent: what has a usual value may be left out. */
export type AgreementInput = z.input<typeof AgreementBodySchema>;

export const AgreementChangeSchema = z.strictObject(termFields).refine(termInOrder, lastDay).refine(termInReason, tooLong);
export type AgreementChange = z.infer<typeof AgreementChangeSchema>;

export const RegisterStateSchema = z.enum(['not-started', 'running', 'act-now', 'notice-passed', 'ended']);
export type RegisterEntryState = z.infer<typeof RegisterStateSchema>;

/** An agreement as the register lists it and the calendar offers it. */
export const AgreementSchema = z.object({
  id: IdSchema,
  name: z.string(),
  service: ServiceSchema,
  supplier: SupplierSchema.pick({ id: true, name: true, kind: true, schoolUrn: true }),
  startsOn: DateOnlySchema,
  endsOn: DateOnlySchema,
  noticeDays: z.number(),
  leadTimeDays: z.number(),
  /** The day on which replacement must begin. */
  triggerOn: DateOnlySchema,
  /** The last day on which notice can be given. */
  noticeBy: DateOnlySchema,
  state: RegisterStateSchema,
  priceBasis: z.enum(priceBases),
  /** Today's. */
  pricePence: z.number().nullable(),
  prices: z.array(DatedPriceSchema),
  priceAt: z.enum(['order', 'delivery']),
  unit: z.enum(units),
  retainerPence: z.number().nullable(),
  instalmentPlan: z.enum(instalmentPlans).nullable(),
  minimumCommitmentMilliunits: z.number().nullable(),
  carryOverMilliunits: z.number().nullable().optional(),
  reciprocal: z.boolean().optional(),
  cancellationBands: z.array(z.object({ atLeastWorkingDays: z.number(), chargeBasisPoints: z.number() })),
  needsApproval: z.boolean(),
  objectionDays: z.number(),
  minimumNotice: z.union([z.object({ hours: z.number() }), z.object({ days: z.number() })]),
  horizonDays: z.number(),
  lengthsMinutes: z.array(z.number()),
  stepMinutes: z.number().nullable(),
  morning: z.object({ startMinute: z.number(), endMinute: z.number() }),
  afternoon: z.object({ startMinute: z.number(), endMinute: z.number() }),
  beforeMinutes: z.number(),
  afterMinutes: z.number(),
  payAsYouGo: z.boolean(),
  requiredCredentials: z.array(z.string()).nullable(),
  baseline: z.object({ name: z.string(), pricePence: z.number(), method: z.enum(baselineMethods) }).nullable(),
  specialistIds: z.array(IdSchema),
  subscriptions: z.array(SubscriptionSchema),
});
export type AgreementEntry = z.infer<typeof AgreementSchema>;
export const AgreementListSchema = listOf(AgreementSchema);

export const AgreementDetailSchema = AgreementSchema.extend({ rules: z.array(RuleSchema), instalments: z.array(InstalmentSchema) });
export type AgreementDetail = z.infer<typeof AgreementDetailSchema>;

/** The contracts register: by trigger date; with `schoolUrn`, what that school subscribes to. */
export const AgreementsQuerySchema = PageQuerySchema.extend({
  state: RegisterStateSchema.optional(),
  serviceId: IdSchema.optional(),
  schoolUrn: UrnSchema.optional(),
  /** In force on this day. */
  on: DateOnlySchema.optional(),
  sort: z.enum(['name', 'trigger']).default('name'),
});
export type AgreementsQuery = z.infer<typeof AgreementsQuerySchema>;
