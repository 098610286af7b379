import { Injectable } from '@nestjs/common';
import type { ChargesDue, ChargesDueQuery, DueChargeEntry, MakeDueCharges } from '@fairshare/contract/charges-due';
import type { ChargedInstalments } from '@fairshare/contract/sharing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { addDays, type DateOnly } from '@fairshare/domain/kernel/period';
import { waitingInWords } from '@fairshare/domain/sharing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { sentenceFor } from './charge-rows.js';
import { DueCharges, type Applied } from './due-charges.js';
import { withNames } from './share-sentences.js';
import type { SharingProblem } from './sharing.problems.js';

/** How far ahead a finance officer may look and charge: the bill for next month can be prepared in this one. */
const daysAhead = 31;

/** The desk on which charges that fall due are seen, with their workings, before anybody makes them. */
@Injectable()
export class ChargesDueService {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #due: DueCharges;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, database: Database, due: DueCharges, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#database = database;
    this.#due = due;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  /** What would be charged, why, and what each school would pay. Nothing is stored. */
  list(who: Scope, collaborationId: string, query: ChargesDueQuery): Promise<ChargesDue> {
    assertAllSchools(who);
    const through = query.through ?? this.#clock.today();
    this.#assertNear(through);
    return this.#database.read(who, async (tx) => {
      const { applied, waiting } = await this.#due.dryRun(tx, who, collaborationId, through);
      const agreements = new Map((await this.#procurement.agreements(tx, collaborationId)).map(({ id, name }) => [id, name]));
      const names = await this.#schools.names(tx, [...new Set(applied.flatMap(({ shares }) => shares.map(({ urn }) => urn)))]);
      const items = applied.map((one) => entryOf(one, agreements, names));
      return {
        through, items, total: items.length, totalPence: items.reduce((sum, { pence }) => sum + pence, 0),
        waiting: waiting.map(({ key, kind, description, agreementId, waits }) => ({
          key, kind, description, agreementName: agreementId === null ? null : (agreements.get(agreementId) ?? null), ...waits, why: waitingInWords(waits),
        })),
      };
    });
  }

  make(who: Scope, collaborationId: string, { through, keys }: MakeDueCharges): Promise<ChargedInstalments> {
    assertAllSchools(who);
    this.#assertNear(through);
    return this.#database.write(who, (tx) => this.#due.make(tx, who, collaborationId, through, ({ key }) => !keys || keys.includes(key)));
  }

  #assertNear(through: DateOnly): void {
    const latest = addDays(this.#clock.today(), daysAhead);
    if (through > latest) throw new DomainError<SharingProblem>('sharing.not-due-yet', { latest });
  }
}

function entryOf({ due, shares, problem }: Applied, agreements: ReadonlyMap<string, string>, names: ReadonlyMap<string, string>): DueChargeEntry {
  const { key, kind, planId, agreementId, description, pence, serviceFrom, serviceTo, dueOn, workings } = due;
  return {
    key, kind, planId, agreementId, description, pence, serviceFrom, serviceTo, dueOn,
    agreementName: agreementId === null ? null : (agreements.get(agreementId) ?? null),
    workings: workings.map((sentence) => withNames(sentence, names)),
    shares: shares.map(({ urn, pence: share }) => ({ urn, schoolName: names.get(urn) ?? urn, pence: share })),
    byHand: due.redivides !== undefined,
    problem: problem ? sentenceFor({ code: problem.code, facts: problem.facts }) : null,
  };
}
