import { Injectable } from '@nestjs/common';
import type { OnAccount } from '@fairshare/contract/charges-due';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { standingOnAccount, type ChargedLine } from '@fairshare/domain/sharing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { DueFactsReader, type PlanRow } from './due-facts.js';
import { longDate } from './rule-in-words.js';

/** What schools paid in advance, against what their shares really came to. */
@Injectable()
export class OnAccountQueries {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #facts: DueFactsReader;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(clock: Clock, database: Database, facts: DueFactsReader, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#clock = clock;
    this.#database = database;
    this.#facts = facts;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  read(who: Scope, collaborationId: string): Promise<OnAccount> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const plans = (await this.#facts.plans(tx, collaborationId)).filter(({ terms }) => terms.kind === 'on-account');
      if (plans.length === 0) return { items: [], total: 0 };
      const charged = await this.#facts.charged(tx, collaborationId, plans[0]!.startsOn);
      const agreements = new Map((await this.#procurement.agreements(tx, collaborationId)).map(({ id, name }) => [id, name]));
      const names = await this.#schools.names(tx, [...new Set(charged.map(({ urn }) => urn))]);
      const items = plans.map((plan) => ({
        planId: plan.id, name: plan.name, startsOn: plan.startsOn, endsOn: plan.endsOn, agreementName: plan.agreementId === null ? null : (agreements.get(plan.agreementId) ?? null),
        standing: standingOf(plan, this.#clock.today()), schools: schoolsOf(plan, charged, names),
      }));
      return { items, total: items.length };
    });
  }
}

function schoolsOf(plan: PlanRow, charged: readonly ChargedLine[], names: ReadonlyMap<string, string>): OnAccount['items'][number]['schools'] {
  const ofPlan = charged.filter(({ planId }) => planId === plan.id);
  const actual = charged.filter(({ agreementId }) => plan.agreementId === null || agreementId === plan.agreementId);
  return standingOnAccount(plan, { ofPlan, actual })
    .map(({ school, onAccountPence, actualPence, differencePence }) => {
      const contributedPence = ofPlan.filter(({ urn, kind }) => urn === school && kind === 'on-account').reduce((sum, { pence }) => sum + pence, 0);
      const settled = contributedPence !== 0 && onAccountPence === 0;
      return { urn: school, schoolName: names.get(school) ?? school, contributedPence, onAccountPence, actualPence, differencePence: settled ? 0 : differencePence, settled };
    })
    .filter(({ contributedPence, actualPence }) => contributedPence !== 0 || actualPence !== 0)
    .sort((a, b) => a.schoolName.localeCompare(b.schoolName));
}

function standingOf({ endsOn }: PlanRow, today: DateOnly): string {
  return endsOn < today ? `It ended on ${longDate(endsOn)}; the true-up is among the charges due as soon as everything until then is charged and shared.` : `It is set against the actual shares after ${longDate(endsOn)}; a school that leaves earlier, after its last charges.`;
}
