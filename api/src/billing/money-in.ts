import { Injectable } from '@nestjs/common';
import type { CreditNote } from '@fairshare/contract/billing';
import { documentNumber } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { creditNoteIssued, creditUsed, paymentReceived, type Posting } from '@fairshare/domain/ledger';
import { Ledger } from '../ledger/ledger.service.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';

/** An issued invoice that is locked for this transaction, with what is left to pay. */
export interface PayableInvoice {
  readonly id: string;
  readonly urn: string;
  readonly seriesNumber: number;
  readonly issuerUrn: string;
  readonly paidPence: number;
  readonly outstandingPence: number;
}

export interface NewPayment {
  readonly collaborationId: string;
  readonly urn: string;
  readonly pence: number;
  readonly paidOn: DateOnly;
  readonly reference: string;
  readonly allocations: readonly { readonly invoiceId: string; readonly pence: number }[];
}

/** Books money of schools: what is spent on invoices pays them, what is over is held as the school's credit. */
@Injectable()
export class MoneyIn {
  readonly #clock: Clock;
  readonly #ledger: Ledger;

  constructor(clock: Clock, ledger: Ledger) {
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** Locks invoices in the order of their ids, so that two payments never wait for each other. @throws `platform.not-found`, `billing.not-issued`, `billing.journal-not-payable`, `billing.credit-note-not-payable` */
  async payable(tx: Tx, collaborationId: string, invoiceIds: readonly string[]): Promise<PayableInvoice[]> {
    await sql(tx, 'select 1 from invoice where collaboration_id = $1 and id = any ($2) order by id for update', [collaborationId, invoiceIds]);
    const rows = await sql<PayableInvoice & { kind: string; issued: boolean }>(
      tx,
      `select i.id, i.urn, i.kind, i.issuer_urn as "issuerUrn", i.issued_on is not null as issued, i.series_number as "seriesNumber", a.paid as "paidPence",
              (l.gross - c.credited - a.paid)::bigint as "outstandingPence"
         from invoice i
         left join lateral (select coalesce(sum(net_pence + vat_pence), 0) as gross from invoice_line l where l.collaboration_id = i.collaboration_id and l.invoice_id = i.id) l on true
         left join lateral (
           select coalesce(sum(c.net_pence + c.vat_pence), 0) as credited
             from credit_note n join credit_note_line c on c.collaboration_id = n.collaboration_id and c.credit_note_id = n.id
            where n.collaboration_id = i.collaboration_id and n.invoice_id = i.id) c on true
         left join lateral (select coalesce(sum(pence), 0)::bigint as paid from allocation a where a.collaboration_id = i.collaboration_id and a.invoice_id = i.id) a on true
        where i.collaboration_id = $1 and i.id = any ($2)`,
      [collaborationId, invoiceIds],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return invoiceIds.map((id) => {
      const row = byId.get(id);
      if (!row) throw new DomainError('platform.not-found');
      if (!row.issued) throw new DomainError('billing.not-issued');
      if (row.kind === 'journal') throw new DomainError('billing.journal-not-payable');
      if (row.kind === 'credit-note') throw new DomainError('billing.credit-note-not-payable');
      return row;
    });
  }

  /** Stores a payment with what it is spent on and posts it. The caller has locked the invoices. @returns its id. */
  async receive(tx: Tx, who: Scope, payment: NewPayment): Promise<string> {
    const id = newId();
    await sql(
      tx,
      `insert into payment (id, collaboration_id, urn, pence, paid_on, reference, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, payment.collaborationId, payment.urn, payment.pence, payment.paidOn, payment.reference, who.name, this.#clock.now()],
    );
    await this.spend(tx, payment.collaborationId, id, payment.allocations);
    const spent = payment.allocations.reduce((sum, part) => sum + part.pence, 0);
    await this.#post(tx, who, payment.collaborationId, id, payment.paidOn, `${payment.pence < 0 ? 'Paid back' : 'Payment'} ${payment.reference}`.trim(), paymentReceived({ urn: payment.urn, pence: payment.pence, spentPence: spent }));
    return id;
  }

  /** Money that is held for a school goes back to its bank; `pence` is above nothing. @throws `billing.refund-too-large` for more than is held. @returns the payment's id. */
  async payBack(tx: Tx, who: Scope, refund: Omit<NewPayment, 'allocations'>): Promise<string> {
    await lockSchoolMoney(tx, refund.collaborationId, refund.urn);
    const held = await heldPence(tx, refund.collaborationId, refund.urn);
    if (refund.pence > held) throw new DomainError('billing.refund-too-large', { heldPence: held });
    return this.receive(tx, who, { ...refund, pence: 0 - refund.pence, allocations: [] });
  }

  async spend(tx: Tx, collaborationId: string, paymentId: string, parts: readonly { readonly invoiceId: string; readonly pence: number }[]): Promise<void> {
    await storeAllocations(tx, collaborationId, parts.map((part) => ({ paymentId, ...part })), this.#clock.now());
  }

  /** Pays an invoice from credit that is held for its school, oldest first. @returns the pence used. */
  async useCredit(tx: Tx, who: Scope, collaborationId: string, invoice: PayableInvoice): Promise<number> {
    await lockSchoolMoney(tx, collaborationId, invoice.urn);
    const held = await sql<{ id: string; heldPence: number }>(
      tx,
      `select p.id, (p.pence - coalesce((select sum(a.pence) from allocation a where a.collaboration_id = p.collaboration_id and a.payment_id = p.id), 0))::bigint as "heldPence"
         from payment p
        where p.collaboration_id = $1 and p.urn = $2 and p.reverses_id is null
          and not exists (select from payment r where r.collaboration_id = p.collaboration_id and r.reverses_id = p.id)
        order by p.paid_on, p.id`,
      [collaborationId, invoice.urn],
    );
    // What was given back or taken over by a successor is a payment below zero: only what is held together is spent.
    let left = Math.min(invoice.outstandingPence, held.reduce((sum, { heldPence }) => sum + heldPence, 0));
    const wanted = left;
    for (const payment of held) {
      const pence = Math.min(left, payment.heldPence);
      if (pence <= 0) continue;
      await this.spend(tx, collaborationId, payment.id, [{ invoiceId: invoice.id, pence }]);
      await this.#post(tx, who, collaborationId, payment.id, this.#clock.today(), `Credit used for ${documentNumber('invoice', invoice.seriesNumber)}`, creditUsed({ urn: invoice.urn, pence }));
      left -= pence;
    }
    return Math.max(0, wanted - left);
  }

  /** Posts a credit note: the collaboration carries what the school no longer owes; money beyond what is due is set free. */
  async credit(tx: Tx, who: Scope, collaborationId: string, invoice: PayableInvoice, note: CreditNote, vatRoundingPence: number): Promise<void> {
    await this.#ledger.post(tx, who, {
      collaborationId, kind: 'credit-note', serviceOn: note.issuedOn, happenedOn: note.issuedOn, sourceKind: 'credit-note', sourceId: note.id,
      description: `${note.number} for ${documentNumber('invoice', invoice.seriesNumber)}: ${note.reason}`,
      postings: creditNoteIssued({ urn: invoice.urn, netPence: note.netPence, vatPence: note.vatPence, vatRoundingPence }),
    });
    const beyond = note.grossPence - invoice.outstandingPence;
    if (beyond > 0) await this.#release(tx, who, collaborationId, invoice, beyond);
  }

  /** Sets money on an invoice free again, the latest first: it is held as the school's credit. */
  async #release(tx: Tx, who: Scope, collaborationId: string, invoice: PayableInvoice, pence: number): Promise<void> {
    const paid = await sql<{ id: string; pence: number }>(
      tx,
      `select payment_id as id, sum(pence)::bigint as pence from allocation where collaboration_id = $1 and invoice_id = $2
        group by payment_id having sum(pence) > 0 order by max(allocated_at) desc, payment_id desc`,
      [collaborationId, invoice.id],
    );
    let left = pence;
    for (const payment of paid) {
      const part = Math.min(left, payment.pence);
      if (part <= 0) break;
      await this.spend(tx, collaborationId, payment.id, [{ invoiceId: invoice.id, pence: 0 - part }]);
      await this.#post(tx, who, collaborationId, payment.id, this.#clock.today(), `Paid beyond what is due of ${documentNumber('invoice', invoice.seriesNumber)}, held as credit`, creditUsed({ urn: invoice.urn, pence: 0 - part }));
      left -= part;
    }
  }

  /** Takes a payment back: its opposite, its allocations and all its postings. */
  async reverse(tx: Tx, who: Scope, collaborationId: string, paymentId: string): Promise<void> {
    const [payment] = await sql<{ urn: string | null; pence: number }>(tx, 'select urn, pence from payment where collaboration_id = $1 and id = $2 for update', [collaborationId, paymentId]);
    if (payment?.urn) await lockSchoolMoney(tx, collaborationId, payment.urn);
    const spent = await sql<{ invoiceId: string; pence: number }>(
      tx, `select invoice_id as "invoiceId", sum(pence)::bigint as pence from allocation where collaboration_id = $1 and payment_id = $2 group by invoice_id having sum(pence) <> 0`,
      [collaborationId, paymentId],
    );
    await sql(tx, 'select 1 from invoice where collaboration_id = $1 and id = any ($2) order by id for update', [collaborationId, spent.map((part) => part.invoiceId)]);
    await sql(
      tx,
      `insert into payment (id, collaboration_id, urn, supplier_bill_id, pence, paid_on, reference, recorded_by, recorded_at, reverses_id)
       select $3, collaboration_id, urn, supplier_bill_id, 0 - pence, paid_on, reference, $4, $5, id from payment where collaboration_id = $1 and id = $2`,
      [collaborationId, paymentId, newId(), who.name, this.#clock.now()],
    );
    await this.spend(tx, collaborationId, paymentId, spent.map((part) => ({ invoiceId: part.invoiceId, pence: 0 - part.pence })));
    if (payment?.urn && (await heldPence(tx, collaborationId, payment.urn)) < 0) throw new DomainError('billing.credit-passed-on');
    await this.#ledger.reverseSource(tx, who, collaborationId, 'payment', paymentId, 'Payment taken back');
  }

  #post(tx: Tx, who: Scope, collaborationId: string, paymentId: string, on: DateOnly, description: string, postings: readonly Posting[]): Promise<string> {
    return this.#ledger.post(tx, who, { collaborationId, kind: 'payment', serviceOn: on, happenedOn: on, sourceKind: 'payment', sourceId: paymentId, description, postings });
  }
}

/** The parts of payments that are spent on invoices, in one statement; below zero sets money free again. */
export async function storeAllocations(tx: Tx, collaborationId: string, parts: readonly { readonly paymentId: string; readonly invoiceId: string; readonly pence: number }[], at: Date): Promise<void> {
  await sql(
    tx,
    `insert into allocation (id, collaboration_id, payment_id, invoice_id, pence, allocated_at)
     select p.id, $1, p.payment_id, p.invoice_id, p.pence, $2 from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[]) as p (id, payment_id, invoice_id, pence)`,
    [collaborationId, at, parts.map(() => newId()), parts.map((p) => p.paymentId), parts.map((p) => p.invoiceId), parts.map((p) => p.pence)],
  );
}

/** One at a time with the money of a school: what is held for it is counted by whoever has this, and the database asks for it too before it counts. */
export async function lockSchoolMoney(tx: Tx, collaborationId: string, urn: string): Promise<void> {
  await sql(tx, 'select billing_lock_school_money($1::uuid, $2)', [collaborationId, urn]);
}

/** What is held for a school: all it paid and was given back, less what is spent on its invoices. */
export async function heldPence(tx: Tx, collaborationId: string, urn: string): Promise<number> {
  const [row] = await sql<{ held: number }>(
    tx,
    `select (coalesce((select sum(p.pence) from payment p where p.collaboration_id = $1 and p.urn = $2), 0)
           - coalesce((select sum(a.pence) from allocation a join payment p on p.collaboration_id = a.collaboration_id and p.id = a.payment_id where p.collaboration_id = $1 and p.urn = $2), 0))::bigint as held`,
    [collaborationId, urn],
  );
  return row?.held ?? 0;
}

export interface LockedPayment {
  readonly pence: number;
  /** Its opposite is booked, or it is itself the opposite of another. */
  readonly reversed: boolean;
  /** A line of the bank stands behind it. */
  readonly matched: boolean;
  /** No money: it holds what a credit note made due. */
  readonly holdsNote: boolean;
}

/** Locks a payment and only then reads how it stands: whoever waited sees what the other did. Undefined when there is none. */
export async function lockPayment(tx: Tx, collaborationId: string, paymentId: string): Promise<LockedPayment | undefined> {
  await sql(tx, 'select 1 from payment where collaboration_id = $1 and id = $2 for update', [collaborationId, paymentId]);
  const [payment] = await sql<LockedPayment>(
    tx,
    `select p.pence, p.holds_id is not null as "holdsNote", p.reverses_id is not null or exists (select from payment r where r.collaboration_id = p.collaboration_id and r.reverses_id = p.id) as reversed,
            exists (select from bank_match m where m.collaboration_id = p.collaboration_id and m.payment_id = p.id and m.undone_at is null) as matched
       from payment p where p.collaboration_id = $1 and p.id = $2`,
    [collaborationId, paymentId],
  );
  return payment;
}
