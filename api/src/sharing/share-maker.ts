import { Injectable } from '@nestjs/common';
import type { StoredExplanation } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { chargeShared, chargeWaits, sourceOf, type ChargeSource, type Posting } from '@fairshare/domain/ledger';
import { carryAfter, creditAsShares, shareCharge, type Carries } from '@fairshare/domain/sharing';
import { Ledger } from '../ledger/ledger.service.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { Bases, type FoundBasis } from './bases.js';
import { ChargeProblemEntity } from './charge-problem.entity.js';
import type { ChargeEntity } from './charge.entity.js';
import type { LeftShare } from './charged-shares.js';
import { Funder } from './funder.js';
import type { MadeCharge } from './new-charge.js';
import { ShareSetEntity } from './share-set.entity.js';
import { ShareEntity } from './share.entity.js';

/** One share before it has an id and a place in the order. */
type NewShare = Pick<ShareEntity, 'urn' | 'pence' | 'exactPence' | 'explanation'>;

/** Divides a stored charge and stores its shares, with their carries and their postings. */
@Injectable()
export class ShareMaker {
  readonly #bases: Bases;
  readonly #clock: Clock;
  readonly #funder: Funder;
  readonly #ledger: Ledger;
  readonly #procurement: ProcurementQueries;

  constructor(bases: Bases, clock: Clock, funder: Funder, ledger: Ledger, procurement: ProcurementQueries) {
    this.#bases = bases;
    this.#clock = clock;
    this.#funder = funder;
    this.#ledger = ledger;
    this.#procurement = procurement;
  }

  /**
   * Divides by what was settled when it was charged or by the agreement's rule. What cannot be divided is kept, with
   * the reason, and stands in the ledger as a charge that is still to be shared.
   * @param how.waiting true when the charge stands in the ledger as one to be shared already.
   * @param how.source what it fills instead of what its kind fills.
   */
  async divide(tx: Tx, who: Scope, charge: ChargeEntity, { waiting = false, source }: { waiting?: boolean; source?: ChargeSource | undefined } = {}): Promise<MadeCharge> {
    const carries = await carriesOf(tx, charge);
    const made = await this.#tryToDivide(tx, charge, carries);
    if (made instanceof DomainError) {
      await this.#keepProblem(tx, charge, made);
      if (!waiting) await this.#post(tx, who, charge, chargeWaits(charge.pence, source ?? (await sourceFor(tx, charge))));
      return { chargeId: charge.id, problemCode: made.code, shares: [] };
    }
    const { found, shares } = made;
    // A rule that was used is never edited again.
    if (found.ruleId) await this.#procurement.freezeRule(tx, found.ruleId);
    const stored = await this.#store(tx, who, charge, { ruleId: found.ruleId, basis: found.basis }, shares, carries);
    await this.#post(tx, who, charge, chargeShared(shares, waiting ? 'charges-to-share' : (source ?? (await sourceFor(tx, charge)))));
    return { chargeId: charge.id, problemCode: null, shares: stored };
  }

  /**
   * What the charge's shares would be, with the carries that the last one left; nothing is stored.
   * @returns the shares, or why it cannot be divided.
   */
  async preview(tx: Tx, charge: ChargeEntity, carries: Carries): Promise<{ shares: readonly NewShare[]; carries: Carries } | DomainError> {
    const made = await this.#tryToDivide(tx, charge, carries);
    if (made instanceof DomainError) return made;
    return { shares: made.shares, carries: carryAfter(carries, made.shares.map((s) => ({ school: s.urn, pence: s.pence, exactPence: s.exactPence }))) };
  }

  /** What each school carries within the charge's agreement. */
  carries(tx: Tx, charge: Pick<ChargeEntity, 'collaborationId' | 'agreementId'>): Promise<Carries> {
    return carriesOf(tx, charge);
  }

  /**
   * Gives back `creditPence` (of the first charge's sign) along the shares that were charged, over what is left of each.
   * @param bornBy who bears it instead; where the first charge was earned when left out.
   */
  async credit(tx: Tx, who: Scope, credit: ChargeEntity, left: readonly LeftShare[], basis: ShareSetEntity['basis'], bornBy?: ChargeSource): Promise<MadeCharge> {
    const carries = await carriesOf(tx, credit);
    const creditPence = 0 - credit.pence;
    const leftOfAllPence = left.reduce((sum, share) => sum + share.pence, 0);
    const settled = creditAsShares(creditPence, left.map(({ urn, pence, exactPence }) => ({ school: urn, pence, exactPence })));
    const shares = settled.map((share, i): NewShare => {
      const { shareId: ofShareId, pence: leftPence } = left[i] as LeftShare;
      const explanation: StoredExplanation = { kind: 'credit', credit: { ofShareId, leftPence, leftOfAllPence, creditPence } };
      return { urn: share.school, pence: share.pence, exactPence: share.exactPence, explanation };
    });
    const stored = await this.#store(tx, who, credit, { ruleId: null, basis: { ...basis, inWords: 'along the shares that were charged' } }, shares, carries);
    await this.#post(tx, who, credit, chargeShared(shares, bornBy ?? (await sourceFor(tx, credit))));
    return { chargeId: credit.id, problemCode: null, shares: stored };
  }

  /** A charge that nobody could share, and the credit that takes it back, come to nothing where they wait. */
  async takeBack(tx: Tx, who: Scope, charge: ChargeEntity, credit: ChargeEntity): Promise<void> {
    for (const one of [charge, credit]) await this.#keepProblem(tx, one, new DomainError('sharing.taken-back'));
    await this.#post(tx, who, credit, chargeWaits(credit.pence, await sourceFor(tx, credit)));
  }

