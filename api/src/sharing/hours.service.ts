import { Injectable } from '@nestjs/common';
import type { HoursGiven, HoursGivenBody } from '@fairshare/contract/charges-due';
import { hoursBalances } from '@fairshare/domain/sharing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { Bases } from './bases.js';
import { HoursGivenEntity } from './hours-given.entity.js';

type Line = Omit<HoursGiven['items'][number], 'giverName' | 'takerName'>;

/** Time that schools give one another without cash: lines are added, balances are derived. */
@Injectable()
export class HoursService {
  readonly #bases: Bases;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(bases: Bases, clock: Clock, database: Database, schools: SchoolsQueries, trail: Trail) {
    this.#bases = bases;
    this.#clock = clock;
    this.#database = database;
    this.#schools = schools;
    this.#trail = trail;
  }

  /** Everybody who takes part sees all of it, as with a shared charge. */
  read(who: Scope, collaborationId: string): Promise<HoursGiven> {
    return this.#database.read(who, (tx) => this.#all(tx, collaborationId));
  }

  give(who: Scope, collaborationId: string, body: HoursGivenBody): Promise<HoursGiven> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      await this.#bases.assertMembers(tx, collaborationId, [body.giverUrn, body.takerUrn], body.givenOn, body.givenOn);
      const line = { id: newId(), collaborationId, ...body, recordedBy: who.name, recordedAt: this.#clock.now() };
      await tx.getRepository(HoursGivenEntity).insert(line);
      await this.#trail.record(tx, who, { action: 'sharing.hours-given', collaborationId, subjectKind: 'hours', subjectId: line.id, after: body });
      return this.#all(tx, collaborationId);
    });
  }

  async #all(tx: Tx, collaborationId: string): Promise<HoursGiven> {
    const lines = await sql<Line>(
      tx,
      `select id, giver_urn as "giverUrn", taker_urn as "takerUrn", minutes, given_on as "givenOn", what, recorded_by as "recordedBy"
         from hours_given where collaboration_id = $1 order by given_on desc, id desc`,
      [collaborationId],
    );
    const today = this.#clock.today();
    const members = await this.#schools.members(tx, collaborationId, today);
    const balances = hoursBalances(lines, members.map(({ urn }) => urn));
    const names = await this.#schools.names(tx, balances.map(({ urn }) => urn));
    const nameOf = (urn: string) => names.get(urn) ?? urn;
    return {
      items: lines.map((line) => ({ ...line, giverName: nameOf(line.giverUrn), takerName: nameOf(line.takerUrn) })),
      total: lines.length,
      balances: balances.map((one) => ({ ...one, schoolName: nameOf(one.urn) })).sort((a, b) => a.schoolName.localeCompare(b.schoolName)),
    };
  }
}
