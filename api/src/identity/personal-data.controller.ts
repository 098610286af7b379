import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema } from '@fairshare/contract/list';
import { ErasePersonSchema, ErasureSchema, LostFactorSchema, PersonalDataSchema, type ErasePerson, type LostFactor } from '@fairshare/contract/personal-data';
import { SignedIn, Who, type Actor, type Scope } from '../platform/actor.js';
import { Allow, AllowSignedIn, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { personalDataLimit } from './identity.limits.js';
import './identity.permissions.js';
import { LostFactors } from './lost-factors.js';
import { PersonalDataService } from './personal-data.service.js';

/** What whoever runs the installation does about one person, and all that is stored about somebody, for themselves too. */
@ApiTags('identity')
@Controller()
export class PersonalDataController {
  readonly #data: PersonalDataService;
  readonly #lost: LostFactors;

  constructor(data: PersonalDataService, lost: LostFactors) {
    this.#data = data;
    this.#lost = lost;
  }

  @Get('account/personal-data')
  @Limited(personalDataLimit)
  @AllowSignedIn()
  @Fresh()
  @Answers(PersonalDataSchema)
  own(@Who() who: Scope, @SignedIn() actor: Actor) {
    return this.#data.export(who, actor.userId, false);
  }

  @Get('people/:userId/personal-data')
  @Limited(personalDataLimit)
  @Allow('identity.read-personal-data')
  @Fresh()
  @Answers(PersonalDataSchema)
  of(@Who() who: Scope, @Param('userId', { schema: IdSchema }) userId: string) {
    return this.#data.export(who, userId, true);
  }

  @Post('people/:userId/erasure')
  @Limited(personalDataLimit)
  @HttpCode(200)
  @Allow('identity.change-people')
  @Fresh()
  @Answers(ErasureSchema)
  erase(@Who() who: Scope, @Param('userId', { schema: IdSchema }) userId: string, @Body({ schema: ErasePersonSchema }) body: ErasePerson) {
    return this.#data.erase(who, userId, body.dryRun);
  }

  @Post('people/:userId/lost-second-factor')
  @Limited(personalDataLimit)
  @HttpCode(204)
  @Allow('identity.take-lost-factors')
  @Fresh()
  takeLostFactor(@Who() who: Scope, @Param('userId', { schema: IdSchema }) userId: string, @Body({ schema: LostFactorSchema }) body: LostFactor) {
    return this.#lost.takeAway(who, userId, body.reason);
  }
}
