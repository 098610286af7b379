import { Injectable } from '@nestjs/common';
import type { AgreementDetail, AgreementEntry, InstalmentEntry, RuleEntry, SubscriptionEntry } from '@fairshare/contract/agreements';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { registerState, triggerDate } from '@fairshare/domain/procurement';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import type { AgreementRecord } from './agreement-record.js';
import { AgreementRuleEntity } from './agreement-rule.entity.js';
import { ProcurementQueries } from './procurement.queries.js';

/** Agreements as the contract words them. */
@Injectable()
export class AgreementReader {
  readonly #clock: Clock;
  readonly #queries: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, queries: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#queries = queries;
    this.#schools = schools;
  }

  async all(tx: Tx, collaborationId: string): Promise<AgreementEntry[]> {
    const records = await this.#queries.agreements(tx, collaborationId);
    const names = await this.#schools.names(tx, [...new Set(records.flatMap((record) => record.subscriptions.map((part) => part.urn)))]);
    return records.map((record) => entryOf(record, names, this.#clock.today()));
  }

  /** @throws `platform.not-found` when it is foreign or missing. */
  async detail(tx: Tx, collaborationId: string, agreementId: string): Promise<AgreementDetail> {
    const record = await this.#queries.agreement(tx, collaborationId, agreementId);
    const names = await this.#schools.names(tx, record.subscriptions.map((part) => part.urn));
    const rules = await this.rules(tx, collaborationId, agreementId);
    const instalments = await this.instalments(tx, collaborationId, agreementId);
    return { ...entryOf(record, names, this.#clock.today()), rules, instalments };
  }

  async rules(tx: Tx, collaborationId: string, agreementId: string): Promise<RuleEntry[]> {
    const rules = await tx.getRepository(AgreementRuleEntity).find({ where: { collaborationId, agreementId }, order: { effectiveOn: 'asc' } });
    return rules.map(ruleEntryOf);
  }

  instalments(tx: Tx, collaborationId: string, agreementId: string): Promise<InstalmentEntry[]> {
    return sql<InstalmentEntry>(
      tx,
      `select id, number, due_on as "dueOn", service_from as "serviceFrom", service_to as "serviceTo", pence, charged_at is not null as charged
         from instalment where collaboration_id = $1 and agreement_id = $2 order by number`,
      [collaborationId, agreementId],
    );
  }
}

function entryOf(record: AgreementRecord, names: ReadonlyMap<string, string>, today: DateOnly): AgreementEntry {
  const { terms, subscriptions, ...rest } = record;
  return {
    ...rest,
    prices: [...record.prices],
    cancellationBands: [...record.cancellationBands],
    specialistIds: [...record.specialistIds],
    triggerOn: triggerDate(record),
    noticeBy: addDays(record.endsOn, -record.noticeDays),
    state: registerState(record, today),
    unit: terms.unit,
    minimumNotice: terms.minimumNotice,
    horizonDays: terms.horizonDays,
    lengthsMinutes: [...terms.lengthsMinutes],
    stepMinutes: terms.stepMinutes,
    morning: terms.morning,
    afternoon: terms.afternoon,
    beforeMinutes: terms.beforeMinutes ?? 0,
    afterMinutes: terms.afterMinutes ?? 0,
    payAsYouGo: terms.payAsYouGo,
    requiredCredentials: terms.requiredCredentials === null ? null : [...terms.requiredCredentials],
    subscriptions: subscriptions
      .map((part): SubscriptionEntry => ({ ...part, schoolName: names.get(part.urn) ?? part.urn }))
      .sort((a, b) => a.schoolName.localeCompare(b.schoolName) || (a.from < b.from ? -1 : 1)),
  };
}

export function ruleEntryOf(rule: AgreementRuleEntity): RuleEntry {
  return {
    id: rule.id,
    effectiveOn: rule.effectiveOn,
    basis: rule.basis,
    parts: rule.parts,
    groups: rule.groups && rule.groups.map((group) => ({ ...group, urns: [...group.urns] })),
    leavers: rule.leavers,
    fixed: rule.fixedBasisPoints && Object.entries(rule.fixedBasisPoints).map(([urn, basisPoints]) => ({ urn, basisPoints })),
    capBasisPoints: rule.capBasisPoints,
    capPence: rule.capPence,
    floorPence: rule.floorPence,
    censusOn: rule.censusOn,
    agreedOn: rule.agreedOn,
    agreedBy: rule.agreedBy,
    frozen: rule.frozenAt !== null,
  };
}
