import { Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { DateOnly } from '@fairshare/domain/kernel/period';
import { costCarried, supplierBilled, supplierPaid } from '@fairshare/domain/ledger';
import { Ledger } from '../ledger/ledger.service.js';
import type { Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/database.js';
import { newId } from '../platform/new-id.js';

export interface BillPayment {
  readonly collaborationId: string;
  readonly supplierBillId: string;
  /** Above nothing. */
  readonly pence: number;
  readonly paidOn: DateOnly;
  readonly reference: string;
}

/** Books what suppliers bill and what they are paid. */
@Injectable()
export class MoneyOut {
  readonly #clock: Clock;
  readonly #ledger: Ledger;

  constructor(clock: Clock, ledger: Ledger) {
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** The bill falls on the pool that the charges to the schools fill. */
  async bill(tx: Tx, who: Scope, bill: { collaborationId: string; id: string; billedOn: DateOnly; pence: number; description: string }): Promise<void> {
    await this.#ledger.post(tx, who, {
      collaborationId: bill.collaborationId, kind: 'supplier-bill', serviceOn: bill.billedOn, happenedOn: bill.billedOn, sourceKind: 'supplier-bill', sourceId: bill.id,
      description: bill.description,
      postings: supplierBilled(bill.pence),
    });
  }

  /** What the collaboration chose to bear itself leaves the pool. */
  async carry(tx: Tx, who: Scope, cover: { collaborationId: string; id: string; pence: number; description: string }): Promise<void> {
    const today = this.#clock.today();
    await this.#ledger.post(tx, who, {
      collaborationId: cover.collaborationId, kind: 'carried', serviceOn: today, happenedOn: today, sourceKind: 'bill-cover', sourceId: cover.id, description: cover.description,
      postings: costCarried(cover.pence),
    });
  }

  /** @throws `billing.bill-paid-already` for more than is left of the bill. @returns the payment's id. */
  async pay(tx: Tx, who: Scope, payment: BillPayment): Promise<string> {
    // Locked first and counted after: a statement that waits for the lock would count what was there before it waited.
    await sql(tx, 'select 1 from supplier_bill where collaboration_id = $1 and id = $2 for update', [payment.collaborationId, payment.supplierBillId]);
    const [bill] = await sql<{ leftPence: number; number: string }>(
      tx,
      `select b.number, ((select coalesce(sum(l.pence), 0) from supplier_bill_line l where l.collaboration_id = b.collaboration_id and l.supplier_bill_id = b.id)
               + (select coalesce(sum(p.pence), 0) from payment p where p.collaboration_id = b.collaboration_id and p.supplier_bill_id = b.id))::bigint as "leftPence"
         from supplier_bill b where b.collaboration_id = $1 and b.id = $2`,
      [payment.collaborationId, payment.supplierBillId],
    );
    if (!bill) throw new DomainError('platform.not-found');
    if (payment.pence > bill.leftPence) throw new DomainError('billing.bill-paid-already', { leftPence: bill.leftPence });
    const id = newId();
    await sql(
      tx,
      'insert into payment (id, collaboration_id, supplier_bill_id, pence, paid_on, reference, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [id, payment.collaborationId, payment.supplierBillId, 0 - payment.pence, payment.paidOn, payment.reference, who.name, this.#clock.now()],
    );
    await this.#ledger.post(tx, who, {
      collaborationId: payment.collaborationId, kind: 'payment', serviceOn: payment.paidOn, happenedOn: payment.paidOn, sourceKind: 'payment', sourceId: id,
      description: `Bill ${bill.number} paid`,
      postings: supplierPaid(payment.pence),
    });
    return id;
  }
}
