import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The trail becomes a chain: every line is sealed with a number and a hash over its own text and the line before it, in a
 * chain for each collaboration and one for what stands above them. The seal is made when the transaction ends, so that
 * writers of one collaboration wait for one another only while they commit (decision 0040). Lines also say for whom a
 * delegate acted, and whether something was changed or only read.
 */
export class AuditSealTrail20261125110101 implements MigrationInterface {
  readonly name = 'AuditSealTrail20261125110101';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table trail add column kind text not null default 'change', add column on_behalf_of uuid, add column on_behalf_name text,
        add constraint trail_known_kind check (kind in ('change', 'reading')),
        add constraint trail_on_behalf_whole check ((on_behalf_of is null) = (on_behalf_name is null))`);
    await run.query(`create index trail_by_person on trail (user_id, happened_at)`);
    await createSeals(run);
    await sealWhatIsThere(run);
    await createInvariant(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop view invariant_broken`);
    await run.query(`drop view invariant_trail_chain_is_whole`);
    await gatherInvariants(run);
    await run.query(`drop trigger sealed on trail`);
    await run.query(`drop function trail_seal_line`);
    await run.query(`drop table trail_seal`);
    await run.query(`drop function trail_text`);
    await run.query(`drop index trail_by_person`);
    await run.query(`alter table trail drop column kind, drop column on_behalf_of, drop column on_behalf_name`);
  }
}

/** The chain of what stands above every collaboration. */
const above = `'00000000-0000-0000-0000-000000000000'::uuid`;

async function createSeals(run: QueryRunner): Promise<void> {
  await run.query(`
    create table trail_seal (
      chain uuid not null,
      sequence bigint not null,
      collaboration_id uuid,
      trail_id uuid not null,
      previous_hash text not null,
      hash text not null,
      constraint trail_seal_pk primary key (chain, sequence),
      constraint trail_seal_once unique (trail_id),
      constraint trail_seal_chain check (chain = coalesce(collaboration_id, ${above}))
    )`);
  await run.query(`alter table trail_seal enable row level security`);
  await run.query(`alter table trail_seal force row level security`);
  // A seal says nothing about its line, and whoever adds to the upper chain has to see where it ends.
  await run.query(`
    create policy by_collaboration on trail_seal using (collaboration_id is null or (select app_collaborations()) is null
      or collaboration_id = any ((select app_collaborations())::uuid[]))`);
  await run.query(`select forbid_change('trail_seal')`);

  // JSON keeps fields apart whatever they contain. Personal fields are sealed texts, so that the chain stays whole when a person's key is destroyed.
  await run.query(`
    create function trail_text(line trail, chain uuid, sequence bigint, previous_hash text) returns text language sql stable as $$
      select jsonb_build_array(
        previous_hash, chain, sequence, line.id, line.collaboration_id, line.user_id, line.user_name, line.on_behalf_of, line.on_behalf_name,
        line.kind, line.action, line.subject_kind, line.subject_id, line.before, line.after,
        to_char(line.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), line.address)::text
    $$`);
  await run.query(`
    create function trail_seal_line() returns trigger language plpgsql as $$
    declare
      its_chain uuid := coalesce(new.collaboration_id, ${above});
      its_number bigint;
      hash_before text;
    begin
      perform pg_advisory_xact_lock(hashtextextended('trail:' || its_chain::text, 0));
      select s.sequence, s.hash into its_number, hash_before from trail_seal s where s.chain = its_chain order by s.sequence desc limit 1;
      its_number := coalesce(its_number, 0) + 1;
      hash_before := coalesce(hash_before, '');
      insert into trail_seal (chain, sequence, collaboration_id, trail_id, previous_hash, hash)
      values (its_chain, its_number, new.collaboration_id, new.id, hash_before,
              encode(sha256(convert_to(trail_text(new, its_chain, its_number, hash_before), 'UTF8')), 'hex'));
      return null;
    end $$`);
}

/** Lines from before there were seals get theirs in the order in which they happened. */
async function sealWhatIsThere(run: QueryRunner): Promise<void> {
  await run.query(`select set_config('app.collaborations', '*', true)`);
  await run.query(`
    do $$
    declare
      line trail;
      its_chain uuid;
      its_number bigint;
      hash_before text;
    begin
      for line in select * from trail order by collaboration_id nulls first, happened_at, id loop
        its_chain := coalesce(line.collaboration_id, ${above});
        select s.sequence, s.hash into its_number, hash_before from trail_seal s where s.chain = its_chain order by s.sequence desc limit 1;
        insert into trail_seal (chain, sequence, collaboration_id, trail_id, previous_hash, hash)
        values (its_chain, coalesce(its_number, 0) + 1, line.collaboration_id, line.id, coalesce(hash_before, ''),
                encode(sha256(convert_to(trail_text(line, its_chain, coalesce(its_number, 0) + 1, coalesce(hash_before, '')), 'UTF8')), 'hex'));
      end loop;
      if (select count(*) from trail) <> (select count(*) from trail_seal) then
        raise exception 'Some lines of the trail were not sealed.';
      end if;
    end $$`);
  await run.query(`create constraint trigger sealed after insert on trail deferrable initially deferred for each row execute function trail_seal_line()`);
}

async function createInvariant(run: QueryRunner): Promise<void> {
  // The lines above every collaboration are seen by the house only; for others their seals are left out.
  await run.query(`
    create view invariant_trail_chain_is_whole with (security_invoker = true) as
    select collaboration_id, chain || ' ' || sequence as subject, 'does not follow from the line before it' as detail
      from (select s.collaboration_id, s.chain, s.sequence, s.previous_hash, s.hash, trail_text(t, s.chain, s.sequence, s.previous_hash) as said,
                   coalesce(lag(s.hash) over (partition by s.chain order by s.sequence), '') as hash_before,
                   row_number() over (partition by s.chain order by s.sequence) as place, t.id as line_id
              from trail_seal s left join trail t on t.id = s.trail_id) links
     where (collaboration_id is not null or (select app_collaborations()) is null)
       and (line_id is null or previous_hash <> hash_before or sequence <> place or hash <> encode(sha256(convert_to(said, 'UTF8')), 'hex'))
    union all
    select t.collaboration_id, t.id::text, 'was never sealed'
      from trail t where not exists (select from trail_seal s where s.trail_id = t.id)`);
  await run.query(`drop view invariant_broken`);
  await gatherInvariants(run);
}

/** All invariants that there are, whichever room made them. */
async function gatherInvariants(run: QueryRunner): Promise<void> {
  await run.query(`
    do $$ begin
      execute (select 'create view invariant_broken with (security_invoker = true) as ' ||
                      string_agg(format('select %L as name, collaboration_id, subject, detail from %I', substr(viewname, 11), viewname), ' union all ' order by viewname)
                 from pg_views where schemaname = 'public' and viewname like 'invariant\\_%' and viewname <> 'invariant_broken');
    end $$`);
}
