import { Injectable } from '@nestjs/common';
import { formatThousandths } from '@fairshare/domain/kernel/fraction';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { milliunitsIn, usualUnit } from '@fairshare/domain/procurement';
import type { ChargedLine, ChargePlan, CommitmentCharged, ContractPart, DueAgreement, DueFacts } from '@fairshare/domain/sharing';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { grouped } from './grouped.js';
import { isUnshared } from './shares.queries.js';
import { termEnds } from './term-ends.js';

/** A plan with who made it. */
export type PlanRow = ChargePlan & { readonly madeBy: string };

export const planColumns = `id, name, agreement_id as "agreementId", starts_on as "startsOn", ends_on as "endsOn", stopped_on as "stoppedOn", terms, made_by as "madeBy"`;

/** Reads everything that decides what is due. */
@Injectable()
export class DueFactsReader {
  readonly #bookings: BookingsQueries;
  readonly #clock: Clock;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(bookings: BookingsQueries, clock: Clock, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#bookings = bookings;
    this.#clock = clock;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  async read(tx: Tx, collaborationId: string): Promise<Omit<DueFacts, 'divided'> & { readonly plans: readonly PlanRow[] }> {
    const plans = await this.plans(tx, collaborationId);
    const agreements = await this.#procurement.agreements(tx, collaborationId);
    const made = await sql<{ key: string }>(tx, 'select due_key as key from charge where collaboration_id = $1 and due_key is not null', [collaborationId]);
    return {
      plans,
      agreements: await this.#agreements(tx, collaborationId, agreements, plans),
      parts: await this.#parts(tx, collaborationId, agreements, plans),
      charged: plans.length === 0 ? [] : await this.charged(tx, collaborationId, plans.map(({ startsOn }) => startsOn).sort()[0] as DateOnly),
      madeKeys: new Set(made.map(({ key }) => key)),
      unsharedPlans: await unsharedPlans(tx, collaborationId),
      today: this.#clock.today(),
      successors: await sql(tx, 'select from_urn as "fromUrn", to_urn as "toUrn", first_on as "on" from money_succession where collaboration_id = $1', [collaborationId]),
    };
  }

  plans(tx: Tx, collaborationId: string): Promise<PlanRow[]> {
    return sql<PlanRow>(tx, `select ${planColumns} from charge_plan where collaboration_id = $1 order by starts_on, name, id`, [collaborationId]);
  }

  /** What was charged from a day on; a correction counts with the charge that it corrects, a plan's own lines whatever their day. */
  charged(tx: Tx, collaborationId: string, from: DateOnly): Promise<ChargedLine[]> {
    return sql<ChargedLine>(
      tx,
      `select coalesce(f.agreement_id, c.agreement_id) as "agreementId", coalesce(f.plan_id, c.plan_id) as "planId", coalesce(f.kind, c.kind) as kind,
              c.belongs_on as "belongsOn", s.urn, sum(s.pence)::bigint as pence,
              c.corrects_charge_id is not null and c.due_key is null as "byHand"
         from charge c
         join share s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
         left join charge f on f.collaboration_id = c.collaboration_id and f.id = c.corrects_charge_id
        where c.collaboration_id = $1 and (c.belongs_on >= $2 or coalesce(f.plan_id, c.plan_id) is not null)
        group by 1, 2, 3, 4, 5, 7`,
      [collaborationId, from],
    );
  }

  async #agreements(tx: Tx, collaborationId: string, agreements: readonly AgreementRecord[], plans: readonly ChargePlan[]): Promise<DueAgreement[]> {
    const instalments = grouped(await this.#procurement.instalments(tx, collaborationId), ({ agreementId }) => agreementId);
    const unsharedFrom = await unsharedDays(tx, collaborationId);
    const charged = await commitmentsCharged(tx, collaborationId);
    const open = grouped(await this.#bookings.openSessions(tx, collaborationId, agreements), ({ agreementId }) => agreementId);
    const discounted = new Set(plans.filter(({ terms }) => terms.kind === 'discount').map(({ agreementId }) => agreementId));
    const all: DueAgreement[] = [];
    for (const one of agreements) {
      const committedMilliunits = commitmentOf(one);
      const counts = committedMilliunits !== null || discounted.has(one.id);
      const used = counts ? await this.#bookings.deliveredUnits(tx, collaborationId, one, one.startsOn, one.endsOn) : [];
      const { id, name, startsOn, endsOn, prices } = one;
      all.push({
        id, name, startsOn, endsOn, prices, committedMilliunits, committedAs: committedAs(one), used, open: open.get(id) ?? [], commitmentCharged: charged.get(id) ?? null,
        instalments: instalments.get(id) ?? [], unsharedFrom: unsharedFrom.get(id) ?? null,
      });
    }
    return all;
  }

  async #parts(tx: Tx, collaborationId: string, agreements: readonly AgreementRecord[], plans: readonly ChargePlan[]): Promise<(ContractPart & { planId: string })[]> {
    const parts: (ContractPart & { planId: string })[] = [];
    for (const plan of plans) {
      const days = plan.agreementId === null ? await this.#schools.members(tx, collaborationId, plan.startsOn, plan.endsOn) : subscribed(agreements, plan.agreementId);
      const pupils = await this.#pupils(tx, plan, days.map(({ urn }) => urn));
      const ends = await this.#termEnds(tx, collaborationId, plan, days);
      for (const { urn, from, until } of days) {
        parts.push({ planId: plan.id, urn, from, until, pupils: pupils.get(urn) ?? null, termEndsOn: ends.get(`${urn} ${until}`) ?? null });
      }
    }
    return parts;
  }

  /**
   * Pupil numbers of the census before the plan began: a later one never moves what was agreed. A school that had none then,
   * such as a new academy, goes by its first one.
   */
  async #pupils(tx: Tx, { terms, startsOn }: ChargePlan, urns: readonly string[]): Promise<Map<string, number>> {
    if (terms.kind !== 'group-contract' || terms.per !== 'pupil') return new Map();
    const before = await this.#schools.pupilNumbers(tx, urns, 'pupils', startsOn);
    const first = await this.#schools.firstPupilNumbers(tx, urns.filter((urn) => !before.has(urn)), 'pupils');
    const numbers = new Map([...first, ...before]);
    return new Map([...numbers].map(([urn, { thousandths }]) => [urn, thousandths]));
  }

  /** The end of the term in which a leaver leaves, where the contract runs to it. */
  async #termEnds(tx: Tx, collaborationId: string, { terms }: ChargePlan, days: readonly Days[]): Promise<Map<string, DateOnly>> {
    const matters = terms.kind === 'group-contract' && terms.leavers === 'end-of-term';
    return matters ? termEnds(this.#schools, tx, collaborationId, days) : new Map();
  }
}

