import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = ['to_address', 'subject', 'html', 'calendar_content', 'last_error'];

/** What a mail says, and to whom, is stored encrypted with its reader's key; the mails to somebody are found by a keyed hash. */
export class PlatformEncryptMail20261125120190 implements MigrationInterface {
  readonly name = 'PlatformEncryptMail20261125120190';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table mail add column to_index text`);
    await run.query(`create index mail_by_reader on mail (to_index)`);
    await run.query(`alter table mail add constraint mail_encrypted check (${columns.map((column) => `${column} like '{sealed:%'`).join(' and ')}) not valid`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table mail drop column to_index, drop constraint mail_encrypted`);
  }
}
