import { Injectable } from '@nestjs/common';
import type { ChargedInstalments } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { chargesDue, chargesWaiting, type Carries, type DueCharge, type DueFacts, type Participant } from '@fairshare/domain/sharing';
import { systemScope, type Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { ChargesService, lockShares } from './charges.service.js';
import { DueFactsReader } from './due-facts.js';
import { Redivisions } from './redivisions.js';
import type { NewCharge } from './new-charge.js';
import { ShareMaker } from './share-maker.js';

interface PlainShare {
  readonly urn: string;
  readonly pence: number;
}

/** What became, or would become, of a charge that is due: its shares, or why there are none yet. */
export interface Applied {
  readonly due: DueCharge;
  readonly chargeId: string | null;
  readonly shares: readonly PlainShare[];
  readonly problem: DomainError | null;
}

type Apply = (due: DueCharge) => Promise<Omit<Applied, 'due'>>;

/**
 * Walks through what is due day by day: what falls due later can stand on what was charged before, as a fee does on an
 * instalment. The dry run walks the same way and stores nothing, so that it shows to the penny what would be made.
 */
@Injectable()
export class DueCharges {
  readonly #charges: ChargesService;
  readonly #facts: DueFactsReader;
  readonly #procurement: ProcurementQueries;
  readonly #redivisions: Redivisions;
  readonly #shares: ShareMaker;

  constructor(charges: ChargesService, facts: DueFactsReader, procurement: ProcurementQueries, redivisions: Redivisions, shares: ShareMaker) {
    this.#charges = charges;
    this.#facts = facts;
    this.#procurement = procurement;
    this.#redivisions = redivisions;
    this.#shares = shares;
  }

  async dryRun(tx: Tx, who: Scope, collaborationId: string, through: DateOnly): Promise<Walked> {
    return this.#tryOut(tx, who, collaborationId, through, await this.#read(tx, collaborationId));
  }

  /**
   * What plans and promises will charge until a day, if every booked session takes place; null where there are none.
   * Instalments are only in it as far as fees and contributions stand on them.
   */
  async forecast(tx: Tx, collaborationId: string, through: DateOnly): Promise<readonly Applied[] | null> {
    const facts = await this.#read(tx, collaborationId);
    if (facts.plans.length === 0 && facts.agreements.every(({ committedMilliunits }) => committedMilliunits === null)) return null;
    const agreements = facts.agreements.map((one) => ({ ...one, used: [...one.used, ...one.open], open: [] }));
    const { applied } = await this.#tryOut(tx, systemScope([collaborationId]), collaborationId, through, { ...facts, agreements, divided: [] });
    return applied.filter(({ due }) => due.kind !== 'instalment');
  }

  #tryOut(tx: Tx, who: Scope, collaborationId: string, through: DateOnly, facts: DueFacts): Promise<Walked> {
    const carries = new Map<string | null, Carries>();
    return walk(facts, through, async (due) => {
      if (due.lacks) return lacking(due.lacks);
      const charge = this.#charges.rowOf(who, newChargeOf(collaborationId, due));
      const before = carries.get(due.agreementId) ?? (await this.#shares.carries(tx, charge));
      const made = due.redivides || due.corrects ? await this.#redivisions.preview(tx, who, collaborationId, due, before) : await this.#shares.preview(tx, charge, before);
      if (made instanceof DomainError) return { chargeId: null, shares: [], problem: made };
      carries.set(due.agreementId, made.carries);
      return { chargeId: null, shares: made.shares.map(({ urn, pence }) => ({ urn, pence })), problem: null };
    });
  }

  /**
   * Makes what is due, each once, whoever asks at the same moment; only what is wanted. What nobody looked at (`byItself`)
   * leaves out the divisions anew: those move money between schools, so that a person makes them.
   */
  async make(tx: Tx, who: Scope, collaborationId: string, through: DateOnly, isWanted: (due: DueCharge) => boolean = byItself): Promise<ChargedInstalments> {
    // Whoever comes second waits here, and then finds what the first one made.
    await lockShares(tx, collaborationId);
    const { applied: made } = await walk(
      await this.#read(tx, collaborationId),
      through,
      async (due) => {
        if (due.lacks) return lacking(due.lacks);
        if (due.redivides || due.corrects) return this.#redivisions.make(tx, who, collaborationId, due);
        const { chargeId, shares, problemCode } = await this.#charges.makeCharge(tx, who, newChargeOf(collaborationId, due));
        if (due.instalmentId) await this.#procurement.markInstalmentCharged(tx, due.instalmentId);
        return { chargeId, shares, problem: problemCode === null ? null : new DomainError(problemCode) };
      },
      isWanted,
    );
    return {
      charged: made.filter(({ chargeId }) => chargeId !== null).length,
      pence: made.reduce((sum, { due }) => sum + due.pence, 0),
      unshared: made.filter(({ problem }) => problem).length,
      chargeIds: made.flatMap(({ chargeId }) => chargeId ?? []),
    };
  }

  async #read(tx: Tx, collaborationId: string): Promise<DueFacts> {
    const facts = await this.#facts.read(tx, collaborationId);
    return { ...facts, divided: await this.#redivisions.read(tx, collaborationId, facts.today) };
  }
}

/** What is missing keeps it from being made; it stands on the desk until somebody enters it. */
const lacking = ({ code, facts }: NonNullable<DueCharge['lacks']>): Omit<Applied, 'due'> => ({ chargeId: null, shares: [], problem: new DomainError(code, facts) });

const byItself = ({ redivides }: DueCharge): boolean => redivides === undefined;

/** What was made, or would be, and what waits because it is not known yet what became of some sessions. */
export interface Walked {
  readonly applied: readonly Applied[];
  readonly waiting: ReturnType<typeof chargesWaiting>;
}

async function walk(facts: DueFacts, through: DateOnly, apply: Apply, isWanted: (due: DueCharge) => boolean = () => true): Promise<Walked> {
  const applied: Applied[] = [];
  let now = facts;
  for (;;) {
    const due = chargesDue(now, through).filter(isWanted);
    const today = due.filter(({ dueOn }) => dueOn === due[0]?.dueOn);
    if (today.length === 0) return { applied, waiting: chargesWaiting(now, through) };
    const done: Applied[] = [];
    for (const one of today) done.push({ due: one, ...(await apply(one)) });
    applied.push(...done);
    now = afterwards(now, done);
  }
}

/** The facts as they are once these are charged. */
function afterwards(facts: DueFacts, done: readonly Applied[]): DueFacts {
  return {
    ...facts,
    madeKeys: new Set([...facts.madeKeys, ...done.map(({ due }) => due.key)]),
    charged: [
      ...facts.charged,
      ...done.flatMap(({ due, shares }) => shares.map(({ urn, pence }) => ({ agreementId: due.agreementId, planId: due.planId, kind: due.kind, belongsOn: due.belongsOn, urn, pence }))),
    ],
    // What could not be shared is not among what was charged, and nothing of its plan is put right before it is.
    unsharedPlans: new Set([...facts.unsharedPlans, ...done.flatMap(({ due, problem }) => (problem && due.planId !== null && !due.lacks ? [due.planId] : []))]),
    agreements: facts.agreements.map((agreement) => {
      const open = done.filter(({ due, problem }) => problem && due.agreementId === agreement.id).map(({ due }) => due.serviceFrom);
      const days = agreement.unsharedFrom === null ? open : [agreement.unsharedFrom, ...open];
      return { ...agreement, unsharedFrom: days.sort()[0] ?? null };
    }),
  };
}

function newChargeOf(collaborationId: string, due: DueCharge): NewCharge {
  const { key, kind, planId, agreementId, instalmentId, description, pence, serviceFrom, serviceTo, belongsOn, workings, among } = due;
  const way = among && {
    rule: { basis: 'weight', measure: among.measure } as const,
    participants: among.weights.map(({ urn, weight }): Participant => ({ school: urn, weights: { [among.measure]: weight } })),
  };
  return {
    collaborationId, kind, agreementId, planId, dueKey: key, instalmentId: instalmentId ?? null, description, pence, serviceFrom, serviceTo, belongsOn, workings, ...way,
  };
}
