import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One more thing that must always be true: what stands on each account is what the records say. `invariant_broken`
 * gathers every view of that name, so that a later one is gathered by calling `gather_invariants` again.
 */
export class InsightAddInvariants20261125160150 implements MigrationInterface {
  readonly name = 'InsightAddInvariants20261125160150';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create function gather_invariants() returns void language plpgsql as $$
      declare
        views text;
      begin
        select string_agg(format('select %L as name, collaboration_id, subject, detail from %I', substr(table_name, 11), table_name), ' union all ' order by table_name) into views
          from information_schema.views where table_schema = 'public' and table_name like 'invariant\\_%' and table_name <> 'invariant_broken';
        execute 'create or replace view invariant_broken with (security_invoker = true) as ' || views;
      end $$`);
    await run.query(`create view invariant_balances_are_the_records with (security_invoker = true) as ${balancesAreTheRecords}`);
    await run.query(`select gather_invariants()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop view invariant_broken`);
    await run.query(`drop view invariant_balances_are_the_records`);
    await run.query(`select gather_invariants()`);
    await run.query(`drop function gather_invariants`);
  }
}

/** Accounts that the same records fill stand as one: a cost is the pool's, carried, or the lead school's income. */
const balancesAreTheRecords = `
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
         where i.issued_on is not null and i.kind = 'invoice'
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
     group by collaboration_id, account, urn having sum(posted) <> sum(recorded)`;
