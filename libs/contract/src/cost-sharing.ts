import { z } from 'zod';
import { DateOnlySchema } from './list.js';

const decimals = /^-?\d{1,12}(\.\d{1,3})?$/;
const weightSentence = 'A weight is a number with at most three decimals, such as 187 or "723.5".';

/** Pupils, minutes, sessions: at most three decimals, as a number or as text. */
const WeightSchema = z.union(
  [
    z.number().min(-999_999_999_999, weightSentence).max(999_999_999_999, weightSentence).refine((value) => Math.round(value * 1000) / 1000 === value, weightSentence),
    z.string().regex(decimals, weightSentence),
  ],
  weightSentence,
);

const BasisPointsSchema = z.int('Basis points are a whole number; 2,500 is a quarter.').min(-10_000_000).max(10_000_000);
const BoundPenceSchema = z.int('Money is whole pence.').min(0, 'A cap or floor is not below nothing.');

const PreviewRuleSchema = z.strictObject({
  basis: z.enum(['equal', 'weight', 'fixed'], 'The basis is equal, weight or fixed.'),
  capBasisPoints: z.int('Basis points are a whole number.').min(0, 'A cap is not below nothing.').max(10_000, 'A cap is 10,000 basis points (all of it) at most.').optional(),
  capPence: BoundPenceSchema.optional(),
  floorPence: BoundPenceSchema.optional(),
});

const PreviewParticipantSchema = z
  .strictObject({
    school: z.string('Name the school by its number.').trim().min(1, 'Name the school by its number.').max(100, 'A school’s number has 100 characters at most.'),
    weight: WeightSchema.optional(),
    basisPoints: BasisPointsSchema.optional(),
    from: DateOnlySchema.nullish(),
    to: DateOnlySchema.nullish(),
    carriedPence: z.string('The carry is a fraction in a string, such as "-2/3".').regex(/^-?\d{1,200}(\/0*[1-9]\d{0,199})?$/, 'The carry is a fraction such as "-2/3".').optional(),
  })
  .refine((participant) => !participant.from || !participant.to || participant.from <= participant.to, {
    path: ['to'],
    message: 'The last day is before the first.',
  });

/** `POST /api/cost-sharing/preview`: how a sum would be divided. Nothing is stored. */
export const CostSharingPreviewSchema = z
  .strictObject({
    amountPence: z.int('Money is whole pence, up to what a number holds exactly.'),
    rule: PreviewRuleSchema,
    period: z
      .strictObject({ from: DateOnlySchema, to: DateOnlySchema })
      .refine((period) => period.from <= period.to, { path: ['to'], message: 'The period ends before it starts.' })
      .refine((period) => Date.parse(period.to) - Date.parse(period.from) <= 36_600 * 86_400_000, { path: ['to'], message: 'A period is a hundred years at most.' })
      .nullish(),
    participants: z.array(PreviewParticipantSchema, 'List the schools that take part.').max(2000, 'At most 2,000 participants.'),
  });
export type CostSharingPreview = z.infer<typeof CostSharingPreviewSchema>;

/** Days on which a school's weight and everybody's together stayed the same; fractions of pence in lowest terms. */
export const ShareSliceSchema = z.object({
  from: z.string().nullable(),
  to: z.string().nullable(),
  days: z.number().int().nullable(),
  weight: z.string(),
  ofWeight: z.string(),
  exactPence: z.string(),
  part: z.string().optional(),
  group: z.string().optional(),
});

/** Everything needed to work one share out again by hand. */
export const ShareExplanationSchema = z.object({
  slices: z.array(ShareSliceSchema),
  bound: z.enum(['cap', 'floor']).nullable(),
  exactPence: z.string(),
  carriedPence: z.string(),
  tookOddPenny: z.boolean(),
});

export const CostSharingAnswerSchema = z.object({
  totalPence: z.number().int(),
  shares: z.array(z.object({ school: z.string(), pence: z.number().int(), explanation: ShareExplanationSchema })),
});
export type CostSharingAnswer = z.infer<typeof CostSharingAnswerSchema>;
