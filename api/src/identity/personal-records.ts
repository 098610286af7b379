import { Injectable } from '@nestjs/common';
import { sql, type Tx } from '../platform/database.js';

/** Without anything that is somebody's: keys, secrets, counts, and what repeats an answer. */
const without = new Set(['migration', 'personal_key', 'idempotency_key', 'rate_limit', 'ticket', 'totp', 'recovery_code', 'trail_seal']);
/** What opens a door is nobody's to read, not even their own. */
const secret = /hash|secret|token|public_key|credential_id|wrapped/;

/** So many of a kind are handed over at most; the export says when there were more. */
export const mostOfAKind = 5000;

/**
 * Finds every record that is about somebody, in whatever table: a record names them by their id, or by a text that is
 * encrypted with their key, which holds the id too. So nothing has to be kept up when a room adds a table.
 */
@Injectable()
export class PersonalRecords {
  async count(tx: Tx, ids: readonly string[]): Promise<{ kind: string; count: number }[]> {
    const found: { kind: string; count: number }[] = [];
    for (const table of await this.#tables(tx)) {
      const [row] = await sql<{ n: number }>(tx, `select count(*) as n from "${table}" t where t::text ~ $1`, [ids.join('|')]);
      if (row && row.n > 0) found.push({ kind: wordsOf(table), count: row.n });
    }
    return found;
  }

  async all(tx: Tx, ids: readonly string[]): Promise<{ kind: string; complete: boolean; items: Record<string, unknown>[] }[]> {
    const found: { kind: string; complete: boolean; items: Record<string, unknown>[] }[] = [];
    for (const table of await this.#tables(tx)) {
      const rows = await sql<{ row: Record<string, unknown> }>(tx, `select to_jsonb(t) as row from "${table}" t where t::text ~ $1 limit $2`, [ids.join('|'), mostOfAKind + 1]);
      if (rows.length > 0) found.push({ kind: wordsOf(table), complete: rows.length <= mostOfAKind, items: rows.slice(0, mostOfAKind).map(({ row }) => open(row)) });
    }
    return found;
  }

  async #tables(tx: Tx): Promise<string[]> {
    const rows = await sql<{ name: string }>(tx, `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`);
    return rows.map((row) => row.name).filter((name) => !without.has(name));
  }
}

const wordsOf = (table: string) => (table === 'app_user' ? 'account' : table.replaceAll('_', ' '));

const open = (row: Record<string, unknown>) => Object.fromEntries(Object.entries(row).filter(([key, value]) => value !== null && !secret.test(key)));
