import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { ProposalsSchema, type Proposals } from '@fairshare/contract/bookings.js';
import { read } from '../ui/api-client';
import { WhenPipe } from '../ui/day';
import { dateOf } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';

export type Proposal = Proposals['items'][number];

/** What would do instead of a session that cannot take place, best first; one press accepts. */
@Component({
  selector: 'fs-proposals',
  imports: [ProblemNotice, Skeleton, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (proposals.error(); as shown) {
      <fs-problem [error]="shown" />
    } @else if (!proposals.hasValue()) {
      <fs-skeleton what="what would do instead" [rows]="2" />
    } @else {
      <ul>
        @for (each of proposals.value().items; track each.startsAt + each.specialistId; let first = $first) {
          <li>
            <button type="button" class="fs-button" [class.primary]="first" [attr.aria-disabled]="busy()" (click)="accepted.emit(each)">
              <span>{{ each.startsAt | when: each.endsAt }}, {{ each.specialistName }}</span>
              @if (note(each); as words) {<span class="note">{{ words }}</span>}
            </button>
          </li>
        } @empty {
          <li class="fs-quiet">Nothing is free in the three weeks around it. Choose another time yourself, or give it up.</li>
        }
      </ul>
    }
  `,
  styles: `
    ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; }
    li { min-width: 0; }
    button { height: auto; min-height: 44px; flex-direction: column; gap: 0; padding-block: 6px; text-align: left; align-items: flex-start; white-space: normal; }
    .note { font-size: 0.8125rem; font-weight: 400; }
  `,
})
export class ProposalsList {
  readonly collaborationId = input.required<string>();
  readonly bookingId = input.required<string>();
  readonly wasAt = input.required<string>();
  readonly dueOn = input<string | null>(null);
  readonly busy = input(false);
  readonly accepted = output<Proposal>();
  protected readonly proposals = read(() => `/api/collaborations/${this.collaborationId()}/bookings/${this.bookingId()}/proposals`, ProposalsSchema);

  protected note({ startsAt }: Proposal): string {
    const due = this.dueOn();
    if (due && dateOf(startsAt) > due) return 'after the deadline';
    return Date.parse(startsAt) === Date.parse(this.wasAt()) ? 'at the same time' : '';
  }
}
