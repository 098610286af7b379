import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { dateAt } from '@fairshare/domain/kernel/zone';
import type { DateOnly } from '@fairshare/domain/kernel/period';

const pretended = new AsyncLocalStorage<Date>();

/** The only place where the time is read, so that tests can live on any day. */
@Injectable()
export class Clock {
  now(): Date {
    return pretended.getStore() ?? new Date();
  }

  /** Today as schools write it. */
  today(zone = 'Europe/London'): DateOnly {
    return dateAt(this.now().getTime(), zone);
  }

  /** Lets some work happen on another day: the demonstration has a past that nobody lived. */
  pretend<T>(now: Date, work: () => Promise<T>): Promise<T> {
    // Awaited inside: work may be lazy and begin only when somebody waits for it.
    return pretended.run(now, async () => await work());
  }
}
