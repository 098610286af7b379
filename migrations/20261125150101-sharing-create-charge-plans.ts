import type { MigrationInterface, QueryRunner } from 'typeorm';

const kindsBefore = `'booking', 'overage', 'late-cancellation', 'instalment', 'minimum-commitment',
        'discount', 'expense', 'uplift', 'administration-fee', 'opening-balance', 'on-account', 'true-up', 'adjustment', 'credit'`;

/** Standing instructions to charge; carries and estimates that a charge can begin with; and hours that schools give one another without cash. */
export class SharingCreateChargePlans20261125150101 implements MigrationInterface {
  readonly name = 'SharingCreateChargePlans20261125150101';

  async up(run: QueryRunner): Promise<void> {
    await createPlans(run);
    await widenCharges(run);
    await createOpenings(run);
    await createHours(run);
    for (const table of ['charge_plan', 'opening_carry', 'estimate_settled', 'hours_given']) await run.query(`select protect_by_collaboration('${table}')`);
    for (const table of ['opening_carry', 'estimate_settled', 'hours_given']) await run.query(`select forbid_change('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table hours_given, estimate_settled, opening_carry`);
    await run.query(`drop index charge_due_once, charge_by_plan`);
    await run.query(`alter table charge drop constraint charge_known_kind, drop constraint charge_plan_fk, drop constraint charge_estimate_is_expense,
      drop column plan_id, drop column due_key, drop column workings, drop column estimated`);
    await run.query(`alter table charge add constraint charge_known_kind check (kind in (${kindsBefore})) not valid`);
    await run.query(`drop table charge_plan`);
    await run.query(`drop function guard_charge_plan`);
  }
}

async function createPlans(run: QueryRunner): Promise<void> {
  await run.query(`
    create table charge_plan (
      id uuid not null,
      collaboration_id uuid not null,
      agreement_id uuid,
      kind text not null,
      name text not null,
      starts_on date not null,
      ends_on date not null,
      stopped_on date,
      terms jsonb not null,
      made_by text not null,
      made_at timestamptz not null,
      constraint charge_plan_pk primary key (id),
      constraint charge_plan_of_collaboration unique (collaboration_id, id),
      constraint charge_plan_name_once unique (collaboration_id, name),
      constraint charge_plan_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint charge_plan_known_kind check (kind in ('administration-fee', 'discount', 'group-contract', 'on-account', 'shared-post', 'uplift')),
      constraint charge_plan_has_name check (btrim(name) <> ''),
      constraint charge_plan_in_order check (starts_on <= ends_on),
      constraint charge_plan_has_agreement check (agreement_id is not null or kind in ('administration-fee', 'on-account'))
    )`);
  await run.query(`create index charge_plan_by_agreement on charge_plan (collaboration_id, agreement_id)`);
  // What was charged by a plan stands on its terms: the only change it ever sees is to be stopped, once.
  await run.query(`
    create function guard_charge_plan() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' or old.stopped_on is not null or new.stopped_on is null
        or to_jsonb(new) - 'stopped_on' is distinct from to_jsonb(old) - 'stopped_on' then
        raise exception 'Plan % stays as it was agreed; it can be stopped once.', old.id using errcode = 'P0F01', constraint = 'charge_plan_stays';
      end if;
      return new;
    end $$`);
  await run.query(`create trigger charge_plan_guard before update or delete on charge_plan for each row execute function guard_charge_plan()`);
}

async function widenCharges(run: QueryRunner): Promise<void> {
  await run.query(`
    alter table charge
      add column plan_id uuid,
      add column due_key text,
      add column workings jsonb,
      add column estimated boolean not null default false,
      add constraint charge_plan_fk foreign key (collaboration_id, plan_id) references charge_plan (collaboration_id, id),
      add constraint charge_estimate_is_expense check (not estimated or (kind = 'expense' and corrects_charge_id is null)),
      drop constraint charge_known_kind`);
  await run.query(`alter table charge add constraint charge_known_kind check (kind in (${kindsBefore}, 'shared-post', 'group-contract'))`);
  await run.query(`create unique index charge_due_once on charge (collaboration_id, due_key) where due_key is not null`);
  await run.query(`create index charge_by_plan on charge (collaboration_id, plan_id) where plan_id is not null`);
}

async function createOpenings(run: QueryRunner): Promise<void> {
  await run.query(`
    create table opening_carry (
      collaboration_id uuid not null,
      agreement_id uuid not null,
      urn text not null,
      carried_pence text not null,
      recorded_by text not null,
      recorded_at timestamptz not null,
      constraint opening_carry_pk primary key (collaboration_id, agreement_id, urn),
      constraint opening_carry_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint opening_carry_school_fk foreign key (urn) references school (urn)
    )`);
  await run.query(`
    create table estimate_settled (
      charge_id uuid not null,
      collaboration_id uuid not null,
      actual_pence bigint not null,
      settled_on date not null,
      settled_by text not null,
      constraint estimate_settled_pk primary key (charge_id),
      constraint estimate_settled_charge_fk foreign key (collaboration_id, charge_id) references charge (collaboration_id, id),
      constraint estimate_settled_within_reason check (actual_pence between 0 and 10000000000)
    )`);
  await run.query(`create index estimate_settled_by_collaboration on estimate_settled (collaboration_id, charge_id)`);
}

async function createHours(run: QueryRunner): Promise<void> {
  await run.query(`
    create table hours_given (
      id uuid not null,
      collaboration_id uuid not null,
      giver_urn text not null,
      taker_urn text not null,
      minutes integer not null,
      given_on date not null,
      what text not null,
      recorded_by text not null,
      recorded_at timestamptz not null,
      constraint hours_given_pk primary key (id),
      constraint hours_given_giver_fk foreign key (giver_urn) references school (urn),
      constraint hours_given_taker_fk foreign key (taker_urn) references school (urn),
      constraint hours_given_to_another check (giver_urn <> taker_urn),
      constraint hours_given_within_reason check (minutes between -60000 and 60000 and minutes <> 0),
      constraint hours_given_says_what check (btrim(what) <> '')
    )`);
  await run.query(`create index hours_given_by_day on hours_given (collaboration_id, given_on, id)`);
  for (const column of ['giver_urn', 'taker_urn']) {
    await run.query(`create trigger hours_given_${column}_is_member before insert on hours_given for each row execute function refuse_strange_school('${column}')`);
  }
}
