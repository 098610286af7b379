import { z } from 'zod';
import { InstantSchema, UrnSchema } from './list.js';

// A school says that a delivered session did not happen as was said. The coordinator decides; from then on it is final.

export const NewObjectionSchema = z.strictObject({
  /** Left out, the school one acts for. */
  schoolUrn: UrnSchema.optional(),
  reason: z.string().trim().min(1, 'Please say what was different.').max(1000),
});
export type NewObjection = z.infer<typeof NewObjectionSchema>;

export const DecideObjectionSchema = z.strictObject({
  /** `upheld` gives the units back and takes the charge back; `rejected` leaves everything as it is. */
  outcome: z.enum(['upheld', 'rejected']),
  note: z.string().trim().min(1, 'Please say why.').max(1000),
});
export type DecideObjection = z.infer<typeof DecideObjectionSchema>;

export const ObjectionSchema = z.object({
  schoolUrn: z.string(),
  schoolName: z.string(),
  reason: z.string(),
  objectedBy: z.string(),
  objectedAt: InstantSchema,
  /** Null while it is disputed. */
  outcome: z.enum(['upheld', 'rejected']).nullable(),
  note: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: InstantSchema.nullable(),
});
export type Objection = z.infer<typeof ObjectionSchema>;

export const ObjectionsSchema = z.object({
  items: z.array(ObjectionSchema),
  /** `open` while schools may object, `disputed` while an objection waits, `final` after that; null when it is not delivered. */
  standing: z.enum(['open', 'disputed', 'final']).nullable(),
});
export type Objections = z.infer<typeof ObjectionsSchema>;
