import { Injectable } from '@nestjs/common';
import type { Erasure, PersonalData } from '@fairshare/contract/personal-data';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Personal } from '../platform/personal.js';
import { PersonalDataTelling } from './personal-data-telling.js';
import { PersonalRecords } from './personal-records.js';

interface About {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly email_index: string | null;
  /** Whose diary is this person's own, and not one that they keep for somebody else. */
  readonly specialist_ids: string[];
  /** Where the role of that specialist was given to them. */
  readonly diaries: string[];
}

/** Everything about one person: handed over to whom it is about, and erased. */
@Injectable()
export class PersonalDataService {
  readonly #house: Database;
  readonly #personal: Personal;
  readonly #records: PersonalRecords;
  readonly #tell: PersonalDataTelling;

  constructor(database: Database, personal: Personal, records: PersonalRecords, tell: PersonalDataTelling) {
    this.#house = database;
    this.#personal = personal;
    this.#records = records;
    this.#tell = tell;
  }

  /**
   * Nobody else's name is in it. That it was read stands on the trail. Who takes their own gets a specialist's records
   * only where that role was given to them: another collaboration that the specialist serves hands over its own.
   */
  export(who: Scope, userId: string, everywhere: boolean): Promise<PersonalData> {
    return this.#house.read(seeingAll(who), async (tx) => {
      const about = await find(tx, userId);
      const ids = [about.id, ...about.specialist_ids];
      const records = await this.#records.all(tx, { id: about.id, specialistIds: about.specialist_ids, within: everywhere ? null : about.diaries });
      await this.#tell.read(tx, who, userId, records.map(({ kind, items }) => ({ kind, count: items.length })));
      return this.#personal.revealOnly(
        { about: { id: about.id, name: about.name, email: about.email }, madeAt: this.#tell.now().toISOString(), records }, ids, tx,
      );
    });
  }

  /**
   * The person's key is destroyed and their account, roles, sessions and mails are gone; records of the books, the calendar
   * and the trail stay as they are and name nobody any more. It cannot be undone.
   * @throws `identity.not-oneself`, `identity.last-coordinator`, `identity.last-administrator`, `identity.belongs-elsewhere`.
   */
  erase(who: Scope, userId: string, dryRun: boolean): Promise<Erasure> {
    return this.#house.write(seeingAll(who), async (tx) => {
      const about = await find(tx, userId);
      await assertMayErase(tx, who, about);
      const [counts] = await sql<{ roles: number; sessions: number; mails: number }>(
        tx,
        `select (select count(*) from role_grant where user_id = $1) as roles, (select count(*) from session where user_id = $1) as sessions,
                (select count(*) from mail where to_index = $2) as mails`,
        [userId, about.email_index],
      );
      const found: Erasure = { dryRun, name: about.name, roles: 0, sessions: 0, mails: 0, ...counts, records: await this.#records.count(tx, { id: about.id, specialistIds: about.specialist_ids, within: null }) };
      if (!dryRun) await this.#gone(tx, who, about, found);
      return found;
    });
  }

  async #gone(tx: Tx, who: Scope, about: About, { records, dryRun: _, name: __, ...counts }: Erasure): Promise<void> {
    const ids = [about.id, ...about.specialist_ids];
    await this.#tell.gone(tx, who, about, { ...counts, records });
    await sql(tx, 'delete from mail where to_index = $1', [about.email_index]);
    await sql(tx, 'delete from idempotency_key where user_id = $1', [about.id]);
    // Roles, sessions, second factors and wishes go with the account.
    await sql(tx, 'delete from app_user where id = $1', [about.id]);
    await this.#personal.destroy(tx, ids, this.#tell.now());
  }
}

/** A person is one in all collaborations; who may ask was decided before. */
const seeingAll = (who: Scope): Scope => ({ ...who, collaborationIds: 'every' });

/**
 * The role specialist is given to assistants too. Who the specialist is, says the e-mail address they are engaged by, which
 * is the one that the account was invited at; where none is known (and so no other collaboration can have engaged them), whoever alone holds the role.
 */
const isOwn = `(s.email_index = u.email_index or (s.email_index is null and not exists (select from role_grant o where o.specialist_id = s.id and o.user_id <> u.id)))`;

async function find(tx: Tx, userId: string): Promise<About> {
  const [about] = await sql<About>(
    tx,
    `select u.id, u.name, u.email, u.email_index,
            array(select distinct g.specialist_id from role_grant g join specialist s on s.id = g.specialist_id where g.user_id = u.id and ${isOwn}) as specialist_ids,
            array(select distinct g.collaboration_id from role_grant g join specialist s on s.id = g.specialist_id where g.user_id = u.id and ${isOwn}) as diaries
       from app_user u where u.id = $1`,
    [userId],
  );
  if (!about) throw new DomainError('platform.not-found');
  return about;
}

async function assertMayErase(tx: Tx, who: Scope, about: About): Promise<void> {
  if (who.userId === about.id) throw new DomainError('identity.not-oneself');
  const grants = await sql<{ role: string; collaboration_id: string | null; others: number }>(
    tx,
    `select g.role, g.collaboration_id,
            (select count(*) from role_grant o where o.role = g.role and o.collaboration_id is not distinct from g.collaboration_id and o.user_id <> g.user_id) as others
       from role_grant g where g.user_id = $1`,
    [about.id],
  );
  if (!who.roles.includes('administrator')) {
    const ours = (id: string | null) => id !== null && (who.collaborationIds === 'every' || who.collaborationIds.includes(id));
    if (!grants.some((g) => ours(g.collaboration_id))) throw new DomainError('platform.not-found');
    if (about.specialist_ids.length > 0 || !grants.every((g) => ours(g.collaboration_id))) throw new DomainError('identity.belongs-elsewhere');
  }
  if (grants.some((g) => g.role === 'administrator' && g.others === 0)) throw new DomainError('identity.last-administrator');
  if (grants.some((g) => g.role === 'coordinator' && g.others === 0)) throw new DomainError('identity.last-coordinator');
}
