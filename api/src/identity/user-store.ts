import { Injectable } from '@nestjs/common';
import type { Person, Role } from '@fairshare/contract/identity';
import { Database, sql, type Tx } from '../platform/database.js';
import { Personal } from '../platform/personal.js';

/** A person who can sign in, as identity's own services need them; name and address as they are stored, which is encrypted. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
}

/** One role of somebody. */
export interface GrantRow {
  role: Role | null;
  collaboration_id: string | null;
  school_urn: string | null;
  specialist_id: string | null;
  supplier_id: string | null;
  trust_urns: string[] | null;
}

/** A session with its person and their roles, one row a role. */
export interface SessionRow extends GrantRow {
  session_id: string;
  user_id: string;
  name: string;
  email: string;
  last_seen_at: Date;
  proved_at: Date;
  second_factor: boolean;
  /** Whether a school or collaboration of theirs asks for a second factor. */
  factor_asked: boolean;
}

interface PersonRow {
  user_id: string;
  name: string;
  email: string;
  active: boolean;
  second_factor: boolean;
  grants: { id: string; role: Role; collaborationId?: string; schoolUrn?: string; specialistId?: string }[];
}

/** A role at a trust is one at each of its academies; those of other collaborations have no records in this one. */
const grantColumns = `g.role, g.collaboration_id, g.school_urn, g.specialist_id, g.supplier_id,
              case when g.trust_code is not null then array(select s.urn from school s where s.trust_code = g.trust_code order by s.urn) end as trust_urns`;

const columns = 'id, email, name, password_hash as "passwordHash"';

/**
 * The one place that reads and writes `app_user`. Names and addresses are encrypted here and stay so on their way through
 * the house; they are opened at its edge.
 */
@Injectable()
export class UserStore {
  readonly #database: Database;
  readonly #personal: Personal;

  constructor(database: Database, personal: Personal) {
    this.#database = database;
    this.#personal = personal;
  }

  /** Names and addresses as people read them, for the few who have to look: a password must not be one's own name. */
  readable<T>(value: T): Promise<T> {
    return this.#personal.reveal(value);
  }

