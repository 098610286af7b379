import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two more terms of an agreement: how much of what is left one school takes over into its next period, and whether the
 * schools give each other time without any money. A school that follows another can have nothing left of its units.
 */
export class ProcurementAddBookingTerms20261125140102 implements MigrationInterface {
  readonly name = 'ProcurementAddBookingTerms20261125140102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table agreement add carry_over_milliunits bigint, add reciprocal boolean not null default false`);
    await run.query(`alter table agreement add constraint agreement_carry_over_within_reason check (carry_over_milliunits between 1 and 1000000000)`);
    await run.query(`alter table agreement add constraint agreement_reciprocal_costs_nothing check (not reciprocal or retainer_pence is null)`);
    await run.query(`alter table subscription drop constraint subscription_entitlement_positive`);
    await run.query(`alter table subscription add constraint subscription_entitlement_not_negative check (entitlement_milliunits between 0 and 1000000000)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`update subscription set entitlement_milliunits = 1 where entitlement_milliunits = 0`);
    await run.query(`alter table subscription drop constraint subscription_entitlement_not_negative`);
    await run.query(`alter table subscription add constraint subscription_entitlement_positive check (entitlement_milliunits between 1 and 1000000000)`);
    await run.query(`alter table agreement drop constraint agreement_reciprocal_costs_nothing`);
    await run.query(`alter table agreement drop constraint agreement_carry_over_within_reason`);
    await run.query(`alter table agreement drop column reciprocal, drop column carry_over_milliunits`);
  }
}
