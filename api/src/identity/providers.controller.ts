import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BeginAtProviderSchema, BackFromProviderSchema, ProvidersSchema, ProviderNameSchema, ProviderUrlSchema, SignedInAskedOrTiedSchema,
  type BackFromProvider, type BeginAtProvider,
} from '@fairshare/contract/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedIn, type Actor } from '../platform/actor.js';
import { AllowPublic, AllowSignedIn, BeforeSecondFactor, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { CONFIG, type Config } from '../platform/config.js';
import { waysInLimit } from './identity.limits.js';
import { answerOf, browserOf, flowOf, giveFlow } from './cookie.js';
import { OutsideAccounts } from './outside-accounts.js';
import { ProviderSignIn } from './provider-sign-in.js';
import { Providers } from './providers.js';
import { siteOf } from './site.js';

const Provider = () => Param('provider', { schema: ProviderNameSchema });

/** Signing in at Microsoft, Google or DfE Sign-in, and which of those accounts is one's own. */
@ApiTags('identity')
@Controller()
@BeforeSecondFactor()
export class ProvidersController {
  readonly #config: Config;
  readonly #providers: Providers;
  readonly #signIn: ProviderSignIn;
  readonly #accounts: OutsideAccounts;

  constructor(@Inject(CONFIG) config: Config, providers: Providers, signIn: ProviderSignIn, accounts: OutsideAccounts) {
    this.#config = config;
    this.#providers = providers;
    this.#signIn = signIn;
    this.#accounts = accounts;
  }

  @Get('session/providers')
  @AllowPublic()
  @Answers(ProvidersSchema)
  list() {
    return { items: this.#providers.list() };
  }

  @Post('session/providers/:provider')
  @Limited(waysInLimit)
  @HttpCode(200)
  @AllowPublic()
  @Answers(ProviderUrlSchema)
  async begin(@Provider() provider: string, @Body({ schema: BeginAtProviderSchema }) body: BeginAtProvider, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return giveFlow(await this.#signIn.begin(provider, body, siteOf(this.#config, request), request.actor), request, reply);
  }

  /** The page that the provider sends people back to says what stood in its address. */
  @Post('session/back-from-provider')
  @Limited(waysInLimit)
  @HttpCode(200)
  @AllowPublic()
  @Answers(SignedInAskedOrTiedSchema)
  async finish(@Body({ schema: BackFromProviderSchema }) body: BackFromProvider, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const outcome = await this.#signIn.finish(flowOf(request, reply), body.query, browserOf(request), request.actor);
    return outcome ? answerOf(outcome, request, reply) : { tied: true };
  }

  @Post('account/providers/:provider')
  @Limited(waysInLimit)
  @HttpCode(200)
  @AllowSignedIn()
  @Fresh()
  @Answers(ProviderUrlSchema)
  async tie(@SignedIn() actor: Actor, @Provider() provider: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return giveFlow(await this.#signIn.beginToTie(actor, provider, siteOf(this.#config, request)), request, reply);
  }

  @Delete('account/providers/:provider')
  @HttpCode(204)
  @AllowSignedIn()
  @Fresh()
  untie(@SignedIn() actor: Actor, @Provider() provider: string) {
    return this.#accounts.untie(actor, provider);
  }
}