async function unsharedPlans(tx: Tx, collaborationId: string): Promise<Set<string>> {
  const rows = await sql<{ id: string }>(tx, `select distinct c.plan_id as id from charge c where c.collaboration_id = $1 and c.plan_id is not null and ${isUnshared}`, [collaborationId]);
  return new Set(rows.map(({ id }) => id));
}

/** The first day of service of what waits to be shared, by agreement. */
async function unsharedDays(tx: Tx, collaborationId: string): Promise<Map<string, DateOnly>> {
  const rows = await sql<{ id: string; from: DateOnly }>(
    tx, `select c.agreement_id as id, min(c.service_from) as "from" from charge c where c.collaboration_id = $1 and c.agreement_id is not null and ${isUnshared} group by 1`, [collaborationId],
  );
  return new Map(rows.map(({ id, from }) => [id, from]));
}

/** What was charged of each agreement's commitment, once it is shared; what came due by itself is told from what a person put right. */
async function commitmentsCharged(tx: Tx, collaborationId: string): Promise<Map<string, CommitmentCharged>> {
  const rows = await sql<CommitmentCharged & { agreementId: string }>(
    tx,
    `select c.agreement_id as "agreementId", c.id as "chargeId", (c.pence + coalesce(sum(k.pence) filter (where k.due_key like 'minimum:%'), 0))::bigint as "duePence",
            (c.pence + coalesce(sum(k.pence), 0))::bigint as "netPence", count(*) filter (where k.due_key like 'minimum:%')::int as times
       from charge c
       join share_set s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
       left join charge k on k.collaboration_id = c.collaboration_id and k.corrects_charge_id = c.id
      where c.collaboration_id = $1 and c.kind = 'minimum-commitment' and c.due_key = 'minimum:' || c.agreement_id
      group by c.id`,
    [collaborationId],
  );
  return new Map(rows.map(({ agreementId, ...charged }) => [agreementId, charged]));
}

type Days = { readonly urn: string; readonly from: DateOnly; readonly until: DateOnly | null };

function subscribed(agreements: readonly AgreementRecord[], agreementId: string): readonly Days[] {
  const agreement = agreements.find(({ id }) => id === agreementId);
  return (agreement?.subscriptions ?? []).map(({ urn, from, until }) => ({ urn, from, until: until !== null && until >= agreement!.endsOn ? null : until }));
}

/** A retainer pays for what was promised; elsewhere the promise is counted in the unit of the price, by the agreement's own hours. */
function commitmentOf({ retainerPence, minimumCommitmentMilliunits, priceBasis, terms }: AgreementRecord): number | null {
  if (retainerPence !== null || minimumCommitmentMilliunits === null) return null;
  return milliunitsIn(usualUnit(priceBasis), { milliunits: minimumCommitmentMilliunits, unit: terms.unit }, terms);
}

/** How the promise was written, where that is another unit than the price's. */
function committedAs({ minimumCommitmentMilliunits, priceBasis, terms }: AgreementRecord): string | null {
  if (minimumCommitmentMilliunits === null || usualUnit(priceBasis) === terms.unit) return null;
  return `${formatThousandths(minimumCommitmentMilliunits)} of a ${terms.unit}, counted in a ${usualUnit(priceBasis)} by the agreement’s hours`;
}
