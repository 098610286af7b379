import { Injectable } from '@nestjs/common';
import type { SecondFactorRules as Rules } from '@fairshare/contract/identity';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';

/** Where a second factor is asked of everybody: the whole collaboration, or some of its schools. */
@Injectable()
export class SecondFactorRules {
  readonly #database: Database;
  readonly #trail: Trail;

  constructor(database: Database, trail: Trail) {
    this.#database = database;
    this.#trail = trail;
  }

  read(who: Scope, collaborationId: string): Promise<Rules> {
    return this.#database.read(who, (tx) => rulesOf(tx, collaborationId));
  }

  set(who: Scope, collaborationId: string, wanted: Rules): Promise<Rules> {
    return this.#database.write(who, async (tx) => {
      const before = await rulesOf(tx, collaborationId);
      await sql(tx, 'delete from second_factor_rule where collaboration_id = $1', [collaborationId]);
      const urns = [...new Set([...(wanted.everybody ? [''] : []), ...wanted.schoolUrns])];
      await sql(tx, 'insert into second_factor_rule (collaboration_id, school_urn) select $1, unnest($2::text[])', [collaborationId, urns]);
      const after = await rulesOf(tx, collaborationId);
      await this.#trail.record(tx, who, { action: 'identity.second-factor-asked', collaborationId, subjectKind: 'collaboration', subjectId: collaborationId, before, after });
      return after;
    });
  }
}

async function rulesOf(tx: Tx, collaborationId: string): Promise<Rules> {
  const rows = await sql<{ school_urn: string }>(tx, 'select school_urn from second_factor_rule where collaboration_id = $1 order by school_urn', [collaborationId]);
  return { everybody: rows.some(({ school_urn }) => school_urn === ''), schoolUrns: rows.flatMap(({ school_urn }) => school_urn || []) };
}
