// The room `sharing` as far as it is about what a school pays its shares from.
import { z } from 'zod';
import { DateOnlySchema, IdSchema, PenceSchema, UrnSchema } from './list.js';

const Pence = z.number().int();

export const FundingKindSchema = z.enum(['pupil-premium', 'sport-premium', 'notional-sen', 'high-needs', 'grant', 'general']);

export const FundingBudgetSchema = z.object({
  id: IdSchema,
  kind: FundingKindSchema,
  name: z.string(),
  conditions: z.string().nullable(),
  /** Restricted money pays only its own school's shares and never more than there is; notional SEN is only a label. */
  restricted: z.boolean(),
  pence: Pence,
  spentPence: Pence,
  leftPence: Pence,
});
export type FundingBudget = z.infer<typeof FundingBudgetSchema>;

const FundingPartSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  weight: z.string().regex(/^\d{1,6}(\.\d{1,3})?$/, 'A weight is a number with three decimals at most.'),
});

const PaidFromSchema = z.strictObject({ budgetId: IdSchema.nullable(), pence: PenceSchema });

export const FundedShareSchema = z.object({
  shareId: IdSchema,
  chargeId: IdSchema,
  description: z.string(),
  serviceName: z.string().nullable(),
  belongsOn: DateOnlySchema,
  pence: Pence,
  isInvoiced: z.boolean(),
  /** Which stream pays what; a part without a budget is the school's general money. */
  parts: z.array(PaidFromSchema),
});
export type FundedShare = z.infer<typeof FundedShareSchema>;

/** What one school pays its shares of one financial year from. Only the school itself and who audits or keeps all books reads it. */
export const FundingSchema = z.object({
  urn: UrnSchema,
  schoolName: z.string(),
  kind: z.enum(['maintained', 'academy']),
  year: z.object({ from: DateOnlySchema, to: DateOnlySchema, label: z.string() }),
  budgets: z.array(FundingBudgetSchema),
  /** All shares of the year, and what no stream pays of them. */
  sharesPence: Pence,
  /** How many there are; the newest of them are listed. */
  shareCount: z.number().int(),
  generalPence: Pence,
  rules: z.array(z.object({ serviceId: IdSchema.nullable(), serviceName: z.string().nullable(), parts: z.array(FundingPartSchema) })),
  services: z.array(z.object({ id: IdSchema, name: z.string() })),
  shares: z.array(FundedShareSchema),
});
export type Funding = z.infer<typeof FundingSchema>;
export const FundingQuerySchema = z.object({ on: DateOnlySchema.optional() });
export type FundingQuery = z.infer<typeof FundingQuerySchema>;

/** A budget of the school's financial year that the day is in; with an id it changes that one. */
export const SaveBudgetSchema = z.strictObject({
  id: IdSchema.nullable(),
  on: DateOnlySchema,
  kind: FundingKindSchema,
  name: z.string().trim().min(1, 'Give it a name.').max(100),
  conditions: z.string().trim().max(500).nullable(),
  pence: PenceSchema.min(0, 'A budget is not below nothing.'),
}).refine((budget) => budget.kind !== 'grant' || Boolean(budget.conditions), { path: ['conditions'], message: 'Say what the grant may be spent on.' });
export type SaveBudget = z.infer<typeof SaveBudgetSchema>;

/** From which streams new shares of a service are paid; null is every service without a rule of its own. No parts end the rule. */
export const SaveFundingRuleSchema = z.strictObject({ serviceId: IdSchema.nullable(), on: DateOnlySchema, parts: z.array(FundingPartSchema).max(20) })
  .refine((rule) => new Set(rule.parts.map(({ name }) => name)).size === rule.parts.length, { path: ['parts'], message: 'A stream is named twice.' })
  .refine((rule) => rule.parts.length === 0 || rule.parts.some(({ weight }) => Number(weight) > 0), { path: ['parts'], message: 'At least one stream pays a part.' });
export type SaveFundingRule = z.infer<typeof SaveFundingRuleSchema>;

/** The streams of one share, which together are the share. Once it is invoiced a change says why. */
export const PayShareSchema = z.strictObject({ parts: z.array(PaidFromSchema).min(1).max(20), reason: z.string().trim().max(500).default('') })
  .refine((body) => new Set(body.parts.map(({ budgetId }) => budgetId)).size === body.parts.length, { path: ['parts'], message: 'A stream is named twice.' });
export type PayShare = z.infer<typeof PayShareSchema>;
