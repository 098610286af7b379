import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A school that asks for a second factor asks it of the people of its trust too: their role is held at no single school. */
export class IdentityAskTrustsForFactors20261126110101 implements MigrationInterface {
  readonly name = 'IdentityAskTrustsForFactors20261126110101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace function second_factor_is_needed(person uuid) returns boolean language sql stable set app.collaborations = '*' as $$
        select exists (
          select from role_grant g join second_factor_rule r on r.collaboration_id = g.collaboration_id
             and (r.school_urn in ('', g.school_urn)
               or (g.trust_code is not null and exists (select from school s where s.urn = r.school_urn and s.trust_code = g.trust_code)))
           where g.user_id = person)
      $$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace function second_factor_is_needed(person uuid) returns boolean language sql stable set app.collaborations = '*' as $$
        select exists (
          select from role_grant g join second_factor_rule r on r.collaboration_id = g.collaboration_id and r.school_urn in ('', g.school_urn)
           where g.user_id = person)
      $$`);
  }
}