  async #tryToDivide(tx: Tx, charge: ChargeEntity, carries: Carries): Promise<{ found: FoundBasis; shares: NewShare[] } | DomainError> {
    try {
      const found = await this.#bases.of(tx, charge);
      const { rule, participants, spread } = found.basis;
      const named = new Set<string>();
      const withCarries = participants.map((participant) => {
        // A school that stands twice brings its carry once.
        if (named.has(participant.school)) return participant;
        named.add(participant.school);
        return { ...participant, carriedPence: carries[participant.school] ?? '0' };
      });
      const period = spread ? { from: charge.serviceFrom, to: charge.serviceTo } : null;
      const shared = shareCharge({ amountPence: charge.pence, rule, period, participants: withCarries });
      const shares = shared.shares.map(({ school, pence, explanation }): NewShare => ({
        urn: school, pence, exactPence: explanation.exactPence, explanation: { kind: 'division', division: { ...explanation, slices: [...explanation.slices] } },
      }));
      return { found, shares };
    } catch (error) {
      if (error instanceof DomainError && /^(cost-sharing|sharing|procurement|fraction)\./.test(error.code)) return error;
      throw error;
    }
  }

  /** What is tried every hour says a reason once, until it is another. */
  async #keepProblem(tx: Tx, charge: ChargeEntity, problem: DomainError): Promise<void> {
    const [last] = await sql<{ same: boolean }>(
      tx, 'select code = $3 and facts = $4::jsonb as same from charge_problem where collaboration_id = $1 and charge_id = $2 order by tried_at desc, id desc limit 1',
      [charge.collaborationId, charge.id, problem.code, JSON.stringify(problem.facts)],
    );
    if (last?.same) return;
    await tx.getRepository(ChargeProblemEntity).insert({
      id: newId(), collaborationId: charge.collaborationId, chargeId: charge.id, code: problem.code, facts: problem.facts, triedAt: this.#clock.now(),
    });
  }

  async #store(tx: Tx, who: Scope, charge: ChargeEntity, set: Pick<ShareSetEntity, 'ruleId' | 'basis'>, shares: readonly NewShare[], carries: Carries) {
    const { collaborationId, agreementId, id: chargeId } = charge;
    await tx.getRepository(ShareSetEntity).insert({ chargeId, collaborationId, ruleId: set.ruleId, basis: set.basis as object, sharedAt: this.#clock.now() });
    const after = carryAfter(carries, shares.map((s) => ({ school: s.urn, pence: s.pence, exactPence: s.exactPence })));
    const [last] = await sql<{ last: number | null }>(tx, 'select max(sequence) as last from share where collaboration_id = $1', [collaborationId]);
    const rows = shares.map((share, i) => ({
      ...share, id: newId(), collaborationId, chargeId, agreementId, sequence: (last?.last ?? 0) + 1 + i,
      carriedBefore: carries[share.urn] ?? '0', carriedAfter: after[share.urn] ?? '0',
    }));
    await tx.getRepository(ShareEntity).insert(rows as Parameters<ReturnType<typeof tx.getRepository<ShareEntity>>['insert']>[0]);
    const stored = rows.map(({ id, urn, pence }) => ({ shareId: id, urn, pence }));
    await this.#funder.fund(tx, who, charge, stored);
    return stored;
  }

  async #post(tx: Tx, who: Scope, charge: ChargeEntity, postings: readonly Posting[]): Promise<void> {
    await this.#ledger.post(tx, who, {
      collaborationId: charge.collaborationId,
      kind: charge.kind === 'credit' ? 'charge-credit' : 'charge',
      serviceOn: charge.belongsOn,
      happenedOn: this.#clock.today(),
      sourceKind: 'charge',
      sourceId: charge.id,
      description: charge.description,
      postings,
    });
  }
}

/** What a charge fills; one that puts another right goes back to where the first was earned. */
async function sourceFor(tx: Tx, { collaborationId, correctsChargeId, kind }: ChargeEntity): Promise<ChargeSource> {
  if (!correctsChargeId) return sourceOf(kind);
  const [first] = await sql<{ kind: string }>(tx, 'select kind from charge where collaboration_id = $1 and id = $2', [collaborationId, correctsChargeId]);
  return sourceOf(first?.kind ?? kind);
}

/** What each school has been rounded down by so far within the charge's agreement, or among all that has none. */
async function carriesOf(tx: Tx, charge: Pick<ChargeEntity, 'collaborationId' | 'agreementId'>): Promise<Carries> {
  if (!charge.agreementId) {
    const own = await sql<{ urn: string; carried: string }>(
      tx, 'select distinct on (urn) urn, carried_after as carried from share where collaboration_id = $1 and agreement_id is null order by urn, sequence desc', [charge.collaborationId],
    );
    return Object.fromEntries(own.map((row) => [row.urn, row.carried]));
  }
  const rows = await sql<{ urn: string; carried: string }>(
    tx,
    `select o.urn, o.carried_pence as carried from opening_carry o
      where o.collaboration_id = $1 and o.agreement_id = $2
        and not exists (select from share s where s.collaboration_id = $1 and s.agreement_id = $2 and s.urn = o.urn)
     union all
     (select distinct on (urn) urn, carried_after as carried from share
       where collaboration_id = $1 and agreement_id = $2 order by urn, sequence desc)`,
    [charge.collaborationId, charge.agreementId],
  );
  return Object.fromEntries(rows.map((row) => [row.urn, row.carried]));
}
