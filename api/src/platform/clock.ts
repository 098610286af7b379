import { Injectable } from '@nestjs/common';
import { dateAt } from '@fairshare/domain/kernel/zone';
import type { DateOnly } from '@fairshare/domain/kernel/period';

/** The only place where the time is read, so that tests can live on any day. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Today as schools write it. */
  today(zone = 'Europe/London'): DateOnly {
    return dateAt(this.now().getTime(), zone);
  }
}
