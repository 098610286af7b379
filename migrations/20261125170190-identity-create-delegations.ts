import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A delegate acts for somebody who is away, between two days. A role can be held at all academies of a trust, and a
 * supplier's role names whose bills they are.
 */
export class IdentityCreateDelegations20261125170190 implements MigrationInterface {
  readonly name = 'IdentityCreateDelegations20261125170190';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table delegation (
        id uuid not null,
        from_user_id uuid not null,
        to_user_id uuid not null,
        from_on date not null,
        until_on date not null,
        created_at timestamptz not null,
        ended_at timestamptz,
        constraint delegation_pk primary key (id),
        constraint delegation_from_fk foreign key (from_user_id) references app_user (id) on delete cascade,
        constraint delegation_to_fk foreign key (to_user_id) references app_user (id) on delete cascade,
        constraint delegation_to_somebody_else check (from_user_id <> to_user_id),
        constraint delegation_ends_after_start check (until_on >= from_on and until_on <= from_on + 366)
      )`);
    await run.query(`create index delegation_to on delegation (to_user_id)`);
    await run.query(`create index delegation_from on delegation (from_user_id)`);
    await run.query(`
      alter table role_grant add column trust_code text, add column supplier_id uuid,
        add constraint role_grant_trust check (trust_code is null or (school_urn is null and role in ('business-manager', 'finance-officer', 'head', 'governor'))),
        add constraint role_grant_supplier check (supplier_id is null or role = 'supplier')`);
    await run.query(`drop index role_grant_once_overall`);
    await run.query(`create unique index role_grant_once_overall on role_grant (user_id, role, collaboration_id) where school_urn is null and trust_code is null and supplier_id is null`);
    await run.query(`create unique index role_grant_once_at_trust on role_grant (user_id, role, collaboration_id, trust_code) where trust_code is not null`);
    await run.query(`create unique index role_grant_once_for_supplier on role_grant (user_id, collaboration_id, supplier_id) where supplier_id is not null`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index role_grant_once_overall`);
    await run.query(`alter table role_grant drop column trust_code, drop column supplier_id`);
    await run.query(`create unique index role_grant_once_overall on role_grant (user_id, role, collaboration_id) where school_urn is null`);
    await run.query(`drop table delegation`);
  }
}
