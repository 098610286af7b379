import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which mails about sessions somebody wants; whoever has no row here wants those that concern them. A series is told by one mail with all its dates. */
export class BookingsCreateMailWish20261125120102 implements MigrationInterface {
  readonly name = 'BookingsCreateMailWish20261125120102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table mail_wish (
        collaboration_id uuid not null,
        user_id uuid not null,
        sessions text not null,
        constraint mail_wish_pk primary key (collaboration_id, user_id),
        constraint mail_wish_user_fk foreign key (user_id) references app_user (id) on delete cascade,
        constraint mail_wish_known check (sessions in ('mine', 'school', 'none'))
      )`);
    await run.query(`select protect_by_collaboration('mail_wish')`);
    await run.query(`alter table mail drop constraint mail_known_method`);
    await run.query(`alter table mail add constraint mail_known_method check (calendar_method in ('REQUEST', 'CANCEL', 'PUBLISH'))`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`delete from mail where calendar_method = 'PUBLISH'`);
    await run.query(`alter table mail drop constraint mail_known_method`);
    await run.query(`alter table mail add constraint mail_known_method check (calendar_method in ('REQUEST', 'CANCEL'))`);
    await run.query(`drop table mail_wish`);
  }
}
