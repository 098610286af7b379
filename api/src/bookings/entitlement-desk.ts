import { Injectable } from '@nestjs/common';
import type { EntitlementEntry } from '@fairshare/domain/bookings';
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
  readonly #trail: Trail;

  constructor(desk: SlotDesk, ledger: EntitlementLedger, trail: Trail) {
    this.#desk = desk;
    this.#ledger = ledger;
    this.#trail = trail;
  }

  agreed(tx: Tx, collaborationId: string, agreementId: string): Promise<Agreed> {
    return this.#desk.agreed(tx, collaborationId, agreementId);
  }

  /** The schools' lines, grants included, while nobody else can add to them. */
  async lockAndRead(tx: Tx, collaborationId: string, agreement: AgreementRecord, urns: readonly string[]): Promise<readonly EntitlementEntry[]> {
    await this.#desk.lock(tx, agreement.id, { specialistIds: [], roomIds: [], schoolUrns: urns });
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
