import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a school's shares are paid from. Restricted money pays its own school's shares only, and never more than there is. */
export class SharingCreateFunding20261125160140 implements MigrationInterface {
  readonly name = 'SharingCreateFunding20261125160140';

  async up(run: QueryRunner): Promise<void> {
    await createTables(run);
    await createGuards(run);
    for (const table of ['funding_budget', 'funding_rule', 'share_funding']) await run.query(`select protect_by_collaboration('${table}')`);
    await run.query(`select forbid_change('share_funding')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table share_funding, funding_rule, funding_budget`);
    await run.query(`drop function funding_makes_up_share, funding_stays_above_nothing, funding_budget_covers_spent`);
    await run.query(`alter table share drop constraint share_of_school`);
  }
}

async function createTables(run: QueryRunner): Promise<void> {
  await run.query(`alter table share add constraint share_of_school unique (collaboration_id, id, urn)`);
  await run.query(`
    create table funding_budget (
      id uuid not null,
      collaboration_id uuid not null,
      urn text not null,
      year_from date not null,
      year_to date not null,
      kind text not null,
      name text not null,
      conditions text,
      restricted boolean not null,
      pence bigint not null,
      constraint funding_budget_pk primary key (id),
      constraint funding_budget_of_school unique (collaboration_id, id, urn),
      constraint funding_budget_once_a_year unique (collaboration_id, urn, year_from, name),
      constraint funding_budget_school_fk foreign key (urn) references school (urn),
      constraint funding_budget_known_kind check (kind in ('pupil-premium', 'sport-premium', 'notional-sen', 'high-needs', 'grant', 'general')),
      constraint funding_budget_restricted_by_kind check (restricted = (kind in ('pupil-premium', 'sport-premium', 'high-needs', 'grant'))),
      constraint funding_budget_grant_has_conditions check (kind <> 'grant' or btrim(coalesce(conditions, '')) <> ''),
      constraint funding_budget_is_named check (btrim(name) <> ''),
      constraint funding_budget_year_in_order check (year_from < year_to),
      constraint funding_budget_not_negative check (pence >= 0)
    )`);
  await run.query(`
    create table funding_rule (
      id uuid not null,
      collaboration_id uuid not null,
      urn text not null,
      service_id uuid,
      parts jsonb not null,
      set_by text not null,
      set_at timestamptz not null,
      constraint funding_rule_pk primary key (id),
      constraint funding_rule_school_fk foreign key (urn) references school (urn),
      constraint funding_rule_service_fk foreign key (collaboration_id, service_id) references service (collaboration_id, id)
    )`);
  await run.query(`create unique index funding_rule_of_service on funding_rule (collaboration_id, urn, service_id) where service_id is not null`);
  await run.query(`create unique index funding_rule_of_school on funding_rule (collaboration_id, urn) where service_id is null`);
  // A line moves pence of a share to a stream, or (without a budget) to the school's general money. A change is a line more.
  await run.query(`
    create table share_funding (
      id uuid not null,
      collaboration_id uuid not null,
      share_id uuid not null,
      urn text not null,
      budget_id uuid,
      pence bigint not null,
      reason text,
      made_at timestamptz not null,
      made_by text not null,
      constraint share_funding_pk primary key (id),
      constraint share_funding_own_share_fk foreign key (collaboration_id, share_id, urn) references share (collaboration_id, id, urn),
      constraint share_funding_own_budget_fk foreign key (collaboration_id, budget_id, urn) references funding_budget (collaboration_id, id, urn)
    )`);
  await run.query(`create index share_funding_by_share on share_funding (collaboration_id, share_id)`);
  await run.query(`create index share_funding_by_budget on share_funding (collaboration_id, budget_id)`);
}

async function createGuards(run: QueryRunner): Promise<void> {
  await run.query(`
    create function funding_makes_up_share() returns trigger language plpgsql as $$
    begin
      if (select sum(pence) from share_funding where collaboration_id = new.collaboration_id and share_id = new.share_id)
         <> (select pence from share where collaboration_id = new.collaboration_id and id = new.share_id) then
        raise exception 'The funding of share % is not the share.', new.share_id using errcode = 'P0F02', constraint = 'funding_makes_up_share';
      end if;
      return null;
    end $$`);
  await run.query(`
    create constraint trigger makes_up_share after insert on share_funding deferrable initially deferred
    for each row execute function funding_makes_up_share()`);

  // The budget's row is locked first, so that of two that spend the last pounds the second sees what the first has spent.
  await run.query(`
    create function funding_stays_above_nothing() returns trigger language plpgsql as $$
    declare
      budget funding_budget;
      spent bigint;
    begin
      if new.budget_id is null then return null; end if;
      select * into budget from funding_budget where collaboration_id = new.collaboration_id and id = new.budget_id for update;
      if not budget.restricted then return null; end if;
      select sum(pence) into spent from share_funding where collaboration_id = new.collaboration_id and budget_id = new.budget_id;
      if spent > budget.pence then
        raise exception '% would be % pence below nothing.', budget.name, spent - budget.pence using errcode = 'P0F02', constraint = 'funding_stays_above_nothing';
      end if;
      return null;
    end $$`);
  await run.query(`
    create constraint trigger stays_above_nothing after insert on share_funding deferrable initially deferred
    for each row execute function funding_stays_above_nothing()`);

  await run.query(`
    create function funding_budget_covers_spent() returns trigger language plpgsql as $$
    declare
      spent bigint;
    begin
      select coalesce(sum(pence), 0) into spent from share_funding where collaboration_id = new.collaboration_id and budget_id = new.id;
      if new.restricted and spent > new.pence then
        raise exception '% pence of % are spent already.', spent, new.name using errcode = 'P0F02', constraint = 'funding_stays_above_nothing';
      end if;
      return new;
    end $$`);
  await run.query(`create trigger covers_spent before update on funding_budget for each row execute function funding_budget_covers_spent()`);
}
