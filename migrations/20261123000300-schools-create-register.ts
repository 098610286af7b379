import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The national register of schools, their dated pupil numbers, and the imports that fill both. It belongs to nobody, so no policy guards it. */
export class SchoolsCreateRegister20261123000300 implements MigrationInterface {
  readonly name = 'SchoolsCreateRegister20261123000300';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table school (
        urn text not null,
        name text not null,
        kind text not null default 'maintained',
        status text not null default 'open',
        la_code text,
        la_name text,
        establishment_number text,
        ukprn text,
        type_name text,
        phase text,
        street text,
        town text,
        postcode text,
        easting integer,
        northing integer,
        trust_code text,
        trust_name text,
        opened_on date,
        closed_on date,
        successor_urn text,
        constraint school_pk primary key (urn),
        constraint school_urn_six_digits check (urn ~ '^[0-9]{6}$'),
        constraint school_has_name check (btrim(name) <> ''),
        constraint school_known_kind check (kind in ('maintained', 'academy')),
        constraint school_known_status check (status in ('open', 'open-but-proposed-to-close', 'closed', 'proposed-to-open')),
        constraint school_closed_after_opened check (closed_on >= opened_on),
        constraint school_not_its_own_successor check (successor_urn <> urn)
      )`);
    await run.query(`create index school_by_name on school using gin (name gin_trgm_ops)`);
    await run.query(`create index school_by_postcode on school (replace(postcode, ' ', '') text_pattern_ops)`);
    await run.query(`create index school_by_urn_prefix on school (urn text_pattern_ops)`);
    await run.query(`create index school_by_local_authority on school (la_code)`);

    // A number is kept for each source: the register rounds to whole pupils what the pupil-premium file gives in halves.
    await run.query(`
      create table pupil_number (
        urn text not null,
        measure text not null,
        census_on date not null,
        source text not null default 'entered',
        thousandths bigint not null,
        constraint pupil_number_pk primary key (urn, measure, census_on, source),
        constraint pupil_number_known_measure check (measure in ('pupils', 'pupil-premium')),
        constraint pupil_number_known_source check (source in ('entered', 'gias', 'pupil-premium')),
        constraint pupil_number_sane check (thousandths between 0 and 100000000)
      )`);

    // A foreign key looks up and locks the school once for each of forty thousand numbers, which made storing them two to three times as slow.
    // One look for each statement says the same, as long as no school is ever deleted or renumbered.
    await run.query(`
      create function pupil_number_has_school() returns trigger language plpgsql as $$
      begin
        if exists (select from fresh where not exists (select from school where school.urn = fresh.urn)) then
          raise exception 'A pupil number names a school that is not on the register.' using errcode = '23503', constraint = 'pupil_number_has_school';
        end if;
        return null;
      end $$`);
    await run.query(`create trigger pupil_number_has_school after insert on pupil_number referencing new table as fresh for each statement execute function pupil_number_has_school()`);
    await run.query(`create trigger pupil_number_keeps_school after update on pupil_number referencing new table as fresh for each statement execute function pupil_number_has_school()`);
    await run.query(`
      create function school_keeps_urn() returns trigger language plpgsql as $$
      begin
        raise exception 'A school is never taken off the register and keeps its URN.' using errcode = '23503', constraint = 'school_keeps_urn';
      end $$`);
    await run.query(`create trigger school_keeps_urn before delete on school for each row execute function school_keeps_urn()`);
    await run.query(`create trigger school_never_renumbered before update of urn on school for each row when (old.urn <> new.urn) execute function school_keeps_urn()`);

    await run.query(`
      create table school_import (
        id uuid not null,
        kind text not null,
        dry_run boolean not null,
        file_name text not null,
        content bytea,
        state text not null default 'waiting',
        done integer not null default 0,
        total integer not null default 0,
        report jsonb,
        started_by uuid,
        created_at timestamptz not null,
        started_at timestamptz,
        finished_at timestamptz,
        constraint school_import_pk primary key (id),
        constraint school_import_known_kind check (kind in ('gias', 'pupil-premium')),
        constraint school_import_known_state check (state in ('waiting', 'running', 'done', 'failed')),
        constraint school_import_report_at_end check ((state in ('done', 'failed')) = (report is not null))
      )`);
    // A file is compressed by nothing that costs time, and is dropped when its import ends.
    await run.query(`alter table school_import alter column content set storage external`);
    await run.query(`create unique index school_import_one_at_a_time on school_import (kind) where state in ('waiting', 'running')`);
    await run.query(`create index school_import_by_time on school_import (created_at)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table school_import, pupil_number, school`);
    await run.query(`drop function pupil_number_has_school, school_keeps_urn`);
  }
}
