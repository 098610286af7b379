import { Injectable } from '@nestjs/common';
import type { RuleBody, RuleEntry } from '@fairshare/contract/agreements';
import type { PageQuery } from '@fairshare/contract/list';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertRule, assertRuleMayFollow, lastDayOf, type AgreedRule, type ProcurementProblem } from '@fairshare/domain/procurement';
import type { Scope } from '../platform/actor.js';
import { Database, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Personal } from '../platform/personal.js';
import { Trail } from '../platform/trail.js';
import { AgreementReader, ruleEntryOf } from './agreement-reader.js';
import type { AgreementRecord } from './agreement-record.js';
import { AgreementRuleEntity } from './agreement-rule.entity.js';
import { oneAtATime, pageOf } from './one-at-a-time.js';
import { assertMayReadAgreement } from './own-agreements.js';
import { ProcurementQueries } from './procurement.queries.js';

/** How an agreement's charges are shared, from which day, and who agreed it. */
@Injectable()
export class RulesService {
  readonly #database: Database;
  readonly #personal: Personal;
  readonly #queries: ProcurementQueries;
  readonly #reader: AgreementReader;
  readonly #trail: Trail;

  constructor(database: Database, personal: Personal, queries: ProcurementQueries, reader: AgreementReader, trail: Trail) {
    this.#database = database;
    this.#personal = personal;
    this.#queries = queries;
    this.#reader = reader;
    this.#trail = trail;
  }

  list(who: Scope, collaborationId: string, agreementId: string, query: PageQuery) {
    return this.#database.read(who, async (tx) => {
      assertMayReadAgreement(who, await this.#queries.agreement(tx, collaborationId, agreementId));
      return pageOf(await this.#reader.rules(tx, collaborationId, agreementId), query);
    });
  }

  agree(who: Scope, collaborationId: string, agreementId: string, body: RuleBody): Promise<RuleEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      return this.agreeIn(tx, who, collaborationId, agreementId, body);
    });
  }

  /** A rule that has shared nothing yet can still be put right. */
  change(who: Scope, collaborationId: string, agreementId: string, ruleId: string, body: RuleBody): Promise<RuleEntry> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const agreement = await this.#queries.agreement(tx, collaborationId, agreementId);
      const rules = await this.#locked(tx, collaborationId, agreementId);
      const before = rules.find((rule) => rule.id === ruleId);
      if (!before) throw new DomainError('platform.not-found');
      if (before.frozenAt) throw new DomainError<ProcurementProblem>('procurement.rule-frozen', { effectiveOn: before.effectiveOn });
      const after = { ...before, ...checked(body, agreement, rules.filter((rule) => rule !== before)), agreedBy: await this.#names(tx, ruleId, body.agreedBy) };
      await tx.getRepository(AgreementRuleEntity).update({ collaborationId, id: ruleId }, after);
      await this.#trail.record(tx, who, {
        action: 'procurement.rule-changed', collaborationId, subjectKind: 'agreement', subjectId: agreementId, before: ruleEntryOf(before), after: ruleEntryOf(after),
      });
      return ruleEntryOf(after);
    });
  }

  /** Within the transaction of whoever makes the agreement. */
  async agreeIn(tx: Tx, who: Scope, collaborationId: string, agreementId: string, body: RuleBody): Promise<RuleEntry> {
    const agreement = await this.#queries.agreement(tx, collaborationId, agreementId);
    const rules = await this.#locked(tx, collaborationId, agreementId);
    const id = newId();
    const rule = { id, collaborationId, agreementId, frozenAt: null, ...checked(body, agreement, rules), agreedBy: await this.#names(tx, id, body.agreedBy) };
    await tx.getRepository(AgreementRuleEntity).insert(rule);
    await this.#trail.record(tx, who, { action: 'procurement.rule-agreed', collaborationId, subjectKind: 'agreement', subjectId: agreementId, after: ruleEntryOf(rule) });
    return ruleEntryOf(rule);
  }

  /** The heads who agreed are names like any other; who typed them is somebody else, so that the rule has a key of its own. */
  async #names(tx: Tx, ruleId: string, names: readonly string[]): Promise<string[]> {
    const stored: string[] = [];
    for (const name of names) stored.push(await this.#personal.seal(tx, ruleId, name));
    return stored;
  }

  /** Held until the end, so that none of them is used for a first charge while this decides. */
  #locked(tx: Tx, collaborationId: string, agreementId: string): Promise<AgreementRuleEntity[]> {
    return tx.getRepository(AgreementRuleEntity).find({ where: { collaborationId, agreementId }, lock: { mode: 'pessimistic_write' } });
  }
}

/** The rule as it will be stored, or a refusal. */
function checked(body: RuleBody, agreement: AgreementRecord, others: readonly AgreementRuleEntity[]) {
  if (new Set(body.fixed?.map((part) => part.urn)).size !== (body.fixed ?? []).length) throw new DomainError<ProcurementProblem>('procurement.rule-same-school-twice');
  const rule: AgreedRule = {
    basis: body.basis,
    parts: body.parts ?? null,
    groups: body.groups ?? null,
    leavers: body.leavers,
    fixedBasisPoints: body.fixed ? Object.fromEntries(body.fixed.map((part) => [part.urn, part.basisPoints])) : null,
    capBasisPoints: body.capBasisPoints ?? null,
    capPence: body.capPence ?? null,
    floorPence: body.floorPence ?? null,
    censusOn: body.censusOn ?? null,
  };
  const subscribers = agreement.subscriptions.filter((part) => lastDayOf({ fromOn: part.from, untilOn: part.until }, agreement) >= body.effectiveOn);
  assertRule(rule, subscribers.map((part) => part.urn));
  assertRuleMayFollow(body.effectiveOn, agreement, others.map((other) => ({ effectiveOn: other.effectiveOn, frozen: other.frozenAt !== null })));
  if (others.some((other) => other.effectiveOn === body.effectiveOn)) throw new DomainError<ProcurementProblem>('procurement.rule-exists', { effectiveOn: body.effectiveOn });
  return {
    ...rule,
    parts: rule.parts && [...rule.parts],
    groups: rule.groups && [...rule.groups],
    fixedBasisPoints: rule.fixedBasisPoints && { ...rule.fixedBasisPoints },
    effectiveOn: body.effectiveOn,
    agreedOn: body.agreedOn,
  };
}
