import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Extensions, the functions by which later migrations guard their tables, and the plumbing's own tables. */
export class PlatformCreateFoundations20261123000100 implements MigrationInterface {
  readonly name = 'PlatformCreateFoundations20261123000100';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`create extension if not exists btree_gist`);
    await run.query(`create extension if not exists pg_trgm`);
    await run.query(`create extension if not exists citext`);

    // The collaborations whose rows this transaction may see; '*' is the house itself at start and in checks.
    await run.query(`
      create function app_collaborations() returns uuid[] language sql stable as $$
        select case when current_setting('app.collaborations', true) = '*' then null
                    else coalesce(string_to_array(nullif(current_setting('app.collaborations', true), ''), ',')::uuid[], '{}') end
      $$`);

    // Row-level security by collaboration, forced on the owner too. The sub-select runs once a statement, not once a row.
    await run.query(`
      create function protect_by_collaboration(target regclass) returns void language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', target);
        execute format('alter table %s force row level security', target);
        execute format('create policy by_collaboration on %s using (
          (select app_collaborations()) is null or collaboration_id = any ((select app_collaborations())::uuid[]))', target);
      end $$`);

    await run.query(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'Rows of % are never changed or deleted; correct them with a new one.', tg_table_name using errcode = 'P0F01';
      end $$`);
    await run.query(`
      create function forbid_change(target regclass) returns void language plpgsql as $$
      begin
        execute format('create trigger never_changed before update or delete on %s for each row execute function refuse_change()', target);
        execute format('create trigger never_emptied before truncate on %s for each statement execute function refuse_change()', target);
      end $$`);

    await run.query(`
      create table idempotency_key (
        user_id uuid not null,
        route text not null,
        key text not null,
        body_hash text not null,
        answer jsonb,
        created_at timestamptz not null default now(),
        constraint idempotency_key_pk primary key (user_id, route, key)
      )`);

    // Counts of what is limited; the layout is the one of the rate limiter's library. Losing it in a crash costs nothing.
    await run.query(`
      create unlogged table rate_limit (
        key character varying(255) not null,
        points integer not null default 0,
        expire bigint,
        constraint rate_limit_pk primary key (key)
      )`);

    await run.query(`
      create table trail (
        id uuid not null,
        collaboration_id uuid,
        user_id uuid,
        user_name text not null,
        action text not null,
        subject_kind text not null,
        subject_id text not null,
        before jsonb,
        after jsonb,
        happened_at timestamptz not null,
        address text,
        constraint trail_pk primary key (id)
      )`);
    await run.query(`create index trail_by_collaboration on trail (collaboration_id, happened_at)`);
    await run.query(`create index trail_by_subject on trail (subject_id)`);
    await run.query(`alter table trail enable row level security`);
    await run.query(`alter table trail force row level security`);
    // A deed above any collaboration (a sign-in, an import) is written by all and read by the house only.
    await run.query(`
      create policy by_collaboration on trail using ((select app_collaborations()) is null or collaboration_id = any ((select app_collaborations())::uuid[]))
      with check (collaboration_id is null or (select app_collaborations()) is null or collaboration_id = any ((select app_collaborations())::uuid[]))`);
    await run.query(`select forbid_change('trail')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table trail, rate_limit, idempotency_key`);
    await run.query(`drop function forbid_change, refuse_change, protect_by_collaboration, app_collaborations`);
  }
}
