import { Injectable } from '@nestjs/common';
import type { SharedEvent } from '@fairshare/contract/shared-events';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { dateAt, isoOf, type InstantPeriod } from '@fairshare/domain/kernel/zone';
import type { SharedEventKind } from '@fairshare/domain/bookings';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';

export interface StoredEvent extends InstantPeriod {
  readonly id: string;
  readonly collaborationId: string;
  readonly kind: SharedEventKind;
  readonly title: string;
  readonly place: string | null;
  readonly details: string | null;
  readonly wholeDays: boolean;
  readonly seriesId: string | null;
  readonly ownerUrn: string | null;
  readonly createdBy: string;
  readonly removedAt: number | null;
  readonly changedAt: number;
  readonly sequence: number;
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
}

type Row = Omit<StoredEvent, 'startsAt' | 'endsAt' | 'changedAt' | 'removedAt'> & { startsAt: Date; endsAt: Date; changedAt: Date; removedAt: Date | null };

const selected = `
  select e.id, e.collaboration_id as "collaborationId", e.kind, e.title, e.place, e.details, e.starts_at as "startsAt", e.ends_at as "endsAt", e.whole_days as "wholeDays",
         e.series_id as "seriesId", e.owner_urn as "ownerUrn", e.created_by as "createdBy", e.changed_at as "changedAt", e.removed_at as "removedAt", e.sequence,
         coalesce((select json_agg(json_build_object('urn', s.urn, 'name', c.name) order by c.name)
                     from shared_event_school s join school c on c.urn = s.urn where s.collaboration_id = e.collaboration_id and s.event_id = e.id), '[]') as schools
    from shared_event e`;

/** Shared events as rows and back. */
@Injectable()
export class SharedEventStore {
  /** By a condition on `e` whose first value is the collaboration. */
  async where(tx: Tx, condition: string, values: readonly unknown[]): Promise<StoredEvent[]> {
    const rows = await sql<Row>(tx, `${selected} where e.collaboration_id = $1 and ${condition}`, values);
    return rows.map((row) => ({
      ...row, startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime(), changedAt: row.changedAt.getTime(), removedAt: row.removedAt?.getTime() ?? null,
    }));
  }

  /** @throws `platform.not-found` when it is foreign or missing. */
  async one(tx: Tx, collaborationId: string, id: string): Promise<StoredEvent> {
    const [found] = await this.where(tx, 'e.id = $2 for update of e', [collaborationId, id]);
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }

  /** New ones, with who is invited, by one statement. */
  async insert(tx: Tx, events: readonly StoredEvent[], now: number): Promise<void> {
    const at = isoOf(now);
    const rows = events.map((one) => ({ ...rowOf(one, now), id: one.id, collaboration_id: one.collaborationId, series_id: one.seriesId, owner_urn: one.ownerUrn, created_by: one.createdBy, created_at: at }));
    const schools = events.flatMap((one) => one.schools.map(({ urn }) => ({ collaboration_id: one.collaborationId, event_id: one.id, urn })));
    await tx.query(
      `with made as (insert into shared_event select * from jsonb_populate_recordset(null::shared_event, $1))
       insert into shared_event_school select * from jsonb_populate_recordset(null::shared_event_school, $2)`,
      [JSON.stringify(rows), JSON.stringify(schools)],
    );
  }

  async update(tx: Tx, event: StoredEvent, now: number): Promise<void> {
    const row = rowOf(event, now);
    const columns = Object.keys(row).join(', ');
    await tx.query(`update shared_event e set (${columns}) = (select ${columns} from jsonb_populate_record(null::shared_event, $3)) where e.collaboration_id = $1 and e.id = $2`, [
      event.collaborationId, event.id, JSON.stringify(row),
    ]);
    await tx.query('delete from shared_event_school where collaboration_id = $1 and event_id = $2 and urn <> all ($3::text[])', [event.collaborationId, event.id, event.schools.map((one) => one.urn)]);
    await tx.query('insert into shared_event_school (collaboration_id, event_id, urn) select $1, $2, unnest($3::text[]) on conflict do nothing', [
      event.collaborationId, event.id, event.schools.map((one) => one.urn),
    ]);
  }
}

function rowOf(event: StoredEvent, now: number) {
  return {
    kind: event.kind,
    title: event.title,
    place: event.place,
    details: event.details,
    starts_at: isoOf(event.startsAt),
    ends_at: isoOf(event.endsAt),
    whole_days: event.wholeDays,
    changed_at: isoOf(now),
    removed_at: event.removedAt === null ? null : isoOf(event.removedAt),
    sequence: event.sequence,
  };
}

/** The days of a whole-day event; null when it has times. */
export function daysOfEvent(event: StoredEvent, zone: string): { from: DateOnly; to: DateOnly } | null {
  return event.wholeDays ? { from: dateAt(event.startsAt, zone), to: addDays(dateAt(event.endsAt, zone), -1) } : null;
}

/** Who runs the collaboration changes every event, a school its own. */
export function mayChangeEvent(who: Scope, event: Pick<StoredEvent, 'ownerUrn'>): boolean {
  if (!who.roles.some((role) => role === 'coordinator' || role === 'business-manager')) return false;
  return who.schoolUrns === 'all' || (event.ownerUrn !== null && who.schoolUrns.includes(event.ownerUrn));
}

export function shownEvent(who: Scope, event: StoredEvent, zone: string): SharedEvent {
  const { id, kind, title, place, details, schools, seriesId, createdBy, sequence } = event;
  return {
    id, kind, title, place, details, seriesId, createdBy, sequence,
    schools: schools.map((school) => ({ ...school })),
    startsAt: isoOf(event.startsAt), endsAt: isoOf(event.endsAt), days: daysOfEvent(event, zone), mayChange: mayChangeEvent(who, event),
  };
}
