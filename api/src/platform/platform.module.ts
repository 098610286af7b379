import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AllowGuard } from './allow.js';
import { AnswerInterceptor } from './answers.js';
import { ApprovalEntity } from './approval.entity.js';
import { Approvals } from './approvals.js';
import { ApprovalsController } from './approvals.controller.js';
import { Clock } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { dataSourceOptions, type Connection } from './data-source.js';
import { Database } from './database.js';
import { Events } from './events.js';
import { HealthController } from './health.controller.js';
import { CONNECTION, Jobs } from './jobs.js';
import { LimitGuard } from './limited.js';
import { Limits } from './limits.js';
import { Mail } from './mail.js';
import { Outbound } from './outbound.js';
import { Personal } from './personal.js';
import { PersonalKeyEntity } from './personal-key.entity.js';
import { ProblemFilter } from './problem.js';
import { Trail } from './trail.js';
import { validation } from './validation.js';

/** The plumbing that every room stands on; there is no school in it. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, connection: Connection): DynamicModule {
    const open = [
      Approvals, Clock, Database, Events, Jobs, Limits, Mail, Outbound, Personal, Trail,
      { provide: CONFIG, useValue: config },
      { provide: CONNECTION, useValue: connection },
    ];
    return {
      module: PlatformModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(connection, []), autoLoadEntities: true, retryAttempts: 1 }), TypeOrmModule.forFeature([ApprovalEntity, PersonalKeyEntity])],
      controllers: [ApprovalsController, HealthController],
      providers: [
        ...open,
        { provide: APP_GUARD, useClass: AllowGuard },
        { provide: APP_GUARD, useClass: LimitGuard },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useValue: validation },
      ],
      exports: [...open],
    };
  }
}
