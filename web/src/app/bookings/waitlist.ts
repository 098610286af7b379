import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { WaitlistSchema, type WaitlistEntry } from '@fairshare/contract/waitlist.js';
import { read } from '../ui/api-client';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { CalendarTabs } from './calendar-tabs';
import { WaitlistClient } from './waitlist-client';
import { WaitlistOffers } from './waitlist-offers';

/** What a school waits for, and what is offered to it. */
@Component({
  selector: 'fs-waitlist',
  imports: [CalendarTabs, DayPipe, Empty, Page, ProblemNotice, RouterLink, Skeleton, State, WaitlistOffers],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Waiting for time" purpose="When somebody gives a session up, the school that has waited longest is offered its time.">
      <fs-calendar-tabs [collaborationId]="collaborationId()" />
      <fs-problem [error]="error()" />
      @if (waitlist.error(); as shown) {
        <fs-problem [error]="shown" [retryable]="true" (retry)="waitlist.reload()" />
      } @else if (!waitlist.hasValue()) {
        <fs-skeleton what="what you wait for" />
      } @else {
        <fs-waitlist-offers [collaborationId]="collaborationId()" [entries]="entries()" (answered)="waitlist.reload()" />
        @if (entries().length) {
          <div class="fs-table-scroll" role="region" aria-label="What you wait for" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">What</th><th scope="col">School</th><th scope="col">Between</th><th scope="col">Waiting since</th><th scope="col">State</th><th scope="col"><span class="fs-hidden">Act</span></th></tr></thead>
              <tbody>
                @for (entry of entries(); track entry.id) {
                  <tr>
                    <th scope="row">{{ entry.serviceName }}, {{ entry.minutes }} minutes<br /><span class="fs-quiet fs-small">{{ entry.specialistName ?? 'Any specialist' }}</span></th>
                    <td data-label="School">{{ names(entry) }}</td>
                    <td data-label="Between">{{ entry.from | day }} – {{ lastDay(entry) | day }}</td>
                    <td data-label="Waiting since">{{ entry.askedAt | day }}<br /><span class="fs-quiet fs-small">{{ entry.askedBy }}</span></td>
                    <td data-label="State"><fs-state [tone]="entry.offer ? 'good' : 'neutral'" [word]="entry.offer ? 'Offered' : 'Waiting'" /></td>
                    <td><button type="button" class="fs-button small" [attr.aria-label]="'Stop waiting for ' + entry.serviceName + ' at ' + names(entry)" (click)="leave(entry)">Stop waiting</button></td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        } @else {
          <fs-empty icon="clock" heading="You wait for nothing" purpose="When no time suits, press “Tell me when time is free” where you look for it.">
            <a class="fs-button primary" [routerLink]="['/c', collaborationId(), 'calendar']" [queryParams]="{ find: 'time' }">Find time</a>
          </fs-empty>
        }
      }
    </fs-page>
  `,
  styles: 'td button { white-space: nowrap; }',
})
export class WaitlistPage {
  readonly collaborationId = input.required<string>();
  readonly #client = inject(WaitlistClient);
  readonly #toast = inject(Toast);
  protected readonly error = signal<Problem | undefined>(undefined);
  protected readonly waitlist = read(() => `/api/collaborations/${this.collaborationId()}/waitlist`, WaitlistSchema);
  protected readonly entries = computed(() => (this.waitlist.hasValue() ? this.waitlist.value().items : []));

  protected names(entry: WaitlistEntry): string {
    return entry.schools.map(({ name }) => name).join(', ');
  }

  /** The end is the first moment after the last day. */
  protected lastDay({ to }: WaitlistEntry): string {
    return new Date(Date.parse(to) - 1).toISOString();
  }

  protected async leave(entry: WaitlistEntry): Promise<void> {
    this.error.set(undefined);
    try {
      await this.#client.leave(this.collaborationId(), entry.id);
      this.#toast.show('You no longer wait for it', entry.offer ? {} : { undo: () => this.#joinAgain(entry) });
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    } finally {
      this.waitlist.reload();
    }
  }

  async #joinAgain({ agreementId, specialistId, schools, minutes, from, to }: WaitlistEntry): Promise<void> {
    await this.#client.join(this.collaborationId(), { agreementId, ...(specialistId ? { specialistId } : {}), schoolUrns: schools.map(({ urn }) => urn), minutes, from, to });
    this.waitlist.reload();
  }
}
