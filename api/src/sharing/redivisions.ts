import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { carryAfter, creditAsShares, type Carries, type DividedCharge, type DueCharge } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import { sql, type Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { Bases } from './bases.js';
import { leftOf } from './charged-shares.js';
import { ChargeEntity } from './charge.entity.js';
import { ChargesService } from './charges.service.js';
import type { Basis } from './new-charge.js';
import { ShareMaker } from './share-maker.js';

type DividedRow = Omit<DividedCharge, 'then' | 'now'> & { readonly participants: Basis['participants'] };

/** What dividing anew moves: each school's new share less what it has paid of the charge. */
interface Moved {
  readonly shares: readonly { readonly urn: string; readonly pence: number }[];
  readonly carries: Carries;
}

/**
 * Finds charges whose schools joined, left or were corrected after they were divided, and divides them anew: all of it
 * back along its shares, and charged once more by the same rule. Nothing that was posted changes.
 */
@Injectable()
export class Redivisions {
  readonly #bases: Bases;
  readonly #charges: ChargesService;
  readonly #procurement: ProcurementQueries;
  readonly #shares: ShareMaker;

  constructor(bases: Bases, charges: ChargesService, procurement: ProcurementQueries, shares: ShareMaker) {
    this.#bases = bases;
    this.#charges = charges;
    this.#procurement = procurement;
    this.#shares = shares;
  }

  /** Every charge that its agreement's rule spread over days, with its participants as they were then and as they are now. */
  async read(tx: Tx, collaborationId: string): Promise<DividedCharge[]> {
    const rows = await dividedRows(tx, collaborationId);
    const agreements = new Map((await this.#procurement.agreements(tx, collaborationId)).map((one) => [one.id, one]));
    const charges: DividedCharge[] = [];
    for (const { participants, ...charge } of rows) {
      const agreement = agreements.get(charge.agreementId);
      if (!agreement) continue;
      const then = participants.map(({ school, from, to }) => ({ urn: school, from, to }));
      const now = await this.#partsNow(tx, collaborationId, agreement, charge);
      charges.push({ ...charge, then, now });
    }
    return charges;
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
    const netPence = left.reduce((sum, { pence }) => sum + pence, 0);
    const back = carryAfter(carries, creditAsShares(netPence, left.map(({ urn, pence, exactPence }) => ({ school: urn, pence, exactPence }))));
    const again = this.#charges.rowOf(who, { ...first, kind: 'adjustment', correctsChargeId: first.id, pence: netPence });
    const made = await this.#shares.preview(tx, again, back);
    if (made instanceof DomainError) return made;
    return { carries: made.carries, shares: differences(left, made.shares) };
  }

  /** What cannot be divided among the schools of now stays as it was charged, with the reason. */
  async make(tx: Tx, who: Scope, collaborationId: string, due: DueCharge): Promise<{ chargeId: string | null; shares: Moved['shares']; problem: DomainError | null }> {
    const first = await firstOf(tx, collaborationId, due);
    const moved = await this.preview(tx, who, collaborationId, due, await this.#shares.carries(tx, first));
    if (moved instanceof DomainError) return { chargeId: null, shares: [], problem: moved };
    const { chargeId } = await this.#charges.divideAgain(tx, who, first, { dueKey: due.key, workings: due.workings });
    return { chargeId, shares: moved.shares, problem: null };
  }
}

function differences(left: readonly { urn: string; pence: number }[], anew: readonly { urn: string; pence: number }[]): Moved['shares'] {
  const moved = new Map(left.map(({ urn, pence }) => [urn, 0 - pence]));
  for (const { urn, pence } of anew) moved.set(urn, (moved.get(urn) ?? 0) + pence);
  return [...moved].map(([urn, pence]) => ({ urn, pence }));
}

async function firstOf(tx: Tx, collaborationId: string, { redivides }: DueCharge): Promise<ChargeEntity> {
  const first = await tx.getRepository(ChargeEntity).findOneBy({ collaborationId, id: redivides as string });
  if (!first) throw new DomainError('platform.not-found');
  return first;
}

/**
 * Charges that were first divided by an agreement's rule over their days, with the participants of their last division.
 * Left out is what a person decided about single schools (a share given back alone), and what was not divided yet.
 */
function dividedRows(tx: Tx, collaborationId: string): Promise<DividedRow[]> {
  return sql<DividedRow>(
    tx,
    `select c.id as "chargeId", c.agreement_id as "agreementId", c.plan_id as "planId", c.description, c.service_from as "serviceFrom", c.service_to as "serviceTo", c.belongs_on as "belongsOn",
            (c.pence + x.corrected)::bigint as "netPence", 1 + x.divisions as divisions, coalesce(x.participants, s.basis -> 'participants') as participants
       from charge c
       join share_set s on s.collaboration_id = c.collaboration_id and s.charge_id = c.id
       cross join lateral (
         select coalesce(sum(k.pence), 0)::bigint as corrected, count(*) filter (where k.due_key like 'again:%') as divisions,
                (array_agg(t.basis -> 'participants' order by k.created_at desc, k.id desc) filter (where t.rule_id is not null))[1] as participants
           from charge k left join share_set t on t.collaboration_id = k.collaboration_id and t.charge_id = k.id
          where k.collaboration_id = c.collaboration_id and k.corrects_charge_id = c.id) x
      where c.collaboration_id = $1 and c.corrects_charge_id is null and c.agreement_id is not null and s.rule_id is not null and (s.basis ->> 'spread')::boolean
        and c.pence + x.corrected <> 0
        and not exists (
          select from charge k left join share_set t on t.collaboration_id = k.collaboration_id and t.charge_id = k.id
           where k.collaboration_id = c.collaboration_id and k.corrects_charge_id = c.id and (t.charge_id is null or k.kind = 'credit' and
             (select count(*) from share o where o.collaboration_id = k.collaboration_id and o.charge_id = k.id) < (select count(*) from share o where o.collaboration_id = c.collaboration_id and o.charge_id = c.id)))
      order by c.belongs_on, c.id`,
    [collaborationId],
  );
}
