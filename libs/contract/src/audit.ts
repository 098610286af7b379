import { z } from 'zod';
import { InstantSchema, listOf, PageQuerySchema } from './list.js';

/** One line of the trail: who did what to what, when, from where. */
export const TrailEntrySchema = z.object({
  id: z.uuid(),
  userName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  happenedAt: InstantSchema,
  address: z.string().nullable(),
});
export type TrailEntry = z.infer<typeof TrailEntrySchema>;
export const TrailListSchema = listOf(TrailEntrySchema);

export const TrailQuerySchema = PageQuerySchema.extend({
  subjectId: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
});
export type TrailQuery = z.infer<typeof TrailQuerySchema>;
