import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Collaborations, who is a member from when until when, and the school year that members inherit. */
export class SchoolsCreateCollaborations20261123000310 implements MigrationInterface {
  readonly name = 'SchoolsCreateCollaborations20261123000310';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table collaboration (
        id uuid not null,
        name text not null,
        zone text not null default 'Europe/London',
        nation text not null default 'england',
        lead_school_urn text,
        approval_limit_pence bigint,
        created_at timestamptz not null default now(),
        constraint collaboration_pk primary key (id),
        constraint collaboration_lead_school_fk foreign key (lead_school_urn) references school (urn),
        constraint collaboration_has_name check (btrim(name) <> ''),
        constraint collaboration_known_nation check (nation in ('england', 'wales', 'scotland', 'northern-ireland')),
        constraint collaboration_limit_not_negative check (approval_limit_pence >= 0)
      )`);
    await run.query(`create index collaboration_by_name on collaboration (name)`);
    // The tenant itself: its own id is the collaboration that the policy asks for.
    await run.query(`alter table collaboration enable row level security`);
    await run.query(`alter table collaboration force row level security`);
    await run.query(`
      create policy by_collaboration on collaboration using (
        (select app_collaborations()) is null or id = any ((select app_collaborations())::uuid[]))`);

    await run.query(`
      create table membership (
        id uuid not null,
        collaboration_id uuid not null,
        urn text not null,
        from_on date not null,
        until_on date,
        recorded_at timestamptz not null default now(),
        constraint membership_pk primary key (id),
        constraint membership_in_collaboration unique (collaboration_id, id),
        constraint membership_collaboration_fk foreign key (collaboration_id) references collaboration (id),
        constraint membership_school_fk foreign key (urn) references school (urn),
        constraint membership_ends_after_start check (until_on >= from_on),
        constraint membership_never_overlaps exclude using gist (collaboration_id with =, urn with =, daterange(from_on, until_on, '[]') with &&)
      )`);
    await run.query(`create index membership_by_school on membership (urn)`);
    await run.query(`select protect_by_collaboration('membership')`);

    await run.query(`
      create table calendar_entry (
        id uuid not null,
        collaboration_id uuid not null,
        level text not null,
        la_code text,
        urn text,
        kind text not null,
        name text not null,
        from_on date not null,
        to_on date not null,
        constraint calendar_entry_pk primary key (id),
        constraint calendar_entry_in_collaboration unique (collaboration_id, id),
        constraint calendar_entry_collaboration_fk foreign key (collaboration_id) references collaboration (id),
        constraint calendar_entry_school_fk foreign key (urn) references school (urn),
        constraint calendar_entry_level check (
          (level = 'nation' and la_code is null and urn is null) or (level = 'local-authority' and la_code is not null and urn is null)
          or (level = 'school' and la_code is null and urn is not null)),
        constraint calendar_entry_known_kind check (kind in ('term', 'half-term', 'holiday', 'inset', 'bank-holiday', 'closure', 'open')),
        constraint calendar_entry_has_name check (btrim(name) <> ''),
        constraint calendar_entry_ends_after_start check (to_on >= from_on)
      )`);
    await run.query(`create index calendar_entry_by_date on calendar_entry (collaboration_id, from_on)`);
    // The same line twice says nothing new; pasting a list again adds only what is missing.
    await run.query(`create unique index calendar_entry_once on calendar_entry (collaboration_id, level, coalesce(la_code, ''), coalesce(urn, ''), kind, from_on, to_on)`);
    await run.query(`select protect_by_collaboration('calendar_entry')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table calendar_entry, membership, collaboration`);
  }
}
