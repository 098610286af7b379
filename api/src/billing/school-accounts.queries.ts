import { Injectable } from '@nestjs/common';
import type { AgedDebts, Statement } from '@fairshare/contract/billing';
import { agedDebts } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly, DatePeriod } from '@fairshare/domain/kernel/period';
import { LedgerQueries } from '../ledger/ledger.queries.js';
import { assertAllSchools, scopeIncludesSchool, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql } from '../platform/database.js';
import { SchoolsQueries } from '../schools/schools.queries.js';
import { disputedPenceOf, invoicesWithSums, type InvoiceRow } from './invoice-rows.js';

/** What schools owe and how it came about, derived from invoices and postings. */
@Injectable()
export class SchoolAccounts {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #schools: SchoolsQueries;
  readonly #ledger: LedgerQueries;

  constructor(database: Database, clock: Clock, schools: SchoolsQueries, ledger: LedgerQueries) {
    this.#database = database;
    this.#clock = clock;
    this.#schools = schools;
    this.#ledger = ledger;
  }

  /** Schools that owe something or have credit, by name. */
  async agedDebt(who: Scope, collaborationId: string): Promise<AgedDebts> {
    assertAllSchools(who);
    return this.#database.read(who, async (tx) => {
      const on = this.#clock.today();
      const rows = await sql<InvoiceRow & { dueOn: DateOnly }>(tx, `${invoicesWithSums} where i.kind = 'invoice' and i."issuedOn" is not null`, [collaborationId, on]);
      const debts = new Map(agedDebts(rows.map((row) => ({ urn: row.urn, dueOn: row.dueOn, outstandingPence: row.netPence + row.vatPence - row.creditedPence - row.paidPence - disputedPenceOf(row) })), on).map((debt) => [debt.urn, debt]));
      const credits = new Map((await this.#ledger.balancesIn(tx, collaborationId)).flatMap((b) => (b.account === 'credit-held' && b.schoolUrn ? [[b.schoolUrn, 0 - b.pence] as const] : [])));
      const disputes = new Map<string, number>();
      for (const row of rows) if (disputedPenceOf(row) > 0) disputes.set(row.urn, (disputes.get(row.urn) ?? 0) + disputedPenceOf(row));
      const urns = [...new Set([...debts.keys(), ...disputes.keys(), ...credits.keys()])];
      const names = await this.#schools.names(tx, urns);
      const items = urns.map((urn) => ({
        urn, schoolName: names.get(urn) ?? urn, totalPence: debts.get(urn)?.totalPence ?? 0, creditPence: credits.get(urn) ?? 0, disputedPence: disputes.get(urn) ?? 0, bands: { ...debts.get(urn)?.bands },
      }));
      return { items: items.sort((a, b) => a.schoolName.localeCompare(b.schoolName, 'en')), on };
    });
  }

  /** A school's account between two dates: what it was billed and credited, what it paid, what is left. */
  async statement(who: Scope, collaborationId: string, urn: string, period: DatePeriod): Promise<Statement> {
    if (!scopeIncludesSchool(who, urn)) throw new DomainError('platform.not-found');
    if (period.to < period.from) throw new DomainError('billing.period-reversed', { ...period });
    return this.#database.read(who, async (tx) => {
      const members = await this.#schools.members(tx, collaborationId, '1900-01-01', '9999-12-31');
      const member = members.find((one) => one.urn === urn);
      if (!member) throw new DomainError('platform.not-found');
      const { openingPence, entries } = await this.#ledger.accountOf(tx, collaborationId, ['receivable', 'credit-held'], urn, period);
      let balancePence = openingPence;
      return {
        urn, schoolName: member.name, ...period, openingPence,
        entries: entries.map((entry) => ({ ...entry, balancePence: (balancePence += entry.pence) })),
        closingPence: balancePence,
      };
    });
  }
}
