import { Injectable } from '@nestjs/common';
import type { AgreementBody, AgreementChange, AgreementDetail, AgreementsQuery } from '@fairshare/contract/agreements';
import type { PageQuery } from '@fairshare/contract/list';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { assertSameTrade, assertTerms, usualUnit, type ProcurementProblem } from '@fairshare/domain/procurement';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { AgreementPriceEntity } from './agreement-price.entity.js';
import { AgreementReader } from './agreement-reader.js';
import { AgreementSpecialistEntity } from './agreement-specialist.entity.js';
import { AgreementEntity } from './agreement.entity.js';
import { instalmentsOf } from './instalment-plan.js';
import { InstalmentEntity } from './instalment.entity.js';
import { oneAtATime, pageOf } from './one-at-a-time.js';
import { assertMayReadAgreement, mayReadAgreement } from './own-agreements.js';
import { RulesService } from './rules.service.js';
import { SubscriptionsService } from './subscriptions.service.js';

type Terms = Omit<AgreementEntity, 'id' | 'collaborationId'>;

/** Agreements: made with all that is known of them, changed while nothing stands on them. */
@Injectable()
export class AgreementsService {
  readonly #database: Database;
  readonly #reader: AgreementReader;
  readonly #rules: RulesService;
  readonly #subscriptions: SubscriptionsService;
  readonly #trail: Trail;

  constructor(database: Database, reader: AgreementReader, rules: RulesService, subscriptions: SubscriptionsService, trail: Trail) {
    this.#database = database;
    this.#reader = reader;
    this.#rules = rules;
    this.#subscriptions = subscriptions;
    this.#trail = trail;
  }

  /** A collaboration has dozens of agreements, not thousands: they are read at once and chosen from by what is worked out. */
  list(who: Scope, collaborationId: string, query: AgreementsQuery) {
    return this.#database.read(who, async (tx) => {
      const all = await this.#reader.all(tx, collaborationId);
      const wanted = all.filter(
        (one) =>
          mayReadAgreement(who, one) &&
          (!query.state || one.state === query.state) &&
          (!query.serviceId || one.service.id === query.serviceId) &&
          (!query.schoolUrn || one.subscriptions.some((part) => part.urn === query.schoolUrn)) &&
          (!query.on || (one.startsOn <= query.on && one.endsOn >= query.on)),
      );
      if (query.sort === 'trigger') wanted.sort((a, b) => (a.triggerOn < b.triggerOn ? -1 : 1));
      return pageOf(wanted, query);
    });
  }

  one(who: Scope, collaborationId: string, agreementId: string): Promise<AgreementDetail> {
    return this.#database.read(who, async (tx) => {
      const found = await this.#reader.detail(tx, collaborationId, agreementId);
      assertMayReadAgreement(who, found);
      return found;
    });
  }

  async instalments(who: Scope, collaborationId: string, agreementId: string, query: PageQuery) {
    return pageOf((await this.one(who, collaborationId, agreementId)).instalments, query);
  }

  make(who: Scope, collaborationId: string, body: AgreementBody): Promise<AgreementDetail> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const terms = termsOf(body);
      assertTerms({ ...terms, ...halves(terms), hasPrice: body.pricePence != null || terms.reciprocal });
      await refuseUnknown(tx, collaborationId, body, null);
      const id = newId();
      await tx.getRepository(AgreementEntity).insert({ ...terms, id, collaborationId });
      if (body.pricePence != null) await tx.getRepository(AgreementPriceEntity).insert({ collaborationId, agreementId: id, effectiveOn: body.startsOn, pence: body.pricePence });
      await nameSpecialists(tx, collaborationId, id, body.specialistIds);
      for (const subscription of body.subscriptions) await this.#subscriptions.subscribeIn(tx, who, collaborationId, id, subscription);
      if (body.rule) await this.#rules.agreeIn(tx, who, collaborationId, id, body.rule);
      await planInstalments(tx, collaborationId, id, terms);
      await this.#trail.record(tx, who, { action: 'procurement.agreement-made', collaborationId, subjectKind: 'agreement', subjectId: id, after: terms });
      return this.#reader.detail(tx, collaborationId, id);
    });
  }

  change(who: Scope, collaborationId: string, agreementId: string, body: AgreementChange): Promise<AgreementDetail> {
    return this.#database.write(who, async (tx) => {
      await oneAtATime(tx, collaborationId);
      const before = await tx.getRepository(AgreementEntity).findOneBy({ collaborationId, id: agreementId });
      if (!before) throw new DomainError('platform.not-found');
      const { prices, rules, subscriptions } = await this.#reader.detail(tx, collaborationId, agreementId);
      const terms = termsOf(body, before);
      assertTerms({ ...terms, ...halves(terms), hasPrice: prices.length > 0 || terms.reciprocal });
      assertSameTrade(before, terms, rules.some((rule) => rule.frozen));
      const beyond = subscriptions.find((part) => part.from > terms.endsOn);
      if (beyond) throw new DomainError<ProcurementProblem>('procurement.outside-term', { urn: beyond.urn, from: beyond.from, endsOn: terms.endsOn });
      await refuseUnknown(tx, collaborationId, body, agreementId);
      await tx.getRepository(AgreementEntity).update({ collaborationId, id: agreementId }, terms);
      await nameSpecialists(tx, collaborationId, agreementId, body.specialistIds);
      if (instalmentsDiffer(before, terms)) await planInstalments(tx, collaborationId, agreementId, terms);
      await this.#trail.record(tx, who, { action: 'procurement.agreement-changed', collaborationId, subjectKind: 'agreement', subjectId: agreementId, before, after: terms });
      return this.#reader.detail(tx, collaborationId, agreementId);
    });
  }
}

