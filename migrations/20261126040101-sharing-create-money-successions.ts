import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which school took over the money of another, and from which day: what was agreed by name follows it. */
export class SharingCreateMoneySuccessions20261126040101 implements MigrationInterface {
  readonly name = 'SharingCreateMoneySuccessions20261126040101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table money_succession (
        collaboration_id uuid not null,
        from_urn text not null,
        to_urn text not null,
        first_on date not null,
        recorded_by text not null,
        recorded_at timestamptz not null,
        constraint money_succession_pk primary key (collaboration_id, from_urn),
        constraint money_succession_from_fk foreign key (from_urn) references school (urn),
        constraint money_succession_to_fk foreign key (to_urn) references school (urn),
        constraint money_succession_to_another check (from_urn <> to_urn)
      )`);
    await run.query(`select protect_by_collaboration('money_succession')`);
    await run.query(`select forbid_change('money_succession')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table money_succession`);
  }
}
