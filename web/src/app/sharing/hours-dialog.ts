import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { HoursGivenBodySchema, HoursGivenSchema } from '@fairshare/contract/charges-due.js';
import { MemberNamesSchema, membersOnce } from '../procurement/members';
import { Saving } from '../ui/saving';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';

/** Hours that one school gave another. Closes with true when they were recorded. */
@Component({
  selector: 'fs-hours-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-hours">Record hours</h2>
      <p>A line stays as it is; hours below zero take one back.</p>
      <fs-problem [error]="saving.problem()" />
      @for (side of sides; track side.key) {
        <fs-field [label]="side.label" [error]="saving.errorFor(side.key)">
          <select fsControl class="fs-select" (change)="choose(side.key, $any($event.target).value)">
            <option value="">Choose a school</option>
            @for (school of schools(); track school.urn) {
              <option [value]="school.urn" [selected]="school.urn === chosen()[side.key]">{{ school.name }}</option>
            }
          </select>
        </fs-field>
      }
      <fs-field label="Hours" hint="Such as 1.5." [error]="saving.errorFor('minutes')">
        <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="hours()" (input)="hours.set($any($event.target).value)" />
      </fs-field>
      <fs-date label="Day" [latest]="day" [(value)]="givenOn" [error]="saving.errorFor('givenOn')" />
      <fs-field label="What it was" [error]="saving.errorFor('what')">
        <input fsControl class="fs-input" maxlength="200" autocomplete="off" [value]="what()" (input)="what.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Record</button>
      </div>
    </form>
  `,
})
export class HoursDialog {
  readonly #api = inject(ApiClient);
  readonly #collaborationId = inject<{ collaborationId: string }>(DIALOG_DATA).collaborationId;
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly day = today();
  protected readonly sides = [{ key: 'giverUrn', label: 'Gave the time' }, { key: 'takerUrn', label: 'Took it' }] as const;
  readonly #members = read(() => `/api/collaborations/${this.#collaborationId}/members?size=200`, MemberNamesSchema);
  protected readonly schools = computed(() => (this.#members.hasValue() ? membersOnce(this.#members.value().items) : []));
  protected readonly chosen = signal<Readonly<Record<string, string>>>({});
  protected readonly hours = signal('');
  protected readonly givenOn = signal<string>(today());
  protected readonly what = signal('');

  protected choose(side: string, urn: string): void {
    this.chosen.update((before) => ({ ...before, [side]: urn }));
  }

  protected async save(): Promise<void> {
    const minutes = Math.round(Number(this.hours().trim().replace('−', '-')) * 60);
    const body = { giverUrn: this.chosen()['giverUrn'] ?? '', takerUrn: this.chosen()['takerUrn'] ?? '', minutes, givenOn: this.givenOn(), what: this.what() };
    if (!this.saving.check(HoursGivenBodySchema, body, this.hours().trim() === '' || Number.isNaN(minutes) ? { minutes: 'Write hours such as 1.5.' } : {})) return;
    if (await this.saving.send(() => this.#api.post(`/api/collaborations/${this.#collaborationId}/hours-given`, body, HoursGivenSchema))) this.ref.close(true);
  }
}
