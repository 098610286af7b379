import { Injectable } from '@nestjs/common';
import { systemScope, type Actor } from '../platform/actor.js';
import { Database, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';

/** A change of one's own account, with its line in the trail. */
@Injectable()
export class OwnChanges {
  readonly #database: Database;
  readonly #trail: Trail;

  constructor(database: Database, trail: Trail) {
    this.#database = database;
    this.#trail = trail;
  }

  /** `secret` keeps the answer out of the store of idempotent answers: it holds codes that are shown once. */
  make<T>(actor: Pick<Actor, 'userId' | 'name'>, action: string, work: (tx: Tx) => Promise<T>, { secret = false } = {}): Promise<T> {
    const who = { ...systemScope([]), userId: actor.userId, name: actor.name };
    const deed = async (tx: Tx) => {
      const answer = await work(tx);
      await this.#trail.record(tx, who, { action, collaborationId: null, subjectKind: 'user', subjectId: actor.userId });
      return answer;
    };
    return secret ? this.#database.read(who, deed) : this.#database.write(who, deed);
  }
}
