import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Asked } from '@fairshare/contract/approvals';
import type { Credit, CreditNote, Issuer, IssuerSettings, NewSupplierBill, SupplierBill } from '@fairshare/contract/billing';
import { assertAllSchools, type Scope } from '../platform/actor.js';
import { Approvals } from '../platform/approvals.js';
import { Database } from '../platform/database.js';
import { CreditNotes } from './credit-notes.service.js';
import { Issuers } from './issuers.service.js';
import { SupplierBills } from './supplier-bills.service.js';

/**
 * Credit notes, suppliers' bills and the account that schools pay into: at once below the collaboration's limit, by two
 * people above it. A bill that nobody else approved is not in the books, so that no payment of it can be matched.
 */
@Injectable()
export class LargeSums implements OnModuleInit {
  readonly #approvals: Approvals;
  readonly #bills: SupplierBills;
  readonly #creditNotes: CreditNotes;
  readonly #database: Database;
  readonly #issuers: Issuers;

  constructor(approvals: Approvals, bills: SupplierBills, creditNotes: CreditNotes, database: Database, issuers: Issuers) {
    this.#approvals = approvals;
    this.#bills = bills;
    this.#creditNotes = creditNotes;
    this.#database = database;
    this.#issuers = issuers;
  }

  onModuleInit(): void {
    this.#approvals.carriesOut('billing.credit-note', (tx, who, id, { invoiceId, ...wanted }: Credit & { invoiceId: string }) => this.#creditNotes.issueIn(tx, who, id, invoiceId, wanted));
    this.#approvals.carriesOut('billing.supplier-bill', (tx, who, id, wanted) => this.#bills.addIn(tx, who, id, wanted));
    this.#approvals.carriesOut('billing.issuer', (tx, who, id, wanted) => this.#issuers.saveIn(tx, who, id, wanted));
  }

  credit(who: Scope, collaborationId: string, invoiceId: string, wanted: Credit): Promise<CreditNote | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const pence = await this.#creditNotes.worthPence(tx, collaborationId, invoiceId, wanted);
      const wish = { kind: 'billing.credit-note', collaborationId, subjectId: invoiceId, pence, summary: wanted.reason, wanted: { invoiceId, ...wanted } } as const;
      return (await this.#approvals.ask(tx, who, wish)) ?? this.#creditNotes.issueIn(tx, who, collaborationId, invoiceId, wanted);
    });
  }

  addBill(who: Scope, collaborationId: string, wanted: NewSupplierBill): Promise<SupplierBill | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const supplier = await this.#bills.supplierName(tx, collaborationId, wanted.supplierId);
      const pence = wanted.lines.reduce((sum, line) => sum + line.pence, 0);
      const wish = { kind: 'billing.supplier-bill', collaborationId, subjectId: wanted.supplierId, pence, summary: `Bill ${wanted.number} of ${supplier}`, wanted } as const;
      return (await this.#approvals.ask(tx, who, wish)) ?? this.#bills.addIn(tx, who, collaborationId, wanted);
    });
  }

  saveIssuer(who: Scope, collaborationId: string, wanted: Issuer): Promise<IssuerSettings | Asked> {
    assertAllSchools(who);
    return this.#database.write(who, async (tx) => {
      const summary = `Schools pay to ${wanted.accountName}, account ending in ${wanted.accountNumber.slice(-4)}`;
      const moves = await this.#issuers.wouldMoveAccount(tx, collaborationId, wanted);
      const asked = moves ? await this.#approvals.ask(tx, who, { kind: 'billing.issuer', collaborationId, subjectId: null, pence: null, summary, wanted }) : undefined;
      return asked ?? this.#issuers.saveIn(tx, who, collaborationId, wanted);
    });
  }
}
