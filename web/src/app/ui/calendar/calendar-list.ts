import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { formatDay, formatTime } from '../london';
import { listedDays, spoken, type CalendarEvent, type CalendarRange } from './calendar-model';

/** One line of the list, in words that are made once. */
interface Line {
  readonly event: CalendarEvent;
  readonly when: string;
  readonly spoken: string;
}

/**
 * A calendar as a list, a day after the other. What is below the fold takes its place but is not laid out before it is
 * come to, so that two thousand sessions are there as soon as twenty.
 */
@Component({
  selector: 'fs-calendar-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', '[attr.aria-label]': 'label()' },
  template: `
    @for (day of days(); track day.date) {
      <section class="day" [style.--fs-lines]="day.lines.length">
        <h3>{{ day.heading }}</h3>
        <ul>
          @for (line of day.lines; track line.event.id) {
            <li>
              <button
                type="button"
                [class]="line.event.kind ?? 'booked'"
                [style.--fs-edge]="line.event.colour.edge"
                [attr.data-fs-event]="line.event.id"
                [attr.aria-label]="line.spoken"
                (click)="opened.emit(line.event)"
              >
                <span class="when">{{ line.when }}</span>
                <span class="what"
                  >@if (line.event.word; as word) {<span class="word">{{ word }}</span>}<span class="title">{{ line.event.title }}</span>
                  <span class="detail">{{ line.event.detail }}</span></span
                >
              </button>
            </li>
          }
        </ul>
      </section>
    } @empty {
      <p class="fs-quiet">Nothing in these dates</p>
    }
  `,
  styleUrl: './calendar-list.scss',
})
export class CalendarList {
  readonly label = input.required<string>();
  readonly events = input.required<readonly CalendarEvent[]>();
  readonly range = input.required<CalendarRange>();
  readonly opened = output<CalendarEvent>();

  protected readonly days = computed(() =>
    listedDays(this.events(), this.range()).map(({ date, events }) => ({
      date,
      heading: formatDay(date),
      lines: events.map((event): Line => ({ event, when: event.days ? 'All day' : `${formatTime(event.startsAt)}–${formatTime(event.endsAt)}`, spoken: spoken(event) })),
    })),
  );
}
