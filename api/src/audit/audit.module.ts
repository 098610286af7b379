// Owns the reading of the trail: who did what to what, when.
// Refuses to know everything else; rooms write to the trail through the platform.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { RateLimitEntity } from './rate-limit.entity.js';
import { TrailEntity } from './trail.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([TrailEntity, IdempotencyKeyEntity, RateLimitEntity])],
  controllers: [AuditController],
  providers: [AuditService],
})
export class AuditModule {}
