// Owns the catalogue, suppliers, specialists and their credentials, agreements with prices and cost-sharing rules, subscriptions and instalments.
// Refuses to know calendars and what a charge comes to.
// Others ask it through ProcurementQueries, inside their own transaction.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SchoolsModule } from '../schools/schools.module.js';
import { AgreementPriceEntity } from './agreement-price.entity.js';
import { AgreementRuleEntity } from './agreement-rule.entity.js';
import { AgreementSpecialistEntity } from './agreement-specialist.entity.js';
import { AgreementEntity } from './agreement.entity.js';
import { CredentialEntity } from './credential.entity.js';
import { EngagementEntity } from './engagement.entity.js';
import { InstalmentEntity } from './instalment.entity.js';
import './procurement.problems.js';
import { ProcurementQueries } from './procurement.queries.js';
import { ServiceEntity } from './service.entity.js';
import { SpecialistEntity } from './specialist.entity.js';
import { SubscriptionEntity } from './subscription.entity.js';
import { SupplierEntity } from './supplier.entity.js';

const entities = [
  ServiceEntity, SupplierEntity, SpecialistEntity, EngagementEntity, CredentialEntity, AgreementEntity, AgreementPriceEntity,
  AgreementSpecialistEntity, AgreementRuleEntity, SubscriptionEntity, InstalmentEntity,
];

@Module({
  imports: [TypeOrmModule.forFeature(entities), SchoolsModule],
  providers: [ProcurementQueries],
  exports: [ProcurementQueries],
})
export class ProcurementModule {}
