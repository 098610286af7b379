import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RetentionDaysSchema, RetentionDoneSchema, RetentionRunSchema, RetentionSchema, type RetentionDays, type RetentionRun } from '@fairshare/contract/retention';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, declarePermissions, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { RetentionService } from './retention.service.js';

export const retentionPermissions = declarePermissions({ 'audit.keep-retention': ['administrator'] });

/** How long what is kept, for who runs the installation. */
@ApiTags('audit')
@Controller('retention')
export class RetentionController {
  readonly #retention: RetentionService;

  constructor(retention: RetentionService) {
    this.#retention = retention;
  }

  @Get()
  @Allow('audit.keep-retention')
  @Answers(RetentionSchema)
  list() {
    return this.#retention.list();
  }

  @Post('run')
  @HttpCode(200)
  @Allow('audit.keep-retention')
  @Fresh()
  @Answers(RetentionDoneSchema)
  run(@Who() who: Scope, @Body({ schema: RetentionRunSchema }) body: RetentionRun) {
    return this.#retention.run(who, body.dryRun);
  }

  @Put(':kind')
  @Allow('audit.keep-retention')
  @Fresh()
  @Answers(RetentionSchema)
  setDays(@Who() who: Scope, @Param('kind') kind: string, @Body({ schema: RetentionDaysSchema }) body: RetentionDays) {
    return this.#retention.setDays(who, kind, body.days);
  }
}
