import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their sessions and the roles they hold. These stand outside the policies: they are read to find out who is asking. */
export class IdentityCreateUsers20261123000200 implements MigrationInterface {
  readonly name = 'IdentityCreateUsers20261123000200';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table app_user (
        id uuid not null,
        email citext not null,
        name text not null,
        password_hash text,
        active boolean not null default true,
        created_at timestamptz not null default now(),
        constraint app_user_pk primary key (id),
        constraint app_user_email_once unique (email),
        constraint app_user_has_name check (btrim(name) <> '')
      )`);
    await run.query(`
      create table session (
        token_hash text not null,
        user_id uuid not null,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        expires_at timestamptz not null,
        address text,
        device text,
        constraint session_pk primary key (token_hash),
        constraint session_user_fk foreign key (user_id) references app_user (id) on delete cascade
      )`);
    await run.query(`create index session_by_user on session (user_id)`);
    await run.query(`
      create table role_grant (
        id uuid not null,
        user_id uuid not null,
        role text not null,
        collaboration_id uuid,
        school_urn text,
        specialist_id uuid,
        granted_at timestamptz not null default now(),
        constraint role_grant_pk primary key (id),
        constraint role_grant_user_fk foreign key (user_id) references app_user (id) on delete cascade,
        constraint role_grant_known_role check (role in ('administrator', 'coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'supplier', 'auditor')),
        constraint role_grant_where check ((role = 'administrator') = (collaboration_id is null)),
        constraint role_grant_specialist check ((role = 'specialist') = (specialist_id is not null))
      )`);
    await run.query(`create unique index role_grant_once_at_school on role_grant (user_id, role, collaboration_id, school_urn) where school_urn is not null`);
    await run.query(`create unique index role_grant_once_overall on role_grant (user_id, role, collaboration_id) where school_urn is null`);
    await run.query(`create unique index role_grant_once_administrator on role_grant (user_id) where collaboration_id is null`);
    await run.query(`create index role_grant_by_collaboration on role_grant (collaboration_id)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table role_grant, session, app_user`);
  }
}
