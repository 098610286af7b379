import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When specialists work, what takes their time away or adds to it, journeys, rooms, and the time that is taken. */
export class AvailabilityCreateTime20261123000500 implements MigrationInterface {
  readonly name = 'AvailabilityCreateTime20261123000500';

  async up(run: QueryRunner): Promise<void> {
    await createWorkingTime(run);
    await createPlaces(run);
    await createTimeTaken(run);
    for (const table of ['working_pattern', 'absence', 'extra_time', 'travel_time', 'room']) {
      await run.query(`select protect_by_collaboration('${table}')`);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table time_taken, room, travel_time, extra_time, absence, working_pattern`);
  }
}

async function createWorkingTime(run: QueryRunner): Promise<void> {
  await run.query(`
    create table working_pattern (
      id uuid not null,
      collaboration_id uuid not null,
      specialist_id uuid not null,
      valid_from date not null,
      valid_to date,
      every_weeks smallint not null default 1,
      anchor_on date,
      term_time_only boolean not null default true,
      periods jsonb not null,
      constraint working_pattern_pk primary key (id),
      constraint working_pattern_in_collaboration unique (collaboration_id, id),
      constraint working_pattern_engagement_fk foreign key (collaboration_id, specialist_id) references engagement (collaboration_id, specialist_id),
      constraint working_pattern_ends_after_start check (valid_to >= valid_from),
      constraint working_pattern_every_week_or_second check (every_weeks in (1, 2)),
      constraint working_pattern_second_week_anchored check (every_weeks = 1 or anchor_on is not null),
      constraint working_pattern_has_periods check (jsonb_typeof(periods) = 'array' and jsonb_array_length(periods) > 0)
    )`);
  await run.query(`create index working_pattern_by_specialist on working_pattern (collaboration_id, specialist_id)`);

  // Why somebody is away is for their own collaboration; that they are away stands in time_taken, for all of them.
  await run.query(`
    create table absence (
      id uuid not null,
      collaboration_id uuid not null,
      specialist_id uuid not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      reason text not null,
      note text,
      recorded_by text not null,
      recorded_at timestamptz not null,
      withdrawn_at timestamptz,
      constraint absence_pk primary key (id),
      constraint absence_in_collaboration unique (collaboration_id, id),
      constraint absence_engagement_fk foreign key (collaboration_id, specialist_id) references engagement (collaboration_id, specialist_id),
      constraint absence_ends_after_start check (ends_at > starts_at),
      constraint absence_known_reason check (reason in ('illness', 'leave', 'training', 'other'))
    )`);
  await run.query(`create index absence_by_specialist on absence (collaboration_id, specialist_id, starts_at)`);

  await run.query(`
    create table extra_time (
      id uuid not null,
      collaboration_id uuid not null,
      specialist_id uuid not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      constraint extra_time_pk primary key (id),
      constraint extra_time_in_collaboration unique (collaboration_id, id),
      constraint extra_time_engagement_fk foreign key (collaboration_id, specialist_id) references engagement (collaboration_id, specialist_id),
      constraint extra_time_ends_after_start check (ends_at > starts_at)
    )`);
  await run.query(`create index extra_time_by_specialist on extra_time (collaboration_id, specialist_id, ends_at)`);
}

async function createPlaces(run: QueryRunner): Promise<void> {
  await run.query(`
    create table travel_time (
      collaboration_id uuid not null,
      from_urn text not null,
      to_urn text not null,
      minutes smallint not null,
      constraint travel_time_pk primary key (collaboration_id, from_urn, to_urn),
      constraint travel_time_from_fk foreign key (from_urn) references school (urn),
      constraint travel_time_to_fk foreign key (to_urn) references school (urn),
      constraint travel_time_within_a_day check (minutes between 0 and 600),
      constraint travel_time_between_two_sites check (from_urn <> to_urn)
    )`);
  await run.query(`
    create table room (
      id uuid not null,
      collaboration_id uuid not null,
      school_urn text not null,
      name text not null,
      constraint room_pk primary key (id),
      constraint room_in_collaboration unique (collaboration_id, id),
      constraint room_named_once unique (collaboration_id, school_urn, name),
      constraint room_school_fk foreign key (school_urn) references school (urn),
      constraint room_has_name check (btrim(name) <> '')
    )`);
}

/**
 * Keyed by the person or the room and by nothing else: one specialist can serve several collaborations and is never
 * sold twice. It stands outside the policies and says nothing about who took the time. Absences lie over bookings,
 * which then need re-planning, and over one another, so that they alone are left out of the exclusion.
 */
async function createTimeTaken(run: QueryRunner): Promise<void> {
  await run.query(`
    create table time_taken (
      id uuid not null,
      resource_kind text not null,
      resource_id uuid not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      before_minutes smallint not null default 0,
      after_minutes smallint not null default 0,
      site_urn text,
      holder_id uuid not null,
      constraint time_taken_pk primary key (id),
      constraint time_taken_known_kind check (resource_kind in ('specialist', 'room', 'absence')),
      constraint time_taken_ends_after_start check (ends_at > starts_at),
      constraint time_taken_never_twice exclude using gist (resource_id with =, tstzrange(starts_at, ends_at) with &&) where (resource_kind <> 'absence')
    )`);
  await run.query(`create index time_taken_by_resource on time_taken (resource_id, ends_at)`);
  await run.query(`create index time_taken_by_holder on time_taken (holder_id)`);
}
