import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Supplier bills, payments, the bank's lines and the ties between them. What came in or went out is only ever added to. */
export class BillingCreatePayments20261123000910 implements MigrationInterface {
  readonly name = 'BillingCreatePayments20261123000910';

  async up(run: QueryRunner): Promise<void> {
    await createBills(run);
    await createPayments(run);
    await createBank(run);
    await keepWithinDue(run);
    const tables = ['supplier_bill', 'supplier_bill_line', 'bill_cover', 'payment', 'allocation', 'bank_statement', 'bank_line', 'bank_match'];
    for (const table of tables) await run.query(`select protect_by_collaboration('${table}')`);
    for (const table of tables.filter((name) => name !== 'bank_match')) await run.query(`select forbid_change('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop trigger paid_within_due on credit_note_line`);
    await run.query(`drop table bank_match, bank_line, bank_statement, allocation, payment, bill_cover, supplier_bill_line, supplier_bill`);
    await run.query(`drop function billing_paid_within_due`);
  }
}

async function createBills(run: QueryRunner): Promise<void> {
  await run.query(`
    create table supplier_bill (
      id uuid not null,
      collaboration_id uuid not null,
      supplier_id uuid not null,
      number text not null,
      billed_on date not null,
      due_on date,
      recorded_by text not null,
      recorded_at timestamptz not null,
      constraint supplier_bill_pk primary key (id),
      constraint supplier_bill_of_collaboration unique (collaboration_id, id),
      constraint supplier_bill_once unique (collaboration_id, supplier_id, number),
      constraint supplier_bill_supplier_fk foreign key (collaboration_id, supplier_id) references supplier (collaboration_id, id)
    )`);
  await run.query(`create index supplier_bill_by_day on supplier_bill (collaboration_id, billed_on)`);
  await run.query(`
    create table supplier_bill_line (
      id uuid not null,
      collaboration_id uuid not null,
      supplier_bill_id uuid not null,
      position integer not null,
      description text not null,
      pence bigint not null,
      constraint supplier_bill_line_pk primary key (id),
      constraint supplier_bill_line_of_collaboration unique (collaboration_id, id),
      constraint supplier_bill_line_in_order unique (collaboration_id, supplier_bill_id, position),
      constraint supplier_bill_line_bill_fk foreign key (collaboration_id, supplier_bill_id) references supplier_bill (collaboration_id, id)
    )`);
  await run.query(`
    create table bill_cover (
      id uuid not null,
      collaboration_id uuid not null,
      supplier_bill_line_id uuid not null,
      charge_id uuid,
      carried_because text,
      pence bigint not null,
      constraint bill_cover_pk primary key (id),
      constraint bill_cover_line_fk foreign key (collaboration_id, supplier_bill_line_id) references supplier_bill_line (collaboration_id, id),
      constraint bill_cover_charge_fk foreign key (collaboration_id, charge_id) references charge (collaboration_id, id),
      constraint bill_cover_one_way check ((charge_id is null) <> (carried_because is null))
    )`);
  await run.query(`create index bill_cover_by_line on bill_cover (collaboration_id, supplier_bill_line_id)`);
  await run.query(`create index bill_cover_by_charge on bill_cover (collaboration_id, charge_id)`);
}

async function createPayments(run: QueryRunner): Promise<void> {
  await run.query(`
    create table payment (
      id uuid not null,
      collaboration_id uuid not null,
      urn text,
      supplier_bill_id uuid,
      pence bigint not null,
      paid_on date not null,
      reference text not null,
      recorded_by text not null,
      recorded_at timestamptz not null,
      reverses_id uuid,
      constraint payment_pk primary key (id),
      constraint payment_of_collaboration unique (collaboration_id, id),
      constraint payment_reversed_once unique (collaboration_id, reverses_id),
      constraint payment_school_fk foreign key (urn) references school (urn),
      constraint payment_bill_fk foreign key (collaboration_id, supplier_bill_id) references supplier_bill (collaboration_id, id),
      constraint payment_reverses_fk foreign key (collaboration_id, reverses_id) references payment (collaboration_id, id),
      constraint payment_one_party check ((urn is null) <> (supplier_bill_id is null)),
      constraint payment_of_something check (pence <> 0)
    )`);
  await run.query(`create index payment_by_school on payment (collaboration_id, urn, paid_on)`);
  await run.query(`create index payment_by_bill on payment (collaboration_id, supplier_bill_id)`);
  await run.query(`create index payment_by_day on payment (collaboration_id, paid_on)`);
  // Above zero spends the payment on the invoice, below zero sets it free again.
  await run.query(`
    create table allocation (
      id uuid not null,
      collaboration_id uuid not null,
      payment_id uuid not null,
      invoice_id uuid not null,
      pence bigint not null,
      allocated_at timestamptz not null,
      constraint allocation_pk primary key (id),
      constraint allocation_payment_fk foreign key (collaboration_id, payment_id) references payment (collaboration_id, id),
      constraint allocation_invoice_fk foreign key (collaboration_id, invoice_id) references invoice (collaboration_id, id),
      constraint allocation_of_something check (pence <> 0)
    )`);
  await run.query(`create index allocation_by_payment on allocation (collaboration_id, payment_id)`);
  await run.query(`create index allocation_by_invoice on allocation (collaboration_id, invoice_id)`);
}

