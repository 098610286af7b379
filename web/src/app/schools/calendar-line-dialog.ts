import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { CalendarLineSchema, type CalendarKind, type CalendarLine, type CalendarTarget } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { ClosingHits } from './closing-hits';
import { dayWords } from './school-words';
import { TargetField } from './target-field';

export interface LineChoice {
  readonly collaborationId: string;
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
  readonly authorities: readonly { readonly code: string; readonly name: string }[];
  readonly isCoordinator: boolean;
  readonly title: string;
  /** The line to change; absent for a new one. */
  readonly line?: CalendarLine;
}

const allKinds = Object.keys(dayWords) as CalendarKind[];

function targetOf(choice: LineChoice): CalendarTarget {
  const line = choice.line;
  if (line?.level === 'local-authority' && line.laCode) return { level: 'local-authority', laCode: line.laCode };
  if (line?.level === 'school' && line.urn) return { level: 'school', urn: line.urn };
  if (!line && !choice.isCoordinator) return { level: 'school', urn: choice.schools[0]?.urn ?? '' };
  return { level: 'nation' };
}

/** One line of the school year: a term, an INSET day, a closure. */
@Component({
  selector: 'fs-calendar-line-dialog',
  imports: [ClosingHits, DateField, Field, FieldControl, ProblemNotice, TargetField],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-calendar-line">{{ choice.line ? 'Change ' + choice.line.name : 'Add to the school year' }}</h2>
      <p class="fs-quiet">{{ choice.title }}</p>
      <fs-problem [error]="error()" />
      <fs-field label="What it is">
        <select fsControl class="fs-select" cdkFocusInitial (change)="kind.set($any($event.target).value)">
          @for (each of kinds(); track each) {
            <option [value]="each" [selected]="each === kind()">{{ dayWords[each] }}</option>
          }
        </select>
      </fs-field>
      <fs-target [choice]="choice" [(target)]="target" />
      <fs-field label="Name" [optional]="true" hint="As people say it: Autumn term, Staff training.">
        <input fsControl class="fs-input" maxlength="200" [value]="name()" (input)="name.set($any($event.target).value)" />
      </fs-field>
      <fs-date label="First day" [(value)]="from" />
      <fs-date label="Last day" [optional]="true" hint="Leave it empty for a single day." [(value)]="to" />
      <fs-closing-hits [collaborationId]="choice.collaborationId" [kind]="kind()" [target]="target()" [from]="from()" [to]="to()" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="!from() || busy()">Save</button>
      </div>
    </form>
  `,
})
export class CalendarLineDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<LineChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<CalendarLine>>(DialogRef);
  protected readonly dayWords = dayWords;
  protected readonly kinds = computed<readonly CalendarKind[]>(() => (this.choice.isCoordinator ? allKinds : ['inset', 'closure']));
  protected readonly kind = signal<CalendarKind>(this.choice.line?.kind ?? 'inset');
  protected readonly target = signal<CalendarTarget>(targetOf(this.choice));
  protected readonly name = signal(this.choice.line?.name ?? '');
  protected readonly from = signal<string>(this.choice.line?.from ?? '');
  protected readonly to = signal<string>(this.choice.line?.to ?? '');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async save(): Promise<void> {
    if (!this.from()) return;
    const body = { target: this.target(), kind: this.kind(), name: this.name().trim() || dayWords[this.kind()], from: this.from(), to: this.to() || this.from() };
    const at = `/api/collaborations/${this.choice.collaborationId}/school-year/lines`;
    await this.#attempt.run(async () => {
      const { line } = this.choice;
      this.ref.close(await (line ? this.#api.put(`${at}/${line.id}`, body, CalendarLineSchema) : this.#api.post(at, body, CalendarLineSchema)));
    });
  }
}
