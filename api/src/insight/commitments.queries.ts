import { Injectable } from '@nestjs/common';
import type { CommitmentList } from '@fairshare/contract/insight';
import { financialYearInWords, financialYearOf } from '@fairshare/domain/insight';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Commitments, noAgreement } from './commitments.js';
import type { SchoolFacts } from './value-facts.js';
import { ValueReader } from './value-reader.js';

/** Commitments school by school, each until its own financial year ends. */
@Injectable()
export class CommitmentsQueries {
  readonly #clock: Clock;
  readonly #commitments: Commitments;
  readonly #database: Database;
  readonly #reader: ValueReader;

  constructor(clock: Clock, commitments: Commitments, database: Database, reader: ValueReader) {
    this.#clock = clock;
    this.#commitments = commitments;
    this.#database = database;
    this.#reader = reader;
  }

  /** @throws `platform.not-found` for a school that is no member or not the reader's. */
  list(who: Scope, collaborationId: string, schoolUrn: string | undefined): Promise<CommitmentList> {
    return this.#database.read(who, async (tx) => {
      const now = this.#clock.today();
      const members = (await this.#reader.members(tx, collaborationId, { from: now, to: now })).filter(({ urn }) => scopeIncludesSchool(who, urn) && (!schoolUrn || urn === schoolUrn));
      if (schoolUrn && members.length === 0) throw new DomainError('platform.not-found');
      const facts = await this.#reader.facts(tx, collaborationId, { from: now, to: now }, null, members);
      const commitments = await this.#commitments.list(tx, collaborationId, facts);
      const items = members.map((school) => {
        const rows = commitments.flatMap(({ agreement, what, allPence, bySchool, kind }) => {
          const pence = kind === school.kind ? (bySchool.get(school.urn) ?? 0) : 0;
          return pence === 0 ? [] : [{ agreementId: agreement?.id ?? null, agreementName: agreement?.name ?? noAgreement, serviceId: agreement?.service.id ?? null, serviceName: agreement?.service.name ?? '', what, allPence, pence }];
        });
        return { ...yearOf(school, facts.today), rows, pence: rows.reduce((sum, { pence }) => sum + pence, 0) };
      });
      return { today: facts.today, formula: this.#commitments.formula(facts), pence: items.reduce((sum, { pence }) => sum + pence, 0), items };
    });
  }
}

function yearOf({ urn, name, kind }: SchoolFacts, today: string) {
  const period = financialYearOf(kind, today);
  return { urn, schoolName: name, kind, year: financialYearInWords(period), to: period.to };
}
