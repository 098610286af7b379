import { Injectable } from '@nestjs/common';
import type { Approval, ApprovalKind, ApprovalsQuery, Asked } from '@fairshare/contract/approvals';
import { isSecondPerson, takesTwoPeople } from '@fairshare/domain/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertAllSchools, type Scope } from './actor.js';
import { ApprovalEntity } from './approval.entity.js';
import { rolesOf } from './allow.js';
import './approvals.permissions.js';
import { Clock } from './clock.js';
import { Database, sql, type Tx } from './database.js';
import { newId } from './new-id.js';
import { Personal, somebodyGone } from './personal.js';
import { Trail } from './trail.js';

/** What somebody asks for that may take two people. */
export interface Wish {
  readonly kind: ApprovalKind;
  readonly collaborationId: string;
  readonly subjectId: string | null;
  /** The sum that is held against the limit; null where it is about where money goes. */
  readonly pence: number | null;
  readonly summary: string;
  /** What the room needs to carry it out later. */
  readonly wanted: object;
}

/** Above how many pence a collaboration wants two people; null when it wants none. */
export type LimitOf = (tx: Tx, collaborationId: string) => Promise<number | null>;

/** How a room carries out what was approved, in the transaction of the approval. */
export type CarryOut = (tx: Tx, who: Scope, collaborationId: string, wanted: never) => Promise<unknown>;

/**
 * Two different people for what is above a collaboration's limit (decision 0110): the first asks and nothing happens, the
 * second approves and it happens then, as if it were asked for at that moment. The database refuses one person for both.
 */
@Injectable()
export class Approvals {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #personal: Personal;
  readonly #trail: Trail;
  readonly #rooms = new Map<ApprovalKind, CarryOut>();
  #limitOf: LimitOf = () => Promise.resolve(null);

  constructor(clock: Clock, database: Database, personal: Personal, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#personal = personal;
    this.#trail = trail;
  }

  /** The room that keeps collaborations says once what their limits are. */
  limitsAre(limitOf: LimitOf): void {
    this.#limitOf = limitOf;
  }

  /** A room says once how it carries a kind out. */
  carriesOut(kind: ApprovalKind, carryOut: CarryOut): void {
    this.#rooms.set(kind, carryOut);
  }

  /** Keeps the wish until somebody else approves it; undefined where one person is enough. */
  async ask(tx: Tx, who: Scope, wish: Wish): Promise<Asked | undefined> {
    if (who.userId === null || !takesTwoPeople(wish.pence, await this.#limitOf(tx, wish.collaborationId))) return undefined;
    const row: ApprovalEntity = {
      collaborationId: wish.collaborationId, id: newId(), kind: wish.kind, subjectId: wish.subjectId, pence: wish.pence,
      summary: await this.#personal.seal(tx, who.userId, await this.#personal.reveal(wish.summary, tx)),
      wanted: await this.#personal.seal(tx, who.userId, JSON.stringify(wish.wanted)),
      state: 'waiting', askedByUser: who.userId, askedForUser: who.onBehalfOf?.userId ?? null, askedBy: who.name, askedAt: this.#clock.now(),
      decidedByUser: null, decidedForUser: null, decidedBy: null, decidedAt: null,
    };
    await tx.getRepository(ApprovalEntity).insert(row);
    await this.#record(tx, who, row, 'approvals.asked');
    return { approval: shown(who, row) };
  }

  list(who: Scope, collaborationId: string, { state, page, size }: ApprovalsQuery) {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const [rows, total] = await tx.getRepository(ApprovalEntity).findAndCount({
        where: state === 'waiting' ? { collaborationId, state } : [{ collaborationId, state: 'approved' }, { collaborationId, state: 'refused' }],
        order: { askedAt: 'desc', id: 'desc' }, take: size, skip: (page - 1) * size,
      });
      return { items: rows.map((row) => shown(who, row)), total, page, size };
    });
  }

  /** @throws `approvals.own`, `approvals.decided-already`, `approvals.no-longer-readable`, and whatever the room refuses by now. */
  approve(who: Scope, collaborationId: string, id: string): Promise<Approval> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const row = await waiting(tx, collaborationId, id);
      if (!isSecondPerson(askerOf(row), deciderOf(who))) throw new DomainError('approvals.own');
      const wanted = await this.#personal.reveal(row.wanted, tx);
      if (wanted === somebodyGone || !wanted) throw new DomainError('approvals.no-longer-readable');
      const decided = await this.#decide(tx, who, row, 'approved');
      const both = { ...who, name: `${row.askedBy}, approved by ${who.name}` };
      await (this.#rooms.get(row.kind) as CarryOut)(tx, both, collaborationId, JSON.parse(wanted) as never);
      return shown(who, decided);
    });
  }

  /** Whoever asked can take it back. */
  refuse(who: Scope, collaborationId: string, id: string): Promise<Approval> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => shown(who, await this.#decide(tx, who, await waiting(tx, collaborationId, id), 'refused')));
  }

  async #decide(tx: Tx, who: Scope, row: ApprovalEntity, state: 'approved' | 'refused'): Promise<ApprovalEntity> {
    const decided = { ...row, state, wanted: null, decidedByUser: who.userId, decidedForUser: who.onBehalfOf?.userId ?? null, decidedBy: who.name, decidedAt: this.#clock.now() };
    await sql(
      tx,
      'update approval set state = $3, wanted = null, decided_by_user = $4, decided_for_user = $5, decided_by = $6, decided_at = $7 where collaboration_id = $1 and id = $2',
      [row.collaborationId, row.id, state, decided.decidedByUser, decided.decidedForUser, decided.decidedBy, decided.decidedAt],
    );
    await this.#record(tx, who, decided, `approvals.${state}`);
    return decided;
  }

  async #record(tx: Tx, who: Scope, { collaborationId, id, kind, pence, summary, subjectId }: ApprovalEntity, action: string): Promise<void> {
    await this.#trail.record(tx, who, { action, collaborationId, subjectKind: 'approval', subjectId: id, after: { kind, pence, summary, subjectId } });
  }
}

const askerOf = (row: ApprovalEntity) => ({ userId: row.askedByUser, forUserId: row.askedForUser });
const deciderOf = (who: Scope) => ({ userId: who.userId ?? '', forUserId: who.onBehalfOf?.userId ?? null });

function shown(who: Scope, row: ApprovalEntity): Approval {
  const { id, kind, summary, pence, subjectId, state, askedBy, decidedBy } = row;
  const decides = rolesOf('approvals.decide').some((role) => who.roles.includes(role)) && who.schoolUrns === 'all';
  return {
    id, kind, summary, pence, subjectId, state, askedBy, askedAt: row.askedAt.toISOString(), decidedBy, decidedAt: row.decidedAt?.toISOString() ?? null,
    mayApprove: state === 'waiting' && decides && isSecondPerson(askerOf(row), deciderOf(who)),
  };
}

/** Locked, so that of two who decide at once the second finds it decided. */
async function waiting(tx: Tx, collaborationId: string, id: string): Promise<ApprovalEntity> {
  const row = await tx.getRepository(ApprovalEntity).findOne({ where: { collaborationId, id }, lock: { mode: 'pessimistic_write' } });
  if (!row) throw new DomainError('platform.not-found');
  if (row.state !== 'waiting') throw new DomainError('approvals.decided-already');
  return row;
}
