import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs, invoices with their lines, the two series of numbers, and credit notes. An issued document never changes. */
export class BillingCreateInvoices20261123000900 implements MigrationInterface {
  readonly name = 'BillingCreateInvoices20261123000900';

  async up(run: QueryRunner): Promise<void> {
    await createIssuers(run);
    await createRuns(run);
    await createInvoices(run);
    await createCredits(run);
    await keepIssued(run);
    for (const table of ['invoice_issuer', 'invoice_run', 'invoice', 'invoice_line', 'credit_note', 'credit_note_line']) {
      await run.query(`select protect_by_collaboration('${table}')`);
    }
    for (const table of ['credit_note', 'credit_note_line']) await run.query(`select forbid_change('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table credit_note_line, credit_note, invoice_line, invoice, invoice_run, document_series, invoice_issuer`);
    await run.query(`drop function billing_keep_issued, billing_keep_issued_lines, billing_keep_lines_of_issued`);
  }
}

async function createIssuers(run: QueryRunner): Promise<void> {
  await run.query(`
    create table invoice_issuer (
      collaboration_id uuid not null,
      account_name text not null,
      sort_code text not null,
      account_number text not null,
      vat_number text,
      payment_days integer not null,
      constraint invoice_issuer_pk primary key (collaboration_id),
      constraint invoice_issuer_collaboration_fk foreign key (collaboration_id) references collaboration (id),
      constraint invoice_issuer_sort_code check (sort_code ~ '^[0-9]{6}$'),
      constraint invoice_issuer_account_number check (account_number ~ '^[0-9]{8}$'),
      constraint invoice_issuer_payment_days check (payment_days between 0 and 180)
    )`);
  // A legal issuer numbers across all collaborations that it leads; the table tells nothing about any of them.
  await run.query(`
    create table document_series (
      issuer_urn text not null,
      kind text not null,
      last_number bigint not null,
      constraint document_series_pk primary key (issuer_urn, kind),
      constraint document_series_known_kind check (kind in ('invoice', 'credit-note')),
      constraint document_series_counts check (last_number >= 0)
    )`);
}

async function createRuns(run: QueryRunner): Promise<void> {
  await run.query(`
    create table invoice_run (
      id uuid not null,
      collaboration_id uuid not null,
      from_on date not null,
      to_on date not null,
      state text not null,
      total integer not null default 0,
      problems jsonb not null default '[]',
      started_at timestamptz not null,
      started_by text not null,
      finished_at timestamptz,
      constraint invoice_run_pk primary key (id),
      constraint invoice_run_of_collaboration unique (collaboration_id, id),
      constraint invoice_run_collaboration_fk foreign key (collaboration_id) references collaboration (id),
      constraint invoice_run_known_state check (state in ('waiting', 'running', 'done', 'failed')),
      constraint invoice_run_in_order check (from_on <= to_on)
    )`);
  await run.query(`create unique index invoice_run_once_at_a_time on invoice_run (collaboration_id, from_on, to_on) where state in ('waiting', 'running')`);
  await run.query(`create index invoice_run_by_start on invoice_run (collaboration_id, started_at)`);
}

async function createInvoices(run: QueryRunner): Promise<void> {
  await run.query(`
    create table invoice (
      id uuid not null,
      collaboration_id uuid not null,
      run_id uuid not null,
      kind text not null,
      issuer_urn text not null,
      urn text not null,
      service_from date not null,
      service_to date not null,
      series_number bigint,
      issued_on date,
      due_on date,
      parties jsonb,
      constraint invoice_pk primary key (id),
      constraint invoice_of_collaboration unique (collaboration_id, id),
      constraint invoice_numbered_once unique (issuer_urn, series_number),
      constraint invoice_run_fk foreign key (collaboration_id, run_id) references invoice_run (collaboration_id, id),
      constraint invoice_issuer_fk foreign key (issuer_urn) references school (urn),
      constraint invoice_school_fk foreign key (urn) references school (urn),
      constraint invoice_known_kind check (kind in ('invoice', 'journal')),
      constraint invoice_not_to_oneself check (kind = 'journal' or urn <> issuer_urn),
      constraint invoice_period_in_order check (service_from <= service_to),
      constraint invoice_number_at_issue check ((series_number is not null) = (issued_on is not null and kind = 'invoice')),
      constraint invoice_due_at_issue check ((due_on is not null) = (issued_on is not null and kind = 'invoice')),
      constraint invoice_parties_at_issue check ((parties is not null) = (issued_on is not null))
    )`);
  await run.query(`create index invoice_by_run on invoice (collaboration_id, run_id)`);
  await run.query(`create index invoice_by_school on invoice (collaboration_id, urn, issued_on)`);
  await run.query(`create index invoice_by_issue on invoice (collaboration_id, issued_on)`);

  await run.query(`
    create table invoice_line (
      id uuid not null,
      collaboration_id uuid not null,
      invoice_id uuid not null,
      position integer not null,
      share_id uuid not null,
      charge_id uuid not null,
      description text not null,
      service_name text,
      agreement_name text,
      service_from date not null,
      service_to date not null,
      belongs_on date not null,
      net_pence bigint not null,
      vat_pence bigint not null,
      vat_basis_points integer not null,
      vat_treatment text not null,
      vat_reason text not null,
      vat_words text not null,
      cost_system text not null,
      cost_code text not null,
      cost_name text not null,
      constraint invoice_line_pk primary key (id),
      constraint invoice_line_of_collaboration unique (collaboration_id, id),
      constraint invoice_line_in_order unique (collaboration_id, invoice_id, position),
      constraint invoice_line_share_once unique (collaboration_id, share_id),
      constraint invoice_line_invoice_fk foreign key (collaboration_id, invoice_id) references invoice (collaboration_id, id),
      constraint invoice_line_share_fk foreign key (collaboration_id, share_id) references share (collaboration_id, id),
      constraint invoice_line_says_what check (btrim(description) <> ''),
      constraint invoice_line_vat_rate check (vat_basis_points between 0 and 10000),
      constraint invoice_line_known_system check (cost_system in ('CFR', 'AAR'))
    )`);
  await run.query(`create index invoice_line_by_day on invoice_line (collaboration_id, belongs_on)`);
}

