import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AskForPasskeySchema, PasskeyAnswerSchema, PasskeyOptionsSchema, SecondStepSchema, SessionSchema, SignedInOrAskedSchema, SignInAgainSchema, SignInSchema,
  type AskForPasskey, type PasskeyAnswer, type SecondStep, type SignIn as Credentials, type SignInAgain,
} from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedIn, type Actor } from '../platform/actor.js';
import { AllowPublic, AllowSignedIn, BeforeSecondFactor } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { CONFIG, type Config } from '../platform/config.js';
import { waysInLimit } from './identity.limits.js';
import { answerOf, browserOf, takeCookie } from './cookie.js';
import { Sessions, sessionOf } from './sessions.js';
import { SignIn } from './sign-in.service.js';
import { siteOf } from './site.js';

@ApiTags('identity')
@Controller('session')
@BeforeSecondFactor()
export class SessionController {
  readonly #config: Config;
  readonly #sessions: Sessions;
  readonly #signIn: SignIn;

  constructor(@Inject(CONFIG) config: Config, sessions: Sessions, signIn: SignIn) {
    this.#config = config;
    this.#sessions = sessions;
    this.#signIn = signIn;
  }

  @Post()
  @HttpCode(200)
  @AllowPublic()
  @Answers(SignedInOrAskedSchema)
  async begin(@Body({ schema: SignInSchema }) body: Credentials, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return answerOf(await this.#signIn.byPassword(body, browserOf(request), request.actor), request, reply);
  }

  @Post('second-factor')
  @HttpCode(200)
  @AllowPublic()
  @Answers(SessionSchema)
  async secondStep(@Body({ schema: SecondStepSchema }) body: SecondStep, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return answerOf(await this.#signIn.byCode(body, browserOf(request), request.actor), request, reply);
  }

  @Post('passkey-options')
  @Limited(waysInLimit)
  @HttpCode(200)
  @AllowPublic()
  @Answers(PasskeyOptionsSchema)
  passkeyOptions(@Body({ schema: AskForPasskeySchema }) body: AskForPasskey, @Req() request: FastifyRequest) {
    return this.#signIn.passkeyOptions(siteOf(this.#config, request), body.ticket);
  }

  @Post('passkey')
  @Limited(waysInLimit)
  @HttpCode(200)
  @AllowPublic()
  @Answers(SessionSchema)
  async byPasskey(@Body({ schema: PasskeyAnswerSchema }) body: PasskeyAnswer, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return answerOf(await this.#signIn.byPasskey(body, siteOf(this.#config, request), browserOf(request), request.actor), request, reply);
  }

  @Post('again/passkey-options')
  @Limited(waysInLimit)
  @HttpCode(200)
  @AllowSignedIn()
  @Answers(PasskeyOptionsSchema)
  optionsAgain(@SignedIn() actor: Actor, @Req() request: FastifyRequest) {
    return this.#signIn.passkeyOptionsAgain(actor, siteOf(this.#config, request));
  }

  @Post('again')
  @HttpCode(200)
  @AllowSignedIn()
  @Answers(SessionSchema)
  async again(@SignedIn() actor: Actor, @Body({ schema: SignInAgainSchema }) body: SignInAgain, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return answerOf(await this.#signIn.again(actor, body, siteOf(this.#config, request), browserOf(request)), request, reply);
  }

  @Get()
  @AllowPublic()
  @Answers(SessionSchema)
  read(@SignedIn() actor: Actor | undefined) {
    if (!actor) throw new DomainError('identity.not-signed-in');
    return sessionOf(actor);
  }

  @Delete()
  @HttpCode(204)
  @AllowSignedIn()
  async signOut(@SignedIn() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.#sessions.signOut(actor);
    takeCookie(reply);
  }
}
