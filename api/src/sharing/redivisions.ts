import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { carryAfter, creditAsShares, periodEnd, type Carries, type DividedCharge, type DueCharge, type UsedMinutes } from '@fairshare/domain/sharing';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { Bases } from './bases.js';
import { leftOf, successorsByCharge, type LeftShare } from './charged-shares.js';
import { ChargeEntity } from './charge.entity.js';
import { ChargesService } from './charges.service.js';
import type { Basis } from './new-charge.js';
import { ShareMaker } from './share-maker.js';

interface DividedRow extends Omit<DividedCharge, 'then' | 'now' | 'use'> {
  readonly participants: Basis['participants'];
  /** False where use alone divides it: use has days of its own. */
  readonly spread: boolean;
  readonly byUse: boolean;
}

/** Whose share of a charge was taken over, by whom. */
type Successors = Readonly<Record<string, string>>;

/** What dividing anew moves: each school's new share less what it has paid of the charge. */
interface Moved {
  readonly shares: readonly { readonly urn: string; readonly pence: number }[];
  readonly carries: Carries;
}

/**
 * Finds charges whose schools or use changed after they were divided, and divides them anew: all of it back along its
 * shares, and charged once more by the same rule. Also puts right what came due and turned out otherwise. Nothing that was
 * posted changes.
 */
@Injectable()
export class Redivisions {
  readonly #bases: Bases;
  readonly #bookings: BookingsQueries;
  readonly #charges: ChargesService;
  readonly #procurement: ProcurementQueries;
  readonly #shares: ShareMaker;

  constructor(bases: Bases, bookings: BookingsQueries, charges: ChargesService, procurement: ProcurementQueries, shares: ShareMaker) {
    this.#bases = bases;
    this.#bookings = bookings;
    this.#charges = charges;
    this.#procurement = procurement;
    this.#shares = shares;
  }

