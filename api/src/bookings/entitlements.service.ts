import { Injectable } from '@nestjs/common';
import type { Entitlements } from '@fairshare/contract/bookings';
import { entitlementLeft } from '@fairshare/domain/bookings';
import { assertDelivers } from '../availability/diary.js';
import type { Scope } from '../platform/actor.js';
import { Database, sql } from '../platform/database.js';
import { ProcurementQueries } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { EntitlementLedger } from './entitlement-ledger.js';

/** What each school bought, used, has booked and has left. */
@Injectable()
export class EntitlementsService {
  readonly #database: Database;
  readonly #ledger: EntitlementLedger;
  readonly #procurement: ProcurementQueries;
  readonly #schools: SchoolsQueries;

  constructor(database: Database, ledger: EntitlementLedger, procurement: ProcurementQueries, schools: SchoolsQueries) {
    this.#database = database;
    this.#ledger = ledger;
    this.#procurement = procurement;
    this.#schools = schools;
  }

  list(who: Scope, collaborationId: string, agreementId: string): Promise<Entitlements> {
    return this.#database.read(who, async (tx) => {
      const agreement = await this.#procurement.agreement(tx, collaborationId, agreementId);
      assertDelivers(who, agreement);
      const entries = await this.#ledger.entries(tx, collaborationId, agreement);
      const delivered = await sql<{ id: string }>(
        tx,
        `select distinct b.id from booking b join entitlement_entry e on e.collaboration_id = b.collaboration_id and e.booking_id = b.id
          where b.collaboration_id = $1 and b.agreement_id = $2 and b.state in ('delivered', 'cancelled')`,
        [collaborationId, agreementId],
      );
      const over = new Set(delivered.map((row) => row.id));
      const accounts = entitlementLeft(entries);
      const names = await this.#schools.names(tx, accounts.map((account) => account.schoolUrn));
      const items = accounts.map(({ schoolUrn, period, leftMilliunits }) => {
        const own = entries.filter((e) => e.schoolUrn === schoolUrn && e.period.from === period.from);
        const sum = (some: typeof own) => some.reduce((all, e) => all + e.milliunits, 0);
        const ofBookings = own.filter((e) => e.bookingId !== null);
        return {
          schoolUrn,
          schoolName: names.get(schoolUrn) ?? schoolUrn,
          from: period.from,
          to: period.to,
          grantedMilliunits: sum(own.filter((e) => e.bookingId === null)),
          usedMilliunits: 0 - sum(ofBookings.filter((e) => over.has(e.bookingId ?? ''))),
          bookedMilliunits: 0 - sum(ofBookings.filter((e) => !over.has(e.bookingId ?? ''))),
          leftMilliunits,
        };
      });
      return { unit: agreement.terms.unit, items };
    });
  }
}
