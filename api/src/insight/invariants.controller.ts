import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InvariantsSchema } from '@fairshare/contract/insight';
import { Who, type Scope } from '../platform/actor.js';
import { Allow } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import './insight.permissions.js';
import { InvariantsQueries } from './invariants.queries.js';

@ApiTags('insight')
@Controller('invariants')
export class InvariantsController {
  readonly #invariants: InvariantsQueries;

  constructor(invariants: InvariantsQueries) {
    this.#invariants = invariants;
  }

  @Get()
  @Allow('insight.see-invariants')
  @Answers(InvariantsSchema)
  list(@Who() who: Scope) {
    return this.#invariants.list(who);
  }
}
