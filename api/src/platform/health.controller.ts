import { Controller, Get } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { AllowPublic } from './allow.js';
import { Database } from './database.js';
import { Jobs } from './jobs.js';
import { declareProblems } from './problem.js';

declareProblems({ 'platform.not-ready': [503, 'Fairshare is starting or its database is away; please try again in a moment.'] });

@Controller('health')
export class HealthController {
  readonly #database: Database;
  readonly #jobs: Jobs;

  constructor(database: Database, jobs: Jobs) {
    this.#database = database;
    this.#jobs = jobs;
  }

  @Get('live')
  @AllowPublic()
  live() {
    return { status: 'alive' };
  }

  /** Ready when the database answers, its migrations were applied, and jobs are running. */
  @Get('ready')
  @AllowPublic()
  async ready() {
    const [row] = await this.#database.plain<{ applied: number }>('select count(*) as applied from migration');
    if (!row || row.applied === 0 || !this.#jobs.running) throw new DomainError('platform.not-ready');
    return { status: 'ready', migrations: row.applied };
  }
}
