import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The day on which a charge, and each division of one, counts in reports: the day it belongs to, or the first open day
 * when that is closed. It is the day on which the ledger posts it, found under the same lock, and never changes.
 */
export class SharingCountInOpenPeriods20261126150101 implements MigrationInterface {
  readonly name = 'SharingCountInOpenPeriods20261126150101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`select set_config('app.collaborations', '*', true)`);
    const posted = (which: 'min' | 'max', id: string) =>
      `(select ${which}(e.posted_on) from ledger_entry e where e.collaboration_id = t.collaboration_id and e.source_kind = 'charge' and e.source_id = t.${id}::text)`;
    await addDay(run, 'charge', `coalesce(${posted('min', 'id')}, t.belongs_on)`);
    await addDay(run, 'share_set', `coalesce(${posted('max', 'charge_id')}, (select c.counts_on from charge c where c.id = t.charge_id))`);
    await run.query(`
      create function count_in_open_period() returns trigger language plpgsql as $$
      declare
        day date;
        closed_through date;
      begin
        -- Nobody closes a period between this and the posting.
        perform ledger_lock(new.collaboration_id);
        if tg_table_name = 'charge' then
          day := (to_jsonb(new) ->> 'belongs_on')::date;
        else
          select belongs_on into day from charge where collaboration_id = new.collaboration_id and id = (to_jsonb(new) ->> 'charge_id')::uuid;
        end if;
        select max(through_on) into closed_through from period_close where collaboration_id = new.collaboration_id;
        new.counts_on := case when day <= closed_through then closed_through + 1 else day end;
        return new;
      end $$`);
    for (const table of ['charge', 'share_set']) await run.query(`create trigger counts_in_open_period before insert on ${table} for each row execute function count_in_open_period()`);
    await run.query(`create index charge_by_counting on charge (collaboration_id, counts_on)`);
    await run.query(`create index share_set_by_counting on share_set (collaboration_id, counts_on)`);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['charge', 'share_set']) await run.query(`drop trigger counts_in_open_period on ${table}`);
    await run.query(`drop function count_in_open_period`);
    for (const table of ['charge', 'share_set']) await run.query(`alter table ${table} drop column counts_on`);
  }
}

/** What was charged before says where the ledger posted it. */
async function addDay(run: QueryRunner, table: string, day: string): Promise<void> {
  await run.query(`alter table ${table} add column counts_on date`);
  await run.query(`alter table ${table} disable trigger never_changed`);
  await run.query(`update ${table} t set counts_on = ${day}`);
  await run.query(`alter table ${table} enable trigger never_changed`);
  await run.query(`alter table ${table} alter column counts_on set not null`);
}
