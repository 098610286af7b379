import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { ServiceBodySchema, ServiceSchema, type ServiceEntry } from '@fairshare/contract/procurement.js';
import { serviceColours, serviceKinds, type ServiceColourName, type ServiceKind } from '@fairshare/domain/procurement/index.js';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { serviceKindNames } from './procurement-words';
import { Saving } from '../ui/saving';
import { ServiceLabel } from './service-label';

export interface ServiceChoice {
  readonly collaborationId: string;
  readonly service: ServiceEntry | null;
}

/** Adds a service to the catalogue, or changes one. */
@Component({
  selector: 'fs-service-dialog',
  imports: [Field, FieldControl, ProblemNotice, ServiceLabel],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-service-title">{{ choice.service ? 'Change the service' : 'Add a service' }}</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="Name" [error]="saving.errorFor('name')" hint="As the schools call it.">
        <input fsControl class="fs-input" maxlength="120" [value]="name()" (input)="name.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="Kind" [error]="saving.errorFor('kind')">
        <select fsControl class="fs-select" (change)="kind.set($any($event.target).value)">
          @for (each of kinds; track each) {
            <option [value]="each" [selected]="each === kind()">{{ kindNames[each] }}</option>
          }
        </select>
      </fs-field>
      <fieldset>
        <legend>Colour</legend>
        <div class="fs-row">
          @for (each of colours; track each) {
            <label class="fs-row"><input type="radio" name="colour" [value]="each" [checked]="each === colour()" (change)="colour.set(each)" /><fs-service-label [name]="each" [colour]="each" /></label>
          }
        </div>
      </fieldset>
      <label class="fs-check"><input type="checkbox" [checked]="forStaff()" (change)="forStaff.set($any($event.target).checked)" /><span>For staff, so that its sessions may be on INSET days</span></label>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">{{ choice.service ? 'Save' : 'Add the service' }}</button>
      </div>
    </form>
  `,
})
export class ServiceDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<ServiceChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<ServiceEntry>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly kinds = serviceKinds;
  protected readonly kindNames = serviceKindNames;
  protected readonly colours = serviceColours;
  protected readonly name = signal(this.choice.service?.name ?? '');
  protected readonly kind = signal<ServiceKind>(this.choice.service?.kind ?? 'other');
  protected readonly colour = signal<ServiceColourName | undefined>(this.choice.service?.colour);
  protected readonly forStaff = signal(this.choice.service?.forStaff ?? false);

  protected async save(): Promise<void> {
    const colour = this.colour();
    const body = { name: this.name(), kind: this.kind(), forStaff: this.forStaff(), ...(colour ? { colour } : {}) };
    if (!this.saving.check(ServiceBodySchema, body)) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/services`;
    const { service } = this.choice;
    const saved = await this.saving.send(() => (service ? this.#api.put(`${at}/${service.id}`, body, ServiceSchema) : this.#api.post(at, body, ServiceSchema)));
    if (saved) this.ref.close(saved);
  }
}
