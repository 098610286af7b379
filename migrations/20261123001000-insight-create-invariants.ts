import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What must always be true, each as a view that is empty as long as it is: `collaboration_id, subject, detail` of each
 * row that breaks it. The views see what their reader may see. `invariant_broken` is all of them together.
 */
export class InsightCreateInvariants20261123001000 implements MigrationInterface {
  readonly name = 'InsightCreateInvariants20261123001000';

  async up(run: QueryRunner): Promise<void> {
    for (const [name, body] of Object.entries(invariants)) {
      await run.query(`create view invariant_${name} with (security_invoker = true) as ${body}`);
    }
    const all = Object.keys(invariants).map((name) => `select '${name}' as name, collaboration_id, subject, detail from invariant_${name}`);
    await run.query(`create view invariant_broken with (security_invoker = true) as ${all.join(' union all ')}`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop view invariant_broken`);
    for (const name of Object.keys(invariants)) await run.query(`drop view invariant_${name}`);
  }
}

const live = `state in ('held', 'requested', 'confirmed', 'delivered')`;

const invariants: Readonly<Record<string, string>> = {
  live_bookings_never_overlap: `
    select collaboration_id, id::text as subject, 'begins at ' || starts_at || ', before the session before it ends at ' || before_ends as detail
      from (select collaboration_id, id, starts_at, max(ends_at) over (partition by specialist_id order by starts_at, id rows between unbounded preceding and 1 preceding) as before_ends
              from booking where ${live}) b
     where starts_at < before_ends`,
  live_bookings_take_time: `
    select b.collaboration_id, b.id::text as subject, 'is ' || b.state || ' and takes no time of its specialist' as detail
      from booking b
     where b.state in ('requested', 'confirmed')
       and not exists (select from time_taken t where t.holder_id = b.id and t.resource_kind = 'specialist' and t.resource_id = b.specialist_id and t.starts_at <= b.starts_at and t.ends_at >= b.ends_at)`,
  live_bookings_have_current_credentials: `
    select b.collaboration_id, b.id::text as subject, 'needs ' || c.type || ', which lapsed on ' || max(c.expires_on) as detail
      from booking b
      join agreement a on a.collaboration_id = b.collaboration_id and a.id = b.agreement_id
      join credential c on c.collaboration_id = b.collaboration_id and c.specialist_id = b.specialist_id
     where b.state in ('requested', 'confirmed') and b.starts_at > now() and (a.required_credentials is null or c.type = any (a.required_credentials))
     group by b.collaboration_id, b.id, b.ends_at, c.type
    having bool_and(c.expires_on is not null) and max(c.expires_on) < (b.ends_at at time zone 'Europe/London')::date`,
  entitlement_never_below_nothing: `
    select collaboration_id, agreement_id || ' ' || urn as subject, sum(milliunits) || ' thousandths of a unit' as detail
      from (select collaboration_id, agreement_id, urn, entitlement_milliunits as milliunits from subscription where entitlement_milliunits is not null
             union all select collaboration_id, agreement_id, school_urn, milliunits from entitlement_entry) e
     group by collaboration_id, agreement_id, urn having sum(milliunits) < 0`,
  shares_make_up_their_charge: `
    select c.collaboration_id, c.id::text as subject, 'is ' || c.pence || ' pence and its shares are ' || coalesce(sum(s.pence), 0) as detail
      from charge c
      join share_set x on x.collaboration_id = c.collaboration_id and x.charge_id = c.id
      left join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
     group by c.collaboration_id, c.id, c.pence having coalesce(sum(s.pence), 0) <> c.pence`,
  unshared_charges_say_why: `
    select c.collaboration_id, c.id::text as subject, 'has no shares and does not say why' as detail
      from charge c
     where not exists (select from share_set s where s.collaboration_id = c.collaboration_id and s.charge_id = c.id)
       and not exists (select from charge_problem p where p.collaboration_id = c.collaboration_id and p.charge_id = c.id)`,
  charges_are_posted: `
    select c.collaboration_id, c.id::text as subject, 'is ' || c.pence || ' pence and ' || coalesce(p.pence, 0) || ' are posted to schools or wait to be shared' as detail
      from charge c
      left join (select e.collaboration_id, e.source_id, sum(p.pence) as pence
                   from ledger_entry e join ledger_posting p on p.collaboration_id = e.collaboration_id and p.entry_id = e.id
                  where e.source_kind = 'charge' and p.account in ('shares-to-invoice', 'charges-to-share') group by 1, 2) p
        on p.collaboration_id = c.collaboration_id and p.source_id = c.id::text
     where coalesce(p.pence, 0) <> c.pence`,
  postings_sum_to_zero: `
    select collaboration_id, entry_id::text as subject, sum(pence) || ' pence over' as detail
      from ledger_posting group by collaboration_id, entry_id having sum(pence) <> 0`,
  ledger_chain_is_whole: `
    select collaboration_id, sequence::text as subject, 'does not follow from the entry before it' as detail
      from (select e.collaboration_id, e.sequence, e.previous_hash, e.hash, ledger_text(e) as said,
                   coalesce(lag(e.hash) over (partition by e.collaboration_id order by e.sequence), '') as hash_before,
                   row_number() over (partition by e.collaboration_id order by e.sequence) as place
              from ledger_entry e) chain
     where previous_hash <> hash_before or sequence <> place or hash <> encode(sha256(convert_to(said, 'UTF8')), 'hex')`,
  invoices_are_their_lines_and_postings: `
    select i.collaboration_id, i.id::text as subject, 'has lines of ' || l.net || ' and ' || l.vat || ' pence of VAT, and postings of ' || coalesce(p.pence, 0) as detail
      from invoice i
      join (select collaboration_id, invoice_id, sum(net_pence) as net, sum(vat_pence) as vat from invoice_line group by 1, 2) l
        on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
      left join (select e.collaboration_id, e.source_id, sum(p.pence) as pence
                   from ledger_entry e join ledger_posting p on p.collaboration_id = e.collaboration_id and p.entry_id = e.id
                  where e.source_kind = 'invoice' and e.kind in ('invoice', 'journal') and p.account in ('receivable', 'own-share') group by 1, 2) p
        on p.collaboration_id = i.collaboration_id and p.source_id = i.id::text
     where i.issued_on is not null and coalesce(p.pence, 0) <> l.net + (case i.kind when 'invoice' then l.vat else 0 end)`,
  invoice_lines_are_their_shares: `
    select l.collaboration_id, l.id::text as subject, 'is ' || l.net_pence || ' pence and its share is ' || s.pence as detail
      from invoice_line l join share s on s.collaboration_id = l.collaboration_id and s.id = l.share_id
     where l.net_pence <> s.pence`,
  // A legal issuer numbers across collaborations, so that only who sees all of them can see a gap.
  invoice_numbers_have_no_gap: `
    select null::uuid as collaboration_id, issuer_urn || ' ' || kind as subject, count(*) || ' numbers up to ' || max(number) as detail
      from (select issuer_urn, 'invoice' as kind, series_number as number from invoice where series_number is not null
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
     where i.kind = 'invoice' and i.issued_on is not null and coalesce(a.paid, 0) not between 0 and greatest(l.due - coalesce(c.credited, 0), 0)`,
  rows_point_into_their_own_collaboration: `
    select null::uuid as collaboration_id, f.conrelid::regclass || ' ' || f.conname as subject, 'a foreign key that does not hold the collaboration' as detail
      from pg_constraint f
     where f.contype = 'f' and f.connamespace = 'public'::regnamespace
       and exists (select from pg_attribute a where a.attrelid = f.conrelid and a.attname = 'collaboration_id' and not a.attisdropped)
       and exists (select from pg_attribute a where a.attrelid = f.confrelid and a.attname = 'collaboration_id' and not a.attisdropped)
       and not exists (select from pg_attribute a where a.attrelid = f.conrelid and a.attname = 'collaboration_id' and a.attnum = any (f.conkey))`,
  tables_of_a_collaboration_are_protected: `
    select null::uuid as collaboration_id, c.oid::regclass::text as subject, 'has rows of collaborations and no forced policy' as detail
      from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'role_grant'
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'collaboration_id' and not a.attisdropped)
       and not (c.relrowsecurity and c.relforcerowsecurity)`,
};
