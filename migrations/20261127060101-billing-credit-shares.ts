import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A school whose credits are larger than its shares gets a credit note, numbered in that series. What is due to it is held
 * as its credit: a payment of no money that names the note, once and for its whole sum.
 */
export class BillingCreditShares20261127060101 implements MigrationInterface {
  readonly name = 'BillingCreditShares20261127060101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table invoice
        drop constraint invoice_known_kind, drop constraint invoice_number_at_issue, drop constraint invoice_numbered_once,
        add constraint invoice_known_kind check (kind in ('invoice', 'credit-note', 'journal')),
        add constraint invoice_number_at_issue check ((series_number is not null) = (issued_on is not null and kind <> 'journal')),
        add constraint invoice_numbered_once unique (issuer_urn, kind, series_number)`);
    await run.query(`
      alter table payment
        drop constraint payment_of_something,
        add column holds_id uuid,
        add constraint payment_of_something check ((pence <> 0) = (holds_id is null)),
        add constraint payment_holds_fk foreign key (collaboration_id, holds_id) references invoice (collaboration_id, id),
        add constraint payment_holds_once unique (collaboration_id, holds_id)`);
    await run.query(paidWithinDue);
    for (const [name, view] of Object.entries(views)) await run.query(`create or replace view invariant_${name} with (security_invoker = true) as ${view}`);
    await keepSchoolMoney(run, true);
  }

  async down(run: QueryRunner): Promise<void> {
    await keepSchoolMoney(run, false);
    await run.query(`
      alter table payment
        drop constraint payment_of_something, drop column holds_id,
        add constraint payment_of_something check (pence <> 0)`);
    await run.query(`
      alter table invoice
        drop constraint invoice_known_kind, drop constraint invoice_number_at_issue, drop constraint invoice_numbered_once,
        add constraint invoice_known_kind check (kind in ('invoice', 'journal')),
        add constraint invoice_number_at_issue check ((series_number is not null) = (issued_on is not null and kind = 'invoice')),
        add constraint invoice_numbered_once unique (issuer_urn, series_number)`);
  }
}

async function keepSchoolMoney(run: QueryRunner, notes: boolean): Promise<void> {
  await run.query(schoolMoneyWithin(notes));
  await run.query(`create or replace view invariant_sums_within with (security_invoker = true) as ${sumsWithin(notes)}`);
}

const paidWithinDue = `
    create or replace function billing_paid_within_due() returns trigger language plpgsql as $$
    declare
      target uuid;
      is_note boolean;
      due bigint;
      paid bigint;
    begin
      if tg_table_name = 'allocation' then
        target := new.invoice_id;
      else
        select invoice_id into target from invoice_line where collaboration_id = new.collaboration_id and id = new.invoice_line_id;
      end if;
      select kind = 'credit-note' into is_note from invoice where collaboration_id = new.collaboration_id and id = target for update;
      select coalesce(sum(net_pence + vat_pence), 0) into due from invoice_line where collaboration_id = new.collaboration_id and invoice_id = target;
      select due - coalesce(sum(c.net_pence + c.vat_pence), 0) into due
        from credit_note_line c join invoice_line l on l.collaboration_id = c.collaboration_id and l.id = c.invoice_line_id
       where l.collaboration_id = new.collaboration_id and l.invoice_id = target;
      select coalesce(sum(pence), 0) into paid from allocation where collaboration_id = new.collaboration_id and invoice_id = target;
      if is_note and (paid < due or paid > 0) or not is_note and (paid < 0 or paid > due) then
        raise exception 'The invoice % has % pence paid of % due.', target, paid, due using errcode = 'P0F03', constraint = 'paid_within_due';
      end if;
      return null;
    end $$`;

const schoolMoneyWithin = (notes: boolean) => `
    create or replace function billing_school_money_within() returns trigger language plpgsql as $$
    declare
      one payment;
      spent bigint;
      held bigint;
    begin
      if tg_table_name = 'allocation' then
        select * into one from payment where collaboration_id = new.collaboration_id and id = new.payment_id;
      else
        select * into one from payment where collaboration_id = new.collaboration_id and id = coalesce(new.reverses_id, new.id);
      end if;
      if one.urn is null then return null; end if;
      perform billing_lock_school_money(one.collaboration_id, one.urn);
      select coalesce(sum(pence), 0) into spent from allocation where collaboration_id = one.collaboration_id and payment_id = one.id;
      if ${notes ? '(spent < 0 and one.holds_id is null)' : 'spent < 0'} or spent > greatest(one.pence, 0)
         or (spent <> 0 and exists (select from payment r where r.collaboration_id = one.collaboration_id and r.reverses_id = one.id)) then
        raise exception 'Of the payment % over % pence, % pence would be spent.', one.id, one.pence, spent using errcode = 'P0F03', constraint = 'payment_spent_within';
      end if;
      select coalesce(sum(p.pence), 0) - coalesce(sum(a.pence), 0) into held
        from payment p
        left join lateral (select sum(pence) as pence from allocation a where a.collaboration_id = p.collaboration_id and a.payment_id = p.id) a on true
       where p.collaboration_id = one.collaboration_id and p.urn = one.urn;
      if held < 0 then
        raise exception 'What is held for the school % would be % pence.', one.urn, held using errcode = 'P0F03', constraint = 'school_credit_above_nothing';
      end if;
      return null;
    end $$`;

const views = {
  invoices_are_their_lines_and_postings: `
    select i.collaboration_id, i.id::text as subject, 'has lines of ' || l.net || ' and ' || l.vat || ' pence of VAT, and postings of ' || coalesce(p.pence, 0) as detail
      from invoice i
      join (select collaboration_id, invoice_id, sum(net_pence) as net, sum(vat_pence) as vat from invoice_line group by 1, 2) l
        on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
      left join (select e.collaboration_id, e.source_id, sum(p.pence) as pence
                   from ledger_entry e join ledger_posting p on p.collaboration_id = e.collaboration_id and p.entry_id = e.id
                  where e.source_kind = 'invoice' and e.kind in ('invoice', 'credit-note', 'journal') and p.account in ('receivable', 'own-share') group by 1, 2) p
        on p.collaboration_id = i.collaboration_id and p.source_id = i.id::text
     where i.issued_on is not null and coalesce(p.pence, 0) <> l.net + (case i.kind when 'journal' then 0 else l.vat end)`,
  invoice_numbers_have_no_gap: `
    select null::uuid as collaboration_id, issuer_urn || ' ' || kind as subject, count(*) || ' numbers up to ' || max(number) as detail
      from (select issuer_urn, replace(kind, '-', ' ') as kind, series_number as number from invoice where series_number is not null
             union all select issuer_urn, 'credit note', series_number from credit_note) n
     where (select app_collaborations()) is null
     group by issuer_urn, kind having count(*) <> max(number) or min(number) <> 1`,
  nothing_is_paid_beyond_its_due: `
    select i.collaboration_id, i.id::text as subject, coalesce(a.paid, 0) || ' pence paid of ' || l.due - coalesce(c.credited, 0) || ' due' as detail
      from invoice i
      join (select collaboration_id, invoice_id, sum(net_pence + vat_pence) as due from invoice_line group by 1, 2) l
        on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
      left join (select n.collaboration_id, n.invoice_id, sum(x.net_pence + x.vat_pence) as credited
                   from credit_note n join credit_note_line x on x.collaboration_id = n.collaboration_id and x.credit_note_id = n.id group by 1, 2) c
        on c.collaboration_id = i.collaboration_id and c.invoice_id = i.id
      left join (select collaboration_id, invoice_id, sum(pence) as paid from allocation group by 1, 2) a
        on a.collaboration_id = i.collaboration_id and a.invoice_id = i.id
     where i.issued_on is not null
       and case i.kind when 'invoice' then coalesce(a.paid, 0) not between 0 and greatest(l.due - coalesce(c.credited, 0), 0) when 'credit-note' then coalesce(a.paid, 0) <> l.due end`,
  balances_are_the_records: `
    select collaboration_id, account || coalesce(' ' || urn, '') as subject, 'is ' || sum(posted) || ' pence and its records are ' || sum(recorded) as detail
      from (
        select p.collaboration_id, p.school_urn as urn, p.pence as posted, 0 as recorded,
               case when p.account in ('pool', 'carried', 'lead-school-income') then 'costs' when p.account in ('vat-due', 'vat-rounding') then 'vat' else p.account end as account
          from ledger_posting p
        union all
        select c.collaboration_id, null, 0, c.pence, 'charges-to-share' from charge c
         where not exists (select from share_set s where s.collaboration_id = c.collaboration_id and s.charge_id = c.id)
        union all
        select c.collaboration_id, null, 0, 0 - c.pence, 'costs' from charge c
        union all
        select s.collaboration_id, s.urn, 0, s.pence, 'shares-to-invoice' from share s
        union all
        select i.collaboration_id, i.urn, 0, x.pence, x.account
          from invoice i
          join invoice_line l on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
         cross join lateral (values ('shares-to-invoice', 0 - l.net_pence),
                                    (case i.kind when 'journal' then 'own-share' else 'receivable' end, l.net_pence + case i.kind when 'journal' then 0 else l.vat_pence end)) x (account, pence)
         where i.issued_on is not null
        union all
        select l.collaboration_id, null, 0, 0 - l.vat_pence, 'vat'
          from invoice i join invoice_line l on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
         where i.issued_on is not null and i.kind <> 'journal'
        union all
        select n.collaboration_id, x.urn, 0, x.pence, x.account
          from credit_note n
          join invoice i on i.collaboration_id = n.collaboration_id and i.id = n.invoice_id
          join credit_note_line l on l.collaboration_id = n.collaboration_id and l.credit_note_id = n.id
         cross join lateral (values ('receivable', i.urn, 0 - l.net_pence - l.vat_pence), ('costs', null, l.net_pence), ('vat', null, l.vat_pence)) x (account, urn, pence)
        union all
        select a.collaboration_id, i.urn, 0, x.pence, x.account
          from allocation a
          join invoice i on i.collaboration_id = a.collaboration_id and i.id = a.invoice_id
         cross join lateral (values ('receivable', 0 - a.pence), ('credit-held', a.pence)) x (account, pence)
        union all
        select p.collaboration_id, x.urn, 0, x.pence, x.account
          from payment p
         cross join lateral (values ('bank', null, p.pence), ('credit-held', p.urn, case when p.urn is null then 0 else 0 - p.pence end),
                                    ('payable', null, case when p.supplier_bill_id is null then 0 else 0 - p.pence end)) x (account, urn, pence)
        union all
        select l.collaboration_id, null, 0, x.pence, x.account
          from supplier_bill_line l
         cross join lateral (values ('costs', l.pence), ('payable', 0 - l.pence)) x (account, pence)
      ) lines
     group by collaboration_id, account, urn having sum(posted) <> sum(recorded)`,
};

/** With payments of no money that hold a credit note, or without them. */
const sumsWithin = (notes: boolean) => `
    select p.collaboration_id, 'payment ' || p.id as subject, 'is ' || p.pence || ' pence and ' || sum(a.pence) || ' are spent' as detail
      from payment p join allocation a on a.collaboration_id = p.collaboration_id and a.payment_id = p.id
     group by p.collaboration_id, p.id having ${notes ? '(sum(a.pence) < 0 and p.holds_id is null)' : 'sum(a.pence) < 0'} or sum(a.pence) > greatest(p.pence, 0)
    union all
    select p.collaboration_id, 'credit of ' || p.urn, 'is ' || sum(p.pence - coalesce(a.pence, 0)) || ' pence'
      from payment p
      left join lateral (select sum(a.pence) as pence from allocation a where a.collaboration_id = p.collaboration_id and a.payment_id = p.id) a on true
     where p.urn is not null group by p.collaboration_id, p.urn having sum(p.pence - coalesce(a.pence, 0)) < 0
    union all
    select b.collaboration_id, 'bill ' || b.id, 'is ' || b.pence || ' pence and ' || (0 - sum(p.pence)) || ' are paid'
      from (select collaboration_id, supplier_bill_id as id, sum(pence) as pence from supplier_bill_line group by 1, 2) b
      join payment p on p.collaboration_id = b.collaboration_id and p.supplier_bill_id = b.id
     group by b.collaboration_id, b.id, b.pence having 0 - sum(p.pence) < least(b.pence, 0) or 0 - sum(p.pence) > greatest(b.pence, 0)
    union all
    select l.collaboration_id, 'bill line ' || l.id, 'is ' || l.pence || ' pence and ' || sum(c.pence) || ' are covered'
      from supplier_bill_line l join bill_cover c on c.collaboration_id = l.collaboration_id and c.supplier_bill_line_id = l.id
     group by l.collaboration_id, l.id, l.pence having sum(c.pence) < least(l.pence, 0) or sum(c.pence) > greatest(l.pence, 0)`;
