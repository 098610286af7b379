import { z } from 'zod';
import { MilliunitsSchema, NameSchema, PriceSchema } from './procurement.js';
import { DateOnlySchema, IdSchema, PenceSchema, UrnSchema } from './list.js';
import { ChargeKindSchema } from './sharing.js';

// What falls due by itself, the plans behind it, money on account, opening balances, and hours given without cash.

const BasisPointsSchema = z.number('A percentage is needed.').int().min(1, 'A part lies between 0.01 % and 100 %.').max(10_000, 'A part lies between 0.01 % and 100 %.');
const InstalmentKindSchema = z.enum(['once', 'monthly-12', 'termly-3', 'sept-march-april-august'], 'Choose how it falls due.');
const decimal = (message: string) => z.string(message).regex(/^\d{1,4}(\.\d{1,3})?$/, message);

const AdministrationFeeTermsSchema = z
  .strictObject({ kind: z.literal('administration-fee'), every: z.enum(['month', 'quarter', 'year']), basisPoints: BasisPointsSchema.nullable().default(null), pence: PriceSchema.nullable().default(null) })
  .refine((terms) => (terms.basisPoints === null) !== (terms.pence === null), { path: ['basisPoints'], message: 'Give a percentage or a sum, one of the two.' });

const DiscountTermsSchema = z
  .strictObject({
    kind: z.literal('discount'),
    tiers: z.array(z.strictObject({ fromMilliunits: MilliunitsSchema, basisPoints: BasisPointsSchema })).min(1, 'Name at least one volume.').max(10),
  })
  .refine(({ tiers }) => tiers.every((tier, i) => i === 0 || (tier.fromMilliunits > tiers[i - 1]!.fromMilliunits && tier.basisPoints > tiers[i - 1]!.basisPoints)), {
    path: ['tiers'], message: 'A larger volume has a larger discount; write them in that order.',
  });

const GroupContractTermsSchema = z.strictObject({
  kind: z.literal('group-contract'), per: z.enum(['school', 'pupil']), pricePence: PriceSchema, leavers: z.enum(['to-date', 'end-of-term', 'nothing-back']),
});

const OnAccountTermsSchema = z
  .strictObject({
    kind: z.literal('on-account'), totalPence: PriceSchema, instalments: InstalmentKindSchema,
    bySchool: z.array(z.strictObject({ urn: UrnSchema, pence: PriceSchema })).min(1).max(200).nullable().default(null),
  })
  .refine((terms) => terms.bySchool === null || terms.bySchool.reduce((sum, { pence }) => sum + pence, 0) === terms.totalPence, { path: ['totalPence'], message: 'The schools’ contributions do not make the total.' })
  .refine((terms) => new Set(terms.bySchool?.map(({ urn }) => urn)).size === (terms.bySchool ?? []).length, { path: ['bySchool'], message: 'A school is named twice.' });

const SharedPostTermsSchema = z.strictObject({
  kind: z.literal('shared-post'), fullTimeSalaryPence: PriceSchema, hoursPerWeek: decimal('Hours such as 22.5.'), fullTimeHours: decimal('Hours such as 37.'),
  weeksPaid: decimal('Weeks such as 44.5.'), weeksInYear: decimal('Weeks such as 52.143.').default('52.143'),
  insuranceBasisPoints: BasisPointsSchema.or(z.literal(0)).default(1500), insuranceFromPence: PenceSchema.min(0).default(500_000), pensionBasisPoints: BasisPointsSchema.or(z.literal(0)).default(0),
  instalments: InstalmentKindSchema,
});

const UpliftTermsSchema = z
  .strictObject({
    kind: z.literal('uplift'), basisPoints: BasisPointsSchema.nullable().default(null),
    index: z.strictObject({ name: NameSchema, before: decimal('An index such as 133.0.'), after: decimal('An index such as 137.5.') }).nullable().default(null),
  })
  .refine((terms) => (terms.basisPoints === null) !== (terms.index === null), { path: ['basisPoints'], message: 'Give a percentage or an index, one of the two.' });

export const PlanTermsSchema = z.union([
  AdministrationFeeTermsSchema, DiscountTermsSchema, GroupContractTermsSchema, OnAccountTermsSchema, SharedPostTermsSchema, UpliftTermsSchema,
]);

