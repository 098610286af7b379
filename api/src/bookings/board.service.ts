import { Injectable } from '@nestjs/common';
import type { Board, BoardQuery } from '@fairshare/contract/board';
import { boardOf, type BoardDay, type Halves, type SchoolCalendar } from '@fairshare/domain/availability';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, daysIn, type DateOnly } from '@fairshare/domain/kernel/period';
import { isoOf, wholeDays } from '@fairshare/domain/kernel/zone';
import { AvailabilityService } from '../availability/availability.service.js';
import { isSpecialistOnly } from '../availability/diary.js';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { BookingStore } from './booking-store.js';
import { BookingViews } from './booking-views.js';
import { whatMoves } from './what-moves.js';

const mostDays = 21;

interface SpecialistRow {
  readonly id: string;
  readonly name: string;
  readonly agreementIds: string[];
}

/** Specialists by days: who is free, who is where, how full. A handful of queries, however many specialists they are. */
@Injectable()
export class BoardService {
  readonly #availability: AvailabilityService;
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #store: BookingStore;
  readonly #views: BookingViews;

  constructor(availability: AvailabilityService, database: Database, schools: SchoolsQueries, store: BookingStore, views: BookingViews) {
    this.#availability = availability;
    this.#database = database;
    this.#schools = schools;
    this.#store = store;
    this.#views = views;
  }

  read(who: Scope, collaborationId: string, query: BoardQuery): Promise<Board> {
    return this.#database.read(who, async (tx) => {
      if (query.to < query.from) throw new DomainError('availability.ends-before-it-starts');
      if (daysIn(query) > mostDays) throw new DomainError('availability.range-too-long');
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const urn = query.schoolUrn ?? (await this.#schools.members(tx, collaborationId, query.from, query.to))[0]?.urn ?? '';
      const [calendar] = await this.#schools.calendars(tx, collaborationId, [urn], query.from, query.to);
      const days = daysOf(query).map((date) => ({ date, closed: closedOn(calendar, date) }));
      const rows = await this.#views.byName(tx, await this.#specialists(tx, who, collaborationId, query));
      if (rows.length === 0) return { days, specialists: [], bookings: [] };
      const cells = await this.#cells(tx, collaborationId, urn, query, rows);
      return { days, specialists: rows.map((row) => shownRow(row, cells)), bookings: await this.#bookings(tx, who, collaborationId, zone, query, rows) };
    });
  }

  /** Whoever can be booked in these days, by name; a specialist sees their own row. */
  #specialists(tx: Tx, who: Scope, collaborationId: string, query: BoardQuery): Promise<SpecialistRow[]> {
    return sql<SpecialistRow>(
      tx,
      `select p.id, p.name, array_agg(a.id order by a.name, a.id) as "agreementIds"
         from agreement_specialist x
         join agreement a on a.collaboration_id = x.collaboration_id and a.id = x.agreement_id
         join engagement e on e.collaboration_id = x.collaboration_id and e.specialist_id = x.specialist_id
         join specialist p on p.id = x.specialist_id
        where x.collaboration_id = $1 and a.starts_on <= $3 and a.ends_on >= $2 and e.from_on <= $3 and (e.until_on is null or e.until_on >= $2)
          and ($4::uuid is null or a.id = $4) and ($5::uuid is null or p.id = $5)
        group by p.id, p.name order by p.id`,
      [collaborationId, query.from, query.to, query.agreementId ?? null, isSpecialistOnly(who) ? who.specialistId : null],
    );
  }

  async #cells(tx: Tx, collaborationId: string, urn: string, query: BoardQuery, rows: readonly SpecialistRow[]): Promise<readonly BoardDay[]> {
    const agreed = await this.#availability.agreed(tx, collaborationId, rows[0]?.agreementIds[0] ?? '');
    const { agreement } = agreed;
    const specialistIds = rows.map((row) => row.id);
    const rules = await this.#availability.rulesFor(tx, agreed, { schoolUrns: [urn], from: query.from, to: query.to, specialistIds });
    const now = await whatMoves(tx, { collaborationId, agreementId: agreement.id, urns: [], resourceIds: specialistIds, period: rules.period });
    const input = this.#availability.withTime(rules, { entitlements: [], taken: now.taken, ours: new Set(now.ours) });
    const halves = await this.#halves(tx, collaborationId, rows);
    return boardOf(input, { schoolUrn: urn, from: query.from, to: query.to, halvesOf: (id) => halves.get(id) ?? agreement.terms });
  }

  /** Where a morning ends and an afternoon begins is the agreement's to say; of several, the first by name. */
  async #halves(tx: Tx, collaborationId: string, rows: readonly SpecialistRow[]): Promise<Map<string, Halves>> {
    const found = await sql<{ id: string; ms: number; me: number; as: number; ae: number }>(
      tx,
      `select id, morning_start_minute as ms, morning_end_minute as me, afternoon_start_minute as "as", afternoon_end_minute as ae
         from agreement where collaboration_id = $1 and id = any ($2::uuid[])`,
      [collaborationId, [...new Set(rows.flatMap((row) => row.agreementIds.slice(0, 1)))]],
    );
    const byId = new Map(found.map((one) => [one.id, { morning: { startMinute: one.ms, endMinute: one.me }, afternoon: { startMinute: one.as, endMinute: one.ae } }]));
    return new Map(rows.flatMap((row) => {
      const halves = byId.get(row.agreementIds[0] ?? '');
      return halves ? [[row.id, halves] as const] : [];
    }));
  }

  async #bookings(tx: Tx, who: Scope, collaborationId: string, zone: string, query: BoardQuery, rows: readonly SpecialistRow[]): Promise<Board['bookings']> {
    const { startsAt, endsAt } = wholeDays(query.from, query.to, zone);
    const stored = await this.#store.where(
      tx,
      `b.specialist_id = any ($2::uuid[]) and b.starts_at > $3::timestamptz - interval '1 day' and b.ends_at > $3 and b.starts_at < $4
       and b.state in ('held', 'requested', 'confirmed', 'delivered', 'needs-replanning') order by b.starts_at, b.id limit 2000`,
      [collaborationId, rows.map((row) => row.id), isoOf(startsAt), isoOf(endsAt)],
    );
    const shown = await this.#views.all(tx, who, collaborationId, stored);
    await this.#views.noteReading(tx, who, collaborationId, shown);
    return shown;
  }
}

function daysOf({ from, to }: BoardQuery): DateOnly[] {
  return Array.from({ length: daysIn({ from, to }) }, (_, i) => addDays(from, i));
}

function closedOn(calendar: SchoolCalendar | undefined, date: DateOnly): string | null {
  return calendar?.closures.find((one) => one.from <= date && date <= one.to)?.name ?? null;
}

function shownRow({ id, name, agreementIds }: SpecialistRow, cells: readonly BoardDay[]): Board['specialists'][number] {
  const days = cells.filter((cell) => cell.specialistId === id).map(({ date, morning, afternoon }) => ({ date, morning, afternoon }));
  return { id, name, agreementIds, days };
}
