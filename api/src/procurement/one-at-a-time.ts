import type { Tx } from '../platform/database.js';

/**
 * Changes to what a collaboration buys are rare and look at one another (names, overlaps, frozen rules): they queue,
 * so that what was checked still holds when it is saved.
 */
export async function oneAtATime(tx: Tx, collaborationId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('procurement:' || $1, 0))`, [collaborationId]);
}

/** The part of a list that a page asks for. */
export function pageOf<T>(items: readonly T[], { page, size }: { page: number; size: number }) {
  return { items: items.slice((page - 1) * size, page * size), total: items.length, page, size };
}
