import { Injectable } from '@nestjs/common';
import type { OpeningBalances, SettleEstimate } from '@fairshare/contract/charges-due';
import type { Charge } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { assertCarriesLevel } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { Bases } from './bases.js';
import { ChargesQueries } from './charges.queries.js';
import { ChargesService, lockShares } from './charges.service.js';
import { EstimateSettledEntity } from './estimate-settled.entity.js';
import type { NewCharge } from './new-charge.js';
import { OpeningCarryEntity } from './opening-carry.entity.js';
import { longDate } from './rule-in-words.js';
import type { SharingProblem } from './sharing.problems.js';

type Balance = OpeningBalances['balances'][number];

/** What a charge can begin with: balances and carries of the books before, and estimates that become actual. */
@Injectable()
export class OpeningsService {
  readonly #bases: Bases;
  readonly #charges: ChargesService;
  readonly #clock: Clock;
  readonly #queries: ChargesQueries;

  constructor(bases: Bases, charges: ChargesService, clock: Clock, queries: ChargesQueries) {
    this.#bases = bases;
    this.#charges = charges;
    this.#clock = clock;
    this.#queries = queries;
  }

  /** Balances of a collaboration that starts in mid-year, once for each agreement: what is owed in one charge, what is in favour in another. */
  async open(tx: Tx, who: Scope, collaborationId: string, body: OpeningBalances): Promise<{ items: Charge[] }> {
    const { agreementId = null, on, balances, carries } = body;
    await lockShares(tx, collaborationId);
    if (agreementId) await this.#bases.assertAgreement(tx, collaborationId, agreementId);
    const urns = [...new Set([...balances, ...carries].map(({ urn }) => urn))];
    await this.#bases.assertMembers(tx, collaborationId, urns, on, this.#clock.today());
    await refuseSecondOpening(tx, collaborationId, agreementId);
    if (agreementId && carries.length > 0) await this.#carry(tx, who, collaborationId, agreementId, carries);
    const items: Charge[] = [];
    for (const [side, of] of [['owed', balances.filter(({ pence }) => pence > 0)], ['in-favour', balances.filter(({ pence }) => pence < 0)]] as const) {
      if (of.length === 0) continue;
      const made = await this.#charges.makeCharge(tx, who, openingCharge(collaborationId, agreementId, on, side, of));
      items.push(await this.#queries.read(tx, who, collaborationId, made.chargeId));
    }
    return { items };
  }

  /** The actual sum of an estimated expense: an exact correction along the shares that were charged, or nothing when it was right. */
  async settle(tx: Tx, who: Scope, collaborationId: string, chargeId: string, { actualPence, reason }: SettleEstimate): Promise<Charge> {
    await lockShares(tx, collaborationId);
    const before = await this.#queries.read(tx, who, collaborationId, chargeId);
    if (!before.estimated) throw new DomainError<SharingProblem>('sharing.not-an-estimate');
    if (before.actualPence !== null) throw new DomainError<SharingProblem>('sharing.settled-already');
    await tx.getRepository(EstimateSettledEntity).insert({ chargeId, collaborationId, actualPence, settledOn: this.#clock.today(), settledBy: who.name });
    if (actualPence !== before.netPence) await this.#charges.correct(tx, who, collaborationId, chargeId, { shouldBePence: actualPence, reason, divide: 'as-charged' });
    return this.#queries.read(tx, who, collaborationId, chargeId);
  }

  async #carry(tx: Tx, who: Scope, collaborationId: string, agreementId: string, carries: OpeningBalances['carries']): Promise<void> {
    assertCarriesLevel(carries);
    const shared = await sql(tx, 'select 1 from share where collaboration_id = $1 and agreement_id = $2 limit 1', [collaborationId, agreementId]);
    const carried = await sql(tx, 'select 1 from opening_carry where collaboration_id = $1 and agreement_id = $2 limit 1', [collaborationId, agreementId]);
    if (shared.length + carried.length > 0) throw new DomainError<SharingProblem>('sharing.carry-too-late');
    const about = { collaborationId, agreementId, recordedBy: who.name, recordedAt: this.#clock.now() };
    await tx.getRepository(OpeningCarryEntity).insert(carries.map(({ urn, carriedPence }) => ({ ...about, urn, carriedPence })));
  }
}

const keyOf = (agreementId: string | null, side: string) => `opening:${agreementId ?? 'all'}:${side}`;

async function refuseSecondOpening(tx: Tx, collaborationId: string, agreementId: string | null): Promise<void> {
  const keys = ['owed', 'in-favour'].map((side) => keyOf(agreementId, side));
  const rows = await sql(tx, 'select 1 from charge where collaboration_id = $1 and due_key = any ($2)', [collaborationId, keys]);
  if (rows.length > 0) throw new DomainError<SharingProblem>('sharing.opened-already');
}

function openingCharge(collaborationId: string, agreementId: string | null, on: string, side: 'owed' | 'in-favour', balances: readonly Balance[]): NewCharge {
  const measure = 'the balance of each';
  return {
    collaborationId, kind: 'opening-balance', agreementId, dueKey: keyOf(agreementId, side), serviceFrom: on, serviceTo: on,
    description: side === 'owed' ? `Owed on ${longDate(on)}` : `In the schools’ favour on ${longDate(on)}`,
    pence: balances.reduce((sum, { pence }) => sum + pence, 0),
    workings: ['Balances of the books before, as they were entered.', ...balances.map(({ urn, pence }) => `${urn}: ${formatPounds(pence)}.`)],
    rule: { basis: 'weight', measure },
    participants: balances.map(({ urn, pence }) => ({ school: urn, weights: { [measure]: Math.abs(pence) } })),
  };
}
