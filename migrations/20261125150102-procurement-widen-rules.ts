import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules between groups of schools, and what a rule says about schools that leave. */
export class ProcurementWidenRules20261125150102 implements MigrationInterface {
  readonly name = 'ProcurementWidenRules20261125150102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table agreement_rule
        add column groups jsonb,
        add column leavers text not null default 'to-date',
        drop constraint agreement_rule_known_basis,
        add constraint agreement_rule_known_basis check (basis in ('equal', 'pupils', 'pupil-premium', 'use', 'fixed', 'parts', 'groups')),
        add constraint agreement_rule_groups_add_up check ((basis = 'groups') = (groups is not null) and (groups is null or basis_points_of_parts(groups) = 10000)),
        add constraint agreement_rule_known_leavers check (leavers in ('to-date', 'end-of-term'))`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table agreement_rule
        drop constraint agreement_rule_known_leavers,
        drop constraint agreement_rule_groups_add_up,
        drop constraint agreement_rule_known_basis,
        drop column leavers,
        drop column groups`);
    await run.query(`
      alter table agreement_rule add constraint agreement_rule_known_basis
        check (basis in ('equal', 'pupils', 'pupil-premium', 'use', 'fixed', 'parts')) not valid`);
  }
}
