import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import type { BookingDetail } from '@fairshare/contract/bookings.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { SeatsSchema } from '@fairshare/contract/seats.js';
import { ApiClient, read } from '../ui/api-client';
import { Attempt } from '../ui/attempt';
import { CurrentSession } from '../ui/current-session';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Toast } from '../ui/toast';

/** Who comes to a training session, what is left, and how many of one's own school come. */
@Component({
  selector: 'fs-seats-panel',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (seats.hasValue()) {
      @let all = seats.value();
      <section class="fs-stack" aria-labelledby="fs-seats">
        <h3 id="fs-seats">{{ all.left === 0 ? 'All ' + all.capacity + ' seats are taken' : all.left + ' of ' + all.capacity + ' seats are left' }}</h3>
        <div class="bar" aria-hidden="true"><span [style.width.%]="taken()"></span></div>
        <ul class="fs-small">
          @for (school of all.schools; track school.schoolUrn) {
            <li>{{ school.schoolName }}: {{ school.seats }}</li>
          }
        </ul>
        @if (mayTake()) {
          <form class="fs-row" (submit)="$event.preventDefault(); take()" novalidate>
            @if (schools().length > 1) {
              <fs-field label="School">
                <select fsControl class="fs-select" (change)="chosen.set($any($event.target).value)">
                  @for (school of schools(); track school.urn) {
                    <option [value]="school.urn" [selected]="school.urn === urn()">{{ school.name }}</option>
                  }
                </select>
              </fs-field>
            }
            <fs-field [label]="'How many come' + (schools().length > 1 ? '' : ' of ' + (schools()[0]?.name ?? 'your school'))" hint="0 gives them back.">
              <input fsControl class="fs-input" type="number" min="0" max="500" [value]="own()" (input)="wanted.set(+$any($event.target).value)" />
            </fs-field>
            <button type="submit" class="fs-button" [disabled]="busy() || wanted() === undefined || wanted() === own()">Save the number</button>
          </form>
          <fs-problem [error]="error()" />
        }
      </section>
    }
  `,
  styles: `
    .bar { height: 8px; border-radius: 4px; background: var(--fs-surface-high); overflow: hidden; }
    .bar > span { display: block; height: 100%; background: var(--fs-accent); }
    form { align-items: flex-start; }
    form > fs-field { flex: 1 1 160px; }
    form > button { margin-top: 28px; }
    ul { margin: 0; padding-left: 20px; }
  `,
})
export class SeatsPanel {
  readonly collaborationId = input.required<string>();
  readonly booking = input.required<BookingDetail>();
  readonly #api = inject(ApiClient);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}/bookings/${this.booking().id}/seats`);
  protected readonly seats = read(() => this.#at(), SeatsSchema);
  readonly #members = read(() => (this.mayTake() ? `/api/collaborations/${this.collaborationId()}/members?size=200&on=${today()}` : undefined), MemberListSchema);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  protected readonly mayTake = computed(() => ['confirmed', 'requested'].includes(this.booking().state) && Date.parse(this.booking().startsAt) > Date.now() && (this.#roles().has('coordinator') || this.#roles().has('business-manager')));
  protected readonly schools = computed(() => {
    const all = [...new Map((this.#members.hasValue() ? this.#members.value().items : []).map(({ urn, name }) => [urn, { urn, name }])).values()];
    return this.#roles().has('coordinator') ? all : all.filter(({ urn }) => this.#session.schoolUrns().includes(urn));
  });
  protected readonly chosen = signal('');
  protected readonly urn = computed(() => this.chosen() || (this.schools()[0]?.urn ?? ''));
  protected readonly own = computed(() => (this.seats.hasValue() ? (this.seats.value().schools.find(({ schoolUrn }) => schoolUrn === this.urn())?.seats ?? 0) : 0));
  protected readonly wanted = signal<number | undefined>(undefined);
  protected readonly taken = computed(() => (this.seats.hasValue() && this.seats.value().capacity ? (1 - this.seats.value().left / (this.seats.value().capacity ?? 1)) * 100 : 0));

  protected async take(): Promise<void> {
    const before = this.own();
    const wanted = this.wanted() ?? before;
    const schoolUrn = this.urn();
    const send = async (seats: number) => {
      this.seats.set(await this.#api.post(this.#at(), { schoolUrn, seats }, SeatsSchema));
      this.wanted.set(undefined);
    };
    const done = await this.#attempt.run(() => send(wanted));
    if (done) this.#toast.show(wanted === 0 ? 'Seats given back' : `${wanted} ${wanted === 1 ? 'seat' : 'seats'} taken`, { undo: () => send(before) });
  }
}
