import { Injectable } from '@nestjs/common';
import type { EntitlementAccount, EntitlementLines, EntitlementLinesQuery } from '@fairshare/contract/board';
import { entitlementLeft, type EntitlementEntry } from '@fairshare/domain/bookings';
import { assertDelivers, isSpecialistOnly } from '../availability/diary.js';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { ProcurementQueries, type AgreementRecord } from '../procurement/procurement.queries.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { EntitlementLedger } from './entitlement-ledger.js';

interface SessionRow {
  readonly id: string;
  readonly startsAt: Date;
  readonly over: boolean;
}

/** What was bought in advance and what became of it, over all agreements, down to the lines of the ledger. */
@Injectable()
export class EntitlementAccounts {
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

  /** Every school's accounts of every agreement that sells units, for a specialist of those that name them; those that are over come last. */
  list(who: Scope, collaborationId: string): Promise<{ items: EntitlementAccount[] }> {
    return this.#database.read(who, async (tx) => {
      await this.#schools.collaboration(tx, collaborationId);
      const found = await sql<{ id: string }>(
        tx,
        `select a.id from agreement a where a.collaboration_id = $1
            and (exists (select 1 from subscription s where s.collaboration_id = a.collaboration_id and s.agreement_id = a.id and s.entitlement_milliunits is not null)
              or exists (select 1 from entitlement_entry e where e.collaboration_id = a.collaboration_id and e.agreement_id = a.id))
            and ($2::uuid is null or exists (select 1 from agreement_specialist n where n.collaboration_id = a.collaboration_id and n.agreement_id = a.id and n.specialist_id = $2))
          order by a.ends_on desc, a.name, a.id limit 100`,
        [collaborationId, isSpecialistOnly(who) ? who.specialistId : null],
      );
      const items: EntitlementAccount[] = [];
      for (const { id } of found) items.push(...(await this.#accountsOf(tx, await this.#procurement.agreement(tx, collaborationId, id), collaborationId)));
      return { items };
    });
  }

  lines(who: Scope, collaborationId: string, query: EntitlementLinesQuery): Promise<EntitlementLines> {
    return this.#database.read(who, async (tx) => {
      const agreement = await this.#procurement.agreement(tx, collaborationId, query.agreementId);
      assertDelivers(who, agreement);
      const own = (await this.#ledger.entries(tx, collaborationId, agreement)).filter((entry) => isOf(entry, query));
      const sessions = new Map((await this.#sessions(tx, collaborationId, own)).map((row) => [row.id, row]));
      const names = await this.#schools.names(tx, own.flatMap((entry) => entry.counterpartUrn ?? []));
      let leftMilliunits = 0;
      const items = own.map(({ on, kind, milliunits, bookingId, counterpartUrn }) => {
        leftMilliunits += milliunits;
        const startsAt = sessions.get(bookingId ?? '')?.startsAt.toISOString() ?? null;
        return { on, kind, milliunits, leftMilliunits, bookingId, startsAt, counterpartName: counterpartUrn && (names.get(counterpartUrn) ?? counterpartUrn) };
      });
      return { unit: agreement.terms.unit, items };
    });
  }

  async #accountsOf(tx: Tx, agreement: AgreementRecord, collaborationId: string): Promise<EntitlementAccount[]> {
    const entries = await this.#ledger.entries(tx, collaborationId, agreement);
    const over = new Set((await this.#sessions(tx, collaborationId, entries)).filter((row) => row.over).map((row) => row.id));
    const accounts = entitlementLeft(entries);
    const names = await this.#schools.names(tx, accounts.map((account) => account.schoolUrn));
    return accounts
      .map(({ schoolUrn, period, leftMilliunits }) => ({
        agreementId: agreement.id, agreementName: agreement.name, serviceName: agreement.service.name, colour: agreement.service.colour, unit: agreement.terms.unit,
        schoolUrn, schoolName: names.get(schoolUrn) ?? schoolUrn, from: period.from, to: period.to,
        ...sumsOf(entries.filter((entry) => isOf(entry, { schoolUrn, ...period })), over),
        leftMilliunits,
      }))
      .sort((a, b) => a.schoolName.localeCompare(b.schoolName) || a.from.localeCompare(b.from));
  }

  #sessions(tx: Tx, collaborationId: string, entries: readonly EntitlementEntry[]): Promise<SessionRow[]> {
    const ids = [...new Set(entries.flatMap((entry) => entry.bookingId ?? []))];
    return sql<SessionRow>(
      tx, `select id, starts_at as "startsAt", state in ('delivered', 'cancelled') as over from booking where collaboration_id = $1 and id = any ($2::uuid[])`, [collaborationId, ids],
    );
  }
}

function isOf(entry: EntitlementEntry, account: { readonly schoolUrn: string; readonly from: string }): boolean {
  return entry.schoolUrn === account.schoolUrn && entry.period.from === account.from;
}

/** What sessions took, less what came back, told apart by whether they are over; and what came and went otherwise. */
function sumsOf(own: readonly EntitlementEntry[], over: ReadonlySet<string>) {
  const sum = (some: readonly EntitlementEntry[]) => some.reduce((all, entry) => all + entry.milliunits, 0);
  const ofSessions = own.filter((entry) => entry.bookingId !== null);
  const others = own.filter((entry) => entry.bookingId === null);
  return {
    boughtMilliunits: sum(others.filter((entry) => entry.kind === 'granted')),
    otherMilliunits: sum(others.filter((entry) => entry.kind !== 'granted')),
    usedMilliunits: 0 - sum(ofSessions.filter((entry) => over.has(entry.bookingId ?? ''))),
    bookedMilliunits: 0 - sum(ofSessions.filter((entry) => !over.has(entry.bookingId ?? ''))),
  };
}
