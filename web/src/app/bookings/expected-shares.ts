import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { BookingSharesSchema } from '@fairshare/contract/sharing.js';
import { read } from '../ui/api-client';
import { MoneyPipe } from '../ui/money';

/** What a session would cost each school, said before it is booked. */
@Component({
  selector: 'fs-expected-shares',
  imports: [MoneyPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (expected.hasValue()) {
      @let cost = expected.value();
      @switch (cost.kind) {
        @case ('reciprocal') {
          <p class="fs-quiet">Time for time: nothing is charged, and the hours count in the balance between the schools.</p>
        }
        @case ('paid') {
          <p class="fs-quiet">Nothing more is charged: the agreement’s retainer pays for it.</p>
        }
        @case ('units') {
          <p class="fs-quiet">Drawn from what was bought in advance{{ cost.pence ? '; beyond it ' : '' }}{{ cost.pence ? (cost.pence | money) : '' }}{{ cost.pence ? ' by attendance' : '' }}.</p>
        }
        @default {
          @if (cost.shares.length) {
            <details>
              <summary>{{ cost.pence | money }} in all; {{ ours() }}</summary>
              <dl class="fs-facts">
                @for (share of cost.shares; track share.urn) {
                  <div><dt>{{ share.schoolName }}</dt><dd class="fs-money">{{ share.pence | money }}</dd></div>
                }
              </dl>
              <p class="fs-small fs-quiet">By the agreement’s rule as it stands today, if everybody comes for all of it.</p>
            </details>
          } @else {
            <p class="fs-quiet">{{ cost.pence | money }} in all; how it is shared is not settled yet.</p>
          }
        }
      }
    }
  `,
  styles: `
    :host { display: block; }
    dl { margin-top: 8px; }
    dl > div { grid-template-columns: minmax(0, 1fr) auto; }
    dd { text-align: right; }
  `,
})
export class ExpectedShares {
  readonly collaborationId = input.required<string>();
  readonly agreementId = input.required<string>();
  readonly urns = input.required<readonly string[]>();
  readonly startsAt = input.required<string>();
  readonly endsAt = input.required<string>();
  protected readonly expected = read(() => {
    const query = new URLSearchParams({ agreementId: this.agreementId(), startsAt: this.startsAt(), endsAt: this.endsAt() });
    for (const urn of this.urns()) query.append('schoolUrn', urn);
    return this.urns().length ? `/api/collaborations/${this.collaborationId()}/booking-shares?${query}` : undefined;
  }, BookingSharesSchema);
  /** What the schools that come pay of it. */
  protected readonly ours = computed(() => {
    const { shares = [] } = this.expected.hasValue() ? this.expected.value() : {};
    const own = shares.filter(({ urn }) => this.urns().includes(urn));
    const money = new MoneyPipe();
    const said = own.slice(0, 2).map(({ schoolName, pence }) => `${schoolName} ${money.transform(pence)}`).join(', ');
    return `${said}${own.length > 2 ? ` and ${own.length - 2} more` : ''}${shares.length > own.length ? ', the rest by the other schools of the agreement' : ''}`;
  });
}
