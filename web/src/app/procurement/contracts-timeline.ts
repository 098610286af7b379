import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { AgreementEntry } from '@fairshare/contract/agreements.js';
import { dayNumber } from '@fairshare/domain/kernel/period.js';
import { DayPipe } from '../ui/day';
import { addDays, formatDay, today } from '../ui/london';
import { colourOf } from './procurement-words';

interface Bar {
  readonly id: string;
  readonly name: string;
  readonly left: number;
  readonly width: number;
  readonly trigger: number | null;
  readonly notice: number | null;
  readonly fill: string;
  readonly edge: string;
}

/** The terms of agreements as bars, with the day on which replacement must begin; the register's table says the same in words. */
@Component({
  selector: 'fs-contracts-timeline',
  imports: [DayPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <figure class="fs-card">
      <figcaption>{{ sentence() }}</figcaption>
      <div class="chart" aria-hidden="true">
        <div class="months">
          @for (month of months(); track month.label) {
            <span [style.left.%]="month.at">{{ month.label }}</span>
          }
        </div>
        @for (bar of bars(); track bar.id) {
          <div class="line">
            <span class="name">{{ bar.name }}</span>
            <span class="track">
              <span class="bar" [style.left.%]="bar.left" [style.width.%]="bar.width" [style.background]="bar.fill" [style.border-color]="bar.edge"></span>
              @if (bar.trigger !== null) {
                <span class="trigger" [style.left.%]="bar.trigger"></span>
              }
              @if (bar.notice !== null) {
                <span class="notice" [style.left.%]="bar.notice"></span>
              }
              <span class="today" [style.left.%]="todayAt()"></span>
            </span>
          </div>
        }
        <p class="key fs-small"><span><span class="sample trigger"></span> begin to replace</span><span><span class="sample notice"></span> last day for notice</span><span><span class="sample today"></span> today, {{ now | day }}</span></p>
      </div>
    </figure>
  `,
  styles: `
    figcaption { margin-bottom: 16px; }
    .months { position: relative; height: 20px; margin-left: min(220px, 34%); font-size: 0.8125rem; color: var(--fs-text-soft); }
    .months span { position: absolute; white-space: nowrap; padding-left: 4px; border-left: 1px solid var(--fs-line); }
    .line { display: flex; align-items: center; gap: 12px; min-height: 32px; }
    .name { flex: 0 0 calc(min(220px, 34%) - 12px); font-size: 0.875rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .track { position: relative; flex: 1; height: 24px; background: var(--fs-surface-sunk); border-radius: 4px; }
    .bar { position: absolute; top: 3px; bottom: 3px; border: 1px solid; border-left-width: 4px; border-radius: 4px; }
    .trigger, .notice, .today { position: absolute; top: 0; bottom: 0; width: 0; }
    .trigger { border-left: 3px solid var(--fs-warn); }
    .notice { border-left: 3px dotted var(--fs-bad); }
    .today { border-left: 2px solid var(--fs-text); }
    .key { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; margin-top: 12px; color: var(--fs-text-soft); }
    .sample { position: static; display: inline-block; height: 14px; margin-right: 4px; vertical-align: -2px; }
    @media (max-width: 600px) {
      .line { flex-direction: column; align-items: stretch; gap: 2px; margin-bottom: 8px; }
      .name { flex: none; white-space: normal; }
      .track { flex: none; }
      .months { margin-left: 0; }
      .months span:nth-child(even) { display: none; }
    }
  `,
})
export class ContractsTimeline {
  readonly agreements = input.required<readonly AgreementEntry[]>();
  protected readonly now = today();

  /** At most two years back and four ahead, so that one old or endless agreement does not squeeze the others. */
  readonly #span = computed(() => {
    const starts = this.agreements().map((one) => one.startsOn).sort();
    const ends = this.agreements().map((one) => one.endsOn).sort();
    const clamp = (date: string) => {
      const [least, most] = [addDays(this.now, -731), addDays(this.now, 1461)];
      if (date < least) return least;
      return date > most ? most : date;
    };
    const from = dayNumber(clamp([starts[0] ?? this.now, this.now].sort()[0] as string));
    const to = dayNumber(clamp([ends.at(-1) ?? this.now, this.now].sort()[1] as string)) + 14;
    return { from, days: Math.max(1, to - from) };
  });

  protected readonly todayAt = computed(() => this.#place(this.now));

  protected readonly bars = computed((): Bar[] =>
    this.agreements().map((one) => {
      const left = this.#place(one.startsOn);
      const colour = colourOf(one.service.colour);
      const inside = (date: string) => (date >= one.startsOn && date <= one.endsOn ? this.#place(date) : null);
      return {
        id: one.id, name: one.name, left, width: Math.max(1, this.#place(one.endsOn) - left),
        trigger: inside(one.triggerOn), notice: inside(one.noticeBy), fill: colour.fill, edge: colour.edge,
      };
    }),
  );

  protected readonly months = computed(() => {
    const { from, days } = this.#span();
    const first = new Date(from * 86_400_000);
    const marks = [];
    const everyMonths = days > 1100 ? 12 : days > 500 ? 6 : 3;
    for (let year = first.getUTCFullYear(), month = 0; ; month += everyMonths) {
      const date = new Date(Date.UTC(year, month, 1));
      const day = date.getTime() / 86_400_000;
      if (day > from + days) break;
      if (day >= from && day < from + days * 0.94) marks.push({ label: date.toLocaleDateString('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }), at: ((day - from) / days) * 100 });
    }
    return marks;
  });

  protected readonly sentence = computed(() => {
    const ahead = this.agreements().filter((one) => one.triggerOn > this.now && one.state !== 'ended').sort((a, b) => (a.triggerOn < b.triggerOn ? -1 : 1))[0];
    const count = this.agreements().length;
    const many = `${count} ${count === 1 ? 'agreement' : 'agreements'}.`;
    return ahead ? `${many} The next to replace is ${ahead.name}: begin on ${formatDay(ahead.triggerOn)}.` : `${many} None has a trigger date ahead.`;
  });

  #place(date: string): number {
    const { from, days } = this.#span();
    return Math.min(100, Math.max(0, ((dayNumber(date) - from) / days) * 100));
  }
}
