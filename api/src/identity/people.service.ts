import { Injectable } from '@nestjs/common';
import type { WiderRole } from '@fairshare/contract/delegations';
import type { AddedPerson, AddPerson, Person, Role, SentInvitation } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { Invitations } from './invitations.js';
import { UserStore } from './user-store.js';
import { WiderRoles } from './wider-roles.js';

/** People and the roles they hold. */
@Injectable()
export class PeopleService {
  readonly #database: Database;
  readonly #invitations: Invitations;
  readonly #trail: Trail;
  readonly #users: UserStore;
  readonly #wider: WiderRoles;

  constructor(database: Database, invitations: Invitations, trail: Trail, users: UserStore, wider: WiderRoles) {
    this.#database = database;
    this.#invitations = invitations;
    this.#trail = trail;
    this.#users = users;
    this.#wider = wider;
  }

  /** Everybody with a role in the collaboration, by name. */
  async list(who: Scope, collaborationId: string, page: number, size: number) {
    return this.#database.read(who, async (tx) => {
      const items = await this.#users.withRoles(tx, collaborationId, { limit: size, offset: (page - 1) * size });
      const [count] = await sql<{ total: number }>(tx, 'select count(distinct user_id) as total from role_grant where collaboration_id = $1', [collaborationId]);
      return { items, total: count?.total ?? 0, page, size };
    });
  }

  /** Gives a role; somebody new is invited, and the link is answered only where mails do not leave the house. */
  async add(who: Scope, collaborationId: string, wanted: AddPerson): Promise<AddedPerson> {
    const added = await this.#database.write(who, async (tx) => {
      const userId = newId();
      const created = await this.#users.addUnlessThere(tx, { id: userId, email: wanted.email, name: wanted.name, passwordHash: null });
      const id = created ? userId : ((await this.#users.idOf(tx, wanted.email)) as string);
      const wider = widerRoleOf(wanted);
      if (wider) await this.#wider.giveIn(tx, collaborationId, id, wider);
      else if (wanted.schoolUrn && !(await isMember(tx, collaborationId, wanted.schoolUrn))) throw new DomainError('identity.no-such-member');
      else await giveRole(tx, id, wanted.role, collaborationId, wanted.schoolUrn ?? null);
      await this.#trail.record(tx, who, { action: 'identity.role-given', collaborationId, subjectKind: 'user', subjectId: id, after: wider ?? { role: wanted.role, schoolUrn: wanted.schoolUrn } });
      // Who has not come yet may have been invited elsewhere: that link must not open what is given here.
      const invited = created || ((await this.#users.isNew(tx, id)) && (await this.#users.belongsElsewhere(tx, id, collaborationId)));
      if (invited) await this.#invitations.send(tx, who, { id, name: wanted.name, email: wanted.email }, collaborationId);
      const [person] = await this.#users.withRoles(tx, collaborationId, { userId: id, limit: 1, offset: 0 });
      return { person: person as Person, invited };
    });
    return { person: added.person, invitation: added.invited ? await this.#sent(added.person, collaborationId) : null };
  }

  /** Invites once more somebody who has not come yet. @throws `identity.already-accepted`. */
  async inviteAgain(who: Scope, collaborationId: string, userId: string): Promise<SentInvitation> {
    const person = await this.#database.write(who, async (tx) => {
      const [found] = await this.#users.withRoles(tx, collaborationId, { userId, limit: 1, offset: 0 });
      if (!found) throw new DomainError('platform.not-found');
      if (!(await this.#users.isNew(tx, userId))) throw new DomainError('identity.already-accepted');
      await this.#invitations.send(tx, who, { id: userId, name: found.name, email: found.email }, collaborationId);
      await this.#trail.record(tx, who, { action: 'identity.invited-again', collaborationId, subjectKind: 'user', subjectId: userId });
      return found;
    });
    return this.#sent(person, collaborationId);
  }

  async #sent(person: Person, collaborationId: string): Promise<SentInvitation> {
    return { email: person.email, link: await this.#invitations.linkToHandOver(person.userId, collaborationId) };
  }
}

/** @throws `identity.already-has-role`. */
export async function giveRole(tx: Tx, userId: string, role: Role, collaborationId: string | null, schoolUrn: string | null): Promise<void> {
  const rows = await sql(
    tx,
    'insert into role_grant (id, user_id, role, collaboration_id, school_urn) values ($1, $2, $3, $4, $5) on conflict do nothing returning id',
    [newId(), userId, role, collaborationId, schoolUrn],
  );
  if (rows.length === 0) throw new DomainError('identity.already-has-role');
}

/** A school that has left still answers for what it owed. */
async function isMember(tx: Tx, collaborationId: string, urn: string): Promise<boolean> {
  return (await sql(tx, 'select 1 from membership where collaboration_id = $1 and urn = $2 limit 1', [collaborationId, urn])).length > 0;
}

/** Undefined for a role at one school, or in the whole collaboration. */
function widerRoleOf({ role, trustCode, supplierId, specialistId }: AddPerson): WiderRole | undefined {
  if (role === 'supplier' && supplierId) return { role, supplierId };
  if (role === 'specialist' && specialistId) return { role, specialistId };
  if (trustCode && (role === 'business-manager' || role === 'finance-officer' || role === 'head' || role === 'governor')) return { role, trustCode };
  return undefined;
}
