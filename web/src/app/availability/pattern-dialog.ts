import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { NewWorkingPatternSchema, type NewWorkingPattern, type WorkingPattern } from '@fairshare/contract/availability.js';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { addDays, today, weekdayOf } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';
import { DayTrack, hoursOf, placeIn, spanOf, type DayBar } from './day-track';
import { endedBefore, HoursClient, type TakeBack, type Whose } from './hours-client';
import { minuteOf, inHours, readStretches, stretchesOf, weekdays, withStretch, writeStretches, type Stretch } from './hours-model';

export interface PatternChoice extends Whose {
  /** Those that there are now. */
  readonly patterns: readonly WorkingPattern[];
  /** The one that is changed; without it, new hours from a day on. */
  readonly pattern?: WorkingPattern;
}

/** Somebody's hours, day by day as people write them; each day is drawn beside what was written, and can be drawn with the mouse. Closes with what takes it back. */
@Component({
  selector: 'fs-pattern-dialog',
  imports: [DateField, DayTrack, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './pattern-dialog.html',
  styles: `
    .days { display: grid; gap: 8px; }
    .days > div { display: grid; grid-template-columns: 96px minmax(0, 5fr) minmax(0, 6fr); gap: 0 16px; align-items: center; }
    .days label { font-weight: 550; font-size: 0.9375rem; }
    .axis { position: relative; height: 20px; grid-column: 3; font-size: 0.75rem; color: var(--fs-text-soft); }
    .axis span { position: absolute; transform: translateX(-50%); font-variant-numeric: tabular-nums; }
    .error { grid-column: 2 / -1; font-size: 0.875rem; font-weight: 500; color: var(--fs-bad); }
    .fs-input { font-variant-numeric: tabular-nums; }
    @media (max-width: 720px) {
      .days > div { grid-template-columns: 40px minmax(0, 1fr); gap: 4px 8px; }
      .days fs-day-track { grid-column: 2; height: 12px; }
      .axis { grid-column: 2; }
      .long { display: none; }
      .fs-input { padding-inline: 8px; font-size: 0.9375rem; }
    }
  `,
})
export class PatternDialog {
  readonly #client = inject(HoursClient);
  protected readonly choice = inject<PatternChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<TakeBack>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly names = weekdays;
  /** What is changed, or what stands now: new hours are mostly the old ones with one day moved. */
  readonly #like = this.choice.pattern ?? this.choice.patterns.filter(({ validTo }) => validTo === null || validTo >= today()).at(-1);
  protected readonly written = signal<readonly string[]>(weekdays.map((_, index) => (this.#like ? writeStretches(stretchesOf(this.#like, index + 1)) : '')));
  protected readonly from = signal(this.choice.pattern?.validFrom ?? (this.choice.patterns.length ? addDays(today(), 8 - weekdayOf(today())) : today()));
  protected readonly until = signal(this.choice.pattern?.validTo ?? '');
  protected readonly everyWeeks = signal<1 | 2>(this.#like?.everyWeeks === 2 ? 2 : 1);
  protected readonly anchor = signal(this.choice.pattern?.anchorOn ?? '');
  protected readonly termTimeOnly = signal(this.#like?.termTimeOnly ?? true);
  protected readonly endsOthers = signal(true);

  readonly #read = computed(() => this.written().map(readStretches));
  protected readonly bars = computed<readonly (readonly DayBar[])[]>(() => this.#read().map((day) => (day ?? []).map((stretch) => ({ ...stretch, kind: 'works' as const }))));
  protected readonly span = computed(() => spanOf(this.bars().flat()));
  protected readonly hours = computed(() => hoursOf(this.span()).map((hour) => ({ hour, place: placeIn(this.span(), hour * 60) })));
  protected readonly total = computed(() => inHours(this.#read().flatMap((all) => all ?? []).reduce((sum, { from, to }) => sum + minuteOf(to) - minuteOf(from), 0)));
  /** The hours that end when these begin. */
  protected readonly ending = computed(() => (this.choice.pattern || !this.from() ? [] : endedBefore(this.choice.patterns, this.from()).remove));
  /** What the week of a day that is not known yet would be. */
  protected readonly firstWeek = computed(() => this.anchor() || this.from());

  protected write(index: number, text: string): void {
    this.written.update((all) => all.map((each, i) => (i === index ? text : each)));
  }

  /** A slip is seen when one leaves the field: what was understood stands there then. */
  protected settle(index: number): void {
    const stretches = this.#read()[index];
    if (stretches) this.write(index, writeStretches(stretches));
  }

  protected wrong(index: number): boolean {
    return this.#read()[index] === undefined;
  }

  protected draw(index: number, stretch: Stretch): void {
    this.write(index, writeStretches(withStretch(this.#read()[index] ?? [], stretch)));
  }

  /** The first day that is written, on every day from Monday to Friday. */
  protected likeFirst(): void {
    const first = this.written().find((text) => text.trim() !== '');
    if (first) this.written.update((all) => all.map((text, index) => (index < 5 ? first : text)));
  }

  protected async save(): Promise<void> {
    if (this.#read().some((day) => day === undefined)) return;
    const body: NewWorkingPattern = {
      validFrom: this.from(), validTo: this.until() || null, everyWeeks: this.everyWeeks(), anchorOn: this.everyWeeks() === 2 ? this.firstWeek() : null, termTimeOnly: this.termTimeOnly(),
      hours: this.#read().flatMap((stretches, index) => (stretches ?? []).map((stretch) => ({ weekday: index + 1, ...stretch }))),
    };
    if (!this.saving.check(NewWorkingPatternSchema, body, this.from() ? {} : { validFrom: 'Say from which day on.' })) return;
    const { pattern, patterns } = this.choice;
    const ended = pattern ? { remove: [pattern], add: [] } : this.endsOthers() ? endedBefore(patterns, this.from()) : { remove: [], add: [] };
    const takeBack = await this.saving.send(() => this.#client.change(this.choice, ended.remove, [...ended.add, body]));
    if (takeBack) this.ref.close(takeBack);
  }
}
