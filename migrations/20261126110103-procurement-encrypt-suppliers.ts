import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a supplier is reached and paid is encrypted: many are one person. Rows from before are encrypted by the program at its next start. */
export class ProcurementEncryptSuppliers20261126110103 implements MigrationInterface {
  readonly name = 'ProcurementEncryptSuppliers20261126110103';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table supplier drop constraint supplier_bank_details_whole`);
    await run.query(`alter table supplier add constraint supplier_bank_details_whole check (num_nulls(account_name, sort_code, account_number) in (0, 3))`);
    await run.query(`
      alter table supplier add constraint supplier_encrypted
        check (email like '{sealed:%' and account_name like '{sealed:%' and sort_code like '{sealed:%' and account_number like '{sealed:%') not valid`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table supplier drop constraint supplier_encrypted`);
    await run.query(`alter table supplier drop constraint supplier_bank_details_whole`);
    await run.query(`
      alter table supplier add constraint supplier_bank_details_whole check (
        (account_name is null and sort_code is null and account_number is null)
        or (btrim(account_name) <> '' and sort_code ~ '^[0-9]{6}$' and account_number ~ '^[0-9]{8}$')) not valid`);
  }
}
