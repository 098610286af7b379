import { Injectable } from '@nestjs/common';
import type { HoursGiven } from '@fairshare/contract/charges-due';
import { hoursBalances } from '@fairshare/domain/sharing';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';

type Line = Omit<HoursGiven['items'][number], 'giverName' | 'takerName'>;

/** Every hour that schools gave one another, whether it was booked as a session or entered by hand: there is one balance. */
@Injectable()
export class HoursReader {
  readonly #bookings: BookingsQueries;
  readonly #clock: Clock;
  readonly #schools: SchoolsQueries;

  constructor(bookings: BookingsQueries, clock: Clock, schools: SchoolsQueries) {
    this.#bookings = bookings;
    this.#clock = clock;
    this.#schools = schools;
  }

  async all(tx: Tx, collaborationId: string): Promise<HoursGiven> {
    const lines = await this.lines(tx, collaborationId);
    const members = await this.#schools.members(tx, collaborationId, this.#clock.today());
    const balances = hoursBalances(lines, members.map(({ urn }) => urn));
    const names = await this.#schools.names(tx, balances.map(({ urn }) => urn));
    const nameOf = (urn: string) => names.get(urn) ?? urn;
    return {
      items: lines.map((line) => ({ ...line, giverName: nameOf(line.giverUrn), takerName: nameOf(line.takerUrn) })),
      total: lines.length,
      balances: balances.map((one) => ({ ...one, schoolName: nameOf(one.urn) })).sort((a, b) => a.schoolName.localeCompare(b.schoolName)),
    };
  }

  /** The latest first. */
  async lines(tx: Tx, collaborationId: string): Promise<Line[]> {
    const entered = await sql<Omit<Line, 'from'>>(
      tx,
      `select id, giver_urn as "giverUrn", taker_urn as "takerUrn", minutes, given_on as "givenOn", what, recorded_by as "recordedBy"
         from hours_given where collaboration_id = $1 order by given_on desc, id desc`,
      [collaborationId],
    );
    const given = await this.#bookings.timeGiven(tx, collaborationId);
    const lines: Line[] = [...entered.map((line) => ({ from: 'entered' as const, ...line })), ...given.map((line) => ({ from: 'session' as const, ...line }))];
    return lines.sort((a, b) => b.givenOn.localeCompare(a.givenOn));
  }
}
