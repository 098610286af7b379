import { Injectable } from '@nestjs/common';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database.js';
import { Events } from '../platform/events.js';
import { Trail } from '../platform/trail.js';
import { personErased } from './identity.news.js';

/** Says what was done with somebody's data: on the trail, and to the rooms that keep things of theirs. */
@Injectable()
export class PersonalDataTelling {
  readonly #clock: Clock;
  readonly #events: Events;
  readonly #trail: Trail;

  constructor(clock: Clock, events: Events, trail: Trail) {
    this.#clock = clock;
    this.#events = events;
    this.#trail = trail;
  }

  now(): Date {
    return this.#clock.now();
  }

  read(tx: Tx, who: Scope, userId: string, records: readonly { kind: string; count: number }[]): Promise<void> {
    return this.#trail.record(tx, who, { action: 'identity.personal-data-exported', collaborationId: null, subjectKind: 'user', subjectId: userId, kind: 'reading', after: { records } });
  }

  async gone(tx: Tx, who: Scope, about: { readonly id: string; readonly specialist_ids: readonly string[] }, counts: object): Promise<void> {
    await this.#events.tell(tx, { ...who, collaborationIds: 'every' }, personErased, { userId: about.id, specialistIds: about.specialist_ids });
    await this.#trail.record(tx, who, { action: 'identity.person-erased', collaborationId: null, subjectKind: 'user', subjectId: about.id, after: counts });
  }
}
