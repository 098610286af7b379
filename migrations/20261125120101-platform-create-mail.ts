import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox: every mail with the Message-ID that was made for it once, and what became of it. */
export class PlatformCreateMail20261125120101 implements MigrationInterface {
  readonly name = 'PlatformCreateMail20261125120101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table mail (
        id uuid not null,
        message_id text not null,
        collaboration_id uuid,
        to_address text not null,
        subject text not null,
        text text not null,
        html text,
        calendar_method text,
        calendar_content text,
        secret boolean not null default false,
        about_kind text,
        about_id text,
        state text not null,
        tries integer not null default 0,
        last_error text,
        created_at timestamptz not null,
        tried_at timestamptz,
        sent_at timestamptz,
        constraint mail_pk primary key (id),
        constraint mail_message_once unique (message_id),
        constraint mail_known_state check (state in ('waiting', 'sent', 'failed', 'kept')),
        constraint mail_known_method check (calendar_method in ('REQUEST', 'CANCEL')),
        constraint mail_sent_says_when check ((state = 'sent') = (sent_at is not null))
      )`);
    await run.query(`create index mail_by_time on mail (created_at)`);
    await run.query(`create index mail_by_subject on mail (about_id) where about_id is not null`);
    await run.query(`alter table mail enable row level security`);
    await run.query(`alter table mail force row level security`);
    // A mail above any collaboration (a new password) is written by all and read by the house only.
    await run.query(`
      create policy by_collaboration on mail using ((select app_collaborations()) is null or collaboration_id = any ((select app_collaborations())::uuid[]))
      with check (collaboration_id is null or (select app_collaborations()) is null or collaboration_id = any ((select app_collaborations())::uuid[]))`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table mail`);
  }
}
