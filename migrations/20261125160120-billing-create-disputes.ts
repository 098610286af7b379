import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Disputes of one school's share. A share has one open dispute at most; a decided one never changes. */
export class BillingCreateDisputes20261125160120 implements MigrationInterface {
  readonly name = 'BillingCreateDisputes20261125160120';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table dispute (
        id uuid not null,
        collaboration_id uuid not null,
        share_id uuid not null,
        charge_id uuid not null,
        urn text not null,
        reason text not null,
        state text not null,
        opened_at timestamptz not null,
        opened_by text not null,
        decided_at timestamptz,
        decided_by text,
        decision text,
        upheld_pence bigint not null,
        credit_note_id uuid,
        credit_charge_id uuid,
        constraint dispute_pk primary key (id),
        constraint dispute_of_collaboration unique (collaboration_id, id),
        constraint dispute_share_fk foreign key (collaboration_id, share_id) references share (collaboration_id, id),
        constraint dispute_charge_fk foreign key (collaboration_id, charge_id) references charge (collaboration_id, id),
        constraint dispute_school_fk foreign key (urn) references school (urn),
        constraint dispute_credit_note_fk foreign key (collaboration_id, credit_note_id) references credit_note (collaboration_id, id),
        constraint dispute_credit_charge_fk foreign key (collaboration_id, credit_charge_id) references charge (collaboration_id, id),
        constraint dispute_known_state check (state in ('open', 'upheld', 'rejected', 'withdrawn')),
        constraint dispute_says_why check (btrim(reason) <> ''),
        constraint dispute_decided_when_over check ((state = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
        constraint dispute_upheld_is_corrected check (
          (state = 'upheld') = (upheld_pence > 0) and upheld_pence >= 0
          and (state = 'upheld') = (num_nonnulls(credit_note_id, credit_charge_id) = 1) and num_nonnulls(credit_note_id, credit_charge_id) <= 1)
      )`);
    await run.query(`create unique index dispute_open_once on dispute (collaboration_id, share_id) where state = 'open'`);
    await run.query(`create index dispute_by_school on dispute (collaboration_id, urn, state)`);
    await run.query(`select protect_by_collaboration('dispute')`);
    await run.query(`
      create function dispute_stays_decided() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.state <> 'open' or (new.id, new.collaboration_id, new.share_id, new.charge_id, new.urn, new.reason, new.opened_at, new.opened_by)
           is distinct from (old.id, old.collaboration_id, old.share_id, old.charge_id, old.urn, old.reason, old.opened_at, old.opened_by) then
          raise exception 'The dispute % is decided or told otherwise than it was opened; open another one.', old.id using errcode = 'P0F01';
        end if;
        return new;
      end $$`);
    await run.query(`create trigger stays_decided before update or delete on dispute for each row execute function dispute_stays_decided()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table dispute`);
    await run.query(`drop function dispute_stays_decided`);
  }
}
