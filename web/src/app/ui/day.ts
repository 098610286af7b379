import { Pipe, type PipeTransform } from '@angular/core';
import { formatDay, formatTime, formatWhen } from './london';

/** `{{ invoice.dueOn | day }}` writes `Tue 6 Oct 2026`. */
@Pipe({ name: 'day' })
export class DayPipe implements PipeTransform {
  transform(value: string | null | undefined): string {
    return value ? formatDay(value) : '–';
  }
}

/** `{{ booking.startsAt | when: booking.endsAt }}` writes `Tue 6 Oct 2026, 09:00–10:00`. */
@Pipe({ name: 'when' })
export class WhenPipe implements PipeTransform {
  transform(startsAt: string | null | undefined, endsAt?: string | null): string {
    return startsAt ? formatWhen(startsAt, endsAt) : '–';
  }
}

/** `{{ slot.startsAt | clock }}` writes `09:00`, for lists where the day stands above. */
@Pipe({ name: 'clock' })
export class ClockPipe implements PipeTransform {
  transform(instant: string | null | undefined): string {
    return instant ? formatTime(instant) : '–';
  }
}
