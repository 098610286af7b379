import type { MigrationInterface, QueryRunner } from 'typeorm';

/** VAT that a supplier charged, within a charge and within each line of an invoice that passes it on. */
export class SharingAddSuppliersVat20261125160130 implements MigrationInterface {
  readonly name = 'SharingAddSuppliersVat20261125160130';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table charge_suppliers_vat (
        collaboration_id uuid not null,
        charge_id uuid not null,
        pence bigint not null,
        constraint charge_suppliers_vat_pk primary key (collaboration_id, charge_id),
        constraint charge_suppliers_vat_charge_fk foreign key (collaboration_id, charge_id) references charge (collaboration_id, id)
      )`);
    await run.query(`select protect_by_collaboration('charge_suppliers_vat')`);
    await run.query(`select forbid_change('charge_suppliers_vat')`);
    await run.query(`alter table invoice_line add column suppliers_vat_pence bigint not null default 0`);
    // Issuing asks what earlier invoices bore of the same charges.
    await run.query(`create index invoice_line_by_charge on invoice_line (collaboration_id, charge_id)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index invoice_line_by_charge`);
    await run.query(`alter table invoice_line drop column suppliers_vat_pence`);
    await run.query(`drop table charge_suppliers_vat`);
  }
}
