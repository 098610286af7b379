import { Injectable } from '@nestjs/common';
import type { EntitlementEntry } from '@fairshare/domain/bookings';
import { resourceOfEntitlement, TimeTaken } from '../availability/time-taken.js';
import type { Scope } from '../platform/actor.js';
import type { Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import type { Agreed, AgreementRecord } from '../procurement/procurement.queries.js';
import { EntitlementLedger } from './entitlement-ledger.js';
import { SlotDesk } from './slot-desk.js';

/** Where units change hands without a booking: under the same locks as bookings, each line in the trail of its school. */
@Injectable()
export class EntitlementDesk {
  readonly #desk: SlotDesk;
  readonly #ledger: EntitlementLedger;
  readonly #timeTaken: TimeTaken;
  readonly #trail: Trail;

  constructor(desk: SlotDesk, ledger: EntitlementLedger, timeTaken: TimeTaken, trail: Trail) {
    this.#desk = desk;
    this.#ledger = ledger;
    this.#timeTaken = timeTaken;
    this.#trail = trail;
  }

  agreed(tx: Tx, collaborationId: string, agreementId: string): Promise<Agreed> {
    return this.#desk.agreed(tx, collaborationId, agreementId);
  }

  /** Nobody else adds to these accounts until the transaction ends. Once in a transaction, for all of them: who locks one after the other waits in a circle. */
  lock(tx: Tx, accounts: readonly { readonly agreementId: string; readonly schoolUrn: string }[]): Promise<void> {
    return this.#timeTaken.lock(tx, accounts.map(({ agreementId, schoolUrn }) => resourceOfEntitlement(agreementId, schoolUrn)));
  }

  /** The schools' lines, grants included. For a decision their accounts are locked. */
  async read(tx: Tx, collaborationId: string, agreement: AgreementRecord, urns: readonly string[]): Promise<readonly EntitlementEntry[]> {
    return (await this.#ledger.entries(tx, collaborationId, agreement)).filter((entry) => urns.includes(entry.schoolUrn));
  }

  async record(tx: Tx, who: Scope, collaborationId: string, lines: readonly EntitlementEntry[]): Promise<void> {
    await this.#ledger.record(tx, who, collaborationId, lines);
    for (const line of lines) {
      const { schoolUrn, agreementId, kind, milliunits, period, counterpartUrn } = line;
      await this.#trail.record(tx, who, { action: `bookings.units-${kind}`, collaborationId, subjectKind: 'school', subjectId: schoolUrn, after: { agreementId, milliunits, period, counterpartUrn } });
    }
  }
}
