import { Injectable } from '@nestjs/common';
import type { ChargePlanBody, ChargePlanEntry, StopPlan } from '@fairshare/contract/charges-due';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertPlan, planInWords, type PlanTerms } from '@fairshare/domain/sharing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { Bases } from './bases.js';
import { ChargePlanEntity } from './charge-plan.entity.js';
import type { SharingProblem } from './sharing.problems.js';
import { Uplifts } from './uplifts.js';

type PlanOfList = Omit<ChargePlanEntry, 'inWords' | 'terms'> & { readonly terms: PlanTerms };

/** Standing instructions to charge: made, stopped, never rewritten. */
@Injectable()
export class ChargePlansService {
  readonly #bases: Bases;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #trail: Trail;
  readonly #uplifts: Uplifts;

  constructor(bases: Bases, clock: Clock, database: Database, trail: Trail, uplifts: Uplifts) {
    this.#bases = bases;
    this.#clock = clock;
    this.#database = database;
    this.#trail = trail;
    this.#uplifts = uplifts;
  }

  list(who: Scope, collaborationId: string): Promise<{ items: ChargePlanEntry[]; total: number }> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const items = await plansOf(tx, collaborationId);
      return { items, total: items.length };
    });
  }

  make(who: Scope, collaborationId: string, body: ChargePlanBody): Promise<ChargePlanEntry> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const { name, startsOn, endsOn, terms, agreementId = null } = body;
      assertPlan(body);
      if (agreementId) await this.#bases.assertAgreement(tx, collaborationId, agreementId);
      if (terms.kind === 'on-account' && terms.bySchool) await this.#bases.assertMembers(tx, collaborationId, terms.bySchool.map(({ urn }) => urn), startsOn, endsOn);
      await refuseSameName(tx, collaborationId, name);
      const plan = { id: newId(), collaborationId, agreementId, kind: terms.kind, name, startsOn, endsOn, stoppedOn: null, terms, madeBy: who.name, madeAt: this.#clock.now() };
      await tx.getRepository(ChargePlanEntity).insert(plan as object);
      if (terms.kind === 'uplift' && agreementId) await this.#uplifts.raise(tx, who, collaborationId, agreementId, startsOn, terms);
      await this.#trail.record(tx, who, { action: 'sharing.plan-made', collaborationId, subjectKind: 'charge-plan', subjectId: plan.id, after: { name, startsOn, endsOn, terms } });
      return this.#one(tx, collaborationId, plan.id);
    });
  }

  /** What fell due until then is still charged. */
  stop(who: Scope, collaborationId: string, planId: string, { on }: StopPlan): Promise<ChargePlanEntry> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const before = await this.#one(tx, collaborationId, planId);
      if (before.stoppedOn) throw new DomainError<SharingProblem>('sharing.plan-stopped');
      await sql(tx, 'update charge_plan set stopped_on = $3 where collaboration_id = $1 and id = $2', [collaborationId, planId, on]);
      await this.#trail.record(tx, who, { action: 'sharing.plan-stopped', collaborationId, subjectKind: 'charge-plan', subjectId: planId, after: { on } });
      return this.#one(tx, collaborationId, planId);
    });
  }

  async #one(tx: Tx, collaborationId: string, planId: string): Promise<ChargePlanEntry> {
    const [found] = await plansOf(tx, collaborationId, planId);
    if (!found) throw new DomainError('platform.not-found');
    return found;
  }
}

async function refuseSameName(tx: Tx, collaborationId: string, name: string): Promise<void> {
  const rows = await sql(tx, 'select 1 from charge_plan where collaboration_id = $1 and name = $2', [collaborationId, name]);
  if (rows.length > 0) throw new DomainError<SharingProblem>('sharing.plan-name-taken');
}

async function plansOf(tx: Tx, collaborationId: string, planId: string | null = null): Promise<ChargePlanEntry[]> {
  const rows = await sql<PlanOfList>(
    tx,
    `select p.id, p.name, p.kind, p.agreement_id as "agreementId", a.name as "agreementName", p.starts_on as "startsOn", p.ends_on as "endsOn",
            p.stopped_on as "stoppedOn", p.terms, p.made_by as "madeBy", count(c.id)::int as charges,
            coalesce(sum(c.pence + coalesce((select sum(x.pence) from charge x where x.collaboration_id = $1 and x.corrects_charge_id = c.id), 0)), 0)::bigint as "chargedPence"
       from charge_plan p
       left join agreement a on a.collaboration_id = p.collaboration_id and a.id = p.agreement_id
       left join charge c on c.collaboration_id = p.collaboration_id and c.plan_id = p.id and c.corrects_charge_id is null
      where p.collaboration_id = $1 and ($2::uuid is null or p.id = $2)
      group by p.id, a.name order by p.ends_on < current_date, p.starts_on, p.name`,
    [collaborationId, planId],
  );
  return rows.map((row) => ({ ...row, inWords: planInWords(row.terms) }) as ChargePlanEntry);
}
