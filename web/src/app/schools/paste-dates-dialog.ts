import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { AddedLinesSchema, type AddedLines, type CalendarTarget } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { DayPipe } from '../ui/day';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { State } from '../ui/state';
import type { LineChoice } from './calendar-line-dialog';
import { dayWords } from './school-words';
import { TargetField } from './target-field';

const example = `Autumn term: 2 September 2026 to 18 December 2026
Half-term: 26 October 2026 to 30 October 2026
INSET day: 1 September 2026`;

/** Term dates as they are published, understood line by line and shown before they are stored. */
@Component({
  selector: 'fs-paste-dates-dialog',
  imports: [DayPipe, Field, FieldControl, ProblemNotice, State, TargetField],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); send(!preview())" novalidate>
      <h2 id="fs-paste-dates">Paste term dates</h2>
      <fs-target [choice]="choice" [(target)]="target" />
      <fs-field label="The dates" hint="One period or day a line, as a sentence or as CSV; or a whole calendar file.">
        <textarea fsControl class="fs-textarea" rows="8" cdkFocusInitial [placeholder]="example" [value]="text()" (input)="type($any($event.target).value)"></textarea>
      </fs-field>
      <label class="fs-button file"><input type="file" class="fs-hidden" accept=".csv,.txt,.ics,text/*,text/calendar" (change)="load($any($event.target).files)" />Read them from a file (CSV, text or iCalendar)</label>
      <fs-problem [error]="error()" />
      @if (preview(); as shown) {
        <p role="status">{{ shown.added }} to add, {{ shown.alreadyThere }} there already, {{ shown.errors.length }} not understood.</p>
        @if (shown.errors.length) {
          <ul>
            @for (fault of shown.errors; track fault.row) {
              <li><fs-state tone="bad" [word]="(isFile() ? 'Entry ' : 'Line ') + fault.row" /> {{ fault.message }} <span class="fs-quiet">{{ fault.value }}</span></li>
            }
          </ul>
        }
        @if (shown.lines.length) {
          <div class="fs-table-scroll" role="region" aria-label="What was understood" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">First day</th><th scope="col">Last day</th><th scope="col">State</th></tr></thead>
              <tbody>
                @for (line of shown.lines; track $index) {
                  <tr>
                    <th scope="row">{{ line.name }}</th><td data-label="Kind">{{ dayWords[line.kind] }}</td>
                    <td data-label="First day" class="when">{{ line.from | day }}</td><td data-label="Last day" class="when">{{ line.to | day }}</td>
                    <td data-label="State"><fs-state [tone]="line.isNew ? 'good' : 'neutral'" [word]="line.isNew ? 'New' : 'There already'" /></td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        }
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="!text().trim() || busy() || preview()?.added === 0">{{ action() }}</button>
      </div>
    </form>
  `,
  styles: `
    .file { align-self: flex-start; }
    .file:focus-within { outline: 2px solid var(--fs-focus); outline-offset: 2px; }
    ul { padding-left: 0; list-style: none; display: flex; flex-direction: column; gap: 8px; }
  `,
})
export class PasteDatesDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<LineChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<AddedLines>>(DialogRef);
  protected readonly example = example;
  protected readonly dayWords = dayWords;
  protected readonly target = signal<CalendarTarget>(this.choice.authorities[0] ? { level: 'local-authority', laCode: this.choice.authorities[0].code } : { level: 'nation' });
  protected readonly text = signal('');
  protected readonly preview = signal<AddedLines | undefined>(undefined);
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected readonly action = computed(() => {
    const shown = this.preview();
    if (!shown) return 'See what is understood';
    return shown.added === 1 ? 'Add 1 line' : `Add ${shown.added} lines`;
  });

  protected readonly isFile = computed(() => this.text().trimStart().startsWith('BEGIN:VCALENDAR'));

  protected type(text: string): void {
    this.text.set(text);
    this.preview.set(undefined);
  }

  protected async load(files: FileList | null): Promise<void> {
    if (files?.[0]) this.type(await files[0].text());
  }

  protected async send(dryRun: boolean): Promise<void> {
    await this.#attempt.run(async () => {
      const body = { target: this.target(), text: this.text(), dryRun };
      const answer = await this.#api.post(`/api/collaborations/${this.choice.collaborationId}/school-year/paste`, body, AddedLinesSchema);
      if (dryRun) this.preview.set(answer);
      else this.ref.close(answer);
    });
  }
}
