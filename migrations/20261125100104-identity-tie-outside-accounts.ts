import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts at a provider that somebody signs in with, known by issuer and subject: an e-mail can change hands, these cannot. */
export class IdentityTieOutsideAccounts20261125100104 implements MigrationInterface {
  readonly name = 'IdentityTieOutsideAccounts20261125100104';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table outside_account (
        issuer text not null,
        subject text not null,
        user_id uuid not null,
        provider text not null,
        tied_at timestamptz not null,
        last_used_at timestamptz,
        constraint outside_account_pk primary key (issuer, subject),
        constraint outside_account_once_a_provider unique (user_id, provider),
        constraint outside_account_user_fk foreign key (user_id) references app_user (id) on delete cascade
      )`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table outside_account`);
  }
}
