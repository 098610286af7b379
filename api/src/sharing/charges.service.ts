import { Injectable } from '@nestjs/common';
import type { CorrectCharge } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { ChargeSource } from '@fairshare/domain/ledger';
import type { DueCharge } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { leftOf } from './charged-shares.js';
import { ChargeEntity } from './charge.entity.js';
import { isShared, isTakenBack, keptOf, lastDivision } from './divisions.js';
import type { Basis, MadeCharge, NewCharge, WayOfDividing } from './new-charge.js';
import { longDate } from './rule-in-words.js';
import { ShareMaker } from './share-maker.js';
import type { SharingProblem } from './sharing.problems.js';
import { ShareSetEntity } from './share-set.entity.js';

/** What one school owes of a charge and another takes over. */
export interface TakenCharge {
  readonly collaborationId: string;
  readonly chargeId: string;
  readonly fromUrn: string;
  readonly fromName: string;
  readonly toUrn: string;
  readonly toName: string;
  readonly on: DateOnly;
  readonly pence: number;
}

/** Makes charges and puts them right; both are additions, never changes. */
@Injectable()
export class ChargesService {
  readonly #clock: Clock;
  readonly #shares: ShareMaker;
  readonly #trail: Trail;

  constructor(clock: Clock, shares: ShareMaker, trail: Trail) {
    this.#clock = clock;
    this.#shares = shares;
    this.#trail = trail;
  }

  /**
   * Charges something and divides it, in the caller's transaction: charge, shares with their explanation, carries and
   * postings together. A charge that its rule cannot divide is kept with `problemCode` and without shares.
   * @param source what it fills instead of what its kind fills.
   */
  async makeCharge(tx: Tx, who: Scope, wanted: NewCharge, source?: ChargeSource): Promise<MadeCharge> {
    await lockShares(tx, wanted.collaborationId);
    const charge = this.rowOf(who, wanted);
    await tx.getRepository(ChargeEntity).insert(charge as object);
    const made = await this.#shares.divide(tx, who, charge, { source });
    await this.#record(tx, who, charge, 'sharing.charged', { problemCode: made.problemCode });
    return made;
  }

  /**
   * Tries once more to divide a charge that could not be divided; or, where a person names the schools, divides it equally
   * among them instead of by the rule.
   * @throws `sharing.already-shared`, `sharing.taken-back`.
   */
  async tryAgain(tx: Tx, who: Scope, collaborationId: string, chargeId: string, way?: Required<Pick<WayOfDividing, 'rule' | 'participants'>>): Promise<MadeCharge> {
    await lockShares(tx, collaborationId);
    const charge = await chargeOf(tx, collaborationId, chargeId);
    const set = await tx.getRepository(ShareSetEntity).findOneBy({ collaborationId, chargeId });
    if (set) throw new DomainError<SharingProblem>('sharing.already-shared');
    if (await isTakenBack(tx, charge)) throw new DomainError<SharingProblem>('sharing.taken-back');
    const made = await this.#shares.divide(tx, who, way ? { ...charge, wanted: { ...charge.wanted, ...way } } : charge, { waiting: true });
    await this.#record(tx, who, charge, 'sharing.shared', { problemCode: made.problemCode, ...(way && { among: way.participants.map(({ school }) => school) }) });
    return made;
  }

