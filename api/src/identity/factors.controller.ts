import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ConfirmAuthenticatorSchema, NewAuthenticatorSchema, NewPasskeySchema, PasskeyOptionsSchema, RecoveryCodesShownSchema, RenamePasskeySchema,
  type ConfirmAuthenticator, type NewPasskey, type RenamePasskey,
} from '@fairshare/contract/identity';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyRequest } from 'fastify';
import { SignedIn, type Actor } from '../platform/actor.js';
import { AllowSignedIn, BeforeSecondFactor, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { CONFIG, type Config } from '../platform/config.js';
import { newFactorLimit } from './identity.limits.js';
import { OwnFactors } from './own-factors.js';
import { siteOf } from './site.js';

const Passkey = () => Param('passkeyId', { schema: IdSchema });

/** One's own second factors. */
@ApiTags('identity')
@Controller('account')
@BeforeSecondFactor()
export class FactorsController {
  readonly #config: Config;
  readonly #factors: OwnFactors;

  constructor(@Inject(CONFIG) config: Config, factors: OwnFactors) {
    this.#config = config;
    this.#factors = factors;
  }

  @Post('authenticator')
  @Limited(newFactorLimit)
  @HttpCode(200)
  @AllowSignedIn()
  @Fresh()
  @Answers(NewAuthenticatorSchema)
  beginAuthenticator(@SignedIn() actor: Actor) {
    return this.#factors.beginAuthenticator(actor);
  }

  @Post('authenticator/confirm')
  @Limited(newFactorLimit)
  @HttpCode(200)
  @AllowSignedIn()
  @Fresh()
  @Answers(RecoveryCodesShownSchema)
  confirmAuthenticator(@SignedIn() actor: Actor, @Body({ schema: ConfirmAuthenticatorSchema }) body: ConfirmAuthenticator) {
    return this.#factors.confirmAuthenticator(actor, body.code);
  }

  @Delete('authenticator')
  @HttpCode(204)
  @AllowSignedIn()
  @Fresh()
  removeAuthenticator(@SignedIn() actor: Actor) {
    return this.#factors.removeAuthenticator(actor);
  }

  @Post('recovery-codes')
  @Limited(newFactorLimit)
  @HttpCode(200)
  @AllowSignedIn()
  @Fresh()
  @Answers(RecoveryCodesShownSchema)
  recoveryCodes(@SignedIn() actor: Actor) {
    return this.#factors.newRecoveryCodes(actor);
  }

  @Post('passkeys/options')
  @Limited(newFactorLimit)
  @HttpCode(200)
  @AllowSignedIn()
  @Fresh()
  @Answers(PasskeyOptionsSchema)
  passkeyOptions(@SignedIn() actor: Actor, @Req() request: FastifyRequest) {
    return this.#factors.passkeyOptions(actor, siteOf(this.#config, request));
  }

  @Post('passkeys')
  @Limited(newFactorLimit)
  @AllowSignedIn()
  @Fresh()
  @Answers(RecoveryCodesShownSchema, 201)
  addPasskey(@SignedIn() actor: Actor, @Body({ schema: NewPasskeySchema }) body: NewPasskey, @Req() request: FastifyRequest) {
    return this.#factors.addPasskey(actor, body, siteOf(this.#config, request));
  }

  @Put('passkeys/:passkeyId')
  @HttpCode(204)
  @AllowSignedIn()
  renamePasskey(@SignedIn() actor: Actor, @Passkey() passkeyId: string, @Body({ schema: RenamePasskeySchema }) body: RenamePasskey) {
    return this.#factors.renamePasskey(actor, passkeyId, body.name);
  }

  @Delete('passkeys/:passkeyId')
  @HttpCode(204)
  @AllowSignedIn()
  @Fresh()
  removePasskey(@SignedIn() actor: Actor, @Passkey() passkeyId: string) {
    return this.#factors.removePasskey(actor, passkeyId);
  }
}