const halves = (terms: Terms) => ({
  morning: { startMinute: terms.morningStartMinute, endMinute: terms.morningEndMinute },
  afternoon: { startMinute: terms.afternoonStartMinute, endMinute: terms.afternoonEndMinute },
});

function instalmentsDiffer(before: Terms, after: Terms): boolean {
  const fields = ['retainerPence', 'instalmentPlan', 'startsOn', 'endsOn'] as const;
  return (before.retainerPence !== null || after.retainerPence !== null) && fields.some((field) => before[field] !== after[field]);
}

/** What an agreement names has to be the collaboration's own, and its name no other's. */
async function refuseUnknown(tx: Tx, collaborationId: string, body: AgreementChange, itself: string | null): Promise<void> {
  const [found] = await sql<{ service: boolean; supplier: boolean; engaged: number; name: boolean }>(
    tx,
    `select exists (select 1 from service where collaboration_id = $1 and id = $2) as service,
            exists (select 1 from supplier where collaboration_id = $1 and id = $3) as supplier,
            (select count(*) from engagement where collaboration_id = $1 and specialist_id = any ($4)) as engaged,
            exists (select 1 from agreement where collaboration_id = $1 and name = $5 and id is distinct from $6) as name`,
    [collaborationId, body.serviceId, body.supplierId, body.specialistIds, body.name, itself],
  );
  if (!found?.service) throw new DomainError<ProcurementProblem>('procurement.no-such-service');
  if (!found.supplier) throw new DomainError<ProcurementProblem>('procurement.no-such-supplier');
  if (found.engaged !== new Set(body.specialistIds).size) throw new DomainError<ProcurementProblem>('procurement.not-engaged');
  if (found.name) throw new DomainError<ProcurementProblem>('procurement.name-taken', { name: body.name });
}

async function nameSpecialists(tx: Tx, collaborationId: string, agreementId: string, specialistIds: readonly string[]): Promise<void> {
  const named = tx.getRepository(AgreementSpecialistEntity);
  await named.delete({ collaborationId, agreementId });
  await named.insert([...new Set(specialistIds)].map((specialistId) => ({ collaborationId, agreementId, specialistId })));
}

/** Plans the retainer anew. What has been charged stays, so that the plan stays with it. */
async function planInstalments(tx: Tx, collaborationId: string, agreementId: string, terms: Terms): Promise<void> {
  const planned = tx.getRepository(InstalmentEntity);
  const there = await planned.find({ where: { collaborationId, agreementId }, lock: { mode: 'pessimistic_write' } });
  if (there.some((instalment) => instalment.chargedAt)) throw new DomainError<ProcurementProblem>('procurement.instalments-charged');
  await planned.delete({ collaborationId, agreementId });
  await planned.insert(
    instalmentsOf(terms).map((part, index) => ({
      id: newId(), collaborationId, agreementId, number: index + 1, dueOn: part.dueOn, serviceFrom: part.servicePeriod.from, serviceTo: part.servicePeriod.to, pence: part.pence,
    })),
  );
}

/** Two terms that not every form knows stay as they were when nothing is said of them. */
function termsOf(body: AgreementChange, before?: Pick<Terms, 'carryOverMilliunits' | 'reciprocal'>): Terms {
  const notice = body.minimumNotice;
  return {
    name: body.name,
    serviceId: body.serviceId,
    supplierId: body.supplierId,
    startsOn: body.startsOn,
    endsOn: body.endsOn,
    priceBasis: body.priceBasis,
    priceAt: body.priceAt,
    unit: body.unit ?? usualUnit(body.priceBasis),
    retainerPence: body.retainerPence ?? null,
    instalmentPlan: body.instalmentPlan ?? null,
    minimumCommitmentMilliunits: body.minimumCommitmentMilliunits ?? null,
    carryOverMilliunits: body.carryOverMilliunits === undefined ? (before?.carryOverMilliunits ?? null) : body.carryOverMilliunits,
    reciprocal: body.reciprocal ?? before?.reciprocal ?? false,
    noticeDays: body.noticeDays,
    leadTimeDays: body.leadTimeDays,
    cancellationBands: body.cancellationBands,
    needsApproval: body.needsApproval,
    objectionDays: body.objectionDays,
    minimumNoticeHours: 'hours' in notice ? notice.hours : null,
    minimumNoticeDays: 'days' in notice ? notice.days : null,
    horizonDays: body.horizonDays,
    lengthsMinutes: body.lengthsMinutes,
    stepMinutes: body.stepMinutes ?? null,
    morningStartMinute: body.morning.startMinute,
    morningEndMinute: body.morning.endMinute,
    afternoonStartMinute: body.afternoon.startMinute,
    afternoonEndMinute: body.afternoon.endMinute,
    beforeMinutes: body.beforeMinutes,
    afterMinutes: body.afterMinutes,
    payAsYouGo: body.payAsYouGo,
    requiredCredentials: body.requiredCredentials ?? null,
    baselineName: body.baseline?.name ?? null,
    baselinePricePence: body.baseline?.pricePence ?? null,
    baselineMethod: body.baseline?.method ?? null,
  };
}
