import { Injectable } from '@nestjs/common';
import type { DecideDispute, Dispute, OpenDispute } from '@fairshare/contract/books';
import { disputeAfter, type DisputeMove, type Upheld } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertAllSchools, scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { DisputeCorrections, nothing, type Correction } from './dispute-corrections.js';
import { disputedShare, DisputeQueries } from './disputes.queries.js';

/** Disputes of one school's share: opened by the school, decided by the collaboration, corrected to the penny. */
@Injectable()
export class Disputes {
  readonly #database: Database;
  readonly #queries: DisputeQueries;
  readonly #corrections: DisputeCorrections;
  readonly #clock: Clock;
  readonly #trail: Trail;

  constructor(database: Database, queries: DisputeQueries, corrections: DisputeCorrections, clock: Clock, trail: Trail) {
    this.#database = database;
    this.#queries = queries;
    this.#corrections = corrections;
    this.#clock = clock;
    this.#trail = trail;
  }

  /** @throws `platform.not-found` for another school's share, `billing.nothing-to-dispute`, `billing.own-share-not-disputed`, `billing.dispute-open-already` */
  open(who: Scope, collaborationId: string, { shareId, reason }: OpenDispute): Promise<Dispute> {
    return this.#database.write(who, async (tx) => {
      const share = await disputedShare(tx, collaborationId, shareId);
      if (!share || !scopeIncludesSchool(who, share.urn)) throw new DomainError('platform.not-found');
      if (share.isJournal) throw new DomainError('billing.own-share-not-disputed');
      if (share.leftPence <= 0) throw new DomainError('billing.nothing-to-dispute');
      const id = newId();
      const [made] = await sql(
        tx,
        `insert into dispute (id, collaboration_id, share_id, charge_id, urn, reason, state, opened_at, opened_by, upheld_pence) values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, 0)
         on conflict (collaboration_id, share_id) where state = 'open' do nothing returning id`,
        [id, collaborationId, shareId, share.chargeId, share.urn, await this.#trail.typed(tx, who, reason), this.#clock.now(), who.name],
      );
      if (!made) throw new DomainError('billing.dispute-open-already');
      await this.#record(tx, who, collaborationId, id, 'billing.dispute-opened', { reason, pence: share.leftPence });
      return this.#queries.readIn(tx, who, collaborationId, id);
    });
  }

  /** @throws `billing.dispute-over`, `billing.dispute-too-large` */
  decide(who: Scope, collaborationId: string, disputeId: string, wanted: DecideDispute): Promise<Dispute> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const shareId = await this.#moving(tx, who, collaborationId, disputeId, wanted.outcome === 'rejected' ? 'reject' : 'uphold');
      const correction = wanted.outcome === 'rejected' ? nothing : await this.#corrections.make(tx, who, collaborationId, shareId, upheldOf(wanted), wanted.reason);
      await this.#end(tx, who, collaborationId, disputeId, wanted.outcome === 'rejected' ? 'rejected' : 'upheld', wanted.reason, correction);
      return this.#queries.readIn(tx, who, collaborationId, disputeId);
    });
  }

  /** The school takes it back itself. */
  withdraw(who: Scope, collaborationId: string, disputeId: string): Promise<Dispute> {
    return this.#database.write(who, async (tx) => {
      await this.#moving(tx, who, collaborationId, disputeId, 'withdraw');
      await this.#end(tx, who, collaborationId, disputeId, 'withdrawn', null, nothing);
      return this.#queries.readIn(tx, who, collaborationId, disputeId);
    });
  }

  /** Locks it, and refuses a move that its state does not allow. @returns the share's id. */
  async #moving(tx: Tx, who: Scope, collaborationId: string, disputeId: string, move: DisputeMove): Promise<string> {
    const [row] = await sql<{ state: Dispute['state']; shareId: string; urn: string }>(
      tx, 'select state, share_id as "shareId", urn from dispute where collaboration_id = $1 and id = $2 for update', [collaborationId, disputeId],
    );
    if (!row || !scopeIncludesSchool(who, row.urn)) throw new DomainError('platform.not-found');
    disputeAfter(row.state, move);
    return row.shareId;
  }

  async #end(tx: Tx, who: Scope, collaborationId: string, disputeId: string, state: Dispute['state'], decision: string | null, correction: Correction): Promise<void> {
    await sql(
      tx,
      `update dispute set state = $3, decision = $4, decided_at = $5, decided_by = $6, upheld_pence = $7, credit_note_id = $8, credit_charge_id = $9
        where collaboration_id = $1 and id = $2`,
      [collaborationId, disputeId, state, await this.#trail.typed(tx, who, decision), this.#clock.now(), who.name, correction.pence, correction.creditNoteId, correction.creditChargeId],
    );
    await this.#record(tx, who, collaborationId, disputeId, `billing.dispute-${state}`, { decision, ...correction });
  }

  #record(tx: Tx, who: Scope, collaborationId: string, id: string, action: string, after: object): Promise<void> {
    return this.#trail.record(tx, who, { action, collaborationId, subjectKind: 'dispute', subjectId: id, after });
  }
}

function upheldOf(wanted: Exclude<DecideDispute, { outcome: 'rejected' }>): Upheld {
  return wanted.outcome === 'upheld' ? { part: wanted.part } : { pence: wanted.pence };
}