  async anybody(): Promise<boolean> {
    return (await this.#database.plain('select 1 from app_user limit 1')).length > 0;
  }

  async activeByEmail(email: string): Promise<User | undefined> {
    const [user] = await this.#database.plain<User>(`select ${columns} from app_user where email_index = $1 and active`, [this.#personal.lookup(email)]);
    return user;
  }

  async activeById(id: string): Promise<User | undefined> {
    const [user] = await this.#database.plain<User>(`select ${columns} from app_user where id = $1 and active`, [id]);
    return user;
  }

  async idOf(tx: Tx, email: string): Promise<string | undefined> {
    const [user] = await sql<{ id: string }>(tx, 'select id from app_user where email_index = $1', [this.#personal.lookup(email)]);
    return user?.id;
  }

  async add(tx: Tx, user: User): Promise<void> {
    await sql(tx, 'insert into app_user (id, email, email_index, name, password_hash) values ($1, $2, $3, $4, $5)', await this.#stored(tx, user));
  }

  /** @returns false when somebody has this e-mail already. */
  async addUnlessThere(tx: Tx, user: User): Promise<boolean> {
    const made = await sql(
      tx,
      'insert into app_user (id, email, email_index, name, password_hash) values ($1, $2, $3, $4, $5) on conflict (email_index) do nothing returning id',
      await this.#stored(tx, user),
    );
    return made.length > 0;
  }

  async setPassword(tx: Tx, id: string, hash: string): Promise<void> {
    await sql(tx, 'update app_user set password_hash = $2 where id = $1', [id, hash]);
  }

  async setName(tx: Tx, id: string, name: string): Promise<void> {
    await sql(tx, 'update app_user set name = $2 where id = $1', [id, await this.#personal.seal(tx, id, name)]);
  }

  /** Whether somebody was invited and has not chosen a way to sign in yet. */
  async isNew(tx: Tx, id: string): Promise<boolean> {
    const [row] = await sql<{ new: boolean }>(
      tx,
      `select password_hash is null and not exists (select from outside_account o where o.user_id = u.id) and not exists (select from passkey p where p.user_id = u.id) as new
         from app_user u where id = $1 and active`,
      [id],
    );
    return row?.new ?? false;
  }

  /** Whether somebody has a role outside of this collaboration, or is a specialist whom another one may know. */
  async belongsElsewhere(tx: Tx, id: string, collaborationId: string): Promise<boolean> {
    const [row] = await sql<{ elsewhere: boolean }>(
      tx,
      `select exists (select from grants_of($1) g where g.collaboration_id is distinct from $2)
           or exists (select from app_user u join specialist s on s.email_index = u.email_index where u.id = $1 and engaged_elsewhere(s.id, $2)) as elsewhere`,
      [id, collaborationId],
    );
    return row?.elsewhere ?? false;
  }

  /** Accounts at providers that sign somebody in. */
  async outsideAccountsOf(userId: string): Promise<{ provider: string; tiedAt: string }[]> {
    const rows = await this.#database.plain<{ provider: string; tied_at: Date }>('select provider, tied_at from outside_account where user_id = $1 order by tied_at', [userId]);
    return rows.map(({ provider, tied_at }) => ({ provider, tiedAt: tied_at.toISOString() }));
  }

  /** Somebody's roles, whoever asks: for whom a delegate acts. */
  grantsOf(userId: string): Promise<GrantRow[]> {
    return this.#database.plain<GrantRow>(`select ${grantColumns} from grants_of($1) g order by g.granted_at, g.id`, [userId]);
  }

  /** The session of a cookie with its person and roles; nothing when it is over. */
  ofSession(tokenHash: string, now: Date, idleSince: Date): Promise<SessionRow[]> {
    return this.#database.plain<SessionRow>(
      `select s.id as session_id, u.id as user_id, u.name, u.email, s.last_seen_at, s.proved_at, s.second_factor,
              not s.second_factor and second_factor_is_needed(u.id) as factor_asked,
              ${grantColumns}
         from session s join app_user u on u.id = s.user_id and u.active
         left join lateral grants_of(u.id) g on true
        where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3
        order by g.granted_at, g.id`,
      [tokenHash, now, idleSince],
    );
  }

  /** People with a role in the collaboration, by name: since names are encrypted, they are put in order here. */
  async withRoles(tx: Tx, collaborationId: string, only: { userId?: string; limit: number; offset: number }): Promise<Person[]> {
    const rows = await sql<PersonRow>(
      tx,
      `select u.id as user_id, u.name, u.email, u.active,
              exists (select from totp where user_id = u.id and confirmed_at is not null) or exists (select from passkey where user_id = u.id) as second_factor,
              json_agg(json_strip_nulls(json_build_object('id', g.id, 'role', g.role, 'collaborationId', g.collaboration_id,
                'schoolUrn', g.school_urn, 'specialistId', g.specialist_id, 'supplierId', g.supplier_id, 'trustCode', g.trust_code)) order by g.granted_at, g.id) as grants
         from role_grant g join app_user u on u.id = g.user_id
        where g.collaboration_id = $1 and ($2::uuid is null or u.id = $2)
        group by u.id order by u.id`,
      [collaborationId, only.userId ?? null],
    );
    const readable = await this.#personal.reveal(rows.map(({ user_id, name }) => ({ user_id, name })), tx);
    const names = new Map(readable.map((r) => [r.user_id, r.name]));
    const inOrder = rows.sort((a, b) => (names.get(a.user_id) ?? '').localeCompare(names.get(b.user_id) ?? '', 'en-GB')).slice(only.offset, only.offset + only.limit);
    return inOrder.map((r) => ({ userId: r.user_id, name: r.name, email: r.email, active: r.active, secondFactor: r.second_factor, grants: r.grants }));
  }

  async #stored(tx: Tx, user: User) {
    return [user.id, await this.#personal.seal(tx, user.id, user.email), this.#personal.lookup(user.email), await this.#personal.seal(tx, user.id, user.name), user.passwordHash];
  }
}
