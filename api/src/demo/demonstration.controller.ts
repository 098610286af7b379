import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DemonstrationSchema } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { AllowPublic } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Demonstration } from './demonstration.js';

/** The sign-ins on the sign-in page, of the demonstration only. */
@ApiTags('identity')
@Controller('session/demonstration')
export class DemonstrationController {
  readonly #demonstration: Demonstration;

  constructor(demonstration: Demonstration) {
    this.#demonstration = demonstration;
  }

  @Get()
  @AllowPublic()
  @Answers(DemonstrationSchema)
  async read() {
    const shown = await this.#demonstration.shown();
    if (!shown) throw new DomainError('platform.not-found');
    return shown;
  }
}