async function createBank(run: QueryRunner): Promise<void> {
  await run.query(`
    create table bank_statement (
      id uuid not null,
      collaboration_id uuid not null,
      file_name text not null,
      imported_at timestamptz not null,
      imported_by text not null,
      constraint bank_statement_pk primary key (id),
      constraint bank_statement_of_collaboration unique (collaboration_id, id)
    )`);
  await run.query(`
    create table bank_line (
      id uuid not null,
      collaboration_id uuid not null,
      bank_statement_id uuid not null,
      position integer not null,
      account text not null,
      booked_on date not null,
      type text not null,
      description text not null,
      pence bigint not null,
      balance_pence bigint,
      occurrence integer not null,
      constraint bank_line_pk primary key (id),
      constraint bank_line_of_collaboration unique (collaboration_id, id),
      constraint bank_line_once unique (collaboration_id, account, booked_on, pence, type, description, occurrence),
      constraint bank_line_statement_fk foreign key (collaboration_id, bank_statement_id) references bank_statement (collaboration_id, id),
      constraint bank_line_of_something check (pence <> 0),
      constraint bank_line_counts check (occurrence >= 1)
    )`);
  await run.query(`create index bank_line_by_day on bank_line (collaboration_id, booked_on)`);
  await run.query(`
    create table bank_match (
      id uuid not null,
      collaboration_id uuid not null,
      bank_line_id uuid not null,
      payment_id uuid not null,
      made_payment boolean not null,
      reason text not null,
      matched_by text not null,
      matched_at timestamptz not null,
      undone_by text,
      undone_at timestamptz,
      constraint bank_match_pk primary key (id),
      constraint bank_match_line_fk foreign key (collaboration_id, bank_line_id) references bank_line (collaboration_id, id),
      constraint bank_match_payment_fk foreign key (collaboration_id, payment_id) references payment (collaboration_id, id),
      constraint bank_match_undone_by_somebody check ((undone_by is null) = (undone_at is null))
    )`);
  await run.query(`create unique index bank_match_line_once on bank_match (collaboration_id, bank_line_id) where undone_at is null`);
  await run.query(`create unique index bank_match_payment_once on bank_match (collaboration_id, payment_id) where undone_at is null`);
}

/** Looked at when the transaction commits: never less than nothing is paid on an invoice, and never more than is due. */
async function keepWithinDue(run: QueryRunner): Promise<void> {
  await run.query(`
    create function billing_paid_within_due() returns trigger language plpgsql as $$
    declare
      target uuid;
      due bigint;
      paid bigint;
    begin
      if tg_table_name = 'allocation' then
        target := new.invoice_id;
      else
        select invoice_id into target from invoice_line where collaboration_id = new.collaboration_id and id = new.invoice_line_id;
      end if;
      perform 1 from invoice where collaboration_id = new.collaboration_id and id = target for update;
      select coalesce(sum(net_pence + vat_pence), 0) into due from invoice_line where collaboration_id = new.collaboration_id and invoice_id = target;
      select due - coalesce(sum(c.net_pence + c.vat_pence), 0) into due
        from credit_note_line c join invoice_line l on l.collaboration_id = c.collaboration_id and l.id = c.invoice_line_id
       where l.collaboration_id = new.collaboration_id and l.invoice_id = target;
      select coalesce(sum(pence), 0) into paid from allocation where collaboration_id = new.collaboration_id and invoice_id = target;
      if paid < 0 or paid > due then
        raise exception 'The invoice % has % pence paid of % due.', target, paid, due using errcode = 'P0F03', constraint = 'paid_within_due';
      end if;
      return null;
    end $$`);
  for (const table of ['allocation', 'credit_note_line']) {
    await run.query(`
      create constraint trigger paid_within_due after insert on ${table}
        deferrable initially deferred for each row execute function billing_paid_within_due()`);
  }
}
