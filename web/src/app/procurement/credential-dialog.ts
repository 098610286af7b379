import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { CredentialBodySchema, SpecialistSchema, type SpecialistEntry } from '@fairshare/contract/procurement.js';
import { credentialTypes, type CredentialType } from '@fairshare/domain/procurement/index.js';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { credentialNames } from './procurement-words';
import { Saving } from '../ui/saving';
import type { SpecialistChoice } from './specialist-dialog';

/** Records that somebody looked at the evidence: its type, number and days, never what a DBS certificate says. */
@Component({
  selector: 'fs-credential-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-credential-title">Credential of {{ choice.specialist?.name }}</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="Type" [error]="saving.errorFor('type')">
        <select fsControl class="fs-select" (change)="type.set($any($event.target).value)">
          @for (each of types; track each) {
            <option [value]="each" [selected]="each === type()">{{ names[each] }}</option>
          }
        </select>
      </fs-field>
      <fs-field label="Number" [optional]="true" [hint]="numberHint()" [error]="saving.errorFor('number')">
        <input fsControl class="fs-input" maxlength="60" [value]="number()" (input)="number.set($any($event.target).value)" />
      </fs-field>
      <fs-date label="Checked on" [(value)]="checkedOn" [error]="saving.errorFor('checkedOn')" />
      <fs-date label="Expires on" [optional]="true" hint="Its last valid day. A warning comes sixty days before." [(value)]="expiresOn" [error]="saving.errorFor('expiresOn')" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">Record it</button>
      </div>
    </form>
  `,
})
export class CredentialDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<SpecialistChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<SpecialistEntry>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly types = credentialTypes;
  protected readonly names = credentialNames;
  protected readonly type = signal<CredentialType>('hcpc-registration');
  protected readonly number = signal('');
  protected readonly checkedOn = signal(today());
  protected readonly expiresOn = signal('');
  protected readonly numberHint = computed(() =>
    this.type() === 'dbs-letter-of-assurance' ? 'The letter’s reference only. What a DBS certificate says is never kept here.' : 'As the register or the policy gives it.',
  );

  protected async save(): Promise<void> {
    const body = { type: this.type(), number: this.number().trim() || null, checkedOn: this.checkedOn(), expiresOn: this.expiresOn() || null };
    if (!this.saving.check(CredentialBodySchema, body)) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/specialists/${this.choice.specialist?.id}/credentials`;
    const saved = await this.saving.send(() => this.#api.post(at, body, SpecialistSchema));
    if (saved) this.ref.close(saved);
  }
}
