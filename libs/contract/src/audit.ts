import { z } from 'zod';
import { DateOnlySchema, InstantSchema, listOf, PageQuerySchema } from './list.js';

/** One line of the trail: who did what to what, when, from where. */
export const TrailEntrySchema = z.object({
  id: z.uuid(),
  /** The line's number in its chain. */
  sequence: z.number().int(),
  userId: z.uuid().nullable(),
  userName: z.string(),
  /** Whom a delegate acted for. */
  onBehalfName: z.string().nullable(),
  /** Something was changed, or something sensitive was read. */
  kind: z.enum(['change', 'reading']),
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

/** Which lines are wanted: of a record, a room or a deed, a person, between two days (both included), changes or readings. */
const TrailFilterSchema = z.object({
  subjectId: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  userId: z.uuid().optional(),
  kind: z.enum(['change', 'reading']).optional(),
  from: DateOnlySchema.optional(),
  to: DateOnlySchema.optional(),
});
export const TrailExportQuerySchema = TrailFilterSchema;
export type TrailFilter = z.infer<typeof TrailFilterSchema>;
export const TrailQuerySchema = PageQuerySchema.extend(TrailFilterSchema.shape);
export type TrailQuery = z.infer<typeof TrailQuerySchema>;

/** What was known of the chain earlier: is that hash still part of it? */
export const TrailChainQuerySchema = z.object({ knownHash: z.string().regex(/^[0-9a-f]{64}$/, 'A hash has 64 characters, 0–9 and a–f.').optional() });
export type TrailChainQuery = z.infer<typeof TrailChainQuerySchema>;

/** Whether every line follows from the one before it; the last hash, noted elsewhere, also proves that none was cut off the end. */
export const TrailChainSchema = z.object({
  lines: z.number().int(),
  whole: z.boolean(),
  /** The number of the first line that does not fit. */
  brokenAt: z.number().int().nullable(),
  lastHash: z.string().nullable(),
  /** Null when no earlier hash was asked about. */
  knownHashFound: z.boolean().nullable(),
});
export type TrailChain = z.infer<typeof TrailChainSchema>;
