import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that lead with the collaboration; and an invoice's line names a charge of its own collaboration. */
export class BillingKeepKeysInside20261125170102 implements MigrationInterface {
  readonly name = 'BillingKeepKeysInside20261125170102';

  async up(run: QueryRunner): Promise<void> {
    for (const table of ['bill_cover', 'allocation']) {
      await run.query(`alter table ${table} drop constraint ${table}_pk, add constraint ${table}_pk primary key (collaboration_id, id)`);
    }
    await run.query(`alter table invoice_line add constraint invoice_line_charge_fk foreign key (collaboration_id, charge_id) references charge (collaboration_id, id)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table invoice_line drop constraint invoice_line_charge_fk`);
    for (const table of ['allocation', 'bill_cover']) {
      await run.query(`alter table ${table} drop constraint ${table}_pk, add constraint ${table}_pk primary key (id)`);
    }
  }
}
