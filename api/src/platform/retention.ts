import { sql, type Tx } from './database.js';

/** Something that is kept for a time and then goes: `table` and a condition on its rows with `$1` for the moment before which they are due. */
export interface Retained {
  readonly kind: string;
  /** What it is and why it is kept so long, as an administrator reads it. */
  readonly sentence: string;
  /** Unless the administrator says otherwise. */
  readonly days: number;
  readonly table: string;
  readonly due: string;
  /** Rows that stay and lose one column; without it they are deleted. */
  readonly forget?: string;
}

const declared = new Map<string, Retained>();

/** A room says beside its tables what of it is not kept for ever. */
export function declareRetention(...kinds: readonly Retained[]): void {
  for (const kind of kinds) declared.set(kind.kind, kind);
}

export function retainedKinds(): readonly Retained[] {
  return [...declared.values()].sort((a, b) => a.kind.localeCompare(b.kind));
}

/** How many rows are due, without touching one. */
export async function countDue(tx: Tx, { table, due }: Retained, before: Date): Promise<number> {
  const [row] = await sql<{ n: number }>(tx, `select count(*) as n from ${table} where ${due}`, [before]);
  return row?.n ?? 0;
}

/** Lets go of what is due. @returns how many rows that were. */
export async function letGo(tx: Tx, { table, due, forget }: Retained, before: Date): Promise<number> {
  const [row] = await sql<{ n: number }>(
    tx,
    `with gone as (${forget ? `update ${table} set ${forget} = null` : `delete from ${table}`} where ${due} returning 1) select count(*) as n from gone`,
    [before],
  );
  return row?.n ?? 0;
}
