import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MemberSchema, SchoolListSchema, type Member, type SchoolSummary } from '@fairshare/contract/schools.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { kindWords } from './school-words';

const pauseMs = 250;

/** Finds a school on the national register and makes it a member from a day. */
@Component({
  selector: 'fs-add-member-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-add-member">Add a school</h2>
      <fs-field label="Find the school" hint="A part of its name, its URN or its postcode.">
        <input fsControl class="fs-input" type="search" autocomplete="off" cdkFocusInitial [value]="term()" (input)="type($any($event.target).value)" />
      </fs-field>
      @if (found.hasValue() && found.value(); as list) {
        @if (list.items.length) {
          <fieldset>
            <legend class="fs-hidden">Schools that were found</legend>
            @for (school of list.items; track school.urn) {
              <label class="fs-check">
                <input type="radio" name="school" [value]="school.urn" [checked]="school.urn === chosen()?.urn" (change)="chosen.set(school)" />
                <span>{{ school.name }}<br /><span class="fs-quiet fs-small">{{ detail(school) }}</span></span>
              </label>
            }
          </fieldset>
          @if (list.total > list.items.length) {
            <p class="fs-quiet fs-small">{{ list.total }} schools are like this; type more to see the right one.</p>
          }
        } @else {
          <p class="fs-quiet">No school on the register is like that. Check the spelling, or ask the administrator to import the register.</p>
        }
      }
      <fs-problem [error]="found.error() ?? error()" />
      <fs-date label="Member from" [(value)]="from" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="!chosen() || !from() || busy()">{{ chosen() ? 'Add ' + chosen()?.name : 'Add' }}</button>
      </div>
    </form>
  `,
  styles: 'fieldset { max-height: 280px; overflow: auto; }',
})
export class AddMemberDialog {
  readonly #api = inject(ApiClient);
  readonly #collaborationId = inject<string>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Member>>(DialogRef);
  protected readonly term = signal('');
  readonly #asked = signal('');
  protected readonly chosen = signal<SchoolSummary | undefined>(undefined);
  protected readonly from = signal(today());
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  readonly #query = computed(() => this.#asked().trim());
  protected readonly found = read(() => (this.#query().length >= 2 ? `/api/schools?size=8&query=${encodeURIComponent(this.#query())}` : undefined), SchoolListSchema);
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected detail(school: SchoolSummary): string {
    return [`URN ${school.urn}`, kindWords[school.kind], school.laName, school.postcode, school.status === 'closed' ? 'closed' : null].filter(Boolean).join(' · ');
  }

  /** Asks when the typing pauses, not at every letter. */
  protected type(text: string): void {
    this.term.set(text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#asked.set(text), pauseMs);
  }

  protected async save(): Promise<void> {
    const school = this.chosen();
    if (!school || !this.from()) return;
    await this.#attempt.run(async () => {
      this.ref.close(await this.#api.post(`/api/collaborations/${this.#collaborationId}/members`, { urn: school.urn, from: this.from() }, MemberSchema));
    });
  }
}
