import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where an administrator keeps something longer or shorter than usual. */
export class AuditCreateRetention20261125120191 implements MigrationInterface {
  readonly name = 'AuditCreateRetention20261125120191';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table retention_rule (
        kind text not null,
        days integer not null,
        constraint retention_rule_pk primary key (kind),
        constraint retention_rule_days check (days between 1 and 36500)
      )`);
    // What is due is found by its age.
    await run.query(`create index idempotency_key_by_age on idempotency_key (created_at)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index idempotency_key_by_age`);
    await run.query(`drop table retention_rule`);
  }
}
