import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A key for each person, wrapped by the installation's key, and personal columns that take encrypted texts only. New rows
 * are held to it at once; rows from before are encrypted by the program at its next start, which has the key, and which
 * then validates these constraints.
 */
export class PlatformEncryptPeople20261125110102 implements MigrationInterface {
  readonly name = 'PlatformEncryptPeople20261125110102';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table personal_key (
        id uuid not null,
        kind text not null,
        wrapped bytea,
        created_at timestamptz not null default now(),
        destroyed_at timestamptz,
        constraint personal_key_pk primary key (id),
        constraint personal_key_known_kind check (kind in ('person', 'school', 'mail', 'check')),
        constraint personal_key_destroyed check ((wrapped is null) = (destroyed_at is not null))
      )`);
    // E-mail addresses are found by a keyed hash; the addresses themselves are encrypted.
    for (const table of ['app_user', 'specialist']) {
      await run.query(`alter table ${table} drop constraint ${table}_email_once`);
      await run.query(`alter table ${table} alter column email type text, add column email_index text, add constraint ${table}_email_once unique (email_index)`);
    }
    await run.query(`alter table credential drop constraint credential_number_short`);
    await run.query(`alter table booking_school drop constraint booking_school_reference_short`);
    for (const [table, columns] of Object.entries(encrypted)) {
      const all = columns.map((column) => `${column} like '{sealed:%'`).join(' and ');
      await run.query(`alter table ${table} add constraint ${table}_encrypted check (${all}) not valid`);
    }
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of Object.keys(encrypted)) await run.query(`alter table ${table} drop constraint ${table}_encrypted`);
    await run.query(`alter table booking_school add constraint booking_school_reference_short check (length(reference) <= 200) not valid`);
    await run.query(`alter table credential add constraint credential_number_short check (length(number) <= 60) not valid`);
    for (const table of ['specialist', 'app_user']) {
      await run.query(`alter table ${table} drop column email_index, alter column email type citext`);
      await run.query(`alter table ${table} add constraint ${table}_email_once unique (email)`);
    }
    await run.query(`drop table personal_key`);
  }
}

/** What takes encrypted texts only; an empty column is no text. */
const encrypted: Readonly<Record<string, readonly string[]>> = {
  app_user: ['name', 'email'],
  specialist: ['name', 'email'],
  credential: ['number'],
  booking_school: ['reference'],
  session: ['address', 'device'],
  trail: ['address'],
};