/** A standing instruction to charge. */
export const ChargePlanBodySchema = z
  .strictObject({ name: NameSchema, agreementId: IdSchema.nullish(), startsOn: DateOnlySchema, endsOn: DateOnlySchema, terms: PlanTermsSchema })
  .refine((plan) => plan.startsOn <= plan.endsOn, { path: ['endsOn'], message: 'The last day is before the first.' })
  .refine((plan) => Date.parse(plan.endsOn) - Date.parse(plan.startsOn) <= 3653 * 86_400_000, { path: ['endsOn'], message: 'A plan runs for ten years at most.' })
  .refine((plan) => plan.agreementId || plan.terms.kind === 'administration-fee' || plan.terms.kind === 'on-account', { path: ['agreementId'], message: 'Choose the agreement.' });
export type ChargePlanBody = z.infer<typeof ChargePlanBodySchema>;
/** As it is sent: what has a usual value may be left out. */
export type ChargePlanInput = z.input<typeof ChargePlanBodySchema>;

export const ChargePlanSchema = z.object({
  id: IdSchema,
  name: z.string(),
  kind: z.enum(['administration-fee', 'discount', 'group-contract', 'on-account', 'shared-post', 'uplift']),
  agreementId: IdSchema.nullable(),
  agreementName: z.string().nullable(),
  startsOn: DateOnlySchema,
  endsOn: DateOnlySchema,
  stoppedOn: DateOnlySchema.nullable(),
  terms: PlanTermsSchema,
  /** What it charges, in a sentence or two. */
  inWords: z.array(z.string()),
  /** What it has charged so far, after corrections. */
  chargedPence: z.number().int(),
  charges: z.number().int(),
  madeBy: z.string(),
});
export type ChargePlanEntry = z.infer<typeof ChargePlanSchema>;
export const ChargePlanListSchema = z.object({ items: z.array(ChargePlanSchema), total: z.number().int() });
export const StopPlanSchema = z.strictObject({ on: DateOnlySchema });
export type StopPlan = z.infer<typeof StopPlanSchema>;

export const ChargesDueQuerySchema = z.object({ through: DateOnlySchema.optional() });
export type ChargesDueQuery = z.infer<typeof ChargesDueQuerySchema>;

/** A charge that would be made, and what each school would pay of it: worked out by the function that makes it. */
export const DueChargeSchema = z.object({
  key: z.string(),
  kind: ChargeKindSchema,
  planId: IdSchema.nullable(),
  agreementId: IdSchema.nullable(),
  agreementName: z.string().nullable(),
  description: z.string(),
  pence: z.number().int(),
  serviceFrom: DateOnlySchema,
  serviceTo: DateOnlySchema,
  dueOn: DateOnlySchema,
  /** How it was worked out. */
  workings: z.array(z.string()),
  shares: z.array(z.object({ urn: UrnSchema, schoolName: z.string(), pence: z.number().int() })),
  /** True when it waits until a person makes it: it moves money between schools. */
  byHand: z.boolean(),
  /** Why it could not be shared yet; null when it can. */
  problem: z.string().nullable(),
});
export type DueChargeEntry = z.infer<typeof DueChargeSchema>;
/** What would be due, were it known whether some sessions took place. */
export const WaitingChargeSchema = DueChargeSchema.pick({ key: true, kind: true, description: true, agreementName: true }).extend({
  sessions: z.number().int(),
  /** The last day on which it waits for them. */
  until: DateOnlySchema,
  why: z.string(),
});
export const ChargesDueSchema = z.object({
  through: DateOnlySchema, items: z.array(DueChargeSchema), total: z.number().int(), totalPence: z.number().int(), waiting: z.array(WaitingChargeSchema),
});
export type ChargesDue = z.infer<typeof ChargesDueSchema>;

/** All of what is due by the day, or only what is named. */
export const MakeDueChargesSchema = z.strictObject({ through: DateOnlySchema, keys: z.array(z.string().max(200)).max(1000).optional() });
export type MakeDueCharges = z.infer<typeof MakeDueChargesSchema>;

// ---- Money on account

