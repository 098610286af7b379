import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the hourly check of a ledger last found. One row a collaboration: what it was before is in the trail of backups, not here. */
export class LedgerCreateChecks20261125160100 implements MigrationInterface {
  readonly name = 'LedgerCreateChecks20261125160100';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table ledger_check (
        collaboration_id uuid not null,
        checked_at timestamptz not null,
        checked_by text not null,
        entries bigint not null,
        pence_over bigint not null,
        broken_at bigint,
        differing text[] not null,
        constraint ledger_check_pk primary key (collaboration_id)
      )`);
    await run.query(`select protect_by_collaboration('ledger_check')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table ledger_check`);
  }
}
