import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AddedPersonSchema, AddPersonSchema, FirstAdministratorNeededSchema, FirstAdministratorSchema, PeopleSchema, SecondFactorRulesSchema, SentInvitationSchema,
  type AddPerson, type FirstAdministrator as WantedFirst, type SecondFactorRules as Rules,
} from '@fairshare/contract/identity';
import { IdSchema, PageQuerySchema, type PageQuery } from '@fairshare/contract/list';
import type { FastifyRequest } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, AllowPublic, Fresh } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';
import { addPersonLimit, firstAdministratorLimit } from './identity.limits.js';
import { FirstAdministrator } from './first-administrator.js';
import './identity.permissions.js';
import { PeopleService } from './people.service.js';
import { RoleTaking } from './role-taking.js';
import { SecondFactorRules } from './second-factor-rules.js';
import { Tries } from './tries.js';

@ApiTags('identity')
@Controller()
export class PeopleController {
  readonly #first: FirstAdministrator;
  readonly #people: PeopleService;
  readonly #rules: SecondFactorRules;
  readonly #taking: RoleTaking;
  readonly #tries: Tries;

  constructor(first: FirstAdministrator, people: PeopleService, rules: SecondFactorRules, tries: Tries, taking: RoleTaking) {
    this.#first = first;
    this.#people = people;
    this.#rules = rules;
    this.#tries = tries;
    this.#taking = taking;
  }

  @Get('collaborations/:collaborationId/people')
  @Allow('identity.see-people')
  @Answers(PeopleSchema)
  list(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#people.list(who, collaborationId, query.page, query.size);
  }

  @Post('collaborations/:collaborationId/people')
  @Limited(addPersonLimit)
  @Allow('identity.change-people')
  @Fresh()
  @Answers(AddedPersonSchema, 201)
  add(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: AddPersonSchema }) body: AddPerson) {
    return this.#people.add(who, collaborationId, body);
  }

  @Post('collaborations/:collaborationId/people/:userId/invitation')
  @HttpCode(200)
  @Allow('identity.change-people')
  @Fresh()
  @Answers(SentInvitationSchema)
  async inviteAgain(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('userId', { schema: IdSchema }) userId: string, @Req() request: FastifyRequest) {
    await this.#tries.count('invitation', userId, request.ip);
    return this.#people.inviteAgain(who, collaborationId, userId);
  }

  @Delete('collaborations/:collaborationId/people/roles/:grantId')
  @HttpCode(204)
  @Allow('identity.change-people')
  @Fresh()
  takeRole(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('grantId', { schema: IdSchema }) grantId: string) {
    return this.#taking.take(who, collaborationId, grantId);
  }

  @Get('collaborations/:collaborationId/second-factor')
  @Allow('identity.see-people')
  @Answers(SecondFactorRulesSchema)
  secondFactor(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#rules.read(who, collaborationId);
  }

  @Put('collaborations/:collaborationId/second-factor')
  @Allow('identity.change-people')
  @Fresh()
  @Answers(SecondFactorRulesSchema)
  setSecondFactor(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: SecondFactorRulesSchema }) body: Rules) {
    return this.#rules.set(who, collaborationId, body);
  }

  @Get('session/first-administrator')
  @AllowPublic()
  @Answers(FirstAdministratorNeededSchema)
  async needed() {
    return { needed: await this.#first.isNeeded() };
  }

  @Post('session/first-administrator')
  @Limited(firstAdministratorLimit)
  @HttpCode(204)
  @AllowPublic()
  makeFirst(@Body({ schema: FirstAdministratorSchema }) body: WantedFirst) {
    return this.#first.make(body);
  }
}
