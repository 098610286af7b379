import { Injectable } from '@nestjs/common';
import type { Issued, Party } from '@fairshare/contract/billing';
import { documentNumber, dueDate, type DocumentKind, type NumberedKind } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { invoiceIssued, ownShareBooked } from '@fairshare/domain/ledger';
import { vatRounding } from '@fairshare/domain/sharing';
import { Ledger, type NewEntry } from '../ledger/ledger.service.js';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { Trail } from '../platform/trail.js';
import { chargeVatOfDrafts, issuedChargeVat } from './charge-vat.js';
import { holdCredits } from './held-credits.js';
import { Issuers } from './issuers.service.js';

interface DraftRow {
  id: string;
  kind: DocumentKind;
  issuerUrn: string;
  urn: string;
  serviceFrom: DateOnly;
  serviceTo: DateOnly;
  netPence: number;
  vatPence: number;
}

interface IssuedDocument extends DraftRow {
  readonly seriesNumber: number | null;
  readonly customer: Party;
}

/** Turns drafts into invoices: numbers without a gap, parties frozen, posted, all in one short transaction. */
@Injectable()
export class Issuing {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #issuers: Issuers;
  readonly #ledger: Ledger;
  readonly #trail: Trail;

  constructor(database: Database, clock: Clock, issuers: Issuers, ledger: Ledger, trail: Trail) {
    this.#database = database;
    this.#clock = clock;
    this.#issuers = issuers;
    this.#ledger = ledger;
    this.#trail = trail;
  }

  /** Issues every draft of a run. @throws `billing.run-not-done`, `billing.nothing-to-issue` */
  async issueRun(who: Scope, collaborationId: string, runId: string): Promise<Issued> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const [run] = await sql<{ state: string }>(tx, 'select state from invoice_run where collaboration_id = $1 and id = $2 for update', [collaborationId, runId]);
      if (!run) throw new DomainError('platform.not-found');
      if (run.state !== 'done') throw new DomainError('billing.run-not-done');
      return this.#issue(tx, who, collaborationId, await draftsOf(tx, collaborationId, 'run_id', runId));
    });
  }

  async issueOne(who: Scope, collaborationId: string, invoiceId: string): Promise<Issued> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const there = await sql(tx, 'select 1 from invoice where collaboration_id = $1 and id = $2 for update', [collaborationId, invoiceId]);
      if (there.length === 0) throw new DomainError('platform.not-found');
      return this.#issue(tx, who, collaborationId, await draftsOf(tx, collaborationId, 'id', invoiceId));
    });
  }

  async #issue(tx: Tx, who: Scope, collaborationId: string, drafts: readonly DraftRow[]): Promise<Issued> {
    const issuerUrn = drafts[0]?.issuerUrn;
    if (!issuerUrn) throw new DomainError('billing.nothing-to-issue');
    const { issuer, customers, paymentDays } = await this.#issuers.parties(tx, collaborationId, issuerUrn, drafts.map((draft) => draft.urn));
    const byName = [...drafts].sort((a, b) => nameOf(customers, a).localeCompare(nameOf(customers, b), 'en') || (a.urn < b.urn ? -1 : 1));
    const numbers = { invoice: await this.#numbers(tx, issuerUrn, 'invoice', byName), 'credit-note': await this.#numbers(tx, issuerUrn, 'credit-note', byName) };
    const documents = byName.map((draft): IssuedDocument => ({
      ...draft, customer: customers.get(draft.urn) as Party, seriesNumber: draft.kind === 'journal' ? null : (numbers[draft.kind].shift() as number),
    }));
    const issuedOn = this.#clock.today();
    const vat = await chargeVatOfDrafts(tx, collaborationId, documents.map(({ id }) => id));
    const before = await issuedChargeVat(tx, collaborationId, [...vat.values()].flat());
    const rounding = vatRounding(before, documents.map(({ id }) => vat.get(id) ?? []));
    await sql(
      tx,
      `update invoice i set series_number = d.series_number, issued_on = $2, due_on = case i.kind when 'invoice' then $3::date end,
              parties = jsonb_build_object('issuer', $4::jsonb, 'customer', d.customer)
         from json_to_recordset($5) as d (id uuid, series_number bigint, customer jsonb)
        where i.collaboration_id = $1 and i.id = d.id`,
      [
        collaborationId, issuedOn, dueDate(issuedOn, paymentDays), JSON.stringify(issuer),
        JSON.stringify(documents.map((d) => ({ id: d.id, series_number: d.seriesNumber, customer: d.customer }))),
      ],
    );
    const notes = documents.flatMap((d) => (d.kind === 'credit-note' && d.seriesNumber !== null ? [{ ...d, seriesNumber: d.seriesNumber, grossPence: d.netPence + d.vatPence }] : []));
    const held = notes.length === 0 ? [] : await holdCredits(tx, collaborationId, notes, { today: issuedOn, now: this.#clock.now(), by: who.name });
    await this.#ledger.postAll(tx, who, collaborationId, [...documents.map((document, i) => entryOf(collaborationId, document, issuedOn, rounding[i] ?? 0)), ...held]);
    const invoices = documents.filter(({ kind }) => kind === 'invoice').map(numberOf);
    const answer: Issued = {
      issued: invoices.length, creditNotes: notes.length, journals: documents.length - invoices.length - notes.length,
      firstNumber: invoices[0] ?? null, lastNumber: invoices.at(-1) ?? null,
    };
    await this.#trail.record(tx, who, { action: 'billing.invoices-issued', collaborationId, subjectKind: 'invoice', subjectId: drafts.length === 1 ? (drafts[0]?.id ?? '') : issuerUrn, after: answer });
    return answer;
  }

  /** The numbers of all drafts of a kind, in order. */
  async #numbers(tx: Tx, issuerUrn: string, kind: NumberedKind, drafts: readonly DraftRow[]): Promise<number[]> {
    const count = drafts.filter((draft) => draft.kind === kind).length;
    if (count === 0) return [];
    const first = await this.#issuers.takeNumbers(tx, issuerUrn, kind, count);
    return Array.from({ length: count }, (_, i) => first + i);
  }
}

