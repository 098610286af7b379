import { Injectable } from '@nestjs/common';
import type { TrailChain, TrailEntry, TrailFilter, TrailQuery } from '@fairshare/contract/audit';
import { addDays } from '@fairshare/domain/kernel/period';
import { startOfDate } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';

type Row = Omit<TrailEntry, 'happenedAt'> & { happenedAt: Date };

/** What an export carries at most; whoever needs more exports shorter periods. */
export const mostExported = 50_000;

const columns = `t.id, s.sequence, t.user_id as "userId", t.user_name as "userName", t.on_behalf_name as "onBehalfName", t.kind, t.action,
  t.subject_kind as "subjectKind", t.subject_id as "subjectId", t.before, t.after, t.happened_at as "happenedAt", t.address`;

/** The chain of a collaboration, or (null) of what stands above all of them: sign-ins, imports, people without a role. */
export type Chain = string | null;

const above = '00000000-0000-0000-0000-000000000000';

/** Reads the trail and works its chains out again. */
@Injectable()
export class TrailQueries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Who did what, newest first. */
  async list(who: Scope, chain: Chain, query: TrailQuery) {
    return this.#database.read(seeing(who, chain), async (tx) => {
      const { wanted, values } = filter(chain, query);
      const [count] = await sql<{ total: number }>(tx, `select count(*) as total ${wanted}`, values);
      const items = await this.#entries(tx, wanted, values, query.size, (query.page - 1) * query.size);
      return { items, total: count?.total ?? 0, page: query.page, size: query.size };
    });
  }

  /** The lines of an export in the order of their chain, in the transaction that notes the export. */
  async all(tx: Tx, chain: Chain, query: TrailFilter): Promise<TrailEntry[]> {
    const { wanted, values } = filter(chain, query);
    return (await this.#entries(tx, wanted, values, mostExported, 0)).reverse();
  }

  /** Works every hash out again, from the first line on. */
  async chain(who: Scope, chain: Chain, knownHash?: string): Promise<TrailChain> {
    return this.#database.read(seeing(who, chain), async (tx) => {
      const [found] = await sql<{ lines: number; broken_at: number | null; last_hash: string | null; known: boolean }>(
        tx,
        `select count(*) as lines, (array_agg(hash order by sequence desc))[1] as last_hash, coalesce(bool_or(hash = $2), false) as known,
                min(sequence) filter (where line is null or previous_hash <> before or sequence <> place or hash <> encode(sha256(convert_to(said, 'UTF8')), 'hex')) as broken_at
           from (select s.sequence, s.hash, s.previous_hash, t.id as line, trail_text(t, s.chain, s.sequence, s.previous_hash) as said,
                        coalesce(lag(s.hash) over (order by s.sequence), '') as before, row_number() over (order by s.sequence) as place
                   from trail_seal s left join trail t on t.id = s.trail_id where s.chain = $1) links`,
        [chain ?? above, knownHash ?? null],
      );
      const brokenAt = found?.broken_at ?? null;
      return { lines: found?.lines ?? 0, whole: brokenAt === null, brokenAt, lastHash: found?.last_hash ?? null, knownHashFound: knownHash ? (found?.known ?? false) : null };
    });
  }

  async #entries(tx: Tx, wanted: string, values: readonly unknown[], limit: number, offset: number): Promise<TrailEntry[]> {
    const n = values.length;
    const rows = await sql<Row>(tx, `select ${columns} ${wanted} order by t.happened_at desc, s.sequence desc limit $${n + 1} offset $${n + 2}`, [...values, limit, offset]);
    return rows.map((row) => ({ ...row, happenedAt: row.happenedAt.toISOString() }));
  }
}

/** Above every collaboration only the house itself sees; the permission of the route lets administrators look through its eyes. */
export function seeing(who: Scope, chain: Chain): Scope {
  return chain ? who : { ...who, collaborationIds: 'every' };
}

function filter(chain: Chain, query: TrailFilter) {
  const from = query.from ? new Date(startOfDate(query.from)) : null;
  const to = query.to ? new Date(startOfDate(addDays(query.to, 1))) : null;
  return {
    wanted: `
      from trail t join trail_seal s on s.trail_id = t.id
     where ${chain ? 't.collaboration_id = $1::uuid' : 't.collaboration_id is null and $1::uuid is null'} and ($2::text is null or t.subject_id = $2) and ($3::text is null or starts_with(t.action, $3))
       and ($4::uuid is null or t.user_id = $4) and ($5::text is null or t.kind = $5)
       and ($6::timestamptz is null or t.happened_at >= $6) and ($7::timestamptz is null or t.happened_at < $7)`,
    values: [chain, query.subjectId ?? null, query.action ?? null, query.userId ?? null, query.kind ?? null, from, to],
  };
}
