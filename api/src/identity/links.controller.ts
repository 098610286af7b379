import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AcceptInvitationSchema, AskForResetSchema, InvitationSchema, LinkSchema, ResetPasswordSchema, SignedInOrAskedSchema,
  type AcceptInvitation, type AskForReset, type Link, type ResetPassword,
} from '@fairshare/contract/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowPublic } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { answerOf, browserOf } from './cookie.js';
import { Invitations } from './invitations.js';
import { PasswordReset } from './password-reset.js';
import { SignIn } from './sign-in.service.js';
import { Tries } from './tries.js';

/** What a link in a mail leads to: an invitation, or a new password. */
@ApiTags('identity')
@Controller('session')
export class LinksController {
  readonly #invitations: Invitations;
  readonly #reset: PasswordReset;
  readonly #signIn: SignIn;
  readonly #tries: Tries;

  constructor(invitations: Invitations, reset: PasswordReset, signIn: SignIn, tries: Tries) {
    this.#invitations = invitations;
    this.#reset = reset;
    this.#signIn = signIn;
    this.#tries = tries;
  }

  /** A POST, so that the secret of the link stands in no address. */
  @Post('invitation/look')
  @HttpCode(200)
  @AllowPublic()
  @Answers(InvitationSchema)
  async look(@Body({ schema: LinkSchema }) body: Link, @Req() request: FastifyRequest) {
    await this.#tries.count('link', body.token, request.ip);
    return this.#invitations.look(body.token);
  }

  @Post('invitation')
  @HttpCode(200)
  @AllowPublic()
  @Answers(SignedInOrAskedSchema)
  async accept(@Body({ schema: AcceptInvitationSchema }) body: AcceptInvitation, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.#tries.count('link', body.token, request.ip);
    const userId = await this.#invitations.accept(body);
    return answerOf(await this.#signIn.afterFirstStep(userId, { by: 'password', secondFactor: false }, browserOf(request), request.actor), request, reply);
  }

  @Post('reset-request')
  @HttpCode(202)
  @AllowPublic()
  async askForReset(@Body({ schema: AskForResetSchema }) body: AskForReset, @Req() request: FastifyRequest) {
    await this.#tries.count('reset', body.email, request.ip);
    await this.#reset.ask(body.email);
  }

  @Post('reset')
  @HttpCode(204)
  @AllowPublic()
  async setPassword(@Body({ schema: ResetPasswordSchema }) body: ResetPassword, @Req() request: FastifyRequest) {
    await this.#tries.count('link', body.token, request.ip);
    const { email } = await this.#reset.set(body);
    await this.#tries.forget('password', email, request.ip);
  }
}
