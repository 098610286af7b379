import { z } from 'zod';
import { InstantSchema } from './list.js';

/** How long one kind of thing is kept, and how much of it would go now. */
export const RetentionSchema = z.object({
  items: z.array(z.object({
    kind: z.string(),
    sentence: z.string(),
    days: z.number().int(),
    usualDays: z.number().int(),
    /** Everything from before this goes. */
    before: InstantSchema,
    due: z.number().int(),
  })),
});
export type Retention = z.infer<typeof RetentionSchema>;

export const RetentionDaysSchema = z.strictObject({ days: z.number().int().min(1, 'Keep it for a day at least.').max(36_500, 'A hundred years are the most.') });
export type RetentionDays = z.infer<typeof RetentionDaysSchema>;

export const RetentionRunSchema = z.strictObject({ dryRun: z.boolean() });
export type RetentionRun = z.infer<typeof RetentionRunSchema>;

export const RetentionDoneSchema = z.object({ dryRun: z.boolean(), items: z.array(z.object({ kind: z.string(), count: z.number().int() })) });
export type RetentionDone = z.infer<typeof RetentionDoneSchema>;
