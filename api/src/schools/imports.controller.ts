import { Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { IdSchema, PageQuerySchema, type PageQuery } from '@fairshare/contract/list';
import { ImportListSchema, ImportQuerySchema, ImportStatusSchema, StartedSchema, type ImportQuery } from '@fairshare/contract/schools';
import type { FastifyRequest } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { importLimit, Limited } from '../platform/limited.js';
import { uploadedFile } from '../platform/uploads.js';
import { faultsAsCsv } from './faults-csv.js';
import { SchoolImports } from './school-imports.service.js';
import './schools.permissions.js';

const largestFile = 32 * 1024 * 1024;

@ApiTags('schools')
@Controller()
export class ImportsController {
  readonly #imports: SchoolImports;

  constructor(imports: SchoolImports) {
    this.#imports = imports;
  }

  @Post('schools/import')
  @HttpCode(202)
  @Allow('schools.import')
  @Limited(importLimit)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @Answers(StartedSchema, 202)
  async start(@Who() who: Scope, @Query({ schema: ImportQuerySchema }) query: ImportQuery, @Req() request: FastifyRequest) {
    return this.#imports.start(who, query, await uploadedFile(request, largestFile, ['csv']));
  }

  @Get('imports')
  @Allow('schools.import')
  @Answers(ImportListSchema)
  list(@Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#imports.list(query.page, query.size);
  }

  @Get('imports/:importId')
  @Allow('schools.import')
  @Answers(ImportStatusSchema)
  status(@Param('importId', { schema: IdSchema }) importId: string) {
    return this.#imports.status(importId);
  }

  @Get('imports/:importId/errors.csv')
  @Allow('schools.import')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="import-errors.csv"')
  async errors(@Param('importId', { schema: IdSchema }) importId: string) {
    return faultsAsCsv((await this.#imports.status(importId)).report?.errors ?? []);
  }
}
