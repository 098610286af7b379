import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that lead with the collaboration, so that the rows can be spread by it; and a share's agreement is one of its own collaboration. */
export class SharingKeepKeysInside20261125170101 implements MigrationInterface {
  readonly name = 'SharingKeepKeysInside20261125170101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table charge_problem drop constraint charge_problem_pk, add constraint charge_problem_pk primary key (collaboration_id, id)`);
    await run.query(`alter table share_invoiced drop constraint share_invoiced_pk, add constraint share_invoiced_pk primary key (collaboration_id, share_id)`);
    await run.query(`drop index share_invoiced_by_collaboration`);
    await run.query(`alter table share add constraint share_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table share drop constraint share_agreement_fk`);
    await run.query(`create index share_invoiced_by_collaboration on share_invoiced (collaboration_id, share_id)`);
    await run.query(`alter table share_invoiced drop constraint share_invoiced_pk, add constraint share_invoiced_pk primary key (share_id)`);
    await run.query(`alter table charge_problem drop constraint charge_problem_pk, add constraint charge_problem_pk primary key (id)`);
  }
}
