import { Injectable } from '@nestjs/common';
import type { Issuer, IssuerSettings, Party } from '@fairshare/contract/billing';
import type { BilledSchool, Issuer as DraftIssuer, NumberedKind } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { Scope } from '../platform/actor.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { SchoolsQueries, type SchoolFacts } from '../schools/schools.queries.js';

interface SettingsRow {
  accountName: string;
  sortCode: string;
  accountNumber: string;
  vatNumber: string | null;
  paymentDays: number;
}

const usualPaymentDays = 30;

/** Who issues for a collaboration: its lead school, with its bank account and VAT number. */
@Injectable()
export class Issuers {
  readonly #database: Database;
  readonly #schools: SchoolsQueries;
  readonly #trail: Trail;

  constructor(database: Database, schools: SchoolsQueries, trail: Trail) {
    this.#database = database;
    this.#schools = schools;
    this.#trail = trail;
  }

  read(who: Scope, collaborationId: string): Promise<IssuerSettings> {
    return this.#database.read(who, (tx) => this.#read(tx, collaborationId));
  }

  async #read(tx: Tx, collaborationId: string): Promise<IssuerSettings> {
    const { leadSchoolUrn } = await this.#schools.collaboration(tx, collaborationId);
    const settings = await this.#settings(tx, collaborationId);
    const names = await this.#schools.names(tx, leadSchoolUrn ? [leadSchoolUrn] : []);
    return {
      issuer: {
        urn: leadSchoolUrn, name: names.get(leadSchoolUrn ?? '') ?? null, accountName: settings?.accountName ?? null, sortCode: settings?.sortCode ?? null,
        accountNumber: settings?.accountNumber ?? null, vatNumber: settings?.vatNumber ?? null, paymentDays: settings?.paymentDays ?? usualPaymentDays,
      },
    };
  }

  async saveIn(tx: Tx, who: Scope, collaborationId: string, wanted: Issuer): Promise<IssuerSettings> {
    const before = await this.#settings(tx, collaborationId);
    await sql(
      tx,
      `insert into invoice_issuer (collaboration_id, account_name, sort_code, account_number, vat_number, payment_days) values ($1, $2, $3, $4, $5, $6)
       on conflict (collaboration_id) do update set account_name = excluded.account_name, sort_code = excluded.sort_code,
         account_number = excluded.account_number, vat_number = excluded.vat_number, payment_days = excluded.payment_days`,
      [collaborationId, wanted.accountName, wanted.sortCode, wanted.accountNumber, wanted.vatNumber, wanted.paymentDays],
    );
    await this.#trail.record(tx, who, { action: 'billing.issuer-changed', collaborationId, subjectKind: 'invoice-issuer', subjectId: collaborationId, before, after: wanted });
    return this.#read(tx, collaborationId);
  }

  /** Whether schools would pay into another account than so far; the first one is no other. */
  async wouldMoveAccount(tx: Tx, collaborationId: string, wanted: Issuer): Promise<boolean> {
    const before = await this.#settings(tx, collaborationId);
    return before !== undefined && (before.sortCode !== wanted.sortCode || before.accountNumber !== wanted.accountNumber);
  }

  /** The issuer as drafting needs it, and the schools that are billed. @throws `billing.no-lead-school` */
  async forDrafting(tx: Tx, collaborationId: string, urns: readonly string[]): Promise<{ issuer: DraftIssuer; schools: Map<string, BilledSchool> }> {
    const urn = await this.leadSchool(tx, collaborationId);
    const facts = await this.#schools.facts(tx, [...new Set([urn, ...urns])]);
    const settings = await this.#settings(tx, collaborationId);
    const lead = facts.get(urn);
    if (!lead) throw new DomainError('billing.no-lead-school');
    return { issuer: { ...billed(lead), vatRegistered: Boolean(settings?.vatNumber) }, schools: new Map([...facts].map(([key, school]) => [key, billed(school)])) };
  }

  /** Both parties as they stand on a document today. */
  async parties(tx: Tx, collaborationId: string, issuerUrn: string, urns: readonly string[]): Promise<{ issuer: Party; customers: Map<string, Party>; paymentDays: number }> {
    const facts = await this.#schools.facts(tx, [...new Set([issuerUrn, ...urns])]);
    const settings = await this.#settings(tx, collaborationId);
    const bank = settings ? { accountName: settings.accountName, sortCode: settings.sortCode, accountNumber: settings.accountNumber } : null;
    return {
      issuer: { ...partyOf(issuerUrn, facts.get(issuerUrn)), vatNumber: settings?.vatNumber ?? null, bank },
      customers: new Map(urns.map((urn) => [urn, partyOf(urn, facts.get(urn))])),
      paymentDays: settings?.paymentDays ?? usualPaymentDays,
    };
  }

  async leadSchool(tx: Tx, collaborationId: string): Promise<string> {
    const { leadSchoolUrn } = await this.#schools.collaboration(tx, collaborationId);
    if (!leadSchoolUrn) throw new DomainError('billing.no-lead-school');
    return leadSchoolUrn;
  }

  /** Takes `count` numbers of the issuer's series; others wait until the transaction ends, so that none is lost. @returns the first. */
  async takeNumbers(tx: Tx, issuerUrn: string, kind: NumberedKind, count: number): Promise<number> {
    await sql(tx, 'insert into document_series (issuer_urn, kind, last_number) values ($1, $2, 0) on conflict do nothing', [issuerUrn, kind]);
    const [series] = await sql<{ last: number }>(
      tx, 'update document_series set last_number = last_number + $3 where issuer_urn = $1 and kind = $2 returning last_number as last', [issuerUrn, kind, count],
    );
    return (series as { last: number }).last - count + 1;
  }

  async #settings(tx: Tx, collaborationId: string): Promise<SettingsRow | undefined> {
    const [row] = await sql<SettingsRow>(
      tx,
      `select account_name as "accountName", sort_code as "sortCode", account_number as "accountNumber", vat_number as "vatNumber", payment_days as "paymentDays"
         from invoice_issuer where collaboration_id = $1`,
      [collaborationId],
    );
    return row;
  }
}

const billed = ({ urn, kind, laCode, trustCode }: SchoolFacts): BilledSchool => ({ urn, kind, laCode, trustCode });

function partyOf(urn: string, school: SchoolFacts | undefined): Party {
  const address = [school?.street, school?.town, school?.postcode].filter((line): line is string => Boolean(line));
  return { urn, name: school?.name ?? `School ${urn}`, address, vatNumber: null, bank: null };
}
