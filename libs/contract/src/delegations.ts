import { z } from 'zod';
import { DateOnlySchema } from './list.js';

/** While I am away: who acts for me, and from when until when. */
export const NewDelegationSchema = z.strictObject({
  email: z.email('This is not an e-mail address.').max(254),
  from: DateOnlySchema,
  until: DateOnlySchema,
});
export type NewDelegation = z.infer<typeof NewDelegationSchema>;

export const DelegationSchema = z.object({
  id: z.uuid(),
  /** The other person: who acts for me, or for whom I act. */
  userId: z.uuid(),
  name: z.string(),
  from: DateOnlySchema,
  until: DateOnlySchema,
  /** Whether it holds today. */
  now: z.boolean(),
});
export const DelegationsSchema = z.object({ given: z.array(DelegationSchema), received: z.array(DelegationSchema), actingFor: z.object({ userId: z.uuid(), name: z.string() }).nullable() });
export type Delegations = z.infer<typeof DelegationsSchema>;

/** For whom I act from now on; null is for myself again. */
export const ActForSchema = z.strictObject({ userId: z.uuid().nullable() });
export type ActFor = z.infer<typeof ActForSchema>;

/** A further role of somebody who has one here already: at a trust, of a supplier, or with a specialist's diary. */
export const WiderRoleSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['business-manager', 'finance-officer', 'head', 'governor']), trustCode: z.string().trim().min(1).max(20) }),
  z.strictObject({ role: z.literal('supplier'), supplierId: z.uuid() }),
  z.strictObject({ role: z.literal('specialist'), specialistId: z.uuid() }),
]);
export type WiderRole = z.infer<typeof WiderRoleSchema>;
