import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds that run out by themselves, and schools that wait for time to become free. */
export class BookingsCreateWaitlist20261125120104 implements MigrationInterface {
  readonly name = 'BookingsCreateWaitlist20261125120104';

  async up(run: QueryRunner): Promise<void> {
    // From then on the time is free, whether or not anybody has cleared it away.
    await run.query(`alter table time_taken add column kept_until timestamptz`);
    await run.query(`create index time_taken_kept on time_taken (resource_id) where kept_until is not null`);
    await run.query(`create index booking_kept on booking (kept_until) where kept_until is not null`);
    await run.query(neverOverlap(`'requested', 'confirmed', 'delivered'`));
    await run.query(`
      create table waitlist_entry (
        id uuid not null,
        collaboration_id uuid not null,
        agreement_id uuid not null,
        specialist_id uuid,
        urns text[] not null,
        place_urn text,
        remote boolean not null default false,
        minutes integer not null,
        within_from timestamptz not null,
        within_to timestamptz not null,
        state text not null,
        asked_by uuid,
        asked_by_name text not null,
        asked_at timestamptz not null,
        constraint waitlist_entry_pk primary key (id),
        constraint waitlist_entry_in_collaboration unique (collaboration_id, id),
        constraint waitlist_entry_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
        constraint waitlist_entry_known_state check (state in ('waiting', 'offered', 'booked', 'left')),
        constraint waitlist_entry_has_school check (cardinality(urns) > 0),
        constraint waitlist_entry_ends_after_start check (within_to > within_from),
        constraint waitlist_entry_has_length check (minutes > 0)
      )`);
    await run.query(`create index waitlist_entry_in_line on waitlist_entry (collaboration_id, state, asked_at)`);
    await run.query(`
      create table waitlist_offer (
        id uuid not null,
        collaboration_id uuid not null,
        entry_id uuid not null,
        booking_id uuid not null,
        specialist_id uuid not null,
        freed_at timestamptz not null,
        offered_at timestamptz not null,
        expires_at timestamptz not null,
        outcome text,
        constraint waitlist_offer_pk primary key (id),
        constraint waitlist_offer_in_collaboration unique (collaboration_id, id),
        constraint waitlist_offer_of_booking unique (collaboration_id, booking_id),
        constraint waitlist_offer_entry_fk foreign key (collaboration_id, entry_id) references waitlist_entry (collaboration_id, id),
        constraint waitlist_offer_booking_fk foreign key (collaboration_id, booking_id) references booking (collaboration_id, id),
        constraint waitlist_offer_known_outcome check (outcome in ('accepted', 'declined', 'expired'))
      )`);
    await run.query(`create unique index waitlist_offer_one_open on waitlist_offer (collaboration_id, entry_id) where outcome is null`);
    for (const table of ['waitlist_entry', 'waitlist_offer']) await run.query(`select protect_by_collaboration('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table waitlist_offer, waitlist_entry`);
    await run.query(neverOverlap(`'held', 'requested', 'confirmed', 'delivered'`));
    await run.query(`drop index booking_kept`);
    await run.query(`alter table time_taken drop column kept_until`);
  }
}

/** A hold that ran out may lie under a booking until it is cleared away; that no hold is sold twice says time_taken. */
function neverOverlap(states: string): string {
  return `
    create or replace view invariant_live_bookings_never_overlap with (security_invoker = true) as
    select collaboration_id, id::text as subject, 'begins at ' || starts_at || ', before the session before it ends at ' || before_ends as detail
      from (select collaboration_id, id, starts_at, max(ends_at) over (partition by specialist_id order by starts_at, id rows between unbounded preceding and 1 preceding) as before_ends
              from booking where state in (${states})) b
     where starts_at < before_ends`;
}