async function createCredits(run: QueryRunner): Promise<void> {
  await run.query(`
    create table credit_note (
      id uuid not null,
      collaboration_id uuid not null,
      invoice_id uuid not null,
      issuer_urn text not null,
      series_number bigint not null,
      issued_on date not null,
      reason text not null,
      issued_by text not null,
      constraint credit_note_pk primary key (id),
      constraint credit_note_of_collaboration unique (collaboration_id, id),
      constraint credit_note_numbered_once unique (issuer_urn, series_number),
      constraint credit_note_invoice_fk foreign key (collaboration_id, invoice_id) references invoice (collaboration_id, id),
      constraint credit_note_says_why check (btrim(reason) <> '')
    )`);
  await run.query(`create index credit_note_by_invoice on credit_note (collaboration_id, invoice_id)`);
  await run.query(`
    create table credit_note_line (
      id uuid not null,
      collaboration_id uuid not null,
      credit_note_id uuid not null,
      invoice_line_id uuid not null,
      net_pence bigint not null,
      vat_pence bigint not null,
      constraint credit_note_line_pk primary key (id),
      constraint credit_note_line_once unique (collaboration_id, credit_note_id, invoice_line_id),
      constraint credit_note_line_note_fk foreign key (collaboration_id, credit_note_id) references credit_note (collaboration_id, id),
      constraint credit_note_line_line_fk foreign key (collaboration_id, invoice_line_id) references invoice_line (collaboration_id, id)
    )`);
  await run.query(`create index credit_note_line_by_line on credit_note_line (collaboration_id, invoice_line_id)`);
}

/** Drafts come and go; from its issue on neither the invoice nor a line of it changes, and none is added. */
async function keepIssued(run: QueryRunner): Promise<void> {
  await run.query(`
    create function billing_keep_issued() returns trigger language plpgsql as $$
    begin
      if old.issued_on is not null then
        raise exception 'The invoice % is issued and never changes; credit it.', old.id using errcode = 'P0F01';
      end if;
      return coalesce(new, old);
    end $$`);
  await run.query(`create trigger kept_once_issued before update or delete on invoice for each row execute function billing_keep_issued()`);
  await run.query(`
    create function billing_keep_issued_lines() returns trigger language plpgsql as $$
    begin
      if exists (select from invoice where collaboration_id = old.collaboration_id and id = old.invoice_id and issued_on is not null) then
        raise exception 'A line of the issued invoice % never changes; credit it.', old.invoice_id using errcode = 'P0F01';
      end if;
      return coalesce(new, old);
    end $$`);
  await run.query(`create trigger kept_once_issued before update or delete on invoice_line for each row execute function billing_keep_issued_lines()`);
  await run.query(`
    create function billing_keep_lines_of_issued() returns trigger language plpgsql as $$
    begin
      if exists (select from added join invoice i on i.collaboration_id = added.collaboration_id and i.id = added.invoice_id where i.issued_on is not null) then
        raise exception 'Nothing is added to an issued invoice.' using errcode = 'P0F01';
      end if;
      return null;
    end $$`);
  await run.query(`
    create trigger nothing_added_once_issued after insert on invoice_line referencing new table as added
    for each statement execute function billing_keep_lines_of_issued()`);
}