  /** Every charge that its agreement's rule spread over days or divided by use, as it was then and as it would be now. */
  async read(tx: Tx, collaborationId: string, today: DateOnly): Promise<DividedCharge[]> {
    const rows = await dividedRows(tx, collaborationId, today);
    const agreements = new Map((await this.#procurement.agreements(tx, collaborationId)).map((one) => [one.id, one]));
    const takenOver = await successorsByCharge(tx, collaborationId);
    const open = rows.some(({ byUse }) => byUse) ? await this.#bookings.openSessions(tx, collaborationId, [...agreements.values()]) : [];
    const charges: DividedCharge[] = [];
    for (const { participants, spread, byUse, ...charge } of rows) {
      const agreement = agreements.get(charge.agreementId);
      if (!agreement) continue;
      const named = namedBy(takenOver.get(charge.chargeId) ?? {});
      const then = spread ? participants.map(({ school, from, to }) => ({ urn: named(school), from, to })) : [];
      const now = spread ? (await this.#partsNow(tx, collaborationId, agreement, charge)).map((part) => ({ ...part, urn: named(part.urn) })) : [];
      const waits = byUse && periodEnd({ from: charge.serviceFrom, to: charge.serviceTo }, open.filter(({ agreementId }) => agreementId === agreement.id), today).waits !== null;
      const use = byUse && !waits ? { use: { then: minutesThen(participants, named), now: await this.#useNow(tx, collaborationId, charge, named) } } : {};
      charges.push({ ...charge, then, now, ...use });
    }
    return charges;
  }

  async #useNow(tx: Tx, collaborationId: string, { agreementId, serviceFrom, serviceTo }: Pick<DividedCharge, 'agreementId' | 'serviceFrom' | 'serviceTo'>, named: (urn: string) => string): Promise<UsedMinutes[]> {
    return added((await this.#bookings.deliveredUse(tx, collaborationId, agreementId, serviceFrom, serviceTo)).map(({ urn, minutes }) => ({ urn: named(urn), minutes })));
  }

  /** The rule's leavers are asked for only where somebody left before the end. */
  async #partsNow(tx: Tx, collaborationId: string, agreement: AgreementRecord, { serviceFrom, serviceTo, belongsOn }: Pick<DividedCharge, 'serviceFrom' | 'serviceTo' | 'belongsOn'>) {
    const anyLeft = agreement.subscriptions.some(({ until }) => until !== null && until < agreement.endsOn);
    const leavers = anyLeft ? (await this.#procurement.ruleInForce(tx, collaborationId, agreement.id, belongsOn)).leavers : 'to-date';
    return this.#bases.partsOf(tx, collaborationId, agreement, leavers, { from: serviceFrom, to: serviceTo });
  }

  /** What making it would move, with the carries that the last charge left; nothing is stored. */
  async preview(tx: Tx, who: Scope, collaborationId: string, due: DueCharge, carries: Carries): Promise<Moved | DomainError> {
    const first = await firstOf(tx, collaborationId, due);
    const left = await leftOf(tx, first);
    const netPence = sumOf(left);
    if (due.corrects && due.pence * netPence < 0) return credited(left, 0 - due.pence, carries);
    const back = due.corrects ? { shares: [], carries } : credited(left, netPence, carries);
    const again = due.corrects ? await this.#charges.furtherRow(tx, who, first, due) : await this.#charges.anewRow(tx, who, first, netPence);
    const made = await this.#shares.preview(tx, again, back.carries);
    if (made instanceof DomainError) return made;
    return { carries: made.carries, shares: due.corrects ? made.shares.map(({ urn, pence }) => ({ urn, pence })) : differences(left, made.shares) };
  }

  /** What cannot be divided among the schools of now stays as it was charged, with the reason. */
  async make(tx: Tx, who: Scope, collaborationId: string, due: DueCharge): Promise<{ chargeId: string | null; shares: Moved['shares']; problem: DomainError | null }> {
    const first = await firstOf(tx, collaborationId, due);
    const moved = await this.preview(tx, who, collaborationId, due, await this.#shares.carries(tx, first));
    if (moved instanceof DomainError) return { chargeId: null, shares: [], problem: moved };
    const chargeId = due.corrects ? await this.#charges.putRight(tx, who, first, due) : (await this.#charges.divideAgain(tx, who, first, { dueKey: due.key, workings: due.workings })).chargeId;
    return { chargeId, shares: moved.shares, problem: null };
  }
}

const sumOf = (left: readonly { readonly pence: number }[]) => left.reduce((sum, { pence }) => sum + pence, 0);

/** Pence given back along what is left of the shares. */
function credited(left: readonly LeftShare[], pence: number, carries: Carries): Moved {
  const shares = creditAsShares(pence, left.map(({ urn, pence: leftPence, exactPence }) => ({ school: urn, pence: leftPence, exactPence })));
  return { shares: shares.map(({ school, pence: back }) => ({ urn: school, pence: back })), carries: carryAfter(carries, shares) };
}

const namedBy = (successors: Successors) => (urn: string) => successors[urn] ?? urn;

const minutesThen = (participants: Basis['participants'], named: (urn: string) => string): UsedMinutes[] => added(participants.map(({ school, weights }) => ({ urn: named(school), minutes: Number(weights?.['use'] ?? 0) })));

function added(list: readonly UsedMinutes[]): UsedMinutes[] {
  const minutes = new Map<string, number>();
  for (const one of list) minutes.set(one.urn, (minutes.get(one.urn) ?? 0) + one.minutes);
  return [...minutes].map(([urn, sum]) => ({ urn, minutes: sum }));
}

function differences(left: readonly { urn: string; pence: number }[], anew: readonly { urn: string; pence: number }[]): Moved['shares'] {
  const moved = new Map(left.map(({ urn, pence }) => [urn, 0 - pence]));
  for (const { urn, pence } of anew) moved.set(urn, (moved.get(urn) ?? 0) + pence);
  return [...moved].map(([urn, pence]) => ({ urn, pence }));
}

async function firstOf(tx: Tx, collaborationId: string, { redivides, corrects }: DueCharge): Promise<ChargeEntity> {
  const first = await tx.getRepository(ChargeEntity).findOneBy({ collaborationId, id: (redivides ?? corrects) as string });
  if (!first) throw new DomainError('platform.not-found');
  return first;
}

/** Use of sessions that are older than this is settled. */
const daysOfUse = 400;

/**
 * Charges that were first divided by an agreement's rule over their days or by use, with the participants of their last division.
 * Left out is what a person decided about single schools (a share given back alone), and what was not divided yet.
 */
async function dividedRows(tx: Tx, collaborationId: string, today: DateOnly): Promise<DividedRow[]> {
  return sql<DividedRow>(
    tx,
    `select c.id as "chargeId", c.agreement_id as "agreementId", c.plan_id as "planId", c.description, c.service_from as "serviceFrom", c.service_to as "serviceTo", c.belongs_on as "belongsOn",
            (c.pence + x.corrected)::bigint as "netPence", 1 + x.divisions as divisions, coalesce(x.participants, s.basis -> 'participants') as participants,
            (s.basis ->> 'spread')::boolean as spread, u.by_use as "byUse"
       from charge c
       join share_set s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
       cross join lateral (select (s.basis -> 'participants' -> 0 -> 'weights') ? 'use' and c.wanted -> 'use' is null and c.service_to > $2::date - ${daysOfUse} as by_use) u
       cross join lateral (
         select coalesce(sum(k.pence), 0)::bigint as corrected, count(*) filter (where k.due_key like 'again:%') as divisions,
                (array_agg(t.basis -> 'participants' order by k.created_at desc, k.id desc) filter (where t.rule_id is not null))[1] as participants
           from charge k left join share_set t on t.collaboration_id = k.collaboration_id and t.charge_id = k.id
          where k.collaboration_id = c.collaboration_id and k.corrects_charge_id = c.id) x
      where c.collaboration_id = $1 and c.corrects_charge_id is null and c.agreement_id is not null and s.rule_id is not null and ((s.basis ->> 'spread')::boolean or u.by_use)
        and c.pence + x.corrected <> 0
        and not exists (
          select from charge k left join share_set t on t.collaboration_id = k.collaboration_id and t.charge_id = k.id
           where k.collaboration_id = c.collaboration_id and k.corrects_charge_id = c.id and (t.charge_id is null or k.kind = 'credit' and
             (select count(*) from share o where o.collaboration_id = k.collaboration_id and o.charge_id = k.id) < (select count(*) from share o where o.collaboration_id = c.collaboration_id and o.charge_id = c.id)))
      order by c.belongs_on, c.id`,
    [collaborationId, today],
  );
}
