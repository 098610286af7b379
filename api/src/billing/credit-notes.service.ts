import { Injectable } from '@nestjs/common';
import type { Credit, CreditNote } from '@fairshare/contract/billing';
import { creditLines, documentNumber, leftOf, type CreditableLine, type CreditLine } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { vatRounding, type ChargeVat } from '@fairshare/domain/sharing';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';
import { Trail } from '../platform/trail.js';
import { issuedChargeVat } from './charge-vat.js';
import { Issuers } from './issuers.service.js';
import { MoneyIn, type PayableInvoice } from './money-in.js';

/** Takes back part of an issued invoice, line by line, over what is left of each. The collaboration carries what is taken back. */
@Injectable()
export class CreditNotes {
  readonly #clock: Clock;
  readonly #issuers: Issuers;
  readonly #moneyIn: MoneyIn;
  readonly #trail: Trail;

  constructor(clock: Clock, issuers: Issuers, moneyIn: MoneyIn, trail: Trail) {
    this.#clock = clock;
    this.#issuers = issuers;
    this.#moneyIn = moneyIn;
    this.#trail = trail;
  }

  /** What it would take back, in pence with VAT. */
  async worthPence(tx: Tx, collaborationId: string, invoiceId: string, wanted: Credit): Promise<number> {
    await this.#moneyIn.payable(tx, collaborationId, [invoiceId]);
    return chosenLines(wanted, await creditableLines(tx, collaborationId, invoiceId)).reduce((sum, line) => sum + line.netPence + line.vatPence, 0);
  }

  /** In the caller's transaction, which may do more, such as deciding a dispute. */
  async issueIn(tx: Tx, who: Scope, collaborationId: string, invoiceId: string, wanted: Credit): Promise<CreditNote> {
    const [invoice] = (await this.#moneyIn.payable(tx, collaborationId, [invoiceId])) as [PayableInvoice];
    const lines = chosenLines(wanted, await creditableLines(tx, collaborationId, invoiceId));
    const seriesNumber = await this.#issuers.takeNumbers(tx, invoice.issuerUrn, 'credit-note', 1);
    const netPence = lines.reduce((sum, line) => sum + line.netPence, 0);
    const vatPence = lines.reduce((sum, line) => sum + line.vatPence, 0);
    const note: CreditNote = {
      id: newId(), number: documentNumber('credit-note', seriesNumber), issuedOn: this.#clock.today(), reason: wanted.reason,
      netPence, vatPence, grossPence: netPence + vatPence, issuedBy: who.name,
    };
    const vatRoundingPence = await roundingOf(tx, collaborationId, lines);
    await storeNote(tx, collaborationId, invoice, seriesNumber, note, lines);
    await this.#moneyIn.credit(tx, who, collaborationId, invoice, note, vatRoundingPence);
    await this.#trail.record(tx, who, { action: 'billing.credit-note-issued', collaborationId, subjectKind: 'invoice', subjectId: invoiceId, after: note });
    return note;
  }
}

async function storeNote(tx: Tx, collaborationId: string, invoice: PayableInvoice, seriesNumber: number, note: CreditNote, lines: readonly CreditLine[]): Promise<void> {
  await sql(
    tx,
    'insert into credit_note (id, collaboration_id, invoice_id, issuer_urn, series_number, issued_on, reason, issued_by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [note.id, collaborationId, invoice.id, invoice.issuerUrn, seriesNumber, note.issuedOn, note.reason, note.issuedBy],
  );
  await sql(
    tx,
    `insert into credit_note_line (id, collaboration_id, credit_note_id, invoice_line_id, net_pence, vat_pence)
     select l.id, $1, $2, l.line_id, l.net, l.vat from unnest($3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[]) as l (id, line_id, net, vat)`,
    [collaborationId, note.id, lines.map(() => newId()), lines.map((l) => l.invoiceLineId), lines.map((l) => l.netPence), lines.map((l) => l.vatPence)],
  );
}

/** What leaves the rounding account with the lines that are taken back. */
async function roundingOf(tx: Tx, collaborationId: string, lines: readonly CreditLine[]): Promise<number> {
  const charges = new Map((await sql<{ id: string; chargeId: string; rateBasisPoints: number }>(
    tx, 'select id, charge_id as "chargeId", vat_basis_points as "rateBasisPoints" from invoice_line where collaboration_id = $1 and id = any ($2)',
    [collaborationId, lines.map((line) => line.invoiceLineId)],
  )).map((row) => [row.id, row]));
  const back = lines.map((line): ChargeVat => {
    const of = charges.get(line.invoiceLineId);
    return { chargeId: of?.chargeId ?? line.invoiceLineId, rateBasisPoints: of?.rateBasisPoints ?? 0, netPence: 0 - line.netPence, vatPence: 0 - line.vatPence };
  });
  const [rounding = 0] = vatRounding(await issuedChargeVat(tx, collaborationId, back), [back]);
  return 0 - rounding;
}

function creditableLines(tx: Tx, collaborationId: string, invoiceId: string): Promise<CreditableLine[]> {
  return sql<CreditableLine>(
    tx,
    `select l.id, l.net_pence as "netPence", l.vat_pence as "vatPence",
            coalesce(sum(c.net_pence), 0)::bigint as "creditedNetPence", coalesce(sum(c.vat_pence), 0)::bigint as "creditedVatPence"
       from invoice_line l left join credit_note_line c on c.collaboration_id = l.collaboration_id and c.invoice_line_id = l.id
      where l.collaboration_id = $1 and l.invoice_id = $2 group by l.id order by l.position`,
    [collaborationId, invoiceId],
  );
}

/** Single lines, one sum over all of them, or everything that is left. */
function chosenLines(wanted: Credit, lines: readonly CreditableLine[]): CreditLine[] {
  if (!wanted.lines) return creditLines(wanted.pence ?? lines.reduce((sum, line) => sum + leftOf(line), 0), lines);
  const pence = new Map<string, number>();
  for (const line of wanted.lines) pence.set(line.lineId, (pence.get(line.lineId) ?? 0) + line.pence);
  return [...pence].flatMap(([lineId, sum]) => {
    const line = lines.find((one) => one.id === lineId);
    if (!line) throw new DomainError('billing.line-not-of-invoice', { lineId });
    return creditLines(sum, [line]);
  });
}
