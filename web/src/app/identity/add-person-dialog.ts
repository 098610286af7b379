import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { AddedPersonSchema, type AddedPerson, type AddPerson, type RolePlaces } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { roleName } from './role-words';

export interface PersonChoice {
  readonly collaborationId: string;
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
  readonly places: RolePlaces;
}

type Where = 'school' | 'all' | 'either' | 'supplier' | 'specialist';

/** Where a role is held: at a school or a trust, in the whole collaboration, either of them, or for a supplier or specialist. */
const roles: readonly (readonly [role: AddPerson['role'], where: Where, purpose: string])[] = [
  ['business-manager', 'school', 'Books and buys for a school.'],
  ['head', 'school', 'Approves, and checks value for money.'],
  ['governor', 'school', 'Reads value for money and the school’s charges.'],
  ['finance-officer', 'either', 'Reconciles for all; with a school, reads that school’s own.'],
  ['coordinator', 'all', 'Runs the collaboration day to day.'],
  ['auditor', 'all', 'Reads everything and changes nothing.'],
  ['supplier', 'supplier', 'Reads that supplier’s own bills.'],
  ['specialist', 'specialist', 'Keeps a diary: says what took place, and when they are away.'],
];

/** Gives somebody a role; who is new is invited by mail. */
@Component({
  selector: 'fs-add-person-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-add-person">Give somebody a role</h2>
      <fs-problem [error]="error()" />
      <fs-field label="Name" [error]="error()?.messageFor('name')">
        <input fsControl class="fs-input" cdkFocusInitial maxlength="200" autocomplete="off" [value]="name()" (input)="name.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="E-mail" hint="Somebody with an account keeps name and password." [error]="error()?.messageFor('email')">
        <input fsControl class="fs-input" type="email" maxlength="254" autocomplete="off" [value]="email()" (input)="email.set($any($event.target).value)" />
      </fs-field>
      <fs-field label="Role" [hint]="chosen()[2]">
        <select fsControl class="fs-select" (change)="role.set($any($event.target).value)">
          @for (each of roles; track each[0]) {
            <option [value]="each[0]" [selected]="each[0] === role()">{{ roleName(each[0]) }}</option>
          }
        </select>
      </fs-field>
      @if (parties(); as those) {
        @if (those.length) {
          <fs-field [label]="chosen()[1] === 'supplier' ? 'Supplier' : 'Specialist'">
            <select fsControl class="fs-select" (change)="party.set($any($event.target).value)">
              @for (each of those; track each.id) {
                <option [value]="each.id" [selected]="each.id === partyId()">{{ each.name }}</option>
              }
            </select>
          </fs-field>
        } @else {
          <p role="status">There is no {{ chosen()[1] }} yet: add one under Services and agreements first.</p>
        }
      } @else if (chosen()[1] !== 'all') {
        <fs-field label="Where" [error]="error()?.messageFor('schoolUrn')">
          <select fsControl class="fs-select" (change)="at.set($any($event.target).value)">
            @if (chosen()[1] === 'either') {
              <option value="" [selected]="place() === ''">The whole collaboration</option>
            }
            @for (trust of choice.places.trusts; track trust.code) {
              <option [value]="'trust ' + trust.code" [selected]="place() === 'trust ' + trust.code">All academies of {{ trust.name }} ({{ trust.academies }})</option>
            }
            @for (school of choice.schools; track school.urn) {
              <option [value]="school.urn" [selected]="place() === school.urn">{{ school.name }}</option>
            }
          </select>
        </fs-field>
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="!name().trim() || !email().trim() || parties()?.length === 0 || busy()">Give the role</button>
      </div>
    </form>
  `,
})
export class AddPersonDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<PersonChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<AddedPerson>>(DialogRef);
  protected readonly roles = roles;
  protected readonly roleName = roleName;
  protected readonly name = signal('');
  protected readonly email = signal('');
  protected readonly role = signal<AddPerson['role']>('business-manager');
  protected readonly at = signal('');
  protected readonly party = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  protected readonly chosen = computed(() => roles.find(([role]) => role === this.role()) ?? (roles[0] as (typeof roles)[number]));
  /** Whose the role is, where it is a supplier's or a specialist's. */
  protected readonly parties = computed(() => {
    const [, where] = this.chosen();
    if (where === 'supplier') return this.choice.places.suppliers;
    return where === 'specialist' ? this.choice.places.specialists : undefined;
  });
  protected readonly partyId = computed(() => (this.parties()?.some(({ id }) => id === this.party()) ? this.party() : this.parties()?.[0]?.id));
  /** A URN, a trust, or nothing for the whole collaboration. */
  protected readonly place = computed(() => this.at() || (this.chosen()[1] === 'school' ? (this.choice.schools[0]?.urn ?? '') : ''));

  protected async save(): Promise<void> {
    await this.#attempt.run(async () => {
      const body: AddPerson = { name: this.name(), email: this.email().trim(), role: this.role(), ...this.#where() };
      this.ref.close(await this.#api.post(`/api/collaborations/${this.choice.collaborationId}/people`, body, AddedPersonSchema));
    });
  }

  #where(): Partial<AddPerson> {
    const [, where] = this.chosen();
    const id = this.partyId();
    if (id) return where === 'supplier' ? { supplierId: id } : { specialistId: id };
    if (where === 'all' || !this.place()) return {};
    return this.place().startsWith('trust ') ? { trustCode: this.place().slice('trust '.length) } : { schoolUrn: this.place() };
  }
}
