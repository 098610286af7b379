import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  TrailChainQuerySchema, TrailChainSchema, TrailExportQuerySchema, TrailListSchema, TrailQuerySchema,
  type TrailChainQuery, type TrailFilter, type TrailQuery,
} from '@fairshare/contract/audit';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyReply } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, declarePermissions } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { exportLimit, Limited } from '../platform/limited.js';
import { AuditService } from './audit.service.js';
import { TrailQueries } from './trail.queries.js';

export const auditPermissions = declarePermissions({
  'audit.read': ['coordinator', 'auditor'],
  'audit.read-above': ['administrator'],
});

@ApiTags('audit')
@Controller('collaborations/:collaborationId')
export class AuditController {
  readonly #queries: TrailQueries;
  readonly #exports: AuditService;

  constructor(queries: TrailQueries, exports: AuditService) {
    this.#queries = queries;
    this.#exports = exports;
  }

  @Get('trail')
  @Allow('audit.read')
  @Answers(TrailListSchema)
  list(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: TrailQuerySchema }) query: TrailQuery) {
    return this.#queries.list(who, collaborationId, query);
  }

  @Get('trail/chain')
  @Allow('audit.read')
  @Answers(TrailChainSchema)
  chain(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: TrailChainQuerySchema }) query: TrailChainQuery) {
    return this.#queries.chain(who, collaborationId, query.knownHash);
  }

  @Get('trail.csv')
  @Limited(exportLimit)
  @Allow('audit.read')
  @ApiProduces('text/csv')
  csv(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: TrailExportQuerySchema }) query: TrailFilter, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#exports.csv(who, collaborationId, query, reply);
  }

  @Get('trail.json')
  @Limited(exportLimit)
  @Allow('audit.read')
  @ApiProduces('application/json')
  json(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: TrailExportQuerySchema }) query: TrailFilter, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#exports.json(who, collaborationId, query, reply);
  }
}

/** What stands above every collaboration: sign-ins, the national registers, people without a role. */
@ApiTags('audit')
@Controller()
export class AuditAboveController {
  readonly #queries: TrailQueries;
  readonly #exports: AuditService;

  constructor(queries: TrailQueries, exports: AuditService) {
    this.#queries = queries;
    this.#exports = exports;
  }

  @Get('trail')
  @Allow('audit.read-above')
  @Answers(TrailListSchema)
  list(@Who() who: Scope, @Query({ schema: TrailQuerySchema }) query: TrailQuery) {
    return this.#queries.list(who, null, query);
  }

  @Get('trail/chain')
  @Allow('audit.read-above')
  @Answers(TrailChainSchema)
  chain(@Who() who: Scope, @Query({ schema: TrailChainQuerySchema }) query: TrailChainQuery) {
    return this.#queries.chain(who, null, query.knownHash);
  }

  @Get('trail.csv')
  @Limited(exportLimit)
  @Allow('audit.read-above')
  @ApiProduces('text/csv')
  csv(@Who() who: Scope, @Query({ schema: TrailExportQuerySchema }) query: TrailFilter, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#exports.csv(who, null, query, reply);
  }

  @Get('trail.json')
  @Limited(exportLimit)
  @Allow('audit.read-above')
  @ApiProduces('application/json')
  json(@Who() who: Scope, @Query({ schema: TrailExportQuerySchema }) query: TrailFilter, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#exports.json(who, null, query, reply);
  }
}
