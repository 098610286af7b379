import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person did to a booking last, so that the same person can take a slip back without any charge. */
export class BookingsRememberLastDeed20261126130101 implements MigrationInterface {
  readonly name = 'BookingsRememberLastDeed20261126130101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table booking add column last_deed jsonb`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table booking drop column last_deed`);
  }
}
