import { Injectable } from '@nestjs/common';
import type { ValueForMoney, ValueQuery } from '@fairshare/contract/insight';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { Database } from '../platform/database.js';
import { Commitments } from './commitments.js';
import { booked, left, unitCost } from './figures.js';
import { cancellations, comparison, services, utilisation, waiting } from './further-figures.js';
import { saved } from './saved.js';
import type { SchoolFacts } from './value-facts.js';
import { ValueReader } from './value-reader.js';

/** Value for money of one school, or of all for those who see all. */
@Injectable()
export class ValueService {
  readonly #commitments: Commitments;
  readonly #database: Database;
  readonly #reader: ValueReader;

  constructor(commitments: Commitments, database: Database, reader: ValueReader) {
    this.#commitments = commitments;
    this.#database = database;
    this.#reader = reader;
  }

  /** @throws `platform.not-found` for a school that is no member or not the reader's to see. */
  async value(who: Scope, collaborationId: string, query: ValueQuery): Promise<ValueForMoney> {
    return this.#database.read(who, async (tx) => {
      const period = { from: query.from, to: query.to };
      const members = (await this.#reader.members(tx, collaborationId, period)).filter(({ urn }) => scopeIncludesSchool(who, urn));
      const school = chosen(who, members, query.schoolUrn);
      const facts = await this.#reader.facts(tx, collaborationId, period, school, school ? [school] : members);
      return {
        ...period,
        school,
        schools: members,
        booked: booked(facts),
        left: left(facts),
        unitCost: unitCost(facts),
        saved: saved(facts),
        committed: await this.#commitments.of(tx, collaborationId, facts),
        utilisation: utilisation(facts),
        waiting: waiting(facts),
        cancellations: cancellations(facts),
        trend: [...facts.trend],
        services: services(facts),
        comparison: comparison(facts),
      };
    });
  }
}

/** Who sees single schools looks at the first of them unless another is named. */
function chosen(who: Scope, members: readonly SchoolFacts[], urn: string | undefined): SchoolFacts | null {
  if (!urn && who.schoolUrns === 'all') return null;
  const school = urn ? members.find((member) => member.urn === urn) : members[0];
  if (!school) throw new DomainError('platform.not-found');
  return school;
}
