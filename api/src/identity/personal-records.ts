import { Injectable } from '@nestjs/common';
import { sql, type Tx } from '../platform/database.js';

/** Without anything that is somebody's: keys, secrets, counts, what repeats an answer, and the time that bookings and absences take, which stands with them. */
const without = new Set(['migration', 'personal_key', 'idempotency_key', 'rate_limit', 'ticket', 'totp', 'recovery_code', 'trail_seal', 'time_taken']);
/** What opens a door is nobody's to read, not even their own. */
const secret = /hash|secret|token|public_key|credential_id|wrapped/;

/** So many of a kind are handed over at most; the export says when there were more. */
export const mostOfAKind = 5000;

/** Whose records: the account's, and those of the specialist that it is, in these collaborations or (null) everywhere. */
export interface Whose {
  readonly id: string;
  readonly specialistIds: readonly string[];
  readonly within: readonly string[] | null;
}

interface Table {
  readonly name: string;
  /** Whether its rows belong to a collaboration. */
  readonly inside: boolean;
}

/**
 * Finds every record that is about somebody, in whatever table: a record names them by their id, or by a text that is
 * encrypted with their key, which holds the id too. So nothing has to be kept up when a room adds a table.
 */
@Injectable()
export class PersonalRecords {
  async count(tx: Tx, whose: Whose): Promise<{ kind: string; count: number }[]> {
    const found: { kind: string; count: number }[] = [];
    for (const table of await this.#tables(tx)) {
      const [row] = await sql<{ n: number }>(tx, `select count(*) as n from "${table.name}" t where ${isAbout(table)}`, valuesOf(table, whose));
      if (row && row.n > 0) found.push({ kind: wordsOf(table.name), count: row.n });
    }
    return found;
  }

  async all(tx: Tx, whose: Whose): Promise<{ kind: string; complete: boolean; items: Record<string, unknown>[] }[]> {
    const found: { kind: string; complete: boolean; items: Record<string, unknown>[] }[] = [];
    for (const table of await this.#tables(tx)) {
      const rows = await sql<{ row: Record<string, unknown> }>(tx, `select to_jsonb(t) as row from "${table.name}" t where ${isAbout(table)} limit ${mostOfAKind + 1}`, valuesOf(table, whose));
      if (rows.length > 0) found.push({ kind: wordsOf(table.name), complete: rows.length <= mostOfAKind, items: rows.slice(0, mostOfAKind).map(({ row }) => open(row)) });
    }
    return found;
  }

  async #tables(tx: Tx): Promise<Table[]> {
    const rows = await sql<Table>(
      tx,
      `select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'collaboration_id' and not a.attisdropped) as inside
         from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`,
    );
    return rows.filter(({ name }) => !without.has(name));
  }
}

const isAbout = ({ inside }: Table) => `t::text ~ $1 or (t::text ~ $2${inside ? ' and ($3::uuid[] is null or t.collaboration_id = any ($3::uuid[]))' : ''})`;

/** Nothing matches null: who is no specialist has no records of one. */
const valuesOf = ({ inside }: Table, { id, specialistIds, within }: Whose): unknown[] =>
  [id, specialistIds.length > 0 ? specialistIds.join('|') : null, ...(inside ? [within] : [])];

const wordsOf = (table: string) => (table === 'app_user' ? 'account' : table.replaceAll('_', ' '));

const open = (row: Record<string, unknown>) => Object.fromEntries(Object.entries(row).filter(([key, value]) => value !== null && !secret.test(key)));
