import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ValueForMoneySchema, ValueQuerySchema, type ValueQuery } from '@fairshare/contract/insight';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './insight.permissions.js';
import { ValueService } from './value.service.js';

@ApiTags('insight')
@Controller('collaborations/:collaborationId/value-for-money')
export class ValueController {
  readonly #value: ValueService;

  constructor(value: ValueService) {
    this.#value = value;
  }

  @Get()
  @Allow('insight.see-value')
  @Answers(ValueForMoneySchema)
  read(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: ValueQuerySchema }) query: ValueQuery) {
    return this.#value.value(who, collaborationId, query);
  }
}
