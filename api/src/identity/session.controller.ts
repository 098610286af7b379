import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SessionSchema, SignInSchema, type SignIn } from '@fairshare/contract/identity';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedIn, type Actor } from '../platform/actor.js';
import { AllowPublic, AllowSignedIn } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Sessions, sessionOf } from './sessions.js';

const cookie = { httpOnly: true, sameSite: 'lax', path: '/' } as const;

@ApiTags('identity')
@Controller('session')
export class SessionController {
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  @Post()
  @HttpCode(200)
  @AllowPublic()
  @Answers(SessionSchema)
  async signIn(@Body({ schema: SignInSchema }) body: SignIn, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { token, actor } = await this.#sessions.signIn(body.email, body.password, request.ip, request.headers['user-agent']?.slice(0, 300) ?? null);
    if (request.actor) await this.#sessions.signOut(request.actor);
    void reply.setCookie('fairshare_session', token, { ...cookie, secure: request.protocol === 'https' });
    return sessionOf(actor);
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
    void reply.clearCookie('fairshare_session', cookie);
  }
}
