import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was answered when a booking needed re-planning, and by when sessions have to take place. */
export class BookingsCreateReplanAnswers20261125130102 implements MigrationInterface {
  readonly name = 'BookingsCreateReplanAnswers20261125130102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table replan_answer (
        id uuid not null,
        collaboration_id uuid not null,
        booking_id uuid not null,
        answer text not null,
        before jsonb not null,
        sequence integer not null,
        answered_by text not null,
        answered_at timestamptz not null,
        undone_at timestamptz,
        constraint replan_answer_pk primary key (id),
        constraint replan_answer_in_collaboration unique (collaboration_id, id),
        constraint replan_answer_booking_fk foreign key (collaboration_id, booking_id) references booking (collaboration_id, id),
        constraint replan_answer_known_answer check (answer in ('accepted', 'given-up'))
      )`);
    await run.query(`create index replan_answer_by_booking on replan_answer (collaboration_id, booking_id)`);
    await run.query(`create index replan_answer_by_time on replan_answer (collaboration_id, answered_at)`);
    await run.query(`
      create table booking_deadline (
        collaboration_id uuid not null,
        booking_id uuid not null,
        due_on date not null,
        why text,
        set_by text not null,
        set_at timestamptz not null,
        constraint booking_deadline_pk primary key (collaboration_id, booking_id),
        constraint booking_deadline_booking_fk foreign key (collaboration_id, booking_id) references booking (collaboration_id, id)
      )`);
    for (const table of ['replan_answer', 'booking_deadline']) await run.query(`select protect_by_collaboration('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table booking_deadline, replan_answer`);
  }
}
