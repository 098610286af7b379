import { Injectable } from '@nestjs/common';
import type { TrailEntry, TrailQuery } from '@fairshare/contract/audit';
import type { Scope } from '../platform/actor.js';
import { Database, sql } from '../platform/database.js';

type Row = Omit<TrailEntry, 'happenedAt'> & { happenedAt: Date; total: number };

@Injectable()
export class AuditService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Who did what in a collaboration, newest first. */
  async list(who: Scope, collaborationId: string, query: TrailQuery) {
    const rows = await this.#database.read(who, (tx) =>
      sql<Row>(
        tx,
        `select id, user_name as "userName", action, subject_kind as "subjectKind", subject_id as "subjectId", before, after,
                happened_at as "happenedAt", address, count(*) over () as total
           from trail
          where collaboration_id = $1 and ($2::text is null or subject_id = $2) and ($3::text is null or action like $3 || '%')
          order by happened_at desc, id desc limit $4 offset $5`,
        [collaborationId, query.subjectId ?? null, query.action ?? null, query.size, (query.page - 1) * query.size],
      ),
    );
    const items = rows.map(({ total: _, ...row }) => ({ ...row, happenedAt: row.happenedAt.toISOString() }));
    return { items, total: rows[0]?.total ?? 0, page: query.page, size: query.size };
  }
}
