import { Injectable } from '@nestjs/common';
import type { ChooseCostCode, ChooseVat, CostCodes, VatTreatments } from '@fairshare/contract/books';
import { chosenVat, costCodeOf, journalVat, lineVat, type LineVat } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { BillingParties } from './billing-parties.js';
import { costCodeChoicesOf, vatChoicesOf } from './choices.js';

/** What people choose instead of the defaults: VAT by relationship, and the codes by which schools report. */
@Injectable()
export class Choices {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #parties: BillingParties;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, parties: BillingParties, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#parties = parties;
    this.#trail = trail;
  }

  /** Every agreement in force on the day, school by school, with the treatment that an invoice would have. */
  vat(who: Scope, collaborationId: string, on: DateOnly | undefined): Promise<VatTreatments> {
    assertAllSchools(who);
    return this.#database.read(who, (tx) => this.#treatments(tx, collaborationId, on ?? this.#clock.today()));
  }

  chooseVat(who: Scope, collaborationId: string, wanted: ChooseVat): Promise<VatTreatments> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const { agreements, members } = await this.#parties.around(tx, collaborationId, wanted.fromOn);
      if (wanted.agreementId && !agreements.some(({ id }) => id === wanted.agreementId)) throw new DomainError('platform.not-found');
      if (wanted.urn && !members.has(wanted.urn)) throw new DomainError('billing.not-a-member');
      const id = newId();
      await sql(
        tx,
        `insert into vat_choice (id, collaboration_id, agreement_id, urn, from_on, treatment, rate_basis_points, reason, chosen_by, chosen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [id, collaborationId, wanted.agreementId, wanted.urn, wanted.fromOn, wanted.treatment, wanted.rateBasisPoints, wanted.reason, who.name, this.#clock.now()],
      );
      await this.#trail.record(tx, who, { action: 'billing.vat-chosen', collaborationId, subjectKind: 'vat-choice', subjectId: id, after: wanted });
      return this.#treatments(tx, collaborationId, wanted.fromOn);
    });
  }

  costCodes(who: Scope, collaborationId: string): Promise<CostCodes> {
    assertAllSchools(who);
    return this.#database.read(who, (tx) => this.#codes(tx, collaborationId));
  }

  chooseCostCode(who: Scope, collaborationId: string, { serviceId, schoolKind, choice }: ChooseCostCode): Promise<CostCodes> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const before = await this.#codes(tx, collaborationId);
      const service = before.items.find((item) => item.serviceId === serviceId);
      if (!service) throw new DomainError('platform.not-found');
      if (choice) {
        await sql(
          tx,
          `insert into cost_code (collaboration_id, service_id, school_kind, code, name, chosen_by, chosen_at) values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (collaboration_id, service_id, school_kind) do update set code = excluded.code, name = excluded.name, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`,
          [collaborationId, serviceId, schoolKind, choice.code, choice.name, who.name, this.#clock.now()],
        );
      } else await sql(tx, 'delete from cost_code where collaboration_id = $1 and service_id = $2 and school_kind = $3', [collaborationId, serviceId, schoolKind]);
      await this.#trail.record(tx, who, { action: 'billing.cost-code-chosen', collaborationId, subjectKind: 'service', subjectId: serviceId, before: service[schoolKind], after: { schoolKind, choice } });
      return this.#codes(tx, collaborationId);
    });
  }

  async #codes(tx: Tx, collaborationId: string): Promise<CostCodes> {
    const choices = await costCodeChoicesOf(tx, collaborationId);
    const services = new Map((await this.#parties.agreements(tx, collaborationId)).map(({ service }) => [service.id, service]));
    const codeOf = (service: AgreementRecord['service'], schoolKind: 'maintained' | 'academy') => {
      const { code, name } = costCodeOf(schoolKind, service, choices);
      return { code, name, isChosen: choices.some((choice) => choice.serviceId === service.id && choice.schoolKind === schoolKind) };
    };
    const items = [...services.values()].map((service) => ({ serviceId: service.id, serviceName: service.name, maintained: codeOf(service, 'maintained'), academy: codeOf(service, 'academy') }));
    return { items: items.sort((a, b) => a.serviceName.localeCompare(b.serviceName, 'en')) };
  }

  async #treatments(tx: Tx, collaborationId: string, on: DateOnly): Promise<VatTreatments> {
    const choices = await vatChoicesOf(tx, collaborationId);
    const { agreements, members, issuer, schools } = await this.#parties.around(tx, collaborationId, on);
    const treatmentOf = (agreement: AgreementRecord, urn: string): LineVat => {
      const customer = schools.get(urn);
      if (!customer || urn === issuer.urn || urn === agreement.supplier.schoolUrn) return journalVat;
      const chosen = chosenVat(choices, { agreementId: agreement.id, urn, on });
      return lineVat({ issuer, customer, serviceKind: agreement.service.kind, supplierKind: agreement.supplier.kind, chosen });
    };
    return {
      on,
      isRegistered: issuer.vatRegistered,
      items: agreements.map((agreement) => ({
        agreementId: agreement.id, agreementName: agreement.name, serviceName: agreement.service.name, supplierName: agreement.supplier.name,
        schools: [...members].map(([urn, schoolName]) => {
          const { treatment, basisPoints, reason, words } = treatmentOf(agreement, urn);
          return { urn, schoolName, kind: schools.get(urn)?.kind ?? 'maintained', treatment, basisPoints, reason, words, isChosen: reason === 'billing.vat-chosen' };
        }),
      })),
    };
  }
}
