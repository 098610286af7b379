import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agreements: what is bought on which terms, how its charges are shared, which schools subscribe, and what falls due when. */
export class ProcurementCreateAgreements20261123000410 implements MigrationInterface {
  readonly name = 'ProcurementCreateAgreements20261123000410';

  async up(run: QueryRunner): Promise<void> {
    await createAgreements(run);
    await createPrices(run);
    await createRules(run);
    await createSubscriptions(run);
    await createInstalments(run);
    for (const table of ['agreement', 'agreement_price', 'agreement_specialist', 'agreement_rule', 'subscription', 'instalment']) {
      await run.query(`select protect_by_collaboration('${table}')`);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table instalment, subscription, agreement_rule, agreement_specialist, agreement_price, agreement`);
    await run.query(`drop function guard_instalment, guard_agreement_rule, basis_points_of_schools, basis_points_of_parts`);
  }
}

async function createAgreements(run: QueryRunner): Promise<void> {
  await run.query(`
    create table agreement (
      id uuid not null,
      collaboration_id uuid not null,
      service_id uuid not null,
      supplier_id uuid not null,
      name text not null,
      starts_on date not null,
      ends_on date not null,
      price_basis text not null,
      price_at text not null,
      unit text not null,
      retainer_pence bigint,
      instalment_plan text,
      minimum_commitment_milliunits bigint,
      notice_days integer not null,
      lead_time_days integer not null,
      cancellation_bands jsonb not null,
      needs_approval boolean not null,
      objection_days integer not null,
      minimum_notice_hours integer,
      minimum_notice_days integer,
      horizon_days integer not null,
      lengths_minutes integer array not null,
      step_minutes integer,
      morning_start_minute integer not null,
      morning_end_minute integer not null,
      afternoon_start_minute integer not null,
      afternoon_end_minute integer not null,
      before_minutes integer not null,
      after_minutes integer not null,
      pay_as_you_go boolean not null,
      required_credentials text array,
      baseline_name text,
      baseline_price_pence bigint,
      baseline_method text,
      constraint agreement_pk primary key (id),
      constraint agreement_of_collaboration unique (collaboration_id, id),
      constraint agreement_name_once unique (collaboration_id, name),
      constraint agreement_service_fk foreign key (collaboration_id, service_id) references service (collaboration_id, id),
      constraint agreement_supplier_fk foreign key (collaboration_id, supplier_id) references supplier (collaboration_id, id),
      constraint agreement_has_name check (btrim(name) <> ''),
      constraint agreement_ends_after_start check (ends_on >= starts_on),
      constraint agreement_known_price_basis check (price_basis in ('hour', 'half-day', 'day', 'session', 'retainer')),
      constraint agreement_known_price_at check (price_at in ('order', 'delivery')),
      constraint agreement_known_unit check (unit in ('hour', 'half-day', 'day', 'session')),
      constraint agreement_retainer_within_reason check (retainer_pence between 1 and 10000000000),
      constraint agreement_retainer_has_plan check ((retainer_pence is null) = (instalment_plan is null)),
      constraint agreement_retainer_when_basis check (price_basis <> 'retainer' or retainer_pence is not null),
      constraint agreement_known_plan check (instalment_plan in ('once', 'monthly-12', 'termly-3', 'sept-march-april-august')),
      constraint agreement_commitment_positive check (minimum_commitment_milliunits between 1 and 1000000000),
      constraint agreement_notice_within_reason check (notice_days between 0 and 1100 and lead_time_days between 0 and 1100),
      constraint agreement_objection_within_reason check (objection_days between 0 and 60),
      constraint agreement_one_minimum_notice check (num_nonnulls(minimum_notice_hours, minimum_notice_days) = 1
        and coalesce(minimum_notice_hours, 0) between 0 and 8760 and coalesce(minimum_notice_days, 0) between 0 and 365),
      constraint agreement_horizon_within_reason check (horizon_days between 0 and 1100),
      constraint agreement_step_within_reason check (step_minutes between 5 and 480),
      constraint agreement_half_days_in_order check (0 <= morning_start_minute and morning_start_minute < morning_end_minute
        and morning_end_minute <= afternoon_start_minute and afternoon_start_minute < afternoon_end_minute and afternoon_end_minute <= 1440),
      constraint agreement_margins_within_reason check (before_minutes between 0 and 240 and after_minutes between 0 and 240),
      constraint agreement_baseline_whole check (num_nonnulls(baseline_name, baseline_price_pence, baseline_method) in (0, 3)),
      constraint agreement_baseline_price_positive check (baseline_price_pence between 1 and 10000000000),
      constraint agreement_known_baseline_method check (baseline_method in ('price-paid-before', 'quoted-singly', 'list-price', 'benchmark'))
    )`);
  await run.query(`create index agreement_by_end on agreement (collaboration_id, ends_on)`);
  await run.query(`create index agreement_by_service on agreement (collaboration_id, service_id)`);
  await run.query(`create index agreement_by_supplier on agreement (collaboration_id, supplier_id)`);
  await run.query(`
    create table agreement_specialist (
      collaboration_id uuid not null,
      agreement_id uuid not null,
      specialist_id uuid not null,
      constraint agreement_specialist_pk primary key (collaboration_id, agreement_id, specialist_id),
      constraint agreement_specialist_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint agreement_specialist_engagement_fk foreign key (collaboration_id, specialist_id) references engagement (collaboration_id, specialist_id)
    )`);
  await run.query(`create index agreement_specialist_by_specialist on agreement_specialist (collaboration_id, specialist_id)`);
}

/** A price holds from its day until the next one: what was ordered before keeps the price of its day. */
async function createPrices(run: QueryRunner): Promise<void> {
  await run.query(`
    create table agreement_price (
      collaboration_id uuid not null,
      agreement_id uuid not null,
      effective_on date not null,
      pence bigint not null,
      constraint agreement_price_pk primary key (collaboration_id, agreement_id, effective_on),
      constraint agreement_price_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint agreement_price_within_reason check (pence between 1 and 10000000000)
    )`);
}

async function createRules(run: QueryRunner): Promise<void> {
  await run.query(`
    create function basis_points_of_parts(parts jsonb) returns bigint language sql immutable as $$
      select coalesce(sum((part ->> 'basisPoints')::bigint), 0) from jsonb_array_elements(parts) as part $$`);
  await run.query(`
    create function basis_points_of_schools(schools jsonb) returns bigint language sql immutable as $$
      select coalesce(sum(value::bigint), 0) from jsonb_each_text(schools) $$`);
  await run.query(`
    create table agreement_rule (
      id uuid not null,
      collaboration_id uuid not null,
      agreement_id uuid not null,
      effective_on date not null,
      basis text not null,
      parts jsonb,
      fixed_basis_points jsonb,
      cap_basis_points integer,
      cap_pence bigint,
      floor_pence bigint,
      census_on date,
      agreed_on date not null,
      agreed_by text array not null,
      frozen_at timestamptz,
      constraint agreement_rule_pk primary key (id),
      constraint agreement_rule_of_collaboration unique (collaboration_id, id),
      constraint agreement_rule_once_a_day unique (collaboration_id, agreement_id, effective_on),
      constraint agreement_rule_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint agreement_rule_known_basis check (basis in ('equal', 'pupils', 'pupil-premium', 'use', 'fixed', 'parts')),
      constraint agreement_rule_parts_add_up check ((basis = 'parts') = (parts is not null) and (parts is null or basis_points_of_parts(parts) = 10000)),
      constraint agreement_rule_fixed_adds_up check ((basis <> 'fixed' or fixed_basis_points is not null)
        and (fixed_basis_points is null or basis_points_of_schools(fixed_basis_points) = 10000)),
      constraint agreement_rule_bounds_within_reason check (cap_basis_points between 1 and 10000 and cap_pence between 1 and 10000000000 and floor_pence between 1 and 10000000000),
      constraint agreement_rule_named_people check (cardinality(agreed_by) > 0)
    )`);
  // What a charge was shared by stays as it was; the only change a rule ever sees is to become frozen.
  await run.query(`
    create function guard_agreement_rule() returns trigger language plpgsql as $$
    declare
      frozen date;
    begin
      if tg_op <> 'INSERT' and old.frozen_at is not null then
        raise exception 'Rule % has shared a charge and is frozen; agree a new one from a later date.', old.id using errcode = 'P0F04', constraint = 'agreement_rule_frozen';
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
      select max(effective_on) into frozen from agreement_rule
        where collaboration_id = new.collaboration_id and agreement_id = new.agreement_id and frozen_at is not null and id <> new.id;
      if tg_op = 'INSERT' and new.effective_on <= frozen then
        raise exception 'A rule that was used holds from %; the next one holds from a later date.', frozen using errcode = 'P0F04', constraint = 'agreement_rule_after_frozen';
      end if;
      return new;
    end $$`);
  await run.query(`create trigger agreement_rule_guard before insert or update or delete on agreement_rule for each row execute function guard_agreement_rule()`);
}

async function createSubscriptions(run: QueryRunner): Promise<void> {
  await run.query(`
    create table subscription (
      id uuid not null,
      collaboration_id uuid not null,
      agreement_id uuid not null,
      urn text not null,
      from_on date not null,
      until_on date,
      entitlement_milliunits bigint,
      constraint subscription_pk primary key (id),
      constraint subscription_of_collaboration unique (collaboration_id, id),
      constraint subscription_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint subscription_school_fk foreign key (urn) references school (urn),
      constraint subscription_ends_after_start check (until_on >= from_on),
      constraint subscription_entitlement_positive check (entitlement_milliunits between 1 and 1000000000),
      constraint subscription_never_overlaps exclude using gist (collaboration_id with =, agreement_id with =, urn with =, daterange(from_on, until_on, '[]') with &&)
    )`);
  await run.query(`create index subscription_by_school on subscription (collaboration_id, urn)`);
  await run.query(`create trigger subscription_school_is_member before insert or update on subscription for each row execute function refuse_strange_school('urn')`);
}

async function createInstalments(run: QueryRunner): Promise<void> {
  await run.query(`
    create table instalment (
      id uuid not null,
      collaboration_id uuid not null,
      agreement_id uuid not null,
      number integer not null,
      due_on date not null,
      service_from date not null,
      service_to date not null,
      pence bigint not null,
      charged_at timestamptz,
      constraint instalment_pk primary key (id),
      constraint instalment_of_collaboration unique (collaboration_id, id),
      constraint instalment_number_once unique (collaboration_id, agreement_id, number),
      constraint instalment_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint instalment_number_from_one check (number >= 1),
      constraint instalment_period_in_order check (service_to >= service_from),
      constraint instalment_within_reason check (pence between 1 and 10000000000)
    )`);
  await run.query(`create index instalment_due on instalment (collaboration_id, due_on) where charged_at is null`);
  await run.query(`
    create function guard_instalment() returns trigger language plpgsql as $$
    begin
      if old.charged_at is not null then
        raise exception 'Instalment % is charged already and stays as it is.', old.id using errcode = 'P0F04', constraint = 'instalment_charged';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$`);
  await run.query(`create trigger instalment_guard before update or delete on instalment for each row execute function guard_instalment()`);
}
