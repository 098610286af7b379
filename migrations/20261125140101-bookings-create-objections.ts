import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A school says that a delivered session did not happen as was said; the coordinator decides, once. The booking itself never changes. */
export class BookingsCreateObjections20261125140101 implements MigrationInterface {
  readonly name = 'BookingsCreateObjections20261125140101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table booking_objection (
        collaboration_id uuid not null,
        booking_id uuid not null,
        school_urn text not null,
        reason text not null,
        objected_by text not null,
        objected_at timestamptz not null,
        outcome text,
        note text,
        decided_by text,
        decided_at timestamptz,
        constraint booking_objection_pk primary key (collaboration_id, booking_id, school_urn),
        constraint booking_objection_school_fk foreign key (collaboration_id, booking_id, school_urn) references booking_school (collaboration_id, booking_id, urn),
        constraint booking_objection_known_outcome check (outcome in ('upheld', 'rejected')),
        constraint booking_objection_decided_whole check (num_nonnulls(outcome, decided_by, decided_at) in (0, 3))
      )`);
    await run.query(`select protect_by_collaboration('booking_objection')`);
    await run.query(`
      create function refuse_change_of_decided_objection() returns trigger language plpgsql as $$
      begin
        raise exception 'An objection that was decided stays decided.' using errcode = 'P0F01';
      end $$`);
    await run.query(`
      create trigger booking_objection_stays_decided before update or delete on booking_objection
      for each row when (old.outcome is not null) execute function refuse_change_of_decided_objection()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table booking_objection`);
    await run.query(`drop function refuse_change_of_decided_objection`);
  }
}
