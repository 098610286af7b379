import { ChangeDetectionStrategy, Component, computed, inject, input, resource } from '@angular/core';
import type { CalendarKind, CalendarTarget } from '@fairshare/contract/schools.js';
import { z } from 'zod';
import { ApiClient } from '../ui/api-client';
import { WhenPipe } from '../ui/day';

/** What this room wants to know of a session: when and where it is. The rest is the bookings room’s. */
const hitsSchema = z.object({
  items: z.array(z.object({ id: z.string(), serviceName: z.string(), startsAt: z.string(), endsAt: z.string(), schools: z.array(z.object({ name: z.string() })) })),
});

const closing: ReadonlySet<CalendarKind> = new Set(['inset', 'closure', 'holiday', 'half-term', 'bank-holiday']);

/** Before days are closed: how many sessions could then not take place, and which. */
@Component({
  selector: 'fs-closing-hits',
  imports: [WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (look.hasValue()) {
      <div role="status">
        @if (hits().length) {
          <p><strong>{{ hits().length }} {{ hits().length === 1 ? 'session' : 'sessions' }} will need re-planning:</strong></p>
          <ul class="fs-small">
            @for (hit of hits().slice(0, 5); track hit.id) {
              <li>{{ hit.startsAt | when: hit.endsAt }}, {{ hit.serviceName }}, {{ hit.schools[0]?.name }}</li>
            }
          </ul>
          @if (hits().length > 5) {
            <p class="fs-small fs-quiet">and {{ hits().length - 5 }} more</p>
          }
        } @else {
          <p class="fs-quiet">No session is hit.</p>
        }
      </div>
    }
  `,
})
export class ClosingHits {
  readonly #api = inject(ApiClient);
  readonly collaborationId = input.required<string>();
  readonly kind = input.required<CalendarKind>();
  readonly target = input.required<CalendarTarget>();
  readonly from = input.required<string>();
  readonly to = input.required<string>();

  protected readonly look = resource({
    params: () => {
      if (!this.from() || !closing.has(this.kind())) return undefined;
      const target = this.target();
      const whose = target.level === 'school' ? { schoolUrns: [target.urn] } : target.level === 'local-authority' ? { laCode: target.laCode } : {};
      return { kind: this.kind(), from: this.from(), to: this.to() < this.from() ? this.from() : this.to(), ...whose };
    },
    loader: ({ params }) => this.#api.post(`/api/collaborations/${this.collaborationId()}/replanning/closing`, params, hitsSchema),
  });
  protected readonly hits = computed(() => (this.look.hasValue() ? this.look.value().items : []));
}
