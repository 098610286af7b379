// Owns charges, how each was divided, and the shares that came of it, with their explanation.
// Refuses to know invoices and payments: a share is claimed by a document, whatever it is.
// Listens to what bookings tell; others charge through ChargesService and read through SharesQueries.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BookingsModule } from '../bookings/bookings.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ProcurementModule } from '../procurement/procurement.module.js';
import { SchoolsModule } from '../schools/schools.module.js';
import { Bases } from './bases.js';
import { BookingSharesReader } from './booking-shares.js';
import { BookingsListener } from './bookings-listener.js';
import { ChargeDesk } from './charge-desk.js';
import { ChargePlanEntity } from './charge-plan.entity.js';
import { ChargePlansService } from './charge-plans.service.js';
import { ChargeProblemEntity } from './charge-problem.entity.js';
import { ChargeSuppliersVatEntity } from './charge-suppliers-vat.entity.js';
import { ChargeEntity } from './charge.entity.js';
import { ChargesController } from './charges.controller.js';
import { ChargesDueController } from './charges-due.controller.js';
import { ChargesDueService } from './charges-due.service.js';
import { ChargesQueries } from './charges.queries.js';
import { ChargesService } from './charges.service.js';
import { CostSharingController } from './cost-sharing.controller.js';
import { DueCharges } from './due-charges.js';
import { DueFactsReader } from './due-facts.js';
import { EstimateSettledEntity } from './estimate-settled.entity.js';
import { ExpectedShares } from './expected-shares.js';
import { FundingBudgetEntity } from './funding-budget.entity.js';
import { FundingController } from './funding.controller.js';
import { FundingQueries } from './funding.queries.js';
import { FundingRuleEntity } from './funding-rule.entity.js';
import { FundingService } from './funding.service.js';
import { Funder } from './funder.js';
import { HoursGivenEntity } from './hours-given.entity.js';
import { HoursReader } from './hours-reader.js';
import { HoursService } from './hours.service.js';
import { InstalmentsService } from './instalments.service.js';
import { MoneySuccessionEntity } from './money-succession.entity.js';
import { OnAccountQueries } from './on-account.queries.js';
import { OpeningCarryEntity } from './opening-carry.entity.js';
import { OpeningsController } from './openings.controller.js';
import { OpeningsDesk } from './openings-desk.js';
import { OpeningsService } from './openings.service.js';
import { Redivisions } from './redivisions.js';
import { ShareFundingEntity } from './share-funding.entity.js';
import { ShareInvoicedEntity } from './share-invoiced.entity.js';
import { ShareMaker } from './share-maker.js';
import { ShareSetEntity } from './share-set.entity.js';
import { ShareEntity } from './share.entity.js';
import { SharedCostsController } from './shared-costs.controller.js';
import { SharedCostsQueries } from './shared-costs.queries.js';
import { SharesQueries } from './shares.queries.js';
import { Successions } from './successions.js';
import { Uplifts } from './uplifts.js';
import './sharing.problems.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([FundingBudgetEntity, FundingRuleEntity, ShareFundingEntity]),
    TypeOrmModule.forFeature([ChargeEntity, ChargeSuppliersVatEntity, ChargeProblemEntity, ShareSetEntity, ShareEntity, ShareInvoicedEntity, ChargePlanEntity, EstimateSettledEntity, HoursGivenEntity, MoneySuccessionEntity, OpeningCarryEntity]),
    BookingsModule, LedgerModule, ProcurementModule, SchoolsModule,
  ],
  controllers: [CostSharingController, ChargesController, ChargesDueController, FundingController, OpeningsController, SharedCostsController],
  providers: [
    Bases, BookingSharesReader, BookingsListener, ChargeDesk, ChargePlansService, ChargesDueService, ChargesQueries, ChargesService, DueCharges, DueFactsReader, ExpectedShares, Funder, FundingQueries, FundingService, HoursReader, HoursService,
    InstalmentsService, OnAccountQueries, OpeningsDesk, OpeningsService, Redivisions, ShareMaker, SharedCostsQueries, SharesQueries, Successions, Uplifts,
  ],
  exports: [ChargesService, ChargesQueries, DueCharges, ExpectedShares, InstalmentsService, SharesQueries, SharedCostsQueries, Successions],
})
export class SharingModule {}
