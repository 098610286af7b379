import { ChangeDetectionStrategy, Component, computed, effect, input, output, signal, untracked } from '@angular/core';
import type { AgreementEntry } from '@fairshare/contract/agreements.js';
import { SlotsSchema, type RefusedRun, type Slot } from '@fairshare/contract/availability.js';
import { read } from '../ui/api-client';
import { ClockPipe, DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { dateOf } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { freeTimes, type FreeTime } from './free-time';
import { OutsideNotice } from './outside-notice';
import { reasonOf } from './refusal-words';
import { WaitForTime } from './wait-for-time';

interface Day {
  readonly date: string;
  readonly times: readonly FreeTime[];
}

/** Choose a service and a length, see when it could be: every free stretch of every specialist, soonest first. */
@Component({
  selector: 'fs-find-time',
  imports: [ClockPipe, DayPipe, Empty, Field, FieldControl, OutsideNotice, ProblemNotice, Skeleton, WaitForTime],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './find-time.html',
  styles: `
    :host { display: block; }
    ol { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 16px; }
    li ul { list-style: none; margin: 8px 0 0; padding: 0; display: flex; flex-direction: column; gap: 8px; }
    li button { width: 100%; justify-content: flex-start; text-align: left; }
    h3 { font-size: 0.9375rem; }
  `,
})
export class FindTime {
  readonly collaborationId = input.required<string>();
  readonly agreements = input.required<readonly AgreementEntry[]>();
  readonly specialistNames = input.required<ReadonlyMap<string, string>>();
  readonly schoolUrn = input.required<string>();
  readonly from = input.required<string>();
  readonly to = input.required<string>();
  /** Grows whenever something was booked, so that what is free is asked for again. */
  readonly stale = input(0);

  readonly found = output<readonly FreeTime[]>();
  readonly chosen = output<{ agreement: AgreementEntry; slots: readonly Slot[] }>();

  protected readonly agreementId = queryParamSignal('service');
  protected readonly length = queryParamSignal('minutes');
  protected readonly specialistId = queryParamSignal('specialist');
  protected readonly agreement = computed(() => this.agreements().find((a) => a.id === this.agreementId()) ?? this.agreements()[0]);
  protected readonly minutes = computed(() => {
    const offered = this.agreement()?.lengthsMinutes ?? [];
    return offered.includes(Number(this.length())) ? Number(this.length()) : (offered[0] ?? 60);
  });
  /** Whose time is looked at. */
  protected readonly asked = computed(() => (this.specialistId() ? [this.specialistId()] : (this.agreement()?.specialistIds ?? [])));
  protected readonly slots = read(() => this.#address(), SlotsSchema);
  protected readonly free = computed(() => freeTimes(this.slots.hasValue() ? this.slots.value().slots : []));
  protected readonly days = computed<readonly Day[]>(() => {
    const days = new Map<string, FreeTime[]>();
    for (const time of this.free()) days.set(dateOf(time.startsAt), [...(days.get(dateOf(time.startsAt)) ?? []), time]);
    return [...days].map(([date, times]) => ({ date, times }));
  });
  /** The next four days with free time; more on demand. */
  protected readonly all = signal(false);
  protected readonly shown = computed(() => (this.all() ? this.days() : this.days().slice(0, 4)));
  /** Why there is nothing, most frequent reason first. */
  protected readonly reasons = computed(() => {
    const runs: readonly RefusedRun[] = this.slots.hasValue() ? (this.slots.value().refusals ?? []) : [];
    const counts = new Map<string, number>();
    for (const run of runs) if (run.code !== 'availability.outside-pattern') counts.set(reasonOf(run), (counts.get(reasonOf(run)) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([reason]) => reason);
  });

  constructor() {
    effect(() => {
      const free = this.free();
      untracked(() => this.found.emit(free));
    });
    effect(() => {
      if (this.stale() > 0) untracked(() => this.slots.reload());
    });
  }

  protected choose(time: FreeTime): void {
    const agreement = this.agreement();
    if (agreement) this.chosen.emit({ agreement, slots: time.slots });
  }

  #address(): string | undefined {
    const agreement = this.agreement();
    if (!agreement || !this.schoolUrn()) return undefined;
    const query = new URLSearchParams({
      agreementId: agreement.id, schoolUrn: this.schoolUrn(), from: this.from(), to: this.to(), minutes: String(this.minutes()), explain: 'true',
    });
    if (this.specialistId()) query.set('specialistId', this.specialistId());
    return `/api/collaborations/${this.collaborationId()}/slots?${query}`;
  }
}