export const OnAccountSchema = z.object({
  items: z.array(
    z.object({
      planId: IdSchema,
      name: z.string(),
      agreementName: z.string().nullable(),
      startsOn: DateOnlySchema,
      endsOn: DateOnlySchema,
      /** When it is set against the actual shares, in a sentence. */
      standing: z.string(),
      schools: z.array(
        z.object({
          urn: UrnSchema, schoolName: z.string(),
          /** All that was asked for, and what of it still stands on account. */
          contributedPence: z.number().int(), onAccountPence: z.number().int(),
          actualPence: z.number().int(),
          /** Above zero is still to pay, below zero is to be refunded; nothing once it was set against the actual shares. */
          differencePence: z.number().int(),
          settled: z.boolean(),
        }),
      ),
    }),
  ),
  total: z.number().int(),
});
export type OnAccount = z.infer<typeof OnAccountSchema>;

// ---- Opening balances

export const OpeningBalancesSchema = z
  .strictObject({
    agreementId: IdSchema.nullish(),
    /** The last day of the books before. */
    on: DateOnlySchema,
    /** Above zero is owed by the school, below zero is in its favour. */
    balances: z.array(z.strictObject({ urn: UrnSchema, pence: PenceSchema })).max(200).default([]),
    /** What each school was rounded down by so far within the agreement: "-2/3". Together they are nothing. */
    carries: z.array(z.strictObject({ urn: UrnSchema, carriedPence: z.string().regex(/^-?\d{1,12}(\/[1-9]\d{0,12})?$/, 'A fraction of a penny such as -2/3.') })).max(200).default([]),
  })
  .refine(({ balances, carries }) => balances.length + carries.length > 0, { path: ['balances'], message: 'Give at least one balance.' })
  .refine(({ balances }) => new Set(balances.map(({ urn }) => urn)).size === balances.length, { path: ['balances'], message: 'A school is named twice.' })
  .refine(({ carries }) => new Set(carries.map(({ urn }) => urn)).size === carries.length, { path: ['carries'], message: 'A school is named twice.' })
  .refine(({ agreementId, carries }) => carries.length === 0 || Boolean(agreementId), { path: ['agreementId'], message: 'A carry belongs to an agreement.' });
export type OpeningBalances = z.infer<typeof OpeningBalancesSchema>;

// ---- Estimates

export const SettleEstimateSchema = z.strictObject({ actualPence: PenceSchema.min(0, 'What it came to is nothing or more.'), reason: z.string().trim().min(3, 'Say in a few words what shows it.').max(400) });
export type SettleEstimate = z.infer<typeof SettleEstimateSchema>;

// ---- Hours given without cash

export const HoursGivenBodySchema = z
  .strictObject({
    giverUrn: UrnSchema,
    takerUrn: UrnSchema,
    /** Below zero takes a line back. */
    minutes: z.number('Minutes are a whole number.').int().min(-60_000).max(60_000).refine((minutes) => minutes !== 0, 'Give the time.'),
    givenOn: DateOnlySchema,
    what: z.string('Say what it was.').trim().min(3, 'Say in a few words what it was.').max(200),
  })
  .refine((body) => body.giverUrn !== body.takerUrn, { path: ['takerUrn'], message: 'A school gives time to another one.' });
export type HoursGivenBody = z.infer<typeof HoursGivenBodySchema>;

const HoursLineSchema = z.object({
  /** `session`: a delivered session of an agreement in which schools give one another time; its id is the booking's. `entered`: kept by hand. */
  from: z.enum(['session', 'entered']),
  id: IdSchema, giverUrn: UrnSchema, giverName: z.string(), takerUrn: UrnSchema, takerName: z.string(), minutes: z.number().int(), givenOn: DateOnlySchema, what: z.string(), recordedBy: z.string(),
});
export const HoursGivenSchema = z.object({
  items: z.array(HoursLineSchema),
  total: z.number().int(),
  /** Every member: what it gave less what it took; together nothing. */
  balances: z.array(z.object({ urn: UrnSchema, schoolName: z.string(), givenMinutes: z.number().int(), takenMinutes: z.number().int(), balanceMinutes: z.number().int() })),
});
export type HoursGiven = z.infer<typeof HoursGivenSchema>;
