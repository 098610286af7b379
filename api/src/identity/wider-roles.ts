import { Injectable } from '@nestjs/common';
import type { WiderRole } from '@fairshare/contract/delegations';
import type { RolePlaces } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';

/** Roles that are not held at one school: at all academies of a trust, of a supplier, or with a specialist's diary. */
@Injectable()
export class WiderRoles {
  readonly #database: Database;
  readonly #trail: Trail;
  readonly #personal: Personal;

  constructor(database: Database, trail: Trail, personal: Personal) {
    this.#database = database;
    this.#trail = trail;
    this.#personal = personal;
  }

  /** What roles can be held at, by name. */
  places(who: Scope, collaborationId: string): Promise<RolePlaces> {
    return this.#database.read(who, async (tx) => {
      const trusts = await sql<RolePlaces['trusts'][number]>(
        tx,
        `select s.trust_code as code, coalesce(max(s.trust_name), s.trust_code) as name, count(distinct s.urn)::int as academies
           from membership m join school s on s.urn = m.urn
          where m.collaboration_id = $1 and s.trust_code is not null group by s.trust_code order by name`,
        [collaborationId],
      );
      const suppliers = await sql<RolePlaces['suppliers'][number]>(tx, 'select id, name from supplier where collaboration_id = $1', [collaborationId]);
      const specialists = await sql<RolePlaces['specialists'][number]>(
        tx, 'select s.id, s.name from engagement e join specialist s on s.id = e.specialist_id where e.collaboration_id = $1', [collaborationId]);
      const readable = await this.#personal.reveal({ suppliers, specialists }, tx);
      return { trusts, suppliers: byName(readable.suppliers), specialists: byName(readable.specialists) };
    });
  }

  /** @throws `platform.not-found` for a person, supplier or specialist who is not of this collaboration, `identity.no-such-trust`, `identity.already-has-role`. */
  async give(who: Scope, collaborationId: string, userId: string, wanted: WiderRole): Promise<void> {
    await this.#database.write(who, async (tx) => {
      const [known] = await sql(tx, 'select 1 from role_grant where collaboration_id = $1 and user_id = $2 limit 1', [collaborationId, userId]);
      if (!known) throw new DomainError('platform.not-found');
      await this.giveIn(tx, collaborationId, userId, wanted);
      await this.#trail.record(tx, who, { action: 'identity.role-given', collaborationId, subjectKind: 'user', subjectId: userId, after: wanted });
    });
  }

  /** The same in a transaction that tells of it itself, whoever the person is. */
  async giveIn(tx: Tx, collaborationId: string, userId: string, wanted: WiderRole): Promise<void> {
    await assertThere(tx, collaborationId, wanted);
    const { role, trustCode = null, supplierId = null, specialistId = null } = { trustCode: undefined, supplierId: undefined, specialistId: undefined, ...wanted };
    const made = await sql(
      tx,
      'insert into role_grant (id, user_id, role, collaboration_id, trust_code, supplier_id, specialist_id) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id',
      [newId(), userId, role, collaborationId, trustCode, supplierId, specialistId],
    );
    if (made.length === 0) throw new DomainError('identity.already-has-role');
  }
}

const byName = <T extends { readonly name: string }>(rows: readonly T[]): T[] => [...rows].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));

/** Suppliers and specialists are only ids here; row-level security hides those of other collaborations. */
async function assertThere(tx: Tx, collaborationId: string, wanted: WiderRole): Promise<void> {
  if ('trustCode' in wanted) {
    const academies = await sql(tx, 'select 1 from school s join membership m on m.urn = s.urn where m.collaboration_id = $1 and s.trust_code = $2 limit 1', [collaborationId, wanted.trustCode]);
    if (academies.length === 0) throw new DomainError('identity.no-such-trust');
    return;
  }
  const there = 'supplierId' in wanted
    ? await sql(tx, 'select 1 from supplier where collaboration_id = $1 and id = $2', [collaborationId, wanted.supplierId])
    : await sql(tx, 'select 1 from engagement where collaboration_id = $1 and specialist_id = $2', [collaborationId, wanted.specialistId]);
  if (there.length === 0) throw new DomainError('platform.not-found');
}
