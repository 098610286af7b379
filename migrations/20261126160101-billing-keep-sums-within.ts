import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is spent of a payment is never more than it, what is held for a school never less than nothing, a bill is paid once,
 * and a charge passes on bills up to its own sum. Each is counted when the transaction commits, under a lock that whoever
 * moves the same money waits for, so that two at once cannot both count what was there before.
 */
export class BillingKeepSumsWithin20261126160101 implements MigrationInterface {
  readonly name = 'BillingKeepSumsWithin20261126160101';

  async up(run: QueryRunner): Promise<void> {
    await keepSchoolMoney(run);
    await keepBills(run);
    await keepCovers(run);
    await run.query(`create view invariant_sums_within with (security_invoker = true) as ${sumsWithin}`);
    await run.query(`select gather_invariants()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop view invariant_broken`);
    await run.query(`drop view invariant_sums_within`);
    await run.query(`select gather_invariants()`);
    for (const table of ['payment', 'allocation']) await run.query(`drop trigger school_money_within on ${table}`);
    await run.query(`drop trigger bill_paid_within on payment`);
    await run.query(`drop trigger cover_within on bill_cover`);
    for (const name of ['billing_school_money_within', 'billing_bill_paid_within', 'billing_cover_within', 'billing_charge_covered', 'billing_lock_charge_covers', 'billing_lock_school_money']) {
      await run.query(`drop function ${name}`);
    }
  }
}

async function keepSchoolMoney(run: QueryRunner): Promise<void> {
  await run.query(`
    create function billing_lock_school_money(collaboration uuid, school text) returns void language plpgsql as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('school-money ' || collaboration || ' ' || school, 0));
    end $$`);
  await run.query(`
    create function billing_school_money_within() returns trigger language plpgsql as $$
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
      if spent < 0 or spent > greatest(one.pence, 0)
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
    end $$`);
  for (const table of ['payment', 'allocation']) {
    await run.query(`
      create constraint trigger school_money_within after insert on ${table}
        deferrable initially deferred for each row execute function billing_school_money_within()`);
  }
}

async function keepBills(run: QueryRunner): Promise<void> {
  await run.query(`
    create function billing_bill_paid_within() returns trigger language plpgsql as $$
    declare
      billed bigint;
      paid bigint;
    begin
      if new.supplier_bill_id is null then return null; end if;
      perform 1 from supplier_bill where collaboration_id = new.collaboration_id and id = new.supplier_bill_id for update;
      select coalesce(sum(pence), 0) into billed from supplier_bill_line where collaboration_id = new.collaboration_id and supplier_bill_id = new.supplier_bill_id;
      select 0 - coalesce(sum(pence), 0) into paid from payment where collaboration_id = new.collaboration_id and supplier_bill_id = new.supplier_bill_id;
      if paid < least(billed, 0) or paid > greatest(billed, 0) then
        raise exception 'The bill % over % pence would have % pence paid.', new.supplier_bill_id, billed, paid using errcode = 'P0F03', constraint = 'bill_paid_within';
      end if;
      return null;
    end $$`);
  await run.query(`
    create constraint trigger bill_paid_within after insert on payment
      deferrable initially deferred for each row execute function billing_bill_paid_within()`);
}

async function keepCovers(run: QueryRunner): Promise<void> {
  // A charge and all that puts it right are one: its lock and its sums are those of the first.
  await run.query(`
    create function billing_lock_charge_covers(collaboration uuid, charge_to_cover uuid) returns void language plpgsql as $$
    declare
      root uuid;
    begin
      select coalesce(corrects_charge_id, id) into root from charge where collaboration_id = collaboration and id = charge_to_cover;
      perform pg_advisory_xact_lock(hashtextextended('charge-covers ' || collaboration || ' ' || coalesce(root, charge_to_cover), 0));
    end $$`);
  await run.query(`
    create function billing_charge_covered(collaboration uuid, charge_to_cover uuid, out charged bigint, out covered bigint) language sql stable as $$
      with root as (select coalesce(corrects_charge_id, id) as id from charge where collaboration_id = collaboration and id = charge_to_cover),
      family as (select c.id, c.pence from charge c, root where c.collaboration_id = collaboration and (c.id = root.id or c.corrects_charge_id = root.id))
      select coalesce((select sum(pence) from family), 0)::bigint,
             coalesce((select sum(b.pence) from bill_cover b join family on family.id = b.charge_id where b.collaboration_id = collaboration), 0)::bigint
    $$`);
  await run.query(`
    create function billing_cover_within() returns trigger language plpgsql as $$
    declare
      due bigint;
      covered bigint;
    begin
      perform 1 from supplier_bill_line where collaboration_id = new.collaboration_id and id = new.supplier_bill_line_id for update;
      select pence into due from supplier_bill_line where collaboration_id = new.collaboration_id and id = new.supplier_bill_line_id;
      select coalesce(sum(pence), 0) into covered from bill_cover where collaboration_id = new.collaboration_id and supplier_bill_line_id = new.supplier_bill_line_id;
      if covered < least(due, 0) or covered > greatest(due, 0) then
        raise exception 'The line % over % pence would be covered by % pence.', new.supplier_bill_line_id, due, covered using errcode = 'P0F03', constraint = 'cover_within_line';
      end if;
      if new.charge_id is null then return null; end if;
      perform billing_lock_charge_covers(new.collaboration_id, new.charge_id);
      select f.charged, f.covered into due, covered from billing_charge_covered(new.collaboration_id, new.charge_id) f;
      if (new.pence > 0 and covered > greatest(due, 0)) or (new.pence < 0 and covered < least(due, 0)) then
        raise exception 'The charge % over % pence would pass on % pence of bills.', new.charge_id, due, covered using errcode = 'P0F03', constraint = 'cover_within_charge';
      end if;
      return null;
    end $$`);
  await run.query(`
    create constraint trigger cover_within after insert on bill_cover
      deferrable initially deferred for each row execute function billing_cover_within()`);
}

const sumsWithin = `
    select p.collaboration_id, 'payment ' || p.id as subject, 'is ' || p.pence || ' pence and ' || sum(a.pence) || ' are spent' as detail
      from payment p join allocation a on a.collaboration_id = p.collaboration_id and a.payment_id = p.id
     group by p.collaboration_id, p.id, p.pence having sum(a.pence) < 0 or sum(a.pence) > greatest(p.pence, 0)
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
