// Owns invoices, credit notes, supplier bills, payments, bank lines and the ties between them.
// Refuses to know how shares were worked out: it claims them once and bills them as they are.
// What schools owe and what the bank holds is derived from what was issued, credited, paid and posted.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ProcurementModule } from '../procurement/procurement.module.js';
import { SchoolsModule } from '../schools/schools.module.js';
import { SharingModule } from '../sharing/sharing.module.js';
import { AllocationEntity } from './allocation.entity.js';
import { BankController } from './bank.controller.js';
import { BankLineEntity } from './bank-line.entity.js';
import { BankLineQueries } from './bank-lines.queries.js';
import { BankMatchEntity } from './bank-match.entity.js';
import { BankStatementEntity } from './bank-statement.entity.js';
import { BankStatements } from './bank-statements.service.js';
import { BillingParties } from './billing-parties.js';
import { BillCoverEntity } from './bill-cover.entity.js';
import './billing.problems.js';
import { BooksController } from './books.controller.js';
import { Choices } from './choices.service.js';
import { CostCodeEntity } from './cost-code.entity.js';
import { CreditNoteEntity } from './credit-note.entity.js';
import { CreditNoteLineEntity } from './credit-note-line.entity.js';
import { CreditNotes } from './credit-notes.service.js';
import { LargeSums } from './large-sums.js';
import { DecisionsController } from './decisions.controller.js';
import { DisputeCorrections } from './dispute-corrections.js';
import { DisputeEntity } from './dispute.entity.js';
import { DisputeQueries } from './disputes.queries.js';
import { Disputes } from './disputes.service.js';
import { DocumentSeriesEntity } from './document-series.entity.js';
import { Drafting } from './drafting.js';
import { Drafts } from './drafts.service.js';
import { InvoiceDeedsController } from './invoice-deeds.controller.js';
import { InvoiceDocuments } from './invoice-documents.service.js';
import { InvoiceEntity } from './invoice.entity.js';
import { InvoiceIssuerEntity } from './invoice-issuer.entity.js';
import { InvoiceLineEntity } from './invoice-line.entity.js';
import { InvoiceQueries } from './invoices.queries.js';
import { InvoiceRunEntity } from './invoice-run.entity.js';
import { InvoiceRunQueries } from './invoice-runs.queries.js';
import { InvoiceRuns } from './invoice-runs.service.js';
import { InvoiceRunsController } from './invoice-runs.controller.js';
import { InvoicesController } from './invoices.controller.js';
import { Issuers } from './issuers.service.js';
import { Issuing } from './issuing.service.js';
import { LineMatching } from './line-matching.js';
import { Matches } from './matches.service.js';
import { MoneyIn } from './money-in.js';
import { MoneyOut } from './money-out.js';
import { PaymentEntity } from './payment.entity.js';
import { Payments } from './payments.service.js';
import { ReconciliationQueries } from './reconciliation.queries.js';
import { SchoolAccounts } from './school-accounts.queries.js';
import { SupplierBillEntity } from './supplier-bill.entity.js';
import { SupplierBillLineEntity } from './supplier-bill-line.entity.js';
import { SupplierBills } from './supplier-bills.service.js';
import { DebtsTakenOver } from './debts-taken-over.js';
import { TakingOver } from './taking-over.service.js';
import { TakingOverController } from './taking-over.controller.js';
import { VatChoiceEntity } from './vat-choice.entity.js';

const entities = [
  InvoiceIssuerEntity, DocumentSeriesEntity, InvoiceRunEntity, InvoiceEntity, InvoiceLineEntity, CreditNoteEntity, CreditNoteLineEntity, SupplierBillEntity,
  SupplierBillLineEntity, BillCoverEntity, PaymentEntity, AllocationEntity, BankStatementEntity, BankLineEntity, BankMatchEntity,
  CostCodeEntity, DisputeEntity, VatChoiceEntity,
];

@Module({
  imports: [TypeOrmModule.forFeature(entities), SchoolsModule, ProcurementModule, SharingModule, LedgerModule],
  controllers: [InvoiceRunsController, InvoicesController, InvoiceDeedsController, BankController, BooksController, DecisionsController, TakingOverController],
  providers: [
    Issuers, Drafting, InvoiceRuns, InvoiceRunQueries, Issuing, Drafts, InvoiceQueries, InvoiceDocuments, CreditNotes, LargeSums, Payments, MoneyIn, MoneyOut,
    BillingParties, Choices, DebtsTakenOver, TakingOver, DisputeCorrections, DisputeQueries, Disputes, BankStatements, BankLineQueries, LineMatching, Matches, SupplierBills, ReconciliationQueries, SchoolAccounts,
  ],
  exports: [Issuers, InvoiceRuns, InvoiceRunQueries, Drafting, Issuing, InvoiceQueries, CreditNotes, Payments, BankStatements, BankLineQueries, Matches, SupplierBills, ReconciliationQueries],
})
export class BillingModule {}
