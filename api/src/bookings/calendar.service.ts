import { Injectable } from '@nestjs/common';
import type { BookingDetail, BookingList, BookingsQuery } from '@fairshare/contract/bookings';
import { isDateOnly } from '@fairshare/domain/kernel/period';
import { isoOf, parseInstant, wholeDays } from '@fairshare/domain/kernel/zone';
import { isSpecialistOnly } from '../availability/diary.js';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { assertMaySee } from './booking-access.js';
import { BookingStore } from './booking-store.js';
import { BookingViews } from './booking-views.js';
import { EntitlementLedger } from './entitlement-ledger.js';

interface HistoryRow {
  action: string;
  by: string;
  at: Date;
  before: unknown;
  after: unknown;
}

/**
 * No session is longer than a day, so that what touches a period began at most a day before it. A hold that ran out was never
 * asked for and is no part of the calendar, unless what has expired is asked about; a request that ran out is.
 */
const condition = `
  ($2::timestamptz is null or (b.starts_at > $2::timestamptz - interval '1 day' and b.ends_at > $2)) and ($3::timestamptz is null or b.starts_at < $3)
  and ($4::text is null or exists (select 1 from booking_school p where p.collaboration_id = b.collaboration_id and p.booking_id = b.id and p.urn = $4))
  and ($5::uuid is null or b.specialist_id = $5) and ($6::uuid is null or b.agreement_id = $6) and ($7::uuid is null or b.series_id = $7)
  and case when $8::text[] is null then not (b.state = 'expired' and coalesce(b.kept_until < b.starts_at, false)) else b.state = any ($8) end`;

/** Reading bookings: the calendar, one booking with its history. */
@Injectable()
export class CalendarService {
  readonly #database: Database;
  readonly #entitlement: EntitlementLedger;
  readonly #schools: SchoolsQueries;
  readonly #store: BookingStore;
  readonly #views: BookingViews;

  constructor(database: Database, entitlement: EntitlementLedger, schools: SchoolsQueries, store: BookingStore, views: BookingViews) {
    this.#database = database;
    this.#entitlement = entitlement;
    this.#schools = schools;
    this.#store = store;
    this.#views = views;
  }

  /** A specialist sees their own diary, everybody else the whole collaboration's. */
  list(who: Scope, collaborationId: string, query: BookingsQuery): Promise<BookingList> {
    return this.#database.read(who, async (tx) => {
      const { zone } = await this.#schools.collaboration(tx, collaborationId);
      const own = isSpecialistOnly(who) ? who.specialistId : null;
      if (own && query.specialistId && query.specialistId !== own) return { items: [], total: 0, page: query.page, size: query.size };
      const values = [
        collaborationId, edge(query.from, zone, 'startsAt'), edge(query.to, zone, 'endsAt'), query.schoolUrn ?? null,
        own ?? query.specialistId ?? null, query.agreementId ?? null, query.seriesId ?? null, query.state ?? null,
      ];
      const stored = await this.#store.where(tx, `${condition} order by b.starts_at, b.id limit $9 offset $10`, [...values, query.size, (query.page - 1) * query.size]);
      const isWhole = query.page === 1 && stored.length < query.size;
      const total = isWhole ? stored.length : await this.#count(tx, values);
      const items = await this.#views.all(tx, who, collaborationId, stored);
      await this.#views.noteReading(tx, who, collaborationId, items);
      return { items, total, page: query.page, size: query.size };
    });
  }

  one(who: Scope, collaborationId: string, bookingId: string): Promise<BookingDetail> {
    return this.#database.read(who, async (tx) => {
      const stored = await this.#store.one(tx, collaborationId, bookingId);
      assertMaySee(who, stored.booking);
      const history = await sql<HistoryRow>(
        tx,
        `select action, user_name as "by", happened_at as "at", before, after from trail where collaboration_id = $1 and subject_id = $2 order by happened_at, id`,
        [collaborationId, bookingId],
      );
      const taken = await this.#entitlement.ofBookings(tx, collaborationId, [bookingId]);
      const shown = await this.#views.one(tx, who, stored);
      await this.#views.noteReading(tx, who, collaborationId, [shown]);
      return {
        ...shown,
        history: history.map((row) => ({ ...row, at: row.at.toISOString() })),
        taken: taken.map(({ urn, milliunits }) => ({ urn, milliunits })),
      };
    });
  }

  async #count(tx: Tx, values: readonly unknown[]): Promise<number> {
    const [row] = await sql<{ total: number }>(tx, `select count(*) as total from booking b where b.collaboration_id = $1 and ${condition}`, values);
    return row?.total ?? 0;
  }
}

function edge(text: string | undefined, zone: string, end: 'startsAt' | 'endsAt'): string | null {
  if (!text) return null;
  return isoOf(isDateOnly(text) ? wholeDays(text, text, zone)[end] : parseInstant(text, zone));
}

