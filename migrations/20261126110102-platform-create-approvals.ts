import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What takes two people waits here until somebody else approves or refuses it. What was asked for is encrypted with the
 * key of who asked, and goes once it is decided.
 */
export class PlatformCreateApprovals20261126110102 implements MigrationInterface {
  readonly name = 'PlatformCreateApprovals20261126110102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table approval (
        collaboration_id uuid not null,
        id uuid not null,
        kind text not null,
        subject_id uuid,
        pence bigint,
        summary text not null,
        wanted text,
        state text not null,
        asked_by_user uuid not null,
        asked_for_user uuid,
        asked_by text not null,
        asked_at timestamptz not null,
        decided_by_user uuid,
        decided_for_user uuid,
        decided_by text,
        decided_at timestamptz,
        constraint approval_pk primary key (collaboration_id, id),
        constraint approval_known_state check (state in ('waiting', 'approved', 'refused')),
        constraint approval_decided_when_over check (
          (state = 'waiting') = (decided_at is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (decided_by_user is null)),
        constraint approval_two_people check (
          state <> 'approved' or (decided_by_user <> asked_by_user and decided_by_user is distinct from asked_for_user
            and (decided_for_user is null or (decided_for_user <> asked_by_user and decided_for_user is distinct from asked_for_user)))),
        constraint approval_wanted_while_waiting check ((state = 'waiting') = (wanted is not null)),
        constraint approval_sealed check (
          summary like '{sealed:%' and (wanted is null or wanted like '{sealed:%') and asked_by like '{sealed:%' and (decided_by is null or decided_by like '{sealed:%'))
      )`);
    await run.query(`create index approval_by_state on approval (collaboration_id, state, asked_at)`);
    await run.query(`select protect_by_collaboration('approval')`);
    await run.query(`
      create function approval_stays_decided() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.state <> 'waiting' or
           (new.collaboration_id, new.id, new.kind, new.subject_id, new.pence, new.summary, new.asked_by_user, new.asked_for_user, new.asked_by, new.asked_at)
           is distinct from (old.collaboration_id, old.id, old.kind, old.subject_id, old.pence, old.summary, old.asked_by_user, old.asked_for_user, old.asked_by, old.asked_at)
           or (new.wanted is not null and new.wanted <> old.wanted) then
          raise exception 'The approval % is decided or told otherwise than it was asked for.', old.id using errcode = 'P0F01';
        end if;
        return new;
      end $$`);
    await run.query(`create trigger stays_decided before update or delete on approval for each row execute function approval_stays_decided()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table approval`);
    await run.query(`drop function approval_stays_decided`);
  }
}
