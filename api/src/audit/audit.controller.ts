import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TrailListSchema, TrailQuerySchema, type TrailQuery } from '@fairshare/contract/audit';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, declarePermissions } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { AuditService } from './audit.service.js';

export const auditPermissions = declarePermissions({ 'audit.read': ['coordinator', 'auditor'] });

@ApiTags('audit')
@Controller('collaborations/:collaborationId/trail')
export class AuditController {
  readonly #audit: AuditService;

  constructor(audit: AuditService) {
    this.#audit = audit;
  }

  @Get()
  @Allow('audit.read')
  @Answers(TrailListSchema)
  list(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: TrailQuerySchema }) query: TrailQuery) {
    return this.#audit.list(who, collaborationId, query);
  }
}
