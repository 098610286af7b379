import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people chose instead of the defaults: how a supply is treated for VAT, and where schools book a service. */
export class BillingCreateChoices20261125160110 implements MigrationInterface {
  readonly name = 'BillingCreateChoices20261125160110';

  async up(run: QueryRunner): Promise<void> {
    // A choice is dated and never changed; the next one takes its place, and one without a treatment goes back to the default.
    await run.query(`
      create table vat_choice (
        id uuid not null,
        collaboration_id uuid not null,
        agreement_id uuid,
        urn text,
        from_on date not null,
        treatment text,
        rate_basis_points integer not null,
        reason text not null,
        chosen_by text not null,
        chosen_at timestamptz not null,
        constraint vat_choice_pk primary key (id),
        constraint vat_choice_agreement_fk foreign key (collaboration_id, agreement_id) references agreement (collaboration_id, id),
        constraint vat_choice_school_fk foreign key (urn) references school (urn),
        constraint vat_choice_known_treatment check (treatment in ('outside-the-scope', 'not-a-supply', 'exempt', 'standard-rated', 'insurance-premium-tax', 'disbursement')),
        constraint vat_choice_rate check (rate_basis_points between 0 and 10000 and (rate_basis_points > 0) = (treatment is not null and treatment = 'standard-rated')),
        constraint vat_choice_says_why check (btrim(reason) <> ''),
        constraint vat_choice_of_something check (agreement_id is not null or urn is not null)
      )`);
    await run.query(`create index vat_choice_by_agreement on vat_choice (collaboration_id, agreement_id, urn)`);
    await run.query(`select protect_by_collaboration('vat_choice')`);
    await run.query(`select forbid_change('vat_choice')`);

    await run.query(`
      create table cost_code (
        collaboration_id uuid not null,
        service_id uuid not null,
        school_kind text not null,
        code text not null,
        name text not null,
        chosen_by text not null,
        chosen_at timestamptz not null,
        constraint cost_code_pk primary key (collaboration_id, service_id, school_kind),
        constraint cost_code_service_fk foreign key (collaboration_id, service_id) references service (collaboration_id, id),
        constraint cost_code_known_kind check (school_kind in ('maintained', 'academy')),
        constraint cost_code_is_named check (btrim(code) <> '' and btrim(name) <> '')
      )`);
    await run.query(`select protect_by_collaboration('cost_code')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table vat_choice, cost_code`);
  }
}
