import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bookings, their schools and series, the entitlement ledger, and the secret addresses of calendar feeds. */
export class BookingsCreateBookings20261123000600 implements MigrationInterface {
  readonly name = 'BookingsCreateBookings20261123000600';

  async up(run: QueryRunner): Promise<void> {
    await createBookings(run);
    await createEntitlement(run);
    await createFeeds(run);
    for (const table of ['booking_series', 'booking', 'booking_school', 'entitlement_entry', 'calendar_feed']) {
      await run.query(`select protect_by_collaboration('${table}')`);
    }
    await run.query(`select forbid_change('entitlement_entry')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table calendar_feed, entitlement_entry, booking_school, booking, booking_series`);
    await run.query(`drop function refuse_change_after_delivery`);
  }
}

async function createBookings(run: QueryRunner): Promise<void> {
  await run.query(`
    create table booking_series (
      id uuid not null,
      collaboration_id uuid not null,
      recurrence jsonb not null,
      created_by text not null,
      created_at timestamptz not null,
      constraint booking_series_pk primary key (id),
      constraint booking_series_in_collaboration unique (collaboration_id, id)
    )`);
  await run.query(`
    create table booking (
      id uuid not null,
      collaboration_id uuid not null,
      agreement_id uuid not null,
      specialist_id uuid not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      place_urn text,
      room_id uuid,
      state text not null,
      series_id uuid,
      requested_by uuid,
      requested_by_name text not null,
      on_behalf_of text,
      ordered_on date not null,
      kept_until timestamptz,
      decided_by uuid,
      cancellation jsonb,
      charge_basis_points integer,
      replanning jsonb,
      delivered_at timestamptz,
      moved_from jsonb not null default '[]',
      sequence integer not null default 0,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      constraint booking_pk primary key (id),
      constraint booking_in_collaboration unique (collaboration_id, id),
      constraint booking_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint booking_engagement_fk foreign key (collaboration_id, specialist_id) references engagement (collaboration_id, specialist_id),
      constraint booking_series_fk foreign key (collaboration_id, series_id) references booking_series (collaboration_id, id),
      constraint booking_room_fk foreign key (collaboration_id, room_id) references room (collaboration_id, id),
      constraint booking_place_fk foreign key (place_urn) references school (urn),
      constraint booking_ends_after_start check (ends_at > starts_at),
      constraint booking_known_state check (state in ('held', 'requested', 'confirmed', 'delivered', 'needs-replanning', 'cancelled', 'declined', 'expired')),
      constraint booking_delivered_says_when check ((state = 'delivered') = (delivered_at is not null)),
      constraint booking_cancelled_says_why check ((state = 'cancelled') = (cancellation is not null)),
      constraint booking_replanning_says_why check ((state = 'needs-replanning') = (replanning is not null)),
      constraint booking_charge_is_a_part check (charge_basis_points between 0 and 10000)
    )`);
  await run.query(`create index booking_by_start on booking (collaboration_id, starts_at)`);
  await run.query(`create index booking_by_specialist on booking (collaboration_id, specialist_id, starts_at)`);
  await run.query(`create index booking_by_agreement on booking (collaboration_id, agreement_id, starts_at)`);
  await run.query(`create index booking_by_series on booking (collaboration_id, series_id) where series_id is not null`);

  await run.query(`
    create table booking_school (
      collaboration_id uuid not null,
      booking_id uuid not null,
      urn text not null,
      position smallint not null,
      minutes integer,
      reference text,
      constraint booking_school_pk primary key (collaboration_id, booking_id, urn),
      constraint booking_school_booking_fk foreign key (collaboration_id, booking_id) references booking (collaboration_id, id),
      constraint booking_school_school_fk foreign key (urn) references school (urn),
      constraint booking_school_minutes_not_negative check (minutes >= 0),
      constraint booking_school_reference_short check (length(reference) <= 200)
    )`);
  await run.query(`create index booking_school_by_school on booking_school (collaboration_id, urn, booking_id)`);

  await run.query(`
    create function refuse_change_after_delivery() returns trigger language plpgsql as $$
    begin
      raise exception 'A delivered booking never changes.' using errcode = 'P0F01';
    end $$`);
  await run.query(`
    create trigger booking_delivered_never_changes before update or delete on booking
    for each row when (old.state = 'delivered') execute function refuse_change_after_delivery()`);
}

/** What was granted stands in the subscription; here stands what was taken from it, given back, lent and borrowed. */
async function createEntitlement(run: QueryRunner): Promise<void> {
  await run.query(`
    create table entitlement_entry (
      id uuid not null,
      collaboration_id uuid not null,
      agreement_id uuid not null,
      school_urn text not null,
      period_from date not null,
      period_to date not null,
      kind text not null,
      milliunits bigint not null,
      happened_on date not null,
      booking_id uuid,
      counterpart_urn text,
      recorded_by text not null,
      recorded_at timestamptz not null,
      constraint entitlement_entry_pk primary key (id),
      constraint entitlement_entry_in_collaboration unique (collaboration_id, id),
      constraint entitlement_entry_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint entitlement_entry_booking_fk foreign key (collaboration_id, booking_id) references booking (collaboration_id, id),
      constraint entitlement_entry_school_fk foreign key (school_urn) references school (urn),
      constraint entitlement_entry_counterpart_fk foreign key (counterpart_urn) references school (urn),
      constraint entitlement_entry_period_in_order check (period_to >= period_from),
      constraint entitlement_entry_known_kind check (kind in ('granted', 'taken', 'returned', 'lent', 'borrowed', 'expired', 'carried-over')),
      constraint entitlement_entry_signed check (
        case when kind in ('granted', 'returned', 'borrowed') then milliunits > 0 when kind in ('taken', 'lent', 'expired') then milliunits < 0 else milliunits <> 0 end),
      constraint entitlement_entry_names_counterpart check ((kind in ('lent', 'borrowed')) = (counterpart_urn is not null))
    )`);
  await run.query(`create index entitlement_entry_by_agreement on entitlement_entry (collaboration_id, agreement_id, school_urn)`);
  await run.query(`create index entitlement_entry_by_booking on entitlement_entry (collaboration_id, booking_id) where booking_id is not null`);
}

/** Only a hash of the address is kept: who reads the database cannot read the feeds. */
async function createFeeds(run: QueryRunner): Promise<void> {
  await run.query(`
    create table calendar_feed (
      id uuid not null,
      collaboration_id uuid not null,
      token_hash text not null,
      kind text not null,
      subject text not null,
      created_by uuid,
      created_at timestamptz not null,
      revoked_at timestamptz,
      constraint calendar_feed_pk primary key (id),
      constraint calendar_feed_in_collaboration unique (collaboration_id, id),
      constraint calendar_feed_token_once unique (token_hash),
      constraint calendar_feed_known_kind check (kind in ('specialist', 'school', 'collaboration'))
    )`);
}
