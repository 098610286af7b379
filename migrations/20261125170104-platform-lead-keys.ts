import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of a collaboration whose key did not lead with it. */
const keys: readonly (readonly [table: string, column: string])[] = [['vat_choice', 'id'], ['estimate_settled', 'charge_id'], ['hours_given', 'id'], ['share_funding', 'id']];

export class PlatformLeadKeys20261125170104 implements MigrationInterface {
  readonly name = 'PlatformLeadKeys20261125170104';

  async up(run: QueryRunner): Promise<void> {
    for (const [table, column] of keys) {
      await run.query(`alter table ${table} drop constraint ${table}_pk, add constraint ${table}_pk primary key (collaboration_id, ${column})`);
    }
    await run.query(`drop index estimate_settled_by_collaboration`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`create index estimate_settled_by_collaboration on estimate_settled (collaboration_id, charge_id)`);
    for (const [table, column] of keys) {
      await run.query(`alter table ${table} drop constraint ${table}_pk, add constraint ${table}_pk primary key (${column})`);
    }
  }
}
