import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApprovalListSchema, ApprovalSchema, ApprovalsQuerySchema, type ApprovalsQuery } from '@fairshare/contract/approvals';
import { IdSchema } from '@fairshare/contract/list';
import { Who, type Scope } from './actor.js';
import { Allow, Fresh } from './allow.js';
import { Answers } from './answers.js';
import { Approvals } from './approvals.js';
import './approvals.permissions.js';

const Collaboration = () => Param('collaborationId', { schema: IdSchema });
const ApprovalId = () => Param('approvalId', { schema: IdSchema });

/** What waits for a second person, and what became of it. */
@ApiTags('approvals')
@Controller('collaborations/:collaborationId/approvals')
export class ApprovalsController {
  readonly #approvals: Approvals;

  constructor(approvals: Approvals) {
    this.#approvals = approvals;
  }

  @Get()
  @Allow('approvals.see')
  @Answers(ApprovalListSchema)
  list(@Who() who: Scope, @Collaboration() collaborationId: string, @Query({ schema: ApprovalsQuerySchema }) query: ApprovalsQuery) {
    return this.#approvals.list(who, collaborationId, query);
  }

  @Post(':approvalId/approve')
  @HttpCode(200)
  @Allow('approvals.decide')
  @Fresh()
  @Answers(ApprovalSchema)
  approve(@Who() who: Scope, @Collaboration() collaborationId: string, @ApprovalId() id: string) {
    return this.#approvals.approve(who, collaborationId, id);
  }

  @Post(':approvalId/refuse')
  @HttpCode(200)
  @Allow('approvals.decide')
  @Answers(ApprovalSchema)
  refuse(@Who() who: Scope, @Collaboration() collaborationId: string, @ApprovalId() id: string) {
    return this.#approvals.refuse(who, collaborationId, id);
  }
}
