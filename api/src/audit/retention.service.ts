import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Retention, RetentionDone } from '@fairshare/contract/retention';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { systemScope, type Scope } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database, sql, type Tx } from '../platform/database.js';
import { jobKind, Jobs } from '../platform/jobs.js';
import { countDue, letGo, retainedKinds, type Retained } from '../platform/retention.js';
import { Trail } from '../platform/trail.js';
import './audit.retention.js';

const dailyRetention = jobKind<object>('audit.daily-retention');
const daySeconds = 86_400;

/** Lets go, once a day, of what was kept long enough; each room says what that is. */
@Injectable()
export class RetentionService implements OnModuleInit {
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #trail: Trail;

  constructor(clock: Clock, database: Database, jobs: Jobs, trail: Trail) {
    this.#clock = clock;
    this.#database = database;
    this.#jobs = jobs;
    this.#trail = trail;
  }

  onModuleInit(): void {
    this.#jobs.every(daySeconds, dailyRetention, async () => {
      await this.run(systemScope(), false);
    });
  }

  /** What is kept how long, and how much would go now. */
  list(): Promise<Retention> {
    return this.#database.read(systemScope(), async (tx) => {
      const rules = await this.#rules(tx);
      const items: Retention['items'] = [];
      for (const kind of retainedKinds()) {
        const before = this.#before(kind, rules);
        items.push({ kind: kind.kind, sentence: kind.sentence, days: rules.get(kind.kind) ?? kind.days, usualDays: kind.days, before: before.toISOString(), due: await countDue(tx, kind, before) });
      }
      return { items };
    });
  }

  async setDays(who: Scope, kind: string, days: number): Promise<Retention> {
    const known = retainedKinds().find((one) => one.kind === kind);
    if (!known) throw new DomainError('platform.not-found');
    await this.#database.write({ ...systemScope(), userId: who.userId, name: who.name }, async (tx) => {
      const before = (await this.#rules(tx)).get(kind) ?? known.days;
      await sql(tx, 'insert into retention_rule (kind, days) values ($1, $2) on conflict (kind) do update set days = excluded.days', [kind, days]);
      await this.#trail.record(tx, who, { action: 'audit.retention-changed', collaborationId: null, subjectKind: 'retention', subjectId: kind, before: { days: before }, after: { days } });
    });
    return this.list();
  }

  /** A dry run counts and touches nothing. What went stands on the trail as a number. */
  run(who: Scope, dryRun: boolean): Promise<RetentionDone> {
    return this.#database.write({ ...systemScope(), userId: who.userId, name: who.name }, async (tx) => {
      const rules = await this.#rules(tx);
      const items: { kind: string; count: number }[] = [];
      for (const kind of retainedKinds()) {
        const before = this.#before(kind, rules);
        items.push({ kind: kind.kind, count: dryRun ? await countDue(tx, kind, before) : await letGo(tx, kind, before) });
      }
      const gone = items.filter(({ count }) => count > 0);
      if (!dryRun && gone.length > 0) {
        await this.#trail.record(tx, who, { action: 'audit.retention-run', collaborationId: null, subjectKind: 'retention', subjectId: 'all', after: { gone } });
      }
      return { dryRun, items };
    });
  }

  async #rules(tx: Tx): Promise<Map<string, number>> {
    const rows = await sql<{ kind: string; days: number }>(tx, 'select kind, days from retention_rule');
    return new Map(rows.map((row) => [row.kind, row.days]));
  }

  #before(kind: Retained, rules: ReadonlyMap<string, number>): Date {
    return new Date(this.#clock.now().getTime() - (rules.get(kind.kind) ?? kind.days) * daySeconds * 1000);
  }
}
