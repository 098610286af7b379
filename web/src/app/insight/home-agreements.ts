import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgreementListSchema } from '@fairshare/contract/agreements.js';
import { SpecialistListSchema } from '@fairshare/contract/procurement.js';
import { read } from '../ui/api-client';
import { DayPipe } from '../ui/day';

/** Agreements on which somebody must act, and credentials that run out. Nothing is shown when all is well. */
@Component({
  selector: 'fs-home-agreements',
  imports: [DayPipe, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (acting().length || expiring().length) {
      <section class="fs-card fs-stack" aria-labelledby="home-agreements">
        <h2 id="home-agreements">To look after</h2>
        <ul class="fs-stack">
          @for (agreement of acting(); track agreement.id) {
            <li>
              <a [routerLink]="['/c', collaborationId(), 'agreements', agreement.id]">{{ agreement.name }}</a>
              ends on {{ agreement.endsOn | day }}: begin to replace it by {{ agreement.triggerOn | day }}.
            </li>
          }
          @for (specialist of expiring(); track specialist.id) {
            <li>{{ specialist.name }}: a credential {{ specialist.standing === 'expired' ? 'has expired' : 'expires soon' }}.</li>
          }
        </ul>
      </section>
    }
  `,
})
export class HomeAgreements {
  readonly collaborationId = input.required<string>();
  readonly #agreements = read(() => `/api/collaborations/${this.collaborationId()}/agreements?state=act-now&size=20`, AgreementListSchema);
  readonly #specialists = read(() => `/api/collaborations/${this.collaborationId()}/specialists?size=200`, SpecialistListSchema);
  protected readonly acting = computed(() => (this.#agreements.hasValue() ? this.#agreements.value().items : []));
  protected readonly expiring = computed(() =>
    (this.#specialists.hasValue() ? this.#specialists.value().items : []).filter((s) => s.standing === 'expired' || s.standing === 'expires-soon'),
  );
}
