import { Injectable } from '@nestjs/common';
import type { AcceptMatches, MatchRequest } from '@fairshare/contract/billing';
import type { Suggestion } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { BankLineQueries } from './bank-lines.queries.js';
import { LineMatching, type LineToMatch } from './line-matching.js';

/** Ties bank lines to what they are, accepts what is certain, and undoes by reversal. Nothing is written off by itself. */
@Injectable()
export class Matches {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #matching: LineMatching;
  readonly #lines: BankLineQueries;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, matching: LineMatching, lines: BankLineQueries, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#matching = matching;
    this.#lines = lines;
    this.#trail = trail;
  }

  async match(who: Scope, collaborationId: string, wanted: MatchRequest): Promise<{ id: string; bankLineId: string }> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const suggestion = (await this.#lines.suggestions(tx, collaborationId)).find((one) => one.bankLineId === wanted.bankLineId && isWhat(one, wanted));
      return this.#match(tx, who, collaborationId, wanted, suggestion?.reason ?? `Matched by ${who.name}.`);
    });
  }

  /** Accepts what is certain, all or of some lines; what is only suggested waits for somebody to look. */
  async accept(who: Scope, collaborationId: string, wanted: AcceptMatches) {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const chosen = wanted.bankLineIds ? new Set(wanted.bankLineIds) : null;
      const suggestions = (await this.#lines.suggestions(tx, collaborationId)).filter((one) => !chosen || chosen.has(one.bankLineId));
      const matches = [];
      for (const one of suggestions.filter((suggestion) => suggestion.certain)) matches.push(await this.#match(tx, who, collaborationId, requestOf(one), one.reason));
      return { matches, left: suggestions.length - matches.length };
    });
  }

  /** Undoes a match; a payment that the match made is taken back by its opposite. */
  async undo(who: Scope, collaborationId: string, matchId: string): Promise<void> {
    assertAllSchools(who);
    await this.#database.write(who, async (tx) => {
      const [match] = await sql<{ payment_id: string; made_payment: boolean; undone_at: Date | null; bank_line_id: string }>(
        tx, 'select payment_id, made_payment, undone_at, bank_line_id from bank_match where collaboration_id = $1 and id = $2 for update', [collaborationId, matchId],
      );
      if (!match) throw new DomainError('platform.not-found');
      if (match.undone_at) throw new DomainError('billing.match-undone-already');
      await sql(tx, 'update bank_match set undone_at = $3, undone_by = $4 where collaboration_id = $1 and id = $2', [collaborationId, matchId, this.#clock.now(), who.name]);
      if (match.made_payment) await this.#matching.takeBack(tx, who, collaborationId, match.payment_id);
      await this.#trail.record(tx, who, { action: 'billing.match-undone', collaborationId, subjectKind: 'bank-line', subjectId: match.bank_line_id, before: { matchId } });
    });
  }

  async #match(tx: Tx, who: Scope, collaborationId: string, wanted: MatchRequest, reason: string): Promise<{ id: string; bankLineId: string }> {
    const line = await openLine(tx, collaborationId, wanted.bankLineId);
    const paymentId = await this.#matching.paymentFor(tx, who, collaborationId, line, wanted);
    const id = newId();
    const [made] = await sql(
      tx,
      `insert into bank_match (id, collaboration_id, bank_line_id, payment_id, made_payment, reason, matched_by, matched_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict do nothing returning id`,
      [id, collaborationId, line.id, paymentId, wanted.paymentId === undefined, reason, who.name, this.#clock.now()],
    );
    if (!made) throw new DomainError('billing.line-matched-already');
    await this.#trail.record(tx, who, { action: 'billing.line-matched', collaborationId, subjectKind: 'bank-line', subjectId: line.id, after: { ...wanted, reason } });
    return { id, bankLineId: line.id };
  }
}

function requestOf(suggestion: Suggestion): MatchRequest {
  const { bankLineId, paymentId, supplierBillId } = suggestion;
  if (paymentId) return { bankLineId, paymentId };
  if (supplierBillId) return { bankLineId, supplierBillId };
  return { bankLineId, invoices: suggestion.invoices.map(({ id, pence }) => ({ invoiceId: id, pence })) };
}

/** True when somebody takes exactly what was suggested, so that its reason is kept. */
function isWhat(suggestion: Suggestion, wanted: MatchRequest): boolean {
  if ((suggestion.paymentId ?? undefined) !== wanted.paymentId || (suggestion.supplierBillId ?? undefined) !== wanted.supplierBillId) return false;
  const chosen = wanted.invoices ?? [];
  return chosen.length === suggestion.invoices.length && suggestion.invoices.every((one) => chosen.some((other) => other.invoiceId === one.id && (other.pence ?? one.pence) === one.pence));
}

/** Locks the line, so that two people cannot match it at once. */
async function openLine(tx: Tx, collaborationId: string, bankLineId: string): Promise<LineToMatch> {
  const [line] = await sql<LineToMatch & { bookedOn: DateOnly; matched: boolean }>(
    tx, 'select id, booked_on as "bookedOn", description, pence from bank_line where collaboration_id = $1 and id = $2 for update', [collaborationId, bankLineId],
  );
  if (!line) throw new DomainError('platform.not-found');
  const matched = await sql(tx, 'select 1 from bank_match where collaboration_id = $1 and bank_line_id = $2 and undone_at is null', [collaborationId, bankLineId]);
  if (matched.length > 0) throw new DomainError('billing.line-matched-already');
  return line;
}
