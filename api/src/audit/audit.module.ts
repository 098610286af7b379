// Owns the reading of the trail (who did what to what, when) and of the outbox (which mail went to whom).
// Refuses to know everything else; rooms write to both through the platform.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditAboveController, AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { RateLimitEntity } from './rate-limit.entity.js';
import { MailEntity } from './mail.entity.js';
import { OutboxController } from './outbox.controller.js';
import { OutboxService } from './outbox.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionRuleEntity } from './retention-rule.entity.js';
import { RetentionService } from './retention.service.js';
import { TrailEntity } from './trail.entity.js';
import { TrailQueries } from './trail.queries.js';
import { TrailSealEntity } from './trail-seal.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([TrailEntity, TrailSealEntity, IdempotencyKeyEntity, RateLimitEntity, MailEntity, RetentionRuleEntity])],
  controllers: [AuditController, AuditAboveController, OutboxController, RetentionController],
  providers: [AuditService, TrailQueries, OutboxService, RetentionService],
})
export class AuditModule {}
