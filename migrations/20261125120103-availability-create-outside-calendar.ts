import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calendars that specialists keep elsewhere. What they say is busy stands in time_taken, for everybody who might book. */
export class AvailabilityCreateOutsideCalendar20261125120103 implements MigrationInterface {
  readonly name = 'AvailabilityCreateOutsideCalendar20261125120103';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table outside_calendar (
        id uuid not null,
        collaboration_id uuid not null,
        specialist_id uuid not null,
        name text not null,
        address text,
        added_by text not null,
        added_at timestamptz not null,
        read_at timestamptz not null,
        tried_at timestamptz not null,
        fault text,
        told_at timestamptz,
        etag text,
        known_until timestamptz not null,
        constraint outside_calendar_pk primary key (id),
        constraint outside_calendar_in_collaboration unique (collaboration_id, id),
        constraint outside_calendar_engagement_fk foreign key (collaboration_id, specialist_id) references engagement (collaboration_id, specialist_id),
        constraint outside_calendar_has_name check (btrim(name) <> '')
      )`);
    await run.query(`create index outside_calendar_by_specialist on outside_calendar (collaboration_id, specialist_id)`);
    await run.query(`select protect_by_collaboration('outside_calendar')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`delete from time_taken where holder_id in (select id from outside_calendar)`);
    await run.query(`drop table outside_calendar`);
  }
}
