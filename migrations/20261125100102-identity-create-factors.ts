import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors, passkeys, and tickets: challenges and links that work once, for every process alike. */
export class IdentityCreateFactors20261125100102 implements MigrationInterface {
  readonly name = 'IdentityCreateFactors20261125100102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table totp (
        user_id uuid not null,
        secret text not null,
        confirmed_at timestamptz,
        last_step bigint,
        created_at timestamptz not null,
        constraint totp_pk primary key (user_id),
        constraint totp_user_fk foreign key (user_id) references app_user (id) on delete cascade
      )`);
    await run.query(`
      create table recovery_code (
        user_id uuid not null,
        code_hash text not null,
        used_at timestamptz,
        constraint recovery_code_pk primary key (user_id, code_hash),
        constraint recovery_code_user_fk foreign key (user_id) references app_user (id) on delete cascade
      )`);
    await run.query(`
      create table passkey (
        id uuid not null,
        user_id uuid not null,
        credential_id text not null,
        public_key bytea not null,
        counter bigint not null,
        transports jsonb not null,
        name text not null,
        synced boolean not null,
        created_at timestamptz not null,
        last_used_at timestamptz,
        constraint passkey_pk primary key (id),
        constraint passkey_credential_once unique (credential_id),
        constraint passkey_user_fk foreign key (user_id) references app_user (id) on delete cascade,
        constraint passkey_has_name check (btrim(name) <> '')
      )`);
    await run.query(`create index passkey_by_user on passkey (user_id)`);
    await run.query(`
      create table ticket (
        token_hash text not null,
        kind text not null,
        user_id uuid,
        facts jsonb not null,
        expires_at timestamptz not null,
        constraint ticket_pk primary key (token_hash),
        constraint ticket_user_fk foreign key (user_id) references app_user (id) on delete cascade
      )`);
    await run.query(`create index ticket_by_user on ticket (user_id)`);
    await run.query(`create index ticket_by_end on ticket (expires_at)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table ticket, passkey, recovery_code, totp`);
  }
}
