import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who holds which role where is as much a collaboration's own as its bookings. A person's own grants are read before any
 * collaboration is known, through one function; only the house itself makes somebody an administrator of all.
 */
export class IdentityProtectGrants20261125170103 implements MigrationInterface {
  readonly name = 'IdentityProtectGrants20261125170103';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table role_grant enable row level security`);
    await run.query(`alter table role_grant force row level security`);
    await run.query(`
      create policy by_collaboration on role_grant
       using ((select app_collaborations()) is null or collaboration_id is null or collaboration_id = any ((select app_collaborations())::uuid[]))
       with check ((select app_collaborations()) is null or collaboration_id = any ((select app_collaborations())::uuid[]))`);
    await run.query(`
      create function grants_of(who uuid) returns setof role_grant language plpgsql as $$
      declare
        scope text := coalesce(current_setting('app.collaborations', true), '');
      begin
        perform set_config('app.collaborations', '*', true);
        return query select * from role_grant where user_id = who;
        perform set_config('app.collaborations', scope, true);
      end $$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function grants_of`);
    await run.query(`drop policy by_collaboration on role_grant`);
    await run.query(`alter table role_grant no force row level security`);
    await run.query(`alter table role_grant disable row level security`);
  }
}
