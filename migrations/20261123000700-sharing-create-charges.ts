import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Charges, how each was divided, and its shares. What is written here is never changed: corrections are new charges. */
export class SharingCreateCharges20261123000700 implements MigrationInterface {
  readonly name = 'SharingCreateCharges20261123000700';

  async up(run: QueryRunner): Promise<void> {
    await createCharges(run);
    await createShares(run);
    await keepTheSum(run);
    for (const table of ['charge', 'charge_problem', 'share_set', 'share', 'share_invoiced']) {
      await run.query(`select protect_by_collaboration('${table}')`);
    }
    for (const table of ['charge', 'charge_problem', 'share_set', 'share']) await run.query(`select forbid_change('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table share_invoiced, share, share_set, charge_problem, charge`);
    await run.query(`drop function refuse_unequal_shares, refuse_silent_charge`);
  }
}

async function createCharges(run: QueryRunner): Promise<void> {
  await run.query(`
    create table charge (
      id uuid not null,
      collaboration_id uuid not null,
      kind text not null,
      agreement_id uuid,
      booking_id uuid,
      instalment_id uuid,
      corrects_charge_id uuid,
      description text not null,
      pence bigint not null,
      service_from date not null,
      service_to date not null,
      belongs_on date not null,
      charged_on date not null,
      wanted jsonb,
      charged_by text not null,
      created_at timestamptz not null default now(),
      constraint charge_pk primary key (id),
      constraint charge_of_collaboration unique (collaboration_id, id),
      constraint charge_corrects_fk foreign key (collaboration_id, corrects_charge_id) references charge (collaboration_id, id),
      constraint charge_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
      constraint charge_booking_fk foreign key (collaboration_id, booking_id) references booking (collaboration_id, id),
      constraint charge_instalment_fk foreign key (collaboration_id, instalment_id) references instalment (collaboration_id, id),
      constraint charge_known_kind check (kind in ('booking', 'overage', 'late-cancellation', 'instalment', 'minimum-commitment',
        'discount', 'expense', 'uplift', 'administration-fee', 'opening-balance', 'on-account', 'true-up', 'adjustment', 'credit')),
      constraint charge_has_description check (btrim(description) <> ''),
      constraint charge_within_reason check (pence between -10000000000 and 10000000000 and pence <> 0),
      constraint charge_period_in_order check (service_from <= service_to),
      constraint charge_credit_names_charge check (kind <> 'credit' or corrects_charge_id is not null),
      constraint charge_instalment_named check ((kind = 'instalment') = (instalment_id is not null and corrects_charge_id is null))
    )`);
  await run.query(`create index charge_by_day on charge (collaboration_id, belongs_on, id)`);
  await run.query(`create index charge_by_agreement on charge (collaboration_id, agreement_id)`);
  await run.query(`create index charge_by_correction on charge (collaboration_id, corrects_charge_id)`);
  await run.query(`create unique index charge_instalment_once on charge (collaboration_id, instalment_id) where instalment_id is not null`);
  await run.query(`create unique index charge_booking_once on charge (collaboration_id, booking_id, kind) where booking_id is not null and corrects_charge_id is null`);

  await run.query(`
    create table charge_problem (
      id uuid not null,
      collaboration_id uuid not null,
      charge_id uuid not null,
      code text not null,
      facts jsonb not null,
      tried_at timestamptz not null,
      constraint charge_problem_pk primary key (id),
      constraint charge_problem_of_charge_fk foreign key (collaboration_id, charge_id) references charge (collaboration_id, id)
    )`);
  await run.query(`create index charge_problem_by_charge on charge_problem (collaboration_id, charge_id, tried_at)`);
}

async function createShares(run: QueryRunner): Promise<void> {
  await run.query(`
    create table share_set (
      charge_id uuid not null,
      collaboration_id uuid not null,
      rule_id uuid,
      basis jsonb not null,
      shared_at timestamptz not null,
      constraint share_set_pk primary key (charge_id),
      constraint share_set_of_collaboration unique (collaboration_id, charge_id),
      constraint share_set_of_charge_fk foreign key (collaboration_id, charge_id) references charge (collaboration_id, id),
      constraint share_set_rule_fk foreign key (collaboration_id, rule_id) references agreement_rule (collaboration_id, id)
    )`);
  await run.query(`
    create table share (
      id uuid not null,
      collaboration_id uuid not null,
      charge_id uuid not null,
      agreement_id uuid,
      sequence bigint not null,
      urn text not null,
      pence bigint not null,
      exact_pence text not null,
      carried_before text not null,
      carried_after text not null,
      explanation jsonb not null,
      constraint share_pk primary key (id),
      constraint share_of_collaboration unique (collaboration_id, id),
      constraint share_in_order unique (collaboration_id, sequence),
      constraint share_of_set_fk foreign key (collaboration_id, charge_id) references share_set (collaboration_id, charge_id),
      constraint share_school_fk foreign key (urn) references school (urn),
      constraint share_once_a_school unique (charge_id, urn)
    )`);
  await run.query(`create index share_by_charge on share (collaboration_id, charge_id)`);
  await run.query(`create index share_by_school on share (collaboration_id, urn, charge_id)`);
  await run.query(`create index share_by_carry on share (collaboration_id, agreement_id, urn, sequence)`);
  await run.query(`
    create table share_invoiced (
      share_id uuid not null,
      collaboration_id uuid not null,
      document_line_id uuid not null,
      constraint share_invoiced_pk primary key (share_id),
      constraint share_invoiced_share_fk foreign key (collaboration_id, share_id) references share (collaboration_id, id)
    )`);
  await run.query(`create index share_invoiced_by_collaboration on share_invoiced (collaboration_id, share_id)`);
}

/** Looked at when the transaction commits: the shares of a charge are the charge, and a charge without shares says why. */
async function keepTheSum(run: QueryRunner): Promise<void> {
  await run.query(`
    create function refuse_unequal_shares() returns trigger language plpgsql as $$
    declare
      charged bigint;
      shared bigint;
    begin
      select pence into charged from charge where id = new.charge_id;
      select coalesce(sum(pence), 0) into shared from share where charge_id = new.charge_id;
      if charged is distinct from shared then
        raise exception 'The shares of charge % are % pence and the charge is % pence.', new.charge_id, shared, charged
          using errcode = 'P0F02', constraint = 'shares_sum_to_charge';
      end if;
      return null;
    end $$`);
  await run.query(`
    create constraint trigger shares_sum_to_charge after insert on share_set
      deferrable initially deferred for each row execute function refuse_unequal_shares()`);
  await run.query(`
    create constraint trigger shares_sum_to_charge after insert on share
      deferrable initially deferred for each row execute function refuse_unequal_shares()`);
  await run.query(`
    create function refuse_silent_charge() returns trigger language plpgsql as $$
    begin
      if not exists (select 1 from share_set where charge_id = new.id) and not exists (
        select 1 from charge_problem where collaboration_id = new.collaboration_id and charge_id = new.id) then
        raise exception 'Charge % has no shares and does not say why.', new.id using errcode = 'P0F02', constraint = 'charge_is_shared_or_says_why';
      end if;
      return null;
    end $$`);
  await run.query(`
    create constraint trigger charge_is_shared_or_says_why after insert on charge
      deferrable initially deferred for each row execute function refuse_silent_charge()`);
}
