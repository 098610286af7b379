import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntitlementMoved, NewLoan } from '@fairshare/contract/entitlements';
import { endOfPeriod, entitlementLeft, lend, type EntitlementEntry } from '@fairshare/domain/bookings';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { dateAt } from '@fairshare/domain/kernel/zone';
import { scopeIncludesSchool, systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import type { AgreementRecord } from '../procurement/procurement.queries.js';
import { EntitlementDesk } from './entitlement-desk.js';

const periodsEnd = jobKind<object>('bookings.entitlement-periods-end');
const hour = 3600;

interface Due {
  readonly agreementId: string;
  readonly schoolUrn: string;
  readonly from: DateOnly;
  readonly to: DateOnly;
}

/** What schools do with units besides booking: lend them, and at the end of a period take them over or let them lapse. */
@Injectable()
export class EntitlementMoves implements OnModuleInit {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #desk: EntitlementDesk;
  readonly #jobs: Jobs;

  constructor(clock: Clock, database: Database, desk: EntitlementDesk, jobs: Jobs) {
    this.#clock = clock;
    this.#database = database;
    this.#desk = desk;
    this.#jobs = jobs;
  }

  onModuleInit(): void {
    this.#jobs.every(hour, periodsEnd, async () => {
      const house = systemScope();
      const ids = await this.#database.read(house, (tx) => sql<{ id: string }>(tx, 'select id from collaboration order by id'));
      for (const { id } of ids) await this.endPeriods(systemScope([id]), id, false);
    });
  }

  /** A school lends its own units; who runs the collaboration lends for all. Both schools' trail says so. */
  lend(who: Scope, collaborationId: string, loan: NewLoan): Promise<EntitlementMoved> {
    return this.#database.write(who, async (tx) => {
      const { agreementId, fromUrn, toUrn, milliunits } = loan;
      if (!scopeIncludesSchool(who, fromUrn)) throw new DomainError('bookings.not-your-school');
      if (fromUrn === toUrn) throw new DomainError('bookings.same-school-twice', { schoolUrn: toUrn });
      await this.#desk.lock(tx, [fromUrn, toUrn].map((schoolUrn) => ({ agreementId, schoolUrn })));
      const { agreement, collaboration } = await this.#desk.agreed(tx, collaborationId, agreementId);
      assertSubscribes(agreement, toUrn, loan);
      const entries = await this.#desk.read(tx, collaborationId, agreement, [fromUrn, toUrn]);
      const account = entitlementLeft(entries).find(({ schoolUrn, period }) => schoolUrn === fromUrn && period.from === loan.from && period.to === loan.to);
      if (!account) throw new DomainError('availability.no-entitlement', { schoolUrn: fromUrn, neededMilliunits: milliunits, leftMilliunits: 0 });
      const lines = lend(entries, account, toUrn, milliunits, dateAt(this.#clock.now().getTime(), collaboration.zone));
      await this.#desk.record(tx, who, collaborationId, lines);
      return shown(lines);
    });
  }

  /**
   * Every account whose period is over: a part is taken over where the agreement says so and the school goes on, the rest
   * lapses. All accounts are locked at once, as everybody locks them, and what they hold is read behind the locks.
   */
  endPeriods(who: Scope, collaborationId: string, dryRun: boolean): Promise<EntitlementMoved> {
    const work = async (tx: Tx): Promise<EntitlementMoved> => {
      const today = this.#clock.today();
      const lines: EntitlementEntry[] = [];
      const ended = await this.#due(tx, collaborationId, today);
      await this.#desk.lock(tx, ended);
      for (const due of ended) {
        const { agreement } = await this.#desk.agreed(tx, collaborationId, due.agreementId);
        const made = linesAtTheEnd(await this.#desk.read(tx, collaborationId, agreement, [due.schoolUrn]), agreement, due, today);
        if (!dryRun) await this.#desk.record(tx, who, collaborationId, made);
        lines.push(...made);
      }
      return shown(lines);
    };
    return dryRun ? this.#database.read(who, work) : this.#database.write(who, work);
  }

  /** Accounts of periods that are over with something left in them, by one statement. */
  #due(tx: Tx, collaborationId: string, today: DateOnly): Promise<Due[]> {
    return sql<Due>(
      tx,
      `select agreement_id as "agreementId", urn as "schoolUrn", from_on as "from", coalesce(max(to_on) filter (where granted), max(to_on)) as "to"
         from (select s.agreement_id, s.urn, s.from_on, coalesce(s.until_on, a.ends_on) as to_on, s.entitlement_milliunits as milliunits, true as granted
                 from subscription s join agreement a on a.collaboration_id = s.collaboration_id and a.id = s.agreement_id
                where s.collaboration_id = $1 and s.entitlement_milliunits is not null
               union all
               select agreement_id, school_urn, period_from, period_to, milliunits, false from entitlement_entry where collaboration_id = $1) line
        group by agreement_id, urn, from_on having sum(milliunits) > 0 and coalesce(max(to_on) filter (where granted), max(to_on)) < $2
        order by "to", agreement_id, urn`,
      [collaborationId, today],
    );
  }
}

function linesAtTheEnd(entries: readonly EntitlementEntry[], agreement: AgreementRecord, { schoolUrn, from, to }: Due, today: DateOnly): EntitlementEntry[] {
  const next = agreement.subscriptions
    .filter((one) => one.urn === schoolUrn && one.from > to && one.entitlementMilliunits !== null)
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  const period = next ? { from: next.from, to: next.until ?? agreement.endsOn } : null;
  return endOfPeriod(entries, { schoolUrn, agreementId: agreement.id, period: { from, to } }, period, agreement.carryOverMilliunits ?? 0, today);
}

/** Units are of use only to a school that subscribes while they last. */
function assertSubscribes(agreement: AgreementRecord, urn: string, period: { readonly from: DateOnly; readonly to: DateOnly }): void {
  const subscribes = agreement.subscriptions.some((one) => one.urn === urn && one.from <= period.to && (one.until ?? agreement.endsOn) >= period.from);
  if (!subscribes) throw new DomainError('availability.not-subscribed', { schoolUrn: urn, agreementId: agreement.id });
}

function shown(lines: readonly EntitlementEntry[]): EntitlementMoved {
  return { lines: lines.map(({ schoolUrn, kind, period, milliunits, counterpartUrn }) => ({ schoolUrn, kind, ...period, milliunits, counterpartUrn })) };
}
