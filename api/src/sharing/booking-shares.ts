import { Injectable } from '@nestjs/common';
import type { BookingShares, BookingSharesQuery } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { dateAt, parseInstant } from '@fairshare/domain/kernel/zone';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { buysInAdvance, chargeForSession } from './booking-charge.js';
import { ExpectedShares } from './expected-shares.js';

/** Says before a session is booked what each school would pay of it, by the rules that will charge it. */
@Injectable()
export class BookingSharesReader {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #expected: ExpectedShares;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, database: Database, expected: ExpectedShares, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#database = database;
    this.#expected = expected;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** @throws `availability.ends-before-it-starts` */
  read(who: Scope, collaborationId: string, query: BookingSharesQuery): Promise<BookingShares> {
    return this.#database.read(who, async (tx) => {
      const agreement = await this.#procurement.agreement(tx, collaborationId, query.agreementId);
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const session = { startsAt: parseInstant(query.startsAt, zone), endsAt: parseInstant(query.endsAt, zone) };
      if (session.endsAt <= session.startsAt) throw new DomainError('availability.ends-before-it-starts');
      if (agreement.reciprocal) return { kind: 'reciprocal', pence: 0, shares: [] };
      const on = dateAt(session.startsAt, zone);
      const pence = chargeForSession(agreement, session, { orderedOn: this.#clock.today(), deliveredOn: on }, zone);
      if (buysInAdvance(agreement)) return { kind: 'units', pence, shares: [] };
      if (pence === 0) return { kind: 'paid', pence, shares: [] };
      const use = query.schoolUrn.map((urn) => ({ urn, minutes: 1 }));
      const shares = await this.#expected.of(tx, collaborationId, agreement, pence, { from: on, to: on }, use);
      const names = await this.#schools.names(tx, [...shares.keys()]);
      return { kind: 'charge', pence, shares: [...shares].map(([urn, part]) => ({ urn, schoolName: names.get(urn) ?? urn, pence: part })) };
    });
  }
}
