import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { WaitlistSchema } from '@fairshare/contract/waitlist.js';
import { WaitlistOffers } from '../bookings/waitlist-offers';
import { read } from '../ui/api-client';

/** Time that is kept for a school of mine. Nothing is shown when nothing is offered. */
@Component({
  selector: 'fs-home-offers',
  imports: [WaitlistOffers],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<fs-waitlist-offers [collaborationId]="collaborationId()" [entries]="entries()" (answered)="waitlist.reload()" />`,
  styles: ':host { display: contents; }',
})
export class HomeOffers {
  readonly collaborationId = input.required<string>();
  protected readonly waitlist = read(() => `/api/collaborations/${this.collaborationId()}/waitlist`, WaitlistSchema);
  protected readonly entries = computed(() => (this.waitlist.hasValue() ? this.waitlist.value().items : []));
}