  /** Takes back a charge that nobody could share: nothing is owed, and no school sees a line of it. */
  async #takeBack(tx: Tx, who: Scope, first: ChargeEntity, reason: string): Promise<string> {
    if (await isTakenBack(tx, first)) throw new DomainError<SharingProblem>('sharing.nothing-to-correct');
    const credit = this.#creditOf(who, first, first.pence, reason);
    await tx.getRepository(ChargeEntity).insert(credit as object);
    await this.#shares.takeBack(tx, who, first, credit);
    await this.#record(tx, who, credit, 'sharing.credited', { correctsChargeId: first.id });
    return credit.id;
  }

  /**
   * Makes a charge what it should have been: a credit along the shares that were charged, or a further charge divided
   * as the first was, or (`again`) all of it back and charged anew by the rule in force. Each names the first charge.
   */
  async correct(tx: Tx, who: Scope, collaborationId: string, chargeId: string, wanted: CorrectCharge): Promise<string[]> {
    await lockShares(tx, collaborationId);
    const first = await chargeOf(tx, collaborationId, chargeId);
    if (first.correctsChargeId) throw new DomainError<SharingProblem>('sharing.credits-are-not-corrected');
    if (wanted.shouldBePence === 0 && !(await isShared(tx, first))) return [await this.#takeBack(tx, who, first, wanted.reason)];
    const { netPence } = await this.#standing(tx, first);
    if (wanted.shouldBePence * first.pence < 0) throw new DomainError<SharingProblem>('sharing.other-sign');
    if (wanted.divide === 'again') {
      const made = netPence === 0 ? [] : [await this.#giveBack(tx, who, first, netPence, wanted.reason)];
      if (wanted.shouldBePence !== 0) made.push((await this.makeCharge(tx, who, further(first, wanted.shouldBePence, wanted.reason, first.wanted))).chargeId);
      if (made.length === 0) throw new DomainError<SharingProblem>('sharing.nothing-to-correct');
      return made;
    }
    const morePence = wanted.shouldBePence - netPence;
    if (morePence === 0) throw new DomainError<SharingProblem>('sharing.nothing-to-correct');
    return [await this.#change(tx, who, first, morePence, wanted.reason)];
  }

  /** What came due and turned out otherwise: the difference, along the shares that were charged. @returns its id. */
  async putRight(tx: Tx, who: Scope, first: ChargeEntity, { pence, key, workings }: DueCharge): Promise<string> {
    await lockShares(tx, first.collaborationId);
    return this.#change(tx, who, first, pence, putRight, { dueKey: key, workings });
  }

  /** The further charge that puts it right, as it would be stored. */
  async furtherRow(tx: Tx, who: Scope, first: ChargeEntity, { pence }: DueCharge): Promise<ChargeEntity> {
    return this.rowOf(who, further(first, pence, putRight, asDivided(await lastDivision(tx, first, (await this.#standing(tx, first)).set))));
  }

  /** All of it back along its shares and charged once more by the rule, among the schools that take part now. @throws what the rule cannot divide. */
  async divideAgain(tx: Tx, who: Scope, first: ChargeEntity, due: Pick<NewCharge, 'dueKey' | 'workings'>): Promise<MadeCharge> {
    await lockShares(tx, first.collaborationId);
    const { netPence, set } = await this.#standing(tx, first);
    const anew = await keptOf(tx, first, set);
    await this.#giveBack(tx, who, first, netPence, dividedAnew);
    const made = await this.makeCharge(tx, who, { ...further(first, netPence, dividedAnew, { ...first.wanted, anew }), ...due });
    if (made.problemCode !== null) throw new DomainError(made.problemCode);
    return made;
  }

  /** What `divideAgain` would charge, as it would be stored. */
  async anewRow(tx: Tx, who: Scope, first: ChargeEntity, netPence: number): Promise<ChargeEntity> {
    return this.rowOf(who, further(first, netPence, dividedAnew, { ...first.wanted, anew: await keptOf(tx, first, (await this.#standing(tx, first)).set) }));
  }

  /** A credit where it becomes less, or a further charge divided as it was last. */
  async #change(tx: Tx, who: Scope, first: ChargeEntity, morePence: number, reason: string, due: Pick<NewCharge, 'dueKey' | 'workings'> = {}): Promise<string> {
    if (morePence * first.pence < 0) return this.#giveBack(tx, who, first, 0 - morePence, reason, due);
    return (await this.makeCharge(tx, who, { ...further(first, morePence, reason, asDivided(await lastDivision(tx, first, (await this.#standing(tx, first)).set))), ...due })).chargeId;
  }

  /** Gives back all that is left of a booking's charges. @returns how many credits that took. */
  async creditBooking(tx: Tx, who: Scope, collaborationId: string, bookingId: string, reason: string): Promise<number> {
    await lockShares(tx, collaborationId);
    const charges = await sql<{ id: string }>(
      tx, 'select id from charge where collaboration_id = $1 and booking_id = $2 and corrects_charge_id is null order by id', [collaborationId, bookingId],
    );
    let credits = 0;
    for (const { id } of charges) {
      const first = await chargeOf(tx, collaborationId, id);
      if (await isTakenBack(tx, first)) continue;
      const waits = !(await isShared(tx, first));
      const netPence = waits ? first.pence : (await this.#standing(tx, first)).netPence;
      if (netPence === 0) continue;
      await (waits ? this.#takeBack(tx, who, first, reason) : this.#giveBack(tx, who, first, netPence, reason));
      credits += 1;
    }
    return credits;
  }

  /**
   * Gives back part of one school's share and leaves the others as they are; the collaboration carries it.
   * @throws `sharing.credit-too-large` for more than is left of it. @returns the credit's id.
   */
  async giveBackShare(tx: Tx, who: Scope, collaborationId: string, of: { readonly chargeId: string; readonly urn: string; readonly pence: number; readonly reason: string }): Promise<string> {
    await lockShares(tx, collaborationId);
    const first = await chargeOf(tx, collaborationId, of.chargeId);
    const { set } = await this.#standing(tx, first);
    const credit = this.#creditOf(who, first, of.pence, of.reason);
    await tx.getRepository(ChargeEntity).insert(credit as object);
    await this.#shares.credit(tx, who, credit, (await leftOf(tx, first)).filter(({ urn }) => urn === of.urn), set.basis, 'carried');
    await this.#record(tx, who, credit, 'sharing.credited', { correctsChargeId: first.id, urn: of.urn });
    return credit.id;
  }

  /**
   * What one school owes of a charge, another takes over: the charge stays what it was, and nobody else's share moves.
   * @param source what bears the old school's part already, such as a credit note.
   */
  async takeOver(tx: Tx, who: Scope, of: TakenCharge, source?: ChargeSource): Promise<void> {
    await this.#part(tx, who, of, { urn: of.toUrn, pence: of.pence, what: `Taken over from ${of.fromName}` }, source);
  }

  /** The other half of taking over, which comes first: what the old school owed goes back to where it was paid from. */
  async handOver(tx: Tx, who: Scope, of: TakenCharge): Promise<void> {
    await this.#part(tx, who, of, { urn: of.fromUrn, pence: 0 - of.pence, what: `Taken over by ${of.toName}` });
  }

  async #part(tx: Tx, who: Scope, of: TakenCharge, { urn, pence, what }: { urn: string; pence: number; what: string }, source?: ChargeSource): Promise<void> {
    await lockShares(tx, of.collaborationId);
    const first = await chargeOf(tx, of.collaborationId, of.chargeId);
    const workings = [`What ${of.fromName} owed of it, ${of.toName} takes over from ${longDate(of.on)} on.`];
    await this.makeCharge(tx, who, { ...further(first, pence, what, null), rule: { basis: 'equal' }, participants: [{ school: urn }], workings }, source);
  }

  #creditOf(who: Scope, first: ChargeEntity, pence: number, reason: string, due: Pick<NewCharge, 'dueKey' | 'workings'> = {}): ChargeEntity {
    return this.rowOf(who, {
      ...due,
      collaborationId: first.collaborationId, kind: 'credit', agreementId: first.agreementId, bookingId: first.bookingId, correctsChargeId: first.id,
      description: `${reason}: ${first.description}`.slice(0, 1000), pence: 0 - pence, serviceFrom: first.serviceFrom, serviceTo: first.serviceTo, belongsOn: first.belongsOn,
    });
  }

  async #giveBack(tx: Tx, who: Scope, first: ChargeEntity, pence: number, reason: string, due: Pick<NewCharge, 'dueKey' | 'workings'> = {}): Promise<string> {
    const { set } = await this.#standing(tx, first);
    const credit = this.#creditOf(who, first, pence, reason, due);
    await tx.getRepository(ChargeEntity).insert(credit as object);
    await this.#shares.credit(tx, who, credit, await leftOf(tx, first), set.basis);
    await this.#record(tx, who, credit, 'sharing.credited', { correctsChargeId: first.id });
    return credit.id;
  }

  /** What a charge is after its corrections, and how it was divided. @throws `sharing.not-shared-yet`. */
  async #standing(tx: Tx, first: ChargeEntity) {
    const set = await tx.getRepository(ShareSetEntity).findOneBy({ collaborationId: first.collaborationId, chargeId: first.id });
    if (!set) throw new DomainError<SharingProblem>('sharing.not-shared-yet');
    const [row] = await sql<{ corrected: number }>(
      tx, 'select coalesce(sum(pence), 0)::bigint as corrected from charge where collaboration_id = $1 and corrects_charge_id = $2', [first.collaborationId, first.id],
    );
    return { set, netPence: first.pence + (row?.corrected ?? 0) };
  }

  /** The charge as it would be stored. */
  rowOf(who: Scope, wanted: NewCharge): ChargeEntity {
    const { rule, participants, use, anew } = wanted;
    return {
      id: newId(),
      collaborationId: wanted.collaborationId,
      kind: wanted.kind,
      agreementId: wanted.agreementId,
      bookingId: wanted.bookingId ?? null,
      instalmentId: wanted.instalmentId ?? null,
      correctsChargeId: wanted.correctsChargeId ?? null,
      description: wanted.description,
      pence: wanted.pence,
      serviceFrom: wanted.serviceFrom,
      serviceTo: wanted.serviceTo,
      belongsOn: wanted.belongsOn ?? wanted.serviceTo,
      countsOn: wanted.belongsOn ?? wanted.serviceTo,
      chargedOn: this.#clock.today(),
      wanted: rule || use || anew ? { ...(rule ? { rule, participants: participants ?? [] } : {}), ...(use ? { use } : {}), ...(anew ? { anew } : {}) } : null,
      planId: wanted.planId ?? null,
      dueKey: wanted.dueKey ?? null,
      workings: wanted.workings ?? null,
      estimated: wanted.estimated ?? false,
      chargedBy: who.name,
      createdAt: this.#clock.now(),
    };
  }

  async #record(tx: Tx, who: Scope, charge: ChargeEntity, action: string, more: object): Promise<void> {
    const { id, kind, pence, description } = charge;
    await this.#trail.record(tx, who, { action, collaborationId: charge.collaborationId, subjectKind: 'charge', subjectId: id, after: { kind, pence, description, ...more } });
  }
}

const dividedAnew = 'Divided anew';
const putRight = 'Put right';

/** Carries run through all charges of an agreement, so that a collaboration's charges are made one after another. */
export async function lockShares(tx: Tx, collaborationId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('sharing:' || $1, 0))`, [collaborationId]);
}

async function chargeOf(tx: Tx, collaborationId: string, chargeId: string): Promise<ChargeEntity> {
  const charge = await tx.getRepository(ChargeEntity).findOneBy({ collaborationId, id: chargeId });
  if (!charge) throw new DomainError('platform.not-found');
  return charge;
}

/** A further charge for the same service. */
function further(first: ChargeEntity, pence: number, reason: string, way: WayOfDividing | null): NewCharge {
  return {
    collaborationId: first.collaborationId, kind: 'adjustment', agreementId: first.agreementId, bookingId: first.bookingId, correctsChargeId: first.id,
    description: `${reason}: ${first.description}`.slice(0, 1000), pence, serviceFrom: first.serviceFrom, serviceTo: first.serviceTo, belongsOn: first.belongsOn, ...way,
  };
}

const asDivided = ({ rule, participants }: Basis): WayOfDividing => ({ rule, participants });
