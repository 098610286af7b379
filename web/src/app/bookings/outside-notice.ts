import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { OutsideCalendarsSchema } from '@fairshare/contract/outside-calendars.js';
import { read } from '../ui/api-client';
import { WhenPipe } from '../ui/day';
import { Icon } from '../ui/icon';

/** Says of whom the own calendar is known, as of when, and warns where it is not fresh: what is newer may not be free. */
@Component({
  selector: 'fs-outside-notice',
  imports: [Icon, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (one of stale(); track one.id) {
      <p class="warn" role="note"><fs-icon name="alert" /><span>The own calendar of {{ one.specialistName }} was last read on {{ one.asOf | when }}. What they entered since then is not known: ask before you rely on it.</span></p>
    }
    @if (fresh().length) {
      <p class="fs-quiet fs-small">Busy times from their own calendars: @for (one of fresh(); track one.id; let last = $last) {<span>{{ one.specialistName }} (as of {{ one.asOf | when }}){{ last ? '.' : ', ' }}</span>}</p>
    }
  `,
  styles: `
    p { margin: 0; }
    .warn { display: flex; gap: 8px; align-items: flex-start; padding: 8px 12px; border-radius: var(--fs-radius); background: var(--fs-warn-soft); color: var(--fs-warn); }
    .warn + p { margin-top: 8px; }
    fs-icon { flex: none; }
  `,
})
export class OutsideNotice {
  readonly collaborationId = input.required<string>();
  /** Of whom one asks. */
  readonly specialistIds = input.required<readonly string[]>();
  readonly #calendars = read(() => `/api/collaborations/${this.collaborationId()}/outside-calendars`, OutsideCalendarsSchema);
  readonly #shown = computed(() => (this.#calendars.hasValue() ? this.#calendars.value().items : []).filter((one) => this.specialistIds().includes(one.specialistId)));
  protected readonly stale = computed(() => this.#shown().filter((one) => one.stale));
  protected readonly fresh = computed(() => this.#shown().filter((one) => !one.stale));
}
