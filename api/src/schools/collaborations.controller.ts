import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdSchema, PageQuerySchema, type PageQuery } from '@fairshare/contract/list';
import {
  AddMemberSchema, ChangeCollaborationSchema, ChangeMemberSchema, CollaborationListSchema, CollaborationSchema, CreateCollaborationSchema,
  MemberListSchema, MemberQuerySchema, MemberSchema,
  type AddMember, type ChangeCollaboration, type ChangeMember, type CreateCollaboration, type MemberQuery,
} from '@fairshare/contract/schools';
import type { FastifyReply } from 'fastify';
import { Who, type Scope } from '../platform/actor.js';
import { Allow, AllowSignedIn } from '../platform/allow.js';
import { Answers, AnswersOrAsks, doneOrAskedAs } from '../platform/answers.js';
import { CollaborationsService } from './collaborations.service.js';
import './schools.permissions.js';

@ApiTags('schools')
@Controller('collaborations')
export class CollaborationsController {
  readonly #collaborations: CollaborationsService;

  constructor(collaborations: CollaborationsService) {
    this.#collaborations = collaborations;
  }

  @Get()
  @AllowSignedIn()
  @Answers(CollaborationListSchema)
  list(@Who() who: Scope, @Query({ schema: PageQuerySchema }) query: PageQuery) {
    return this.#collaborations.list(who, query.page, query.size);
  }

  @Post()
  @Allow('schools.create-collaboration')
  @Answers(CollaborationSchema, 201)
  create(@Who() who: Scope, @Body({ schema: CreateCollaborationSchema }) body: CreateCollaboration) {
    return this.#collaborations.create(who, body);
  }

  @Get(':collaborationId')
  @Allow('schools.see-collaboration')
  @Answers(CollaborationSchema)
  read(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string) {
    return this.#collaborations.read(who, collaborationId);
  }

  @Put(':collaborationId')
  @Allow('schools.change-collaboration')
  @AnswersOrAsks(CollaborationSchema)
  async change(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: ChangeCollaborationSchema }) body: ChangeCollaboration, @Res({ passthrough: true }) reply: FastifyReply) {
    return doneOrAskedAs(reply, await this.#collaborations.change(who, collaborationId, body));
  }

  @Get(':collaborationId/members')
  @Allow('schools.see-collaboration')
  @Answers(MemberListSchema)
  members(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Query({ schema: MemberQuerySchema }) query: MemberQuery) {
    return this.#collaborations.members(who, collaborationId, query);
  }

  @Post(':collaborationId/members')
  @Allow('schools.change-members')
  @Answers(MemberSchema, 201)
  addMember(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Body({ schema: AddMemberSchema }) body: AddMember) {
    return this.#collaborations.addMember(who, collaborationId, body);
  }

  @Put(':collaborationId/members/:membershipId')
  @Allow('schools.change-members')
  @Answers(MemberSchema)
  changeMember(
    @Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('membershipId', { schema: IdSchema }) membershipId: string,
    @Body({ schema: ChangeMemberSchema }) body: ChangeMember,
  ) {
    return this.#collaborations.changeMember(who, collaborationId, membershipId, body);
  }

  @Delete(':collaborationId/members/:membershipId')
  @HttpCode(204)
  @Allow('schools.change-members')
  takeBack(@Who() who: Scope, @Param('collaborationId', { schema: IdSchema }) collaborationId: string, @Param('membershipId', { schema: IdSchema }) membershipId: string) {
    return this.#collaborations.takeBack(who, collaborationId, membershipId);
  }
}
