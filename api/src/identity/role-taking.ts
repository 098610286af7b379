import { Injectable } from '@nestjs/common';
import type { Role } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { Trail } from '../platform/trail.js';
import { roleTaken } from './identity.news.js';
import { endSessions } from './sessions.js';

/** Takes roles away, with all that they opened. */
@Injectable()
export class RoleTaking {
  readonly #database: Database;
  readonly #events: Events;
  readonly #trail: Trail;

  constructor(database: Database, events: Events, trail: Trail) {
    this.#database = database;
    this.#events = events;
    this.#trail = trail;
  }

  /** Sessions end at once, so that no page keeps what is gone, and so do calendar feeds. @throws `identity.last-coordinator`. */
  async take(who: Scope, collaborationId: string, grantId: string): Promise<void> {
    await this.#database.write(who, async (tx) => {
      const [gone] = await sql<{ user_id: string; role: Role; school_urn: string | null }>(
        tx,
        'delete from role_grant where id = $1 and collaboration_id = $2 returning user_id, role, school_urn, trust_code, supplier_id, specialist_id',
        [grantId, collaborationId],
      );
      if (!gone) throw new DomainError('platform.not-found');
      if (gone.role === 'coordinator') {
        const left = await sql(tx, `select 1 from role_grant where collaboration_id = $1 and role = 'coordinator' limit 1`, [collaborationId]);
        if (left.length === 0) throw new DomainError('identity.last-coordinator');
      }
      await endSessions(tx, gone.user_id);
      await this.#events.tell(tx, who, roleTaken, { userId: gone.user_id, collaborationId });
      await this.#trail.record(tx, who, { action: 'identity.role-taken', collaborationId, subjectKind: 'user', subjectId: gone.user_id, before: gone });
    });
  }
}
