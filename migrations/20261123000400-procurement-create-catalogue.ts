import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a collaboration can buy, from whom, and who delivers it. */
export class ProcurementCreateCatalogue20261123000400 implements MigrationInterface {
  readonly name = 'ProcurementCreateCatalogue20261123000400';

  async up(run: QueryRunner): Promise<void> {
    await createServices(run);
    await createSuppliers(run);
    await createSpecialists(run);
    for (const table of ['service', 'supplier', 'engagement', 'credential']) await run.query(`select protect_by_collaboration('${table}')`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table credential, engagement, specialist, supplier, service`);
    await run.query(`drop function refuse_strange_school`);
  }
}

async function createServices(run: QueryRunner): Promise<void> {
  await run.query(`
    create table service (
      id uuid not null,
      collaboration_id uuid not null,
      name text not null,
      kind text not null,
      colour text not null,
      for_staff boolean not null,
      constraint service_pk primary key (id),
      constraint service_of_collaboration unique (collaboration_id, id),
      constraint service_name_once unique (collaboration_id, name),
      constraint service_collaboration_fk foreign key (collaboration_id) references collaboration (id),
      constraint service_has_name check (btrim(name) <> ''),
      constraint service_known_kind check (kind in ('sen-assessment', 'counselling', 'educational-psychology', 'speech-and-language',
        'shared-business-manager', 'personnel', 'absence-insurance', 'management-information-system', 'training', 'other')),
      constraint service_known_colour check (colour in ('blue', 'orange', 'green', 'pink', 'vermilion', 'sky', 'ochre', 'grey'))
    )`);
}

async function createSuppliers(run: QueryRunner): Promise<void> {
  await run.query(`
    create table supplier (
      id uuid not null,
      collaboration_id uuid not null,
      name text not null,
      kind text not null,
      school_urn text,
      email text,
      vat_number text,
      account_name text,
      sort_code text,
      account_number text,
      constraint supplier_pk primary key (id),
      constraint supplier_of_collaboration unique (collaboration_id, id),
      constraint supplier_name_once unique (collaboration_id, name),
      constraint supplier_collaboration_fk foreign key (collaboration_id) references collaboration (id),
      constraint supplier_school_fk foreign key (school_urn) references school (urn),
      constraint supplier_has_name check (btrim(name) <> ''),
      constraint supplier_known_kind check (kind in ('company', 'local-authority', 'self-employed', 'member-school')),
      constraint supplier_school_when_member check ((kind = 'member-school') = (school_urn is not null)),
      constraint supplier_bank_details_whole check (
        (account_name is null and sort_code is null and account_number is null)
        or (btrim(account_name) <> '' and sort_code ~ '^[0-9]{6}$' and account_number ~ '^[0-9]{8}$'))
    )`);
  // A member school that delivers is paid by journal, so that it has to be a member, or to have been one.
  await run.query(`
    create function refuse_strange_school() returns trigger language plpgsql as $$
    declare
      urn_named text := to_jsonb(new) ->> tg_argv[0];
    begin
      if urn_named is not null and not exists (select 1 from membership m where m.collaboration_id = new.collaboration_id and m.urn = urn_named) then
        raise exception 'School % is not a member of collaboration %.', urn_named, new.collaboration_id
          using errcode = 'P0F03', constraint = tg_name;
      end if;
      return new;
    end $$`);
  await run.query(`create trigger supplier_school_is_member before insert or update on supplier for each row execute function refuse_strange_school('school_urn')`);
}

async function createSpecialists(run: QueryRunner): Promise<void> {
  // One person for the whole system, so that two collaborations never sell the same hour: no collaboration, no policy.
  await run.query(`
    create table specialist (
      id uuid not null,
      name text not null,
      email citext,
      constraint specialist_pk primary key (id),
      constraint specialist_email_once unique (email),
      constraint specialist_has_name check (btrim(name) <> '')
    )`);
  await run.query(`
    create table engagement (
      id uuid not null,
      collaboration_id uuid not null,
      specialist_id uuid not null,
      supplier_id uuid not null,
      from_on date not null,
      until_on date,
      constraint engagement_pk primary key (id),
      constraint engagement_once unique (collaboration_id, specialist_id),
      constraint engagement_specialist_fk foreign key (specialist_id) references specialist (id),
      constraint engagement_supplier_fk foreign key (collaboration_id, supplier_id) references supplier (collaboration_id, id),
      constraint engagement_ends_after_start check (until_on >= from_on)
    )`);
  await run.query(`create index engagement_by_specialist on engagement (specialist_id)`);
  await run.query(`create index engagement_by_supplier on engagement (collaboration_id, supplier_id)`);
  // There is no column for what a DBS certificate says, and there never will be one.
  await run.query(`
    create table credential (
      id uuid not null,
      collaboration_id uuid not null,
      specialist_id uuid not null,
      type text not null,
      number text,
      checked_on date not null,
      checked_by text not null,
      expires_on date,
      constraint credential_pk primary key (id),
      constraint credential_of_collaboration unique (collaboration_id, id),
      constraint credential_engagement_fk foreign key (collaboration_id, specialist_id) references engagement (collaboration_id, specialist_id),
      constraint credential_known_type check (type in ('hcpc-registration', 'accredited-register', 'dbs-letter-of-assurance', 'insurance',
        'off-payroll-status', 'right-to-work', 'qualification', 'other')),
      constraint credential_has_checker check (btrim(checked_by) <> ''),
      constraint credential_number_short check (length(number) <= 60),
      constraint credential_expires_after_check check (expires_on >= checked_on)
    )`);
  await run.query(`create index credential_by_specialist on credential (collaboration_id, specialist_id, type, expires_on)`);
}
