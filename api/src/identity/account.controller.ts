import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountSchema, ChangePasswordSchema, KnownSessionsSchema, OwnNameSchema, type ChangePassword, type OwnName } from '@fairshare/contract/identity';
import { IdSchema } from '@fairshare/contract/list';
import { SignedIn, type Actor } from '../platform/actor.js';
import { AllowSignedIn, BeforeSecondFactor, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { AccountService } from './account.service.js';
import { Sessions } from './sessions.js';

/** One's own name, password and sessions. */
@ApiTags('identity')
@Controller('account')
@BeforeSecondFactor()
export class AccountController {
  readonly #account: AccountService;
  readonly #sessions: Sessions;

  constructor(account: AccountService, sessions: Sessions) {
    this.#account = account;
    this.#sessions = sessions;
  }

  @Get()
  @AllowSignedIn()
  @Answers(AccountSchema)
  read(@SignedIn() actor: Actor) {
    return this.#account.read(actor);
  }

  @Put('name')
  @HttpCode(204)
  @AllowSignedIn()
  rename(@SignedIn() actor: Actor, @Body({ schema: OwnNameSchema }) body: OwnName) {
    return this.#account.rename(actor, body);
  }

  @Put('password')
  @HttpCode(204)
  @AllowSignedIn()
  @Fresh()
  changePassword(@SignedIn() actor: Actor, @Body({ schema: ChangePasswordSchema }) body: ChangePassword) {
    return this.#account.changePassword(actor, body);
  }

  @Get('sessions')
  @AllowSignedIn()
  @Answers(KnownSessionsSchema)
  sessions(@SignedIn() actor: Actor) {
    return this.#sessions.list(actor);
  }

  @Delete('sessions')
  @HttpCode(204)
  @AllowSignedIn()
  endOthers(@SignedIn() actor: Actor) {
    return this.#sessions.endOthers(actor);
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @AllowSignedIn()
  end(@SignedIn() actor: Actor, @Param('sessionId', { schema: IdSchema }) sessionId: string) {
    return this.#sessions.end(actor, sessionId);
  }
}
