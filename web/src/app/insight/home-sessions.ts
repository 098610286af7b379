import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { BookingListSchema } from '@fairshare/contract/bookings.js';
import { read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { addDays, dateOf, today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';

const live = ['requested', 'confirmed', 'delivered', 'needs-replanning'] as const;

/** The sessions of the coming seven days: one's own school's, one's own diary, or all of the collaboration. */
@Component({
  selector: 'fs-home-sessions',
  imports: [Empty, ProblemNotice, RouterLink, Skeleton, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="fs-card fs-stack" aria-labelledby="home-sessions">
      <div class="fs-spread">
        <h2 id="home-sessions">The next seven days</h2>
        <a [routerLink]="['/c', collaborationId(), diary() ? 'diary' : 'calendar']">{{ diary() ? 'Open my diary' : 'Open the calendar' }}</a>
      </div>
      @if (bookings.error(); as error) {
        <fs-problem [error]="error" [retryable]="true" (retry)="bookings.reload()" />
      } @else if (!bookings.hasValue()) {
        <fs-skeleton what="sessions" [rows]="3" />
      } @else if (coming().length) {
        <div class="fs-table-scroll">
          <table class="fs-table cards">
            <thead><tr><th scope="col">When</th><th scope="col">Service</th>
                @if (schools()) { <th scope="col">School</th> }
                @if (!diary()) { <th scope="col">Specialist</th> }
              </tr></thead>
            <tbody>
              @for (booking of coming(); track booking.id) {
                <tr>
                  <th scope="row" class="when">{{ booking.startsAt | when: booking.endsAt }}</th>
                  <td data-label="Service"><a [routerLink]="['/c', collaborationId(), diary() ? 'diary' : 'calendar']" [queryParams]="diary() ? {} : { date: dayOf(booking.startsAt), booking: booking.id }">{{ booking.serviceName }}</a></td>
                  @if (schools()) { <td data-label="School">{{ booking.schools[0]?.name }}</td> }
                  @if (!diary()) { <td data-label="Specialist">{{ booking.specialistName }}</td> }
                </tr>
              }
            </tbody>
          </table>
        </div>
        @if (more() > 0) {
          <p class="fs-quiet">and {{ more() }} more</p>
        }
      } @else {
        <fs-empty icon="calendar" heading="Nothing is booked for the next seven days" purpose="Sessions appear here as soon as they are booked." />
      }
    </section>
  `,
})
export class HomeSessions {
  readonly collaborationId = input.required<string>();
  readonly #session = inject(CurrentSession);
  readonly #grant = computed(() => this.#session.grants().find((grant) => grant.collaborationId === this.collaborationId()));
  protected readonly diary = computed(() => this.#grant()?.role === 'specialist');

  protected readonly dayOf = dateOf;
  protected readonly bookings = read(() => {
    const query = new URLSearchParams({ from: today(), to: addDays(today(), 6), size: '6' });
    for (const state of live) query.append('state', state);
    const grant = this.#grant();
    if (grant?.schoolUrn) query.set('schoolUrn', grant.schoolUrn);
    if (grant?.specialistId) query.set('specialistId', grant.specialistId);
    return `/api/collaborations/${this.collaborationId()}/bookings?${query}`;
  }, BookingListSchema);
  protected readonly coming = computed(() => (this.bookings.hasValue() ? this.bookings.value().items : []));
  /** Whoever acts for one school knows which it is. */
  protected readonly schools = computed(() => !this.#grant()?.schoolUrn || this.coming().some(({ schools }) => schools.length > 1));
  protected readonly more = computed(() => (this.bookings.hasValue() ? this.bookings.value().total : 0) - this.coming().length);
}
