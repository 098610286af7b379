import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, output } from '@angular/core';
import type { Booking, DeliverBooking } from '@fairshare/contract/bookings.js';

/** Who came to a session of several schools, and for how long: it is shared by that. Everybody for all of it, until somebody says otherwise. */
@Component({
  selector: 'fs-attendance-step',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-stack" (submit)="$event.preventDefault(); chosen.emit({ attendance: attendance() })" novalidate>
      <fieldset class="fs-stack">
        <legend>Who came?</legend>
        @for (school of booking().schools; track school.urn) {
          <div class="school">
            <label class="fs-check"><input type="checkbox" [checked]="minutesOf(school.urn) > 0" (change)="set(school.urn, $any($event.target).checked ? whole() : 0)" /> {{ school.name }}</label>
            <span class="fs-row">
              <input class="fs-input" type="number" min="0" [max]="whole()" [attr.aria-label]="'Minutes of ' + school.name" [value]="minutesOf(school.urn)" (input)="set(school.urn, +$any($event.target).value)" />
              <span class="fs-small fs-quiet">of {{ whole() }} min</span>
            </span>
          </div>
        }
      </fieldset>
      <p class="fs-small fs-quiet" role="status">{{ nobody() ? 'Nobody came: those who booked it bear it alike.' : 'It is shared among those who came, by how long they were there.' }}</p>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="back.emit()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="busy()">It took place</button>
      </div>
    </form>
  `,
  styles: `
    .school { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: center; justify-content: space-between; }
    .school > label { flex: 1 1 200px; }
    .fs-input { width: 88px; text-align: right; }
  `,
})
export class AttendanceStep {
  readonly booking = input.required<Booking>();
  readonly busy = input(false);
  readonly chosen = output<DeliverBooking>();
  readonly back = output();
  protected readonly whole = computed(() => Math.round((Date.parse(this.booking().endsAt) - Date.parse(this.booking().startsAt)) / 60_000));
  readonly #minutes = linkedSignal<ReadonlyMap<string, number>>(() => new Map(this.booking().schools.map(({ urn }) => [urn, this.whole()])));
  protected readonly nobody = computed(() => [...this.#minutes().values()].every((minutes) => minutes === 0));
  protected readonly attendance = computed(() => [...this.#minutes()].map(([schoolUrn, minutes]) => ({ schoolUrn, minutes })));

  protected minutesOf(urn: string): number {
    return this.#minutes().get(urn) ?? 0;
  }

  protected set(urn: string, minutes: number): void {
    const within = Number.isFinite(minutes) ? Math.max(0, Math.min(this.whole(), Math.round(minutes))) : 0;
    this.#minutes.update((before) => new Map(before).set(urn, within));
  }
}
