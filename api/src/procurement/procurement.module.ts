// Owns the catalogue, suppliers, specialists and their credentials, agreements with prices and cost-sharing rules, subscriptions and instalments.
// Refuses to know calendars and what a charge comes to.
// Others ask it through ProcurementQueries, inside their own transaction.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SchoolsModule } from '../schools/schools.module.js';
import { AgreementPriceEntity } from './agreement-price.entity.js';
import { AgreementReader } from './agreement-reader.js';
import { AgreementRuleEntity } from './agreement-rule.entity.js';
import { AgreementSpecialistEntity } from './agreement-specialist.entity.js';
import { AgreementEntity } from './agreement.entity.js';
import { AgreementsController } from './agreements.controller.js';
import { AgreementsService } from './agreements.service.js';
import { CatalogueController } from './catalogue.controller.js';
import { CredentialEntity } from './credential.entity.js';
import { EngagementEntity } from './engagement.entity.js';
import { InstalmentEntity } from './instalment.entity.js';
import { PricesService } from './prices.service.js';
import './procurement.problems.js';
import { ProcurementQueries } from './procurement.queries.js';
import { RulesService } from './rules.service.js';
import { ServiceEntity } from './service.entity.js';
import { ServicesService } from './services.service.js';
import { SpecialistEntity } from './specialist.entity.js';
import { SpecialistsService } from './specialists.service.js';
import { SubscriptionEntity } from './subscription.entity.js';
import { SubscriptionDeeds } from './subscription-deeds.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { SupplierEntity } from './supplier.entity.js';
import { SupplierStore } from './supplier-store.js';
import { SuppliersService } from './suppliers.service.js';

const entities = [
  ServiceEntity, SupplierEntity, SpecialistEntity, EngagementEntity, CredentialEntity, AgreementEntity, AgreementPriceEntity,
  AgreementSpecialistEntity, AgreementRuleEntity, SubscriptionEntity, InstalmentEntity,
];

@Module({
  imports: [TypeOrmModule.forFeature(entities), SchoolsModule],
  controllers: [CatalogueController, AgreementsController],
  providers: [
    ProcurementQueries, AgreementReader, ServicesService, SuppliersService, SupplierStore, SpecialistsService, AgreementsService, PricesService, RulesService, SubscriptionDeeds, SubscriptionsService,
  ],
  exports: [ProcurementQueries, ServicesService, SuppliersService, SpecialistsService, AgreementsService, PricesService, RulesService, SubscriptionsService],
})
export class ProcurementModule {}
