import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session gets a name of its own to be ended by, and says when and how its person last proved who they are. */
export class IdentityKnowSessions20261125100101 implements MigrationInterface {
  readonly name = 'IdentityKnowSessions20261125100101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table session
        add column id uuid,
        add column proved_at timestamptz not null default now(),
        add column second_factor boolean not null default false`);
    await run.query(`update session set id = gen_random_uuid(), proved_at = created_at`);
    await run.query(`alter table session alter column id set not null, add constraint session_id_once unique (id)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table session drop column id, drop column proved_at, drop column second_factor`);
  }
}
