import { Injectable } from '@nestjs/common';
import type { HoursGiven, HoursGivenBody } from '@fairshare/contract/charges-due';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { Bases } from './bases.js';
import { HoursGivenEntity } from './hours-given.entity.js';
import { HoursReader } from './hours-reader.js';

/** Time that schools give one another without cash: lines are added, balances are derived. */
@Injectable()
export class HoursService {
  readonly #bases: Bases;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #reader: HoursReader;
  readonly #trail: Trail;

  constructor(bases: Bases, clock: Clock, database: Database, reader: HoursReader, trail: Trail) {
    this.#bases = bases;
    this.#clock = clock;
    this.#database = database;
    this.#reader = reader;
    this.#trail = trail;
  }

  /** Everybody who takes part sees all of it, as with a shared charge. */
  read(who: Scope, collaborationId: string): Promise<HoursGiven> {
    return this.#database.read(who, (tx) => this.#reader.all(tx, collaborationId));
  }

  give(who: Scope, collaborationId: string, body: HoursGivenBody): Promise<HoursGiven> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      await this.#bases.assertMembers(tx, collaborationId, [body.giverUrn, body.takerUrn], body.givenOn, body.givenOn);
      const line = { id: newId(), collaborationId, ...body, recordedBy: who.name, recordedAt: this.#clock.now() };
      await tx.getRepository(HoursGivenEntity).insert(line);
      await this.#trail.record(tx, who, { action: 'sharing.hours-given', collaborationId, subjectKind: 'hours', subjectId: line.id, after: body });
      return this.#reader.all(tx, collaborationId);
    });
  }
}
