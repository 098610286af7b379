import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { Conversion } from '@fairshare/contract/conversions.js';
import { SuccessionsSchema, type Successions, type TakenOver } from '@fairshare/contract/taking-over.js';
import { ConversionDialog } from '../bookings/conversion-dialog';
import { read } from '../ui/api-client';
import { keepsBooks } from '../ui/books-tabs';
import { CurrentSession } from '../ui/current-session';
import { DayPipe } from '../ui/day';
import { formatMoney } from '../ui/money';
import { Toast } from '../ui/toast';
import { TakingOverDialog } from './taking-over-dialog';

type Succession = Successions['items'][number];

/** Schools that became academies, and what still stands on their old accounts; shown only where there are any. */
@Component({
  selector: 'fs-successions',
  imports: [DayPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (schools().length) {
      <section class="fs-card fs-stack" aria-labelledby="successions">
        <h2 id="successions">Schools that became academies</h2>
        <ul class="fs-stack">
          @for (school of schools(); track school.fromUrn) {
            <li class="fs-spread">
              <span>{{ school.fromName }} ({{ school.fromUrn }}) is {{ school.toName }} ({{ school.toUrn }}) now. {{ standing(school) }}
                @if (school.takenOn) { <span class="fs-quiet">Taken over from {{ school.takenOn | day }} on.</span> }</span>
              @if (mayConvert()) {
                <button type="button" class="fs-button" (click)="convert(school)">Convert<span class="fs-hidden"> {{ school.fromName }}</span></button>
              }
              @if (mayMove() && school.isMember) {
                <button type="button" class="fs-button" (click)="open(school)">Take over<span class="fs-hidden"> the money of {{ school.fromName }}</span></button>
              }
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: 'ul { margin: 0; padding: 0; list-style: none; } li { flex-wrap: wrap; }',
})
export class SuccessionsCard {
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  readonly moved = output<TakenOver>();
  readonly #successions = read(() => `/api/collaborations/${this.collaborationId()}/money-successions`, SuccessionsSchema);
  protected readonly schools = computed(() => (this.#successions.hasValue() ? this.#successions.value().items : []));
  protected readonly mayMove = computed(() => keepsBooks(this.#session, this.collaborationId()));

  protected readonly mayConvert = computed(() => this.#session.rolesIn(this.collaborationId()).has('coordinator'));

  protected standing({ standsPence, isMember, toName }: Succession): string {
    if (!isMember) return `${toName} is no member yet: the coordinator converts the school first.`;
    if (standsPence === 0) return 'Nothing stands on its old account.';
    return standsPence > 0 ? `${formatMoney(standsPence)} stands on its old account.` : `${formatMoney(-standsPence)} stands in its favour on its old account.`;
  }

  /** Membership, subscriptions and coming sessions follow; the money is the finance officer's to move. */
  protected convert(school: Succession): void {
    const data = { collaborationId: this.collaborationId(), school };
    this.#dialog.open<Conversion>(ConversionDialog, { data, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-conversion' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show(`${school.toName} goes on from here; ${done.bookings} ${done.bookings === 1 ? 'session' : 'sessions'} followed`);
      this.#successions.reload();
    });
  }

  protected open(school: Succession): void {
    const data = { collaborationId: this.collaborationId(), school };
    this.#dialog.open<TakenOver>(TakingOverDialog, { data, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-taking-over' }).closed.subscribe((moved) => {
      if (!moved) return;
      this.#toast.show(`${moved.toName} took over; it owes ${formatMoney(moved.movedPence)} more`);
      this.#successions.reload();
      this.moved.emit(moved);
    });
  }
}
