import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CostSharingAnswerSchema, CostSharingPreviewSchema, type CostSharingPreview } from '@fairshare/contract/cost-sharing';
import { shareCharge } from '@fairshare/domain/sharing';
import { AllowSignedIn } from '../platform/allow.js';
import { Answers } from '../platform/answers.js';
import { Limited } from '../platform/limited.js';

@ApiTags('sharing')
@Controller('cost-sharing')
export class CostSharingController {
  /** How a sum would be divided, with the explanation of every share. Nothing is stored. */
  @Post('preview')
  @HttpCode(200)
  @AllowSignedIn()
  @Limited({ name: 'preview', points: 240, seconds: 60 })
  @Answers(CostSharingAnswerSchema)
  preview(@Body({ schema: CostSharingPreviewSchema }) body: CostSharingPreview) {
    return shareCharge(body);
  }
}
