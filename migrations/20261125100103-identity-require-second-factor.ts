import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a second factor is asked of everybody with a role: a whole collaboration, or one school of it. */
export class IdentityRequireSecondFactor20261125100103 implements MigrationInterface {
  readonly name = 'IdentityRequireSecondFactor20261125100103';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table second_factor_rule (
        collaboration_id uuid not null,
        school_urn text not null default '',
        constraint second_factor_rule_pk primary key (collaboration_id, school_urn),
        constraint second_factor_rule_where check (school_urn ~ '^([0-9]{6})?$')
      )`);
    await run.query(`select protect_by_collaboration('second_factor_rule')`);
    // Asked with every request before anything is known of the scope: it sees every rule for the length of this one
    // question and answers yes or no.
    await run.query(`
      create function second_factor_is_needed(person uuid) returns boolean language sql stable set app.collaborations = '*' as $$
        select exists (
          select from role_grant g join second_factor_rule r on r.collaboration_id = g.collaboration_id and r.school_urn in ('', g.school_urn)
           where g.user_id = person)
      $$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function second_factor_is_needed`);
    await run.query(`drop table second_factor_rule`);
  }
}
