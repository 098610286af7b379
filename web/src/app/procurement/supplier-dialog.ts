import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { SupplierBodySchema, SupplierSchema, type SupplierEntry } from '@fairshare/contract/procurement.js';
import { supplierKinds, type SupplierKind } from '@fairshare/domain/procurement/index.js';
import { ApiClient, read } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { MemberNamesSchema, membersOnce } from './members';
import { supplierKindNames } from './procurement-words';
import { Saving } from '../ui/saving';
import { SecondPerson } from '../ui/second-person';

export interface SupplierChoice {
  readonly collaborationId: string;
  readonly supplier: SupplierEntry | null;
}

/** Adds a supplier, or changes one. Bank details are written anew or left alone: nobody gets to read them back. */
@Component({
  selector: 'fs-supplier-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()">
      <h2 id="fs-supplier-title">{{ choice.supplier ? 'Change the supplier' : 'Add a supplier' }}</h2>
      <fs-problem [error]="saving.problem()" />
      <fs-field label="Kind" [error]="saving.errorFor('kind')">
        <select fsControl class="fs-select" (change)="kind.set($any($event.target).value)">
          @for (each of kinds; track each) {
            <option [value]="each" [selected]="each === kind()">{{ kindNames[each] }}</option>
          }
        </select>
      </fs-field>
      @if (kind() === 'member-school') {
        <fs-field label="School" hint="Its employee delivers; it is paid by journal, not by invoice." [error]="saving.errorFor('schoolUrn')">
          <select fsControl class="fs-select" (change)="school($any($event.target).value)">
            <option value="">Choose a member</option>
            @for (member of members(); track member.urn) {
              <option [value]="member.urn" [selected]="member.urn === schoolUrn()">{{ member.name }}</option>
            }
          </select>
        </fs-field>
      }
      <fs-field label="Name" [error]="saving.errorFor('name')">
        <input fsControl class="fs-input" maxlength="120" [value]="name()" (input)="name.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="E-mail" [optional]="true" [error]="saving.errorFor('email')">
        <input fsControl class="fs-input" type="email" [value]="email()" (input)="email.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="VAT number" [optional]="true" hint="GB and nine digits; leave it empty when not registered." [error]="saving.errorFor('vatNumber')">
        <input fsControl class="fs-input" [value]="vatNumber()" (input)="vatNumber.set($any($event.target).value)" />
      </fs-field>
      @if (choice.supplier?.bankDetails; as bank) {
        <fieldset>
          <legend>Bank details: {{ bank.accountName }}, {{ bank.sortCode }} {{ bank.accountNumber }}</legend>
          @for (each of bankOptions; track each[0]) {
            <label class="fs-check"><input type="radio" name="bank" [checked]="bankChoice() === each[0]" (change)="bankChoice.set(each[0])" /><span>{{ each[1] }}</span></label>
          }
        </fieldset>
      } @else {
        <label class="fs-check"><input type="checkbox" [checked]="bankChoice() === 'new'" (change)="bankChoice.set($any($event.target).checked ? 'new' : 'keep')" /><span>Give bank details</span></label>
      }
      @if (bankChoice() === 'new') {
        <fs-field label="Name of the account" [error]="saving.errorFor('bankDetails.accountName')">
          <input fsControl class="fs-input" autocomplete="off" maxlength="70" [value]="accountName()" (input)="accountName.set($any($event.target).value)" />
        </fs-field>
        <fs-field label="Sort code" hint="Check it by telephone before the first payment." [error]="saving.errorFor('bankDetails.sortCode')">
          <input fsControl class="fs-input" autocomplete="off" inputmode="numeric" [value]="sortCode()" (input)="sortCode.set($any($event.target).value)" />
        </fs-field>
        <fs-field label="Account number" [error]="saving.errorFor('bankDetails.accountNumber')">
          <input fsControl class="fs-input" autocomplete="off" inputmode="numeric" [value]="accountNumber()" (input)="accountNumber.set($any($event.target).value)" />
        </fs-field>
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">{{ choice.supplier ? 'Save' : 'Add the supplier' }}</button>
      </div>
    </form>
  `,
})
export class SupplierDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  protected readonly choice = inject<SupplierChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<SupplierEntry>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly kinds = supplierKinds;
  protected readonly kindNames = supplierKindNames;
  protected readonly bankOptions = [['keep', 'Keep them'], ['new', 'Write new ones'], ['none', 'Take them away']] as const;

  protected readonly kind = signal<SupplierKind>(this.choice.supplier?.kind ?? 'company');
  protected readonly schoolUrn = signal(this.choice.supplier?.schoolUrn ?? '');
  protected readonly name = signal(this.choice.supplier?.name ?? '');
  protected readonly email = signal(this.choice.supplier?.email ?? '');
  protected readonly vatNumber = signal(this.choice.supplier?.vatNumber ?? '');
  protected readonly bankChoice = signal<'keep' | 'new' | 'none'>('keep');
  protected readonly accountName = signal('');
  protected readonly sortCode = signal('');
  protected readonly accountNumber = signal('');

  readonly #members = read(() => `/api/collaborations/${this.choice.collaborationId}/members?size=200`, MemberNamesSchema);
  protected readonly members = computed(() => (this.#members.hasValue() ? membersOnce(this.#members.value().items) : []));

  protected school(urn: string): void {
    this.schoolUrn.set(urn);
    if (!this.name()) this.name.set(this.members().find((member) => member.urn === urn)?.name ?? '');
  }

  protected async save(): Promise<void> {
    const body = {
      name: this.name(), kind: this.kind(), schoolUrn: this.kind() === 'member-school' ? this.schoolUrn() || null : null,
      email: this.email().trim() || null, vatNumber: this.vatNumber().trim() || null, ...this.#bankDetails(),
    };
    if (!this.saving.check(SupplierBodySchema, body)) return;
    const at = `/api/collaborations/${this.choice.collaborationId}/suppliers`;
    const { supplier } = this.choice;
    const saved = await this.saving.send(() => (supplier ? this.#api.put(`${at}/${supplier.id}`, body, doneOrAsked(SupplierSchema)) : this.#api.post(at, body, SupplierSchema)));
    if (saved) this.ref.close(this.#second.done(saved));
  }

  #bankDetails() {
    if (this.bankChoice() === 'keep') return {};
    if (this.bankChoice() === 'none') return { bankDetails: null };
    return { bankDetails: { accountName: this.accountName(), sortCode: this.sortCode(), accountNumber: this.accountNumber() } };
  }
}
