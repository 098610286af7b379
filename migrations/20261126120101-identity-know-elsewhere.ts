import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An invitation is handed over by a coordinator only when it opens nothing of another collaboration. Whether somebody
 * serves another one is all that may be learnt of it, and only by the program.
 */
export class IdentityKnowElsewhere20261126120101 implements MigrationInterface {
  readonly name = 'IdentityKnowElsewhere20261126120101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create function engaged_elsewhere(who uuid, here uuid) returns boolean language plpgsql as $$
      declare
        scope text := coalesce(current_setting('app.collaborations', true), '');
        found boolean;
      begin
        perform set_config('app.collaborations', '*', true);
        select exists (select from engagement where specialist_id = who and collaboration_id <> here) into found;
        perform set_config('app.collaborations', scope, true);
        return found;
      end $$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop function engaged_elsewhere');
  }
}
