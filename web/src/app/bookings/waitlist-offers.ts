import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { WaitlistEntry, WaitlistOffer } from '@fairshare/contract/waitlist.js';
import { Attempt } from '../ui/attempt';
import { Confirm } from '../ui/confirm';
import { WhenPipe } from '../ui/day';
import { formatWhen } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Toast } from '../ui/toast';
import { WaitlistClient } from './waitlist-client';

type Offered = WaitlistEntry & { readonly offer: WaitlistOffer };

/** Time that has become free and is kept for a school: take it, or let the next in line have it. Nothing is shown when nothing is offered. */
@Component({
  selector: 'fs-waitlist-offers',
  imports: [ProblemNotice, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-problem [error]="error()" />
    @if (offered().length) {
      <section class="fs-card fs-stack" aria-labelledby="waitlist-offers">
        <h2 id="waitlist-offers">Time is free for you</h2>
        <ul>
          @for (entry of offered(); track entry.offer.id) {
            <li>
              <div>
                <strong>{{ entry.offer.startsAt | when: entry.offer.endsAt }}</strong><br />
                {{ entry.serviceName }} with {{ entry.offer.specialistName }}, {{ names(entry) }}<br />
                <span class="fs-quiet fs-small">Kept for you until {{ entry.offer.expiresAt | when }}</span>
              </div>
              <button type="button" class="fs-button primary" [attr.aria-disabled]="busy()" (click)="take(entry)">Take it</button>
              <button type="button" class="fs-button" [attr.aria-disabled]="busy()" (click)="leave(entry)">Let it go</button>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    :host { display: contents; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 12px 0; }
    li + li { border-top: 1px solid var(--fs-line); }
    li > div { flex: 1 1 260px; min-width: 0; }
  `,
})
export class WaitlistOffers {
  readonly collaborationId = input.required<string>();
  readonly entries = input.required<readonly WaitlistEntry[]>();
  readonly answered = output();
  readonly #client = inject(WaitlistClient);
  readonly #confirm = inject(Confirm);
  readonly #toast = inject(Toast);
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  protected readonly offered = computed(() => this.entries().filter((entry): entry is Offered => entry.offer !== null));

  protected names(entry: WaitlistEntry): string {
    return entry.schools.map(({ name }) => name).join(', ');
  }

  protected async take({ offer }: Offered): Promise<void> {
    await this.#answer(async () => {
      const booking = await this.#client.answer(this.collaborationId(), offer.id, 'accept');
      this.#toast.show(`${booking.state === 'requested' ? 'Asked for' : 'Booked'} ${formatWhen(offer.startsAt, offer.endsAt)}`);
    });
  }

  protected async leave(entry: Offered): Promise<void> {
    const text = 'It goes to the next school in line, and you go on waiting for another time.';
    if (!(await this.#confirm.ask({ title: `Let ${formatWhen(entry.offer.startsAt, entry.offer.endsAt)} go?`, text, action: 'Let it go' }))) return;
    await this.#answer(async () => {
      await this.#client.answer(this.collaborationId(), entry.offer.id, 'decline');
      this.#toast.show('It goes to the next school in line');
    });
  }

  async #answer(work: () => Promise<void>): Promise<void> {
    await this.#attempt.run(async () => {
      await work();
    });
    this.answered.emit();
  }
}
