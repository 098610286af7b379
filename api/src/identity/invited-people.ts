import { Injectable } from '@nestjs/common';
import { systemScope } from '../platform/actor.js';
import { Database, type Tx } from '../platform/database.js';
import { Passwords } from './passwords.js';
import { UserStore, type User } from './user-store.js';

/** What invitations need of people and passwords. */
@Injectable()
export class InvitedPeople {
  readonly #database: Database;
  readonly #passwords: Passwords;
  readonly #users: UserStore;

  constructor(database: Database, passwords: Passwords, users: UserStore) {
    this.#database = database;
    this.#passwords = passwords;
    this.#users = users;
  }

  activeById(id: string): Promise<User | undefined> {
    return this.#users.activeById(id);
  }

  belongsElsewhere(id: string, collaborationId: string): Promise<boolean> {
    return this.#database.read(systemScope(), (tx) => this.#users.belongsElsewhere(tx, id, collaborationId));
  }

  async chosen(password: string, user: User): Promise<string> {
    return this.#passwords.choose(password, await this.#users.readable(user));
  }

  setPassword(tx: Tx, id: string, hash: string): Promise<void> {
    return this.#users.setPassword(tx, id, hash);
  }

  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#database.read(systemScope([]), work);
  }
}
