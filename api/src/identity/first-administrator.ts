import { Injectable } from '@nestjs/common';
import type { FirstAdministrator as Wanted } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { systemScope } from '../platform/actor.js';
import { Database, sql } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Passwords } from './passwords.js';
import { giveRole } from './people.service.js';
import { UserStore } from './user-store.js';

/** The person who runs this installation, made once by whoever opens it first. */
@Injectable()
export class FirstAdministrator {
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #users: UserStore;

  constructor(database: Database, passwords: Passwords, users: UserStore) {
    this.#database = database;
    this.#passwords = passwords;
    this.#users = users;
  }

  async isNeeded(): Promise<boolean> {
    const rows = await this.#database.plain(`select 1 from role_grant where role = 'administrator' limit 1`);
    return rows.length === 0;
  }

  async make(wanted: Wanted): Promise<void> {
    // Hashing is costly on purpose, and this is open to everybody: whoever comes too late is told before it.
    if (!(await this.isNeeded())) throw new DomainError('identity.administrator-exists');
    const hash = await this.#passwords.choose(wanted.password, wanted);
    await this.#database.write(systemScope(), async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('fairshare:first-administrator'))`);
      const there = await sql(tx, `select 1 from role_grant where role = 'administrator' limit 1`);
      if (there.length > 0) throw new DomainError('identity.administrator-exists');
      const id = newId();
      await this.#users.add(tx, { id, email: wanted.email, name: wanted.name, passwordHash: hash });
      await giveRole(tx, id, 'administrator', null, null);
    });
  }
}
