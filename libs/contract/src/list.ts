import { z } from 'zod';

/** Which part of a list is wanted; 200 rows at most. */
export const PageQuerySchema = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof PageQuerySchema>;

/** A list as every address answers it. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().int(), page: z.number().int(), size: z.number().int() });

/** A calendar day, `YYYY-MM-DD`, that exists, in a year from which one can reckon on and back without leaving the calendar. */
export const DateOnlySchema = z.iso.date('This is not a date; write it as 2026-10-06.').refine((day) => day >= '1000' && day < '3000', 'This year is not meant.');

/** Six digits that name a school in England. */
export const UrnSchema = z.string().regex(/^\d{6}$/, 'A URN has six digits.');

/** Whole pence, up to a hundred million pounds either way. */
export const PenceSchema = z.number().int('Money is whole pence.').min(-10_000_000_000).max(10_000_000_000);

/** An instant with offset or Z. */
export const InstantSchema = z.iso.datetime({ offset: true });

/** An instant, or wall time without an offset in the collaboration's zone. */
export const WallOrInstantSchema = z.iso.datetime({ offset: true, local: true, error: 'This is not a time; write it as 2026-10-06T09:00.' });

export const IdSchema = z.uuid();
