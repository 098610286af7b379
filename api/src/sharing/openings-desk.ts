import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Asked } from '@fairshare/contract/approvals';
import type { OpeningBalances, SettleEstimate } from '@fairshare/contract/charges-due';
import type { Charge } from '@fairshare/contract/sharing';
import { formatPounds } from '@fairshare/domain/kernel/money';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Approvals } from '../platform/approvals.js';
import { Database } from '../platform/database.js';
import { ChargesQueries } from './charges.queries.js';
import { OpeningsService } from './openings.service.js';
import { longDate } from './rule-in-words.js';

/** Opening balances and actual sums as they are entered: at once below the collaboration's limit, by two people above it. */
@Injectable()
export class OpeningsDesk implements OnModuleInit {
  readonly #approvals: Approvals;
  readonly #database: Database;
  readonly #openings: OpeningsService;
  readonly #queries: ChargesQueries;

  constructor(approvals: Approvals, database: Database, openings: OpeningsService, queries: ChargesQueries) {
    this.#approvals = approvals;
    this.#database = database;
    this.#openings = openings;
    this.#queries = queries;
  }

  onModuleInit(): void {
    this.#approvals.carriesOut('sharing.opening', (tx, who, id, wanted) => this.#openings.open(tx, who, id, wanted));
    this.#approvals.carriesOut('sharing.settlement', (tx, who, id, { chargeId, ...wanted }: SettleEstimate & { chargeId: string }) => this.#openings.settle(tx, who, id, chargeId, wanted));
  }

  /** What is owed and what is in favour both count: neither makes the other smaller. */
  open(who: Scope, collaborationId: string, wanted: OpeningBalances): Promise<{ items: Charge[] } | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const pence = wanted.balances.reduce((sum, balance) => sum + Math.abs(balance.pence), 0);
      const summary = `Balances of the books before, on ${longDate(wanted.on)}`;
      const asked = await this.#approvals.ask(tx, who, { kind: 'sharing.opening', collaborationId, subjectId: wanted.agreementId ?? null, pence, summary, wanted });
      return asked ?? this.#openings.open(tx, who, collaborationId, wanted);
    });
  }

  /** It takes two people where the estimate was above the limit, or the actual sum is. */
  settle(who: Scope, collaborationId: string, chargeId: string, wanted: SettleEstimate): Promise<Charge | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const { pence, description } = await this.#queries.read(tx, who, collaborationId, chargeId);
      const most = Math.max(Math.abs(pence), Math.abs(wanted.actualPence));
      const summary = `${wanted.reason}: ${description} was ${formatPounds(wanted.actualPence)}`;
      const asked = await this.#approvals.ask(tx, who, { kind: 'sharing.settlement', collaborationId, subjectId: chargeId, pence: most, summary, wanted: { chargeId, ...wanted } });
      return asked ?? this.#openings.settle(tx, who, collaborationId, chargeId, wanted);
    });
  }
}
