import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { BookingListSchema, BookingSchema, type Booking } from '@fairshare/contract/bookings.js';
import { ApiClient, read } from '../ui/api-client';
import { WhenPipe } from '../ui/day';
import { addDays, today } from '../ui/london';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Toast } from '../ui/toast';

/** Requests that wait for a yes, and bookings that the world has overtaken. Nothing is shown when nothing waits. */
@Component({
  selector: 'fs-home-approvals',
  imports: [ProblemNotice, RouterLink, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (error(); as shown) {
      <fs-problem [error]="shown" />
    }
    @if (waiting().length) {
      <section class="fs-card fs-stack" aria-labelledby="home-approvals">
        <h2 id="home-approvals">Waiting for you</h2>
        <div class="fs-table-scroll">
          <table class="fs-table cards">
            <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">School</th><th scope="col"><span class="fs-hidden">Act</span></th></tr></thead>
            <tbody>
              @for (booking of waiting(); track booking.id) {
                <tr>
                  <th scope="row" class="when">{{ booking.startsAt | when: booking.endsAt }}</th>
                  <td data-label="What">{{ booking.serviceName }}{{ booking.state === 'needs-replanning' ? ', needs re-planning' : '' }}</td>
                  <td data-label="School">{{ booking.schools[0]?.name }}</td>
                  <td>
                    @if (booking.actions.includes('approve')) {
                      <button type="button" class="fs-button small primary" [attr.aria-label]="'Approve ' + booking.serviceName + ' for ' + booking.schools[0]?.name" (click)="approve(booking)">Approve</button>
                    } @else {
                      <a class="fs-button small" [routerLink]="['/c', collaborationId(), 'calendar', 'replanning']">Re-plan</a>
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      </section>
    }
  `,
})
export class HomeApprovals {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #toast = inject(Toast);
  protected readonly error = signal<Problem | undefined>(undefined);
  readonly #bookings = read(
    () => `/api/collaborations/${this.collaborationId()}/bookings?from=${today()}&to=${addDays(today(), 365)}&state=requested&state=needs-replanning&size=50`,
    BookingListSchema,
  );
  protected readonly waiting = computed(() => (this.#bookings.hasValue() ? this.#bookings.value().items : []));

  protected async approve(booking: Booking): Promise<void> {
    this.error.set(undefined);
    try {
      await this.#api.post(`/api/collaborations/${this.collaborationId()}/bookings/${booking.id}/approve`, undefined, BookingSchema);
      this.#bookings.reload();
      this.#toast.show(`${booking.serviceName} approved`);
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }
}