function numberOf({ kind, seriesNumber }: IssuedDocument): string | null {
  return kind === 'journal' || seriesNumber === null ? null : documentNumber(kind, seriesNumber);
}

const nameOf = (customers: ReadonlyMap<string, Party>, draft: DraftRow) => customers.get(draft.urn)?.name ?? draft.urn;

function draftsOf(tx: Tx, collaborationId: string, column: 'run_id' | 'id', value: string): Promise<DraftRow[]> {
  return sql<DraftRow>(
    tx,
    `select i.id, i.kind, i.issuer_urn as "issuerUrn", i.urn, i.service_from as "serviceFrom", i.service_to as "serviceTo",
            sum(l.net_pence)::bigint as "netPence", sum(l.vat_pence)::bigint as "vatPence"
       from invoice i join invoice_line l on l.collaboration_id = i.collaboration_id and l.invoice_id = i.id
      where i.collaboration_id = $1 and i.${column} = $2 and i.issued_on is null
      group by i.id`,
    [collaborationId, value],
  );
}

/** An invoice moves a share from what is to be invoiced to what is owed, a credit note likewise below nothing; a journal to the school's own books. */
function entryOf(collaborationId: string, document: IssuedDocument, issuedOn: DateOnly, vatRoundingPence: number): NewEntry {
  const base = { collaborationId, serviceOn: document.serviceTo < issuedOn ? document.serviceTo : issuedOn, happenedOn: issuedOn, sourceKind: 'invoice', sourceId: document.id };
  if (document.kind === 'journal') {
    return { ...base, kind: 'journal', description: `Own share of ${document.customer.name}`, postings: ownShareBooked({ urn: document.urn, pence: document.netPence }) };
  }
  return {
    ...base, kind: document.kind, description: `${numberOf(document) ?? ''} to ${document.customer.name}`,
    postings: invoiceIssued({ urn: document.urn, netPence: document.netPence, vatPence: document.vatPence, vatRoundingPence }),
  };
}
