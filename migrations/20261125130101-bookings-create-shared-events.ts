import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What schools do together beside the sessions they book, and who is invited. */
export class BookingsCreateSharedEvents20261125130101 implements MigrationInterface {
  readonly name = 'BookingsCreateSharedEvents20261125130101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table shared_event (
        id uuid not null,
        collaboration_id uuid not null,
        kind text not null,
        title text not null,
        place text,
        details text,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        whole_days boolean not null,
        series_id uuid,
        owner_urn text,
        created_by text not null,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        removed_at timestamptz,
        sequence integer not null default 0,
        constraint shared_event_pk primary key (id),
        constraint shared_event_in_collaboration unique (collaboration_id, id),
        constraint shared_event_owner_fk foreign key (owner_urn) references school (urn),
        constraint shared_event_known_kind check (kind in ('training', 'meeting', 'sports', 'inset', 'teacher-exchange', 'other')),
        constraint shared_event_ends_after_start check (ends_at > starts_at),
        constraint shared_event_title_not_empty check (length(title) between 1 and 200)
      )`);
    await run.query(`create index shared_event_by_start on shared_event (collaboration_id, starts_at)`);
    await run.query(`create index shared_event_by_series on shared_event (collaboration_id, series_id) where series_id is not null`);
    await run.query(`
      create table shared_event_school (
        collaboration_id uuid not null,
        event_id uuid not null,
        urn text not null,
        constraint shared_event_school_pk primary key (collaboration_id, event_id, urn),
        constraint shared_event_school_event_fk foreign key (collaboration_id, event_id) references shared_event (collaboration_id, id),
        constraint shared_event_school_school_fk foreign key (urn) references school (urn)
      )`);
    for (const table of ['shared_event', 'shared_event_school']) await run.query(`select protect_by_collaboration('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table shared_event_school, shared_event`);
  }
}
