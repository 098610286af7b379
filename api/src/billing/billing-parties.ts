import { Injectable } from '@nestjs/common';
import type { BilledSchool, Issuer } from '@fairshare/domain/billing';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import type { Tx } from '../platform/database.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { Issuers } from './issuers.service.js';

/** Who bills whom for what on a day. */
interface Around {
  readonly agreements: readonly AgreementRecord[];
  /** Names of the members by URN, in the order of the names. */
  readonly members: ReadonlyMap<string, string>;
  readonly issuer: Issuer;
  readonly schools: ReadonlyMap<string, BilledSchool>;
}

/** The parties of every invoice that could be drafted. */
@Injectable()
export class BillingParties {
  readonly #issuers: Issuers;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(issuers: Issuers, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#issuers = issuers;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  agreements(tx: Tx, collaborationId: string): Promise<AgreementRecord[]> {
    return this.#procurement.agreements(tx, collaborationId);
  }

  /** @throws `billing.no-lead-school` */
  async around(tx: Tx, collaborationId: string, on: DateOnly): Promise<Around> {
    const agreements = (await this.#procurement.agreements(tx, collaborationId)).filter(({ endsOn }) => endsOn >= on);
    const members = new Map((await this.#schools.members(tx, collaborationId, on)).map(({ urn, name }) => [urn, name]));
    return { agreements, members, ...(await this.#issuers.forDrafting(tx, collaborationId, [...members.keys()])) };
  }
}
