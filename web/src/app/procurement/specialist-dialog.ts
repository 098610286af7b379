import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { EngagementBodySchema, SpecialistBodySchema, SpecialistSchema, SupplierListSchema, type SpecialistEntry } from '@fairshare/contract/procurement.js';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { Saving } from '../ui/saving';

export interface SpecialistChoice {
  readonly collaborationId: string;
  readonly specialist: SpecialistEntry | null;
}

/** Engages a specialist through a supplier, or changes the engagement. */
@Component({
  selector: 'fs-specialist-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-specialist-title">{{ choice.specialist ? 'Engagement of ' + choice.specialist.name : 'Engage a specialist' }}</h2>
      <fs-problem [error]="saving.problem()" />
      @if (!choice.specialist) {
        <fs-field label="Name" [error]="saving.errorFor('name')">
          <input fsControl class="fs-input" maxlength="120" [value]="name()" (input)="name.set($any($event.target).value)" />
        </fs-field>
        <fs-field label="E-mail" [optional]="true" hint="Finds somebody who works for another collaboration already, so that nobody is booked twice." [error]="saving.errorFor('email')">
          <input fsControl class="fs-input" type="email" [value]="email()" (input)="email.set($any($event.target).value)" />
        </fs-field>
      }
      <fs-field label="Through which supplier" [error]="saving.errorFor('supplierId')">
        <select fsControl class="fs-select" (change)="supplierId.set($any($event.target).value)">
          <option value="">Choose a supplier</option>
          @if (suppliers.hasValue()) {
            @for (supplier of suppliers.value().items; track supplier.id) {
              <option [value]="supplier.id" [selected]="supplier.id === supplierId()">{{ supplier.name }}</option>
            }
          }
        </select>
      </fs-field>
      <fs-date label="From" [(value)]="from" [error]="saving.errorFor('from')" />
      <fs-date label="Until" [optional]="true" hint="Leave it empty while no end is known." [(value)]="until" [error]="saving.errorFor('until')" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">{{ choice.specialist ? 'Save' : 'Engage' }}</button>
      </div>
    </form>
  `,
})
export class SpecialistDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<SpecialistChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<SpecialistEntry>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly suppliers = read(() => `/api/collaborations/${this.choice.collaborationId}/suppliers?size=200`, SupplierListSchema);
  protected readonly name = signal('');
  protected readonly email = signal('');
  protected readonly supplierId = signal(this.choice.specialist?.supplierId ?? '');
  protected readonly from = signal(this.choice.specialist?.from ?? today());
  protected readonly until = signal(this.choice.specialist?.until ?? '');

  protected async save(): Promise<void> {
    const { specialist } = this.choice;
    const engagement = { supplierId: this.supplierId(), from: this.from(), until: this.until() || null };
    const body = specialist ? engagement : { name: this.name(), email: this.email().trim() || null, ...engagement };
    const own: Record<string, string> = this.supplierId() ? {} : { supplierId: 'Choose a supplier.' };
    if (!this.saving.check(specialist ? EngagementBodySchema : SpecialistBodySchema, body, own)) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/specialists`;
    const saved = await this.saving.send(() => (specialist ? this.#api.put(`${at}/${specialist.id}`, body, SpecialistSchema) : this.#api.post(at, body, SpecialistSchema)));
    if (saved) this.ref.close(saved);
  }
}
