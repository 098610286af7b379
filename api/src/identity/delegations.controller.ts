import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActForSchema, DelegationsSchema, NewDelegationSchema, WiderRoleSchema, type ActFor, type NewDelegation, type WiderRole } from '@fairshare/contract/delegations';
import { RolePlacesSchema } from '@fairshare/contract/identity';
import { IdSchema } from '@fairshare/contract/list';
import type { FastifyReply } from 'fastify';
import { SignedIn, Who, type Actor, type Scope } from '../platform/actor.js';
import { Allow, AllowSignedIn, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { rememberActingFor } from './cookie.js';
import { Delegations } from './delegations.js';
import './identity.permissions.js';
import { WiderRoles } from './wider-roles.js';

/** Who acts for whom, and roles that reach further than one school. */
@ApiTags('identity')
@Controller()
export class DelegationsController {
  readonly #delegations: Delegations;
  readonly #roles: WiderRoles;

  constructor(delegations: Delegations, roles: WiderRoles) {
    this.#delegations = delegations;
    this.#roles = roles;
  }

  @Get('account/delegations')
  @AllowSignedIn()
  @Answers(DelegationsSchema)
  list(@SignedIn() actor: Actor) {
    return this.#delegations.list(actor);
  }

  @Post('account/delegations')
  @AllowSignedIn()
  @Fresh()
  @Answers(DelegationsSchema, 201)
  give(@SignedIn() actor: Actor, @Body({ schema: NewDelegationSchema }) body: NewDelegation) {
    return this.#delegations.give(actor, body);
  }

  @Delete('account/delegations/:delegationId')
  @HttpCode(204)
  @AllowSignedIn()
  end(@SignedIn() actor: Actor, @Param('delegationId', { schema: IdSchema }) delegationId: string) {
    return this.#delegations.end(actor, delegationId);
  }

  @Put('account/acting-for')
  @HttpCode(204)
  @AllowSignedIn()
  @Fresh('userId', { exceptNull: true })
  async actFor(@SignedIn() actor: Actor, @Body({ schema: ActForSchema }) { userId }: ActFor, @Res({ passthrough: true }) reply: FastifyReply) {
    if (userId) await this.#delegations.assertMayActFor(actor, userId);
    rememberActingFor(userId, reply);
  }

  @Get('collaborations/:collaborationId/people/places')
  @Allow('identity.see-people')
  @Answers(RolePlacesSchema)
  places(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#roles.places(who, collaborationId);
  }

  @Post('collaborations/:collaborationId/people/:userId/roles')
  @HttpCode(204)
  @Allow('identity.change-people')
  @Fresh()
  widen(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('userId', { schema: IdSchema }) userId: string, @Body({ schema: WiderRoleSchema }) body: WiderRole) {
    return this.#roles.give(who, collaborationId, userId, body);
  }
}
