import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SessionSchema, SignInAgainSchema, SignInSchema, type SignIn as Credentials, type SignInAgain } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedIn, type Actor } from '../platform/actor.js';
import { AllowPublic, AllowSignedIn } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { browserOf, giveCookie, takeCookie } from './cookie.js';
import { Sessions, sessionOf } from './sessions.js';
import { SignIn } from './sign-in.service.js';

@ApiTags('identity')
@Controller('session')
export class SessionController {
  readonly #sessions: Sessions;
  readonly #signIn: SignIn;

  constructor(sessions: Sessions, signIn: SignIn) {
    this.#sessions = sessions;
    this.#signIn = signIn;
  }

  @Post()
  @HttpCode(200)
  @AllowPublic()
  @Answers(SessionSchema)
  async begin(@Body({ schema: SignInSchema }) body: Credentials, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { token, actor } = await this.#signIn.byPassword(body, browserOf(request), request.actor);
    giveCookie(request, reply, token);
    return sessionOf(actor);
  }

  @Post('again')
  @HttpCode(204)
  @AllowSignedIn()
  async again(@SignedIn() actor: Actor, @Body({ schema: SignInAgainSchema }) body: SignInAgain, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { token } = await this.#signIn.again(actor, body.password, browserOf(request));
    giveCookie(request, reply, token);
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
