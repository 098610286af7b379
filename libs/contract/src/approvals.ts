import { z } from 'zod';
import { IdSchema, listOf, PageQuerySchema } from './list.js';

/** What takes two people: each room carries its own out once somebody else has approved it. */
export const ApprovalKindSchema = z.enum([
  'sharing.charge', 'sharing.correction', 'sharing.among', 'sharing.settlement', 'sharing.opening', 'billing.credit-note', 'billing.supplier-bill', 'billing.issuer', 'procurement.bank-details', 'schools.limit',
]);
export type ApprovalKind = z.infer<typeof ApprovalKindSchema>;

/** Something above the collaboration's limit that one person asked for and another has to approve. */
export const ApprovalSchema = z.object({
  id: IdSchema,
  kind: ApprovalKindSchema,
  /** In words: what and for whom. */
  summary: z.string(),
  /** The sum in pence; null where it is about where money goes. */
  pence: z.number().int().nullable(),
  /** The invoice, charge or supplier that it is about. */
  subjectId: IdSchema.nullable(),
  state: z.enum(['waiting', 'approved', 'refused']),
  askedBy: z.string(),
  askedAt: z.iso.datetime({ offset: true }),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime({ offset: true }).nullable(),
  /** Whether the reader is somebody else than who asked, and may approve it. */
  mayApprove: z.boolean(),
});
export type Approval = z.infer<typeof ApprovalSchema>;
export const ApprovalListSchema = listOf(ApprovalSchema);

export const ApprovalsQuerySchema = PageQuerySchema.extend({ state: z.enum(['waiting', 'decided']).default('waiting') });
export type ApprovalsQuery = z.infer<typeof ApprovalsQuerySchema>;

/** The answer (202) where nothing has happened yet: a second person has to approve it. */
export const AskedSchema = z.object({ approval: ApprovalSchema });
export type Asked = z.infer<typeof AskedSchema>;

/** Done at once, or asked for. */
export const doneOrAsked = <T extends z.ZodType>(done: T) => z.union([AskedSchema, done]);

export function isAsked(answer: unknown): answer is Asked {
  return typeof answer === 'object' && answer !== null && 'approval' in answer;
}
