import { ChangeDetectionStrategy, Component, computed, input, model } from '@angular/core';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { weekdayOf } from '../ui/london';
import { weekdayNames, type RepeatChoice } from './repeat-words';

/** How something comes again: weekly, fortnightly, on its weekday in term, or in a week of each half-term; so often, or until a day. */
@Component({
  selector: 'fs-repeat',
  imports: [DateField, Field, FieldControl],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-grid">
      <fs-field label="Repeat">
        <select fsControl class="fs-select" (change)="set({ kind: $any($event.target).value })">
          @for (option of options(); track option.kind) {
            <option [value]="option.kind" [selected]="option.kind === choice().kind">{{ option.label }}</option>
          }
        </select>
      </fs-field>
      @if (choice().kind === 'week-of-half-term') {
        <fs-field label="Which week" hint="Week 1 is the one in which the half-term begins.">
          <select fsControl class="fs-select" (change)="set({ week: +$any($event.target).value })">
            @for (week of weeks; track week) {
              <option [value]="week" [selected]="week === choice().week">Week {{ week }}</option>
            }
          </select>
        </fs-field>
      }
      @if (choice().kind !== 'once') {
        <fs-field label="Ends">
          <select fsControl class="fs-select" (change)="set({ ends: $any($event.target).value })">
            <option value="after" [selected]="choice().ends === 'after'">after some {{ what() }}</option>
            <option value="on" [selected]="choice().ends === 'on'">on a day</option>
          </select>
        </fs-field>
        @if (choice().ends === 'after') {
          <fs-field [label]="'How many ' + what()" hint="Goes on past dates that are skipped.">
            <input fsControl class="fs-input" type="number" min="1" max="200" [value]="choice().sessions" (input)="set({ sessions: +$any($event.target).value })" />
          </fs-field>
        } @else {
          <fs-date label="The last day" [value]="choice().until" (valueChange)="set({ until: $event })" [earliest]="firstOn()" />
        }
      }
    </div>
  `,
})
export class RepeatField {
  /** The first date: the weekday follows from it. */
  readonly firstOn = input.required<string>();
  readonly what = input('sessions');
  readonly choice = model.required<RepeatChoice>();
  protected readonly weeks = [1, 2, 3, 4, 5, 6, 7, 8];
  protected readonly options = computed(() => {
    const weekday = weekdayNames[weekdayOf(this.firstOn()) - 1];
    return [
      { kind: 'once', label: 'Only this once' },
      { kind: 'weekly', label: 'Every week' },
      { kind: 'fortnightly', label: 'Every other week' },
      { kind: 'weekday-in-term', label: `Every ${weekday} in term` },
      { kind: 'week-of-half-term', label: `A ${weekday} each half-term` },
    ] as const;
  });

  protected set(change: Partial<RepeatChoice>): void {
    this.choice.update((before) => ({ ...before, ...change }));
  }
}
