import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ServiceEntry, SpecialistEntry, SupplierEntry } from '@fairshare/contract/procurement.js';
import { Field, FieldControl } from '../ui/field';
import type { AgreementDraft } from './agreement-draft';
import { standings } from './procurement-words';
import type { Faults } from './rule-draft';

/** What is bought, from whom, and who delivers it. */
@Component({
  selector: 'fs-form-what',
  imports: [Field, FieldControl, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-stack">
      <fs-field label="Service" [error]="faults()['serviceId']">
        <select fsControl class="fs-select" (change)="service($any($event.target).value)">
          <option value="">Choose a service</option>
          @for (each of services(); track each.id) {
            <option [value]="each.id" [selected]="each.id === draft().serviceId">{{ each.name }}</option>
          }
        </select>
      </fs-field>
      <fs-field label="Supplier" [error]="faults()['supplierId']">
        <select fsControl class="fs-select" (change)="change({ supplierId: $any($event.target).value })">
          <option value="">Choose a supplier</option>
          @for (each of suppliers(); track each.id) {
            <option [value]="each.id" [selected]="each.id === draft().supplierId">{{ each.name }}</option>
          }
        </select>
      </fs-field>
      <p class="fs-small fs-quiet">Not in the list? Add a <a [routerLink]="[...at(), 'services']">service</a> or a <a [routerLink]="[...at(), 'suppliers']">supplier</a> first.</p>
      <fs-field label="Name of the agreement" hint="As it will stand in the register, such as “Counselling 2026/27”." [error]="faults()['name']">
        <input fsControl class="fs-input" maxlength="120" [value]="draft().name" (input)="change({ name: $any($event.target).value })" />
      </fs-field>
      <fieldset>
        <legend>Specialists who deliver it</legend>
        @for (each of specialists(); track each.id) {
          <label class="fs-check">
            <input type="checkbox" [checked]="draft().specialistIds.includes(each.id)" (change)="specialist(each.id, $any($event.target).checked)" />
            <span>{{ each.name }} <span class="fs-quiet">through {{ each.supplierName }}{{ each.standing === 'valid' ? '' : ' · ' + standings[each.standing].word }}</span></span>
          </label>
        } @empty {
          <p class="fs-quiet">Nobody is engaged yet. The agreement can be made now and specialists named later.</p>
        }
        @if (faults()['specialistIds']; as fault) {
          <p class="error">{{ fault }}</p>
        }
      </fieldset>
    </div>
  `,
  styles: `.error { color: var(--fs-bad); font-size: 0.875rem; }`,
})
export class FormWhat {
  readonly collaborationId = input.required<string>();
  readonly draft = model.required<AgreementDraft>();
  readonly faults = input<Faults>({});
  readonly services = input<readonly ServiceEntry[]>([]);
  readonly suppliers = input<readonly SupplierEntry[]>([]);
  readonly specialists = input<readonly SpecialistEntry[]>([]);
  protected readonly standings = standings;
  protected readonly at = () => ['/c', this.collaborationId(), 'agreements'];

  protected change(change: Partial<AgreementDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  /** The service names the agreement until somebody names it otherwise. */
  protected service(serviceId: string): void {
    const name = (id: string) => this.services().find((each) => each.id === id)?.name ?? '';
    const unnamed = !this.draft().name || this.draft().name === name(this.draft().serviceId);
    this.change({ serviceId, ...(unnamed ? { name: name(serviceId) } : {}) });
  }

  protected specialist(id: string, wanted: boolean): void {
    const others = this.draft().specialistIds.filter((each) => each !== id);
    this.change({ specialistIds: wanted ? [...others, id] : others });
  }
}
