import { Injectable } from '@nestjs/common';
import type { Role } from '@fairshare/contract/identity';
import { sql, type Tx } from '../platform/database.js';

/** Somebody with a role in a collaboration, once for each role. */
export interface PersonInRole {
  readonly userId: string;
  /** Encrypted, like the address. */
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Null when the role is held over the whole collaboration. */
  readonly schoolUrn: string | null;
  readonly specialistId: string | null;
}

/** People as other rooms need them: to write to whoever a thing concerns. */
@Injectable()
export class PeopleQueries {
  /** Everybody who can sign in and has a role in the collaboration. */
  inRoles(tx: Tx, collaborationId: string): Promise<PersonInRole[]> {
    return sql<PersonInRole>(
      tx,
      `select u.id as "userId", u.name, u.email::text as email, g.role, g.school_urn as "schoolUrn", g.specialist_id as "specialistId"
         from role_grant g join app_user u on u.id = g.user_id where g.collaboration_id = $1 and u.active order by u.id`,
      [collaborationId],
    );
  }
}
