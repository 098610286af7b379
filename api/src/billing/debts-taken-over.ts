import { Injectable } from '@nestjs/common';
import type { TakenItem } from '@fairshare/contract/taking-over';
import { documentNumber } from '@fairshare/domain/billing';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { ChargesService } from '../sharing/charges.service.js';
import type { MoneySuccession } from '../sharing/money-succession.js';
import { CreditNotes } from './credit-notes.service.js';
import { disputedPenceOf, invoicesWithSums, type InvoiceRow } from './invoice-rows.js';
import { heldPence, lockSchoolMoney, MoneyIn } from './money-in.js';

interface CreditedLine {
  readonly chargeId: string;
  readonly netPence: number;
}

/**
 * What was invoiced and not paid, and what was paid beyond it. An invoice stays in the name that it was issued in: it is
 * credited, and the successor is charged the same net, which its own invoice bears VAT on as the law has it for that school.
 */
@Injectable()
export class DebtsTakenOver {
  readonly #charges: ChargesService;
  readonly #clock: Clock;
  readonly #creditNotes: CreditNotes;
  readonly #moneyIn: MoneyIn;

  constructor(charges: ChargesService, clock: Clock, creditNotes: CreditNotes, moneyIn: MoneyIn) {
    this.#charges = charges;
    this.#clock = clock;
    this.#creditNotes = creditNotes;
    this.#moneyIn = moneyIn;
  }

  async follow(tx: Tx, who: Scope, succession: MoneySuccession, debts: boolean): Promise<TakenItem[]> {
    const items: TakenItem[] = [];
    for (const invoice of await this.#owing(tx, succession)) {
      const pence = invoice.netPence + invoice.vatPence - invoice.creditedPence - invoice.paidPence;
      const number = documentNumber('invoice', invoice.seriesNumber as number);
      const stays = disputedPenceOf(invoice) > 0 ? 'It is disputed; decide that first.' : debts ? null : 'It stays the old school’s debt, as you chose.';
      if (!stays) await this.#debt(tx, who, succession, invoice.id, pence);
      items.push({ kind: 'debts', what: `${number}, left to pay`, pence, chargeId: null, invoiceId: invoice.id, stays });
    }
    return [...items, ...(await this.#credit(tx, who, succession))];
  }

  #owing(tx: Tx, { collaborationId, fromUrn }: MoneySuccession): Promise<InvoiceRow[]> {
    return sql<InvoiceRow>(
      tx,
      `${invoicesWithSums} where i.urn = $3 and i.kind = 'invoice' and i."issuedOn" is not null and i."netPence" + i."vatPence" - i."creditedPence" - i."paidPence" > 0
        order by i."issuedOn", i."seriesNumber"`,
      [collaborationId, this.#clock.today(), fromUrn],
    );
  }

  async #debt(tx: Tx, who: Scope, succession: MoneySuccession, invoiceId: string, pence: number): Promise<void> {
    const { collaborationId, toName } = succession;
    const note = await this.#creditNotes.issueIn(tx, who, collaborationId, invoiceId, { reason: `Taken over by ${toName}`, pence });
    const lines = await sql<CreditedLine>(
      tx,
      `select coalesce(c.corrects_charge_id, c.id) as "chargeId", sum(n.net_pence)::bigint as "netPence"
         from credit_note_line n
         join invoice_line l on l.collaboration_id = n.collaboration_id and l.id = n.invoice_line_id
         join charge c on c.collaboration_id = l.collaboration_id and c.id = l.charge_id
        where n.collaboration_id = $1 and n.credit_note_id = $2 group by 1 having sum(n.net_pence) <> 0 order by 1`,
      [collaborationId, note.id],
    );
    for (const { chargeId, netPence } of lines) await this.#charges.takeOver(tx, who, { ...succession, chargeId, pence: netPence }, 'carried');
  }

  /** Two payments that are nothing together: what was held for the old school is held for the new one. */
  async #credit(tx: Tx, who: Scope, { collaborationId, fromUrn, toUrn, fromName, toName }: MoneySuccession): Promise<TakenItem[]> {
    await lockSchoolMoney(tx, collaborationId, fromUrn);
    const pence = await heldPence(tx, collaborationId, fromUrn);
    if (pence <= 0) return [];
    const paidOn = this.#clock.today();
    await this.#moneyIn.receive(tx, who, { collaborationId, urn: fromUrn, pence: 0 - pence, paidOn, reference: `Credit taken over by ${toName}`, allocations: [] });
    await this.#moneyIn.receive(tx, who, { collaborationId, urn: toUrn, pence, paidOn, reference: `Credit taken over from ${fromName}`, allocations: [] });
    return [{ kind: 'credit', what: 'Credit held, paid beyond what was due', pence: 0 - pence, chargeId: null, invoiceId: null, stays: null }];
  }
}
