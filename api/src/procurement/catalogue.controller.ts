import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema, PageQuerySchema, type PageQuery } from '@fairshare/contract/list';
import {
  BankDetailsSchema, CredentialBodySchema, EngagementBodySchema, ServiceBodySchema, ServiceListSchema, ServiceSchema, SpecialistBodySchema, SpecialistListSchema, SpecialistSchema,
  SupplierBodySchema, SupplierListSchema, SupplierSchema, type CredentialBody, type EngagementBody, type ServiceBody, type SpecialistBody, type SupplierBody,
} from '@fairshare/contract/procurement';
import type { FastifyReply } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, Fresh } from '../platform/allow.js';
import { Answers, AnswersOrAsks, doneOrAskedAs } from '../platform/answers.js';
import './procurement.permissions.js';
import { ServicesService } from './services.service.js';
import { SpecialistsService } from './specialists.service.js';
import { SuppliersService } from './suppliers.service.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const Specialist = () => Param('specialistId', { schema: IdSchema });

@ApiTags('procurement')
@Controller('collaborations/:collaborationId')
export class CatalogueController {
  readonly #services: ServicesService;
  readonly #specialists: SpecialistsService;
  readonly #suppliers: SuppliersService;

  constructor(services: ServicesService, specialists: SpecialistsService, suppliers: SuppliersService) {
    this.#services = services;
    this.#specialists = specialists;
    this.#suppliers = suppliers;
  }

  @Get('services')
  @Allow('procurement.see')
  @Answers(ServiceListSchema)
  services(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#services.list(who, collaborationId, query);
  }

  @Post('services')
  @Allow('procurement.change')
  @Answers(ServiceSchema, 201)
  addService(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: ServiceBodySchema }) body: ServiceBody) {
    return this.#services.add(who, collaborationId, body);
  }

  @Put('services/:serviceId')
  @Allow('procurement.change')
  @Answers(ServiceSchema)
  changeService(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('serviceId', { schema: IdSchema }) serviceId: string, @Body({ schema: ServiceBodySchema }) body: ServiceBody) {
    return this.#services.change(who, collaborationId, serviceId, body);
  }

  @Get('suppliers')
  @Allow('procurement.see-suppliers')
  @Answers(SupplierListSchema)
  suppliers(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#suppliers.list(who, collaborationId, query);
  }

  @Post('suppliers')
  @Allow('procurement.change')
  @Fresh('bankDetails')
  @Answers(SupplierSchema, 201)
  addSupplier(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: SupplierBodySchema }) body: SupplierBody) {
    return this.#suppliers.add(who, collaborationId, body);
  }

  @Put('suppliers/:supplierId')
  @Allow('procurement.change')
  @Fresh('bankDetails')
  @AnswersOrAsks(SupplierSchema)
  async changeSupplier(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('supplierId', { schema: IdSchema }) supplierId: string, @Body({ schema: SupplierBodySchema }) body: SupplierBody, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#suppliers.change(who, collaborationId, supplierId, body));
  }

  @Get('suppliers/:supplierId/bank-details')
  @Allow('procurement.read-bank-details')
  @Fresh()
  @Answers(BankDetailsSchema)
  bankDetails(@Who() who: Scope, @Collaboration() collaborationId: string, @Param('supplierId', { schema: IdSchema }) supplierId: string) {
    return this.#suppliers.bankDetails(who, collaborationId, supplierId);
  }

  @Get('specialists')
  @Allow('procurement.see')
  @Answers(SpecialistListSchema)
  specialists(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#specialists.list(who, collaborationId, query);
  }

  @Post('specialists')
  @Allow('procurement.change')
  @Answers(SpecialistSchema, 201)
  engage(@Who() who: Scope, @Collaboration() collaborationId: string, @Body({ schema: SpecialistBodySchema }) body: SpecialistBody) {
    return this.#specialists.engage(who, collaborationId, body);
  }

  @Get('specialists/:specialistId')
  @Allow('procurement.see')
  @Answers(SpecialistSchema)
  specialist(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string) {
    return this.#specialists.one(who, collaborationId, specialistId);
  }

  @Put('specialists/:specialistId')
  @Allow('procurement.change')
  @Answers(SpecialistSchema)
  changeEngagement(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Body({ schema: EngagementBodySchema }) body: EngagementBody) {
    return this.#specialists.changeEngagement(who, collaborationId, specialistId, body);
  }

  @Post('specialists/:specialistId/credentials')
  @Allow('procurement.change')
  @Answers(SpecialistSchema, 201)
  recordCredential(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Body({ schema: CredentialBodySchema }) body: CredentialBody) {
    return this.#specialists.recordCredential(who, collaborationId, specialistId, body);
  }

  @Delete('specialists/:specialistId/credentials/:credentialId')
  @HttpCode(204)
  @Allow('procurement.change')
  removeCredential(@Who() who: Scope, @Collaboration() collaborationId: string, @Specialist() specialistId: string, @Param('credentialId', { schema: IdSchema }) credentialId: string) {
    return this.#specialists.removeCredential(who, collaborationId, specialistId, credentialId);
  }
}
