import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger. Postings are laid down first and their entry seals them: it gets its number and a hash over its own text,
 * its postings and the entry before it, so that nothing can be added, changed or taken out unnoticed.
 */
export class LedgerCreateEntries20261123000800 implements MigrationInterface {
  readonly name = 'LedgerCreateEntries20261123000800';

  async up(run: QueryRunner): Promise<void> {
    await createTables(run);
    await createSealing(run);
    await createBalancing(run);
    for (const table of ['ledger_entry', 'ledger_posting', 'period_close']) {
      await run.query(`select protect_by_collaboration('${table}')`);
      await run.query(`select forbid_change('${table}')`);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function ledger_text`);
    await run.query(`drop table ledger_posting, ledger_entry, period_close`);
    await run.query(`drop function ledger_keep_sealed, ledger_seal, ledger_balance, ledger_check_close, ledger_lock`);
  }
}

async function createTables(run: QueryRunner): Promise<void> {
  await run.query(`
    create table ledger_entry (
      id uuid not null,
      collaboration_id uuid not null,
      sequence bigint not null,
      kind text not null,
      service_on date not null,
      happened_on date not null,
      posted_on date not null,
      source_kind text not null,
      source_id text not null,
      description text not null,
      corrects_id uuid,
      recorded_at timestamptz not null,
      recorded_by text not null,
      previous_hash text not null,
      hash text not null,
      constraint ledger_entry_pk primary key (id),
      constraint ledger_entry_in_collaboration unique (collaboration_id, id),
      constraint ledger_entry_numbered_once unique (collaboration_id, sequence),
      constraint ledger_entry_corrected_once unique (collaboration_id, corrects_id),
      constraint ledger_entry_corrects_fk foreign key (collaboration_id, corrects_id) references ledger_entry (collaboration_id, id),
      constraint ledger_entry_known_kind check (kind ~ '^[a-z]+(-[a-z]+)*$'),
      constraint ledger_entry_not_before_service check (posted_on >= service_on),
      constraint ledger_entry_says_what check (btrim(description) <> '')
    )`);
  await run.query(`create index ledger_entry_by_date on ledger_entry (collaboration_id, posted_on)`);
  await run.query(`create index ledger_entry_by_source on ledger_entry (collaboration_id, source_kind, source_id)`);

  // The entry comes after its postings, so that the tie is looked at when the transaction ends.
  await run.query(`
    create table ledger_posting (
      collaboration_id uuid not null,
      entry_id uuid not null,
      line integer not null,
      account text not null,
      school_urn text,
      pence bigint not null,
      constraint ledger_posting_pk primary key (collaboration_id, entry_id, line),
      constraint ledger_posting_entry_fk foreign key (collaboration_id, entry_id) references ledger_entry (collaboration_id, id) deferrable initially deferred,
      constraint ledger_posting_known_account check (account ~ '^[a-z]+(-[a-z]+)*$')
    )`);
  await run.query(`create index ledger_posting_by_account on ledger_posting (collaboration_id, account, school_urn)`);

  await run.query(`
    create table period_close (
      id uuid not null,
      collaboration_id uuid not null,
      through_on date not null,
      closed_at timestamptz not null,
      closed_by text not null,
      constraint period_close_pk primary key (id),
      constraint period_close_once unique (collaboration_id, through_on)
    )`);
}

async function createSealing(run: QueryRunner): Promise<void> {
  // Entries of one collaboration are numbered one after another; the lock is let go when the transaction ends.
  await run.query(`
    create function ledger_lock(collaboration uuid) returns void language sql volatile as $$
      select pg_advisory_xact_lock(hashtextextended('ledger:' || collaboration::text, 0))
    $$`);

  // JSON keeps fields apart whatever they contain, and its text is the same on every server.
  await run.query(`
    create function ledger_text(entry ledger_entry) returns text language sql stable as $$
      select jsonb_build_array(
        entry.previous_hash, entry.collaboration_id, entry.sequence, entry.id, entry.kind, entry.service_on, entry.happened_on, entry.posted_on,
        entry.source_kind, entry.source_id, entry.description, entry.corrects_id,
        to_char(entry.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.recorded_by,
        (select jsonb_agg(jsonb_build_array(p.line, p.account, p.school_urn, p.pence) order by p.line)
           from ledger_posting p where p.collaboration_id = entry.collaboration_id and p.entry_id = entry.id))::text
    $$`);

  await run.query(`
    create function ledger_seal() returns trigger language plpgsql as $$
    declare
      closed_through date;
    begin
      perform ledger_lock(new.collaboration_id);
      select max(through_on) into closed_through from period_close where collaboration_id = new.collaboration_id;
      if new.posted_on <= closed_through then
        raise exception 'The period up to % is closed; post on a later day.', closed_through using errcode = 'P0F02';
      end if;
      select sequence + 1, hash into new.sequence, new.previous_hash
        from ledger_entry where collaboration_id = new.collaboration_id order by sequence desc limit 1;
      new.sequence := coalesce(new.sequence, 1);
      new.previous_hash := coalesce(new.previous_hash, '');
      new.hash := encode(sha256(convert_to(ledger_text(new), 'UTF8')), 'hex');
      return new;
    end $$`);
  await run.query(`create trigger sealed before insert on ledger_entry for each row execute function ledger_seal()`);

  await run.query(`
    create function ledger_keep_sealed() returns trigger language plpgsql as $$
    begin
      if exists (select from ledger_entry where collaboration_id = new.collaboration_id and id = new.entry_id) then
        raise exception 'The entry % is sealed; correct it with a new one.', new.entry_id using errcode = 'P0F01';
      end if;
      return new;
    end $$`);
  await run.query(`create trigger kept_sealed before insert on ledger_posting for each row execute function ledger_keep_sealed()`);

  await run.query(`
    create function ledger_check_close() returns trigger language plpgsql as $$
    begin
      perform ledger_lock(new.collaboration_id);
      if exists (select from period_close where collaboration_id = new.collaboration_id and through_on >= new.through_on) then
        raise exception 'The period up to % is closed already.', new.through_on using errcode = 'P0F02';
      end if;
      return new;
    end $$`);
  await run.query(`create trigger closed_in_order before insert on period_close for each row execute function ledger_check_close()`);
}

async function createBalancing(run: QueryRunner): Promise<void> {
  await run.query(`
    create function ledger_balance() returns trigger language plpgsql as $$
    declare
      difference bigint;
      entry uuid := case tg_table_name when 'ledger_entry' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'entry_id')::uuid end;
    begin
      select sum(pence) into difference from ledger_posting where collaboration_id = new.collaboration_id and entry_id = entry;
      if difference is distinct from 0 then
        raise exception 'The entry % does not balance: % pence over.', entry, difference using errcode = 'P0F03';
      end if;
      return null;
    end $$`);
  await run.query(`
    create constraint trigger entry_balances after insert on ledger_entry deferrable initially deferred
    for each row execute function ledger_balance()`);
  await run.query(`
    create constraint trigger posting_balances after insert on ledger_posting deferrable initially deferred
    for each row execute function ledger_balance()`);
}
