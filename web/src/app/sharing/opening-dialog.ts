import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { doneOrAsked } from '@fairshare/contract/approvals.js';
import { AgreementListSchema } from '@fairshare/contract/agreements.js';
import { OpeningBalancesSchema } from '@fairshare/contract/charges-due.js';
import { CorrectedSchema } from '@fairshare/contract/sharing.js';
import { add, formatFraction, parseFraction, zero } from '@fairshare/domain/kernel/fraction.js';
import { MemberNamesSchema, membersOnce } from '../procurement/members';
import { Saving } from '../ui/saving';
import { SecondPerson } from '../ui/second-person';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { today } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { penceOf } from './charge-words';

/** What each school owed, or had in its favour, when the collaboration came here in mid-year. Closes with true when it was charged. */
@Component({
  selector: 'fs-opening-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-opening">Opening balances</h2>
      <p>For a collaboration that starts in mid-year, once for each agreement. A balance that a school owes is charged; one in its favour, with a minus sign, is credited. Odd pennies of the books before can be carried on with an agreement.</p>
      <fs-problem [error]="saving.problem()" />
      <div class="fs-grid">
        <fs-date label="Books before end on" [latest]="day" [(value)]="on" [error]="saving.errorFor('on')" />
        <fs-field label="Agreement">
          <select fsControl class="fs-select" (change)="agreementId.set($any($event.target).value)">
            <option value="">None in particular</option>
            @if (agreements.hasValue()) {
              @for (agreement of agreements.value().items; track agreement.id) {
                <option [value]="agreement.id" [selected]="agreement.id === agreementId()">{{ agreement.name }}</option>
              }
            }
          </select>
        </fs-field>
      </div>
      <fieldset>
        <legend>What each school owed, £</legend>
        <div class="fs-grid">
          @for (school of schools(); track school.urn) {
            <fs-field [label]="school.name" [optional]="true" [error]="saving.errorFor(school.urn)">
              <input fsControl class="fs-input" inputmode="decimal" autocomplete="off" [value]="pounds()[school.urn] ?? ''" (input)="type(school.urn, $any($event.target).value)" />
            </fs-field>
          }
        </div>
      </fieldset>
      @if (agreementId()) {
        <details [open]="hasCarries()">
          <summary>Odd pennies of the books before</summary>
          <div class="fs-stack">
            <p class="fs-quiet">What each school was rounded down by so far within this agreement, in pence: 2/3, or −1/3 for one that was rounded up. Only where nothing of the agreement is shared yet; together they are nothing. The next odd penny goes to whoever paid least.</p>
            <div class="fs-grid">
              @for (school of schools(); track school.urn) {
                <fs-field [label]="school.name" [optional]="true" [error]="saving.errorFor('carry ' + school.urn)">
                  <input fsControl class="fs-input" autocomplete="off" placeholder="0" [value]="fractions()[school.urn] ?? ''" (input)="carry(school.urn, $any($event.target).value)" />
                </fs-field>
              }
            </div>
            <p role="status">{{ together() }}</p>
          </div>
        </details>
      }
      @if (saving.errorFor('balances'); as fault) {
        <p role="alert">{{ fault }}</p>
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="saving.busy()">{{ charges() ? 'Charge them' : 'Keep them' }}</button>
      </div>
    </form>
  `,
  styles: `
    .fs-grid { align-items: end; }
    fieldset .fs-grid, details .fs-stack { margin-top: 8px; }
  `,
})
export class OpeningDialog {
  readonly #api = inject(ApiClient);
  readonly #second = inject(SecondPerson);
  readonly #collaborationId = inject<{ collaborationId: string }>(DIALOG_DATA).collaborationId;
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly saving = new Saving();
  protected readonly day = today();
  readonly #members = read(() => `/api/collaborations/${this.#collaborationId}/members?size=200`, MemberNamesSchema);
  protected readonly agreements = read(() => `/api/collaborations/${this.#collaborationId}/agreements?size=200`, AgreementListSchema);
  protected readonly schools = computed(() => (this.#members.hasValue() ? membersOnce(this.#members.value().items) : []));
  protected readonly on = signal<string>(today());
  protected readonly agreementId = signal('');
  protected readonly pounds = signal<Readonly<Record<string, string>>>({});

  protected readonly fractions = signal<Readonly<Record<string, string>>>({});
  readonly #carries = computed(() => Object.entries(this.fractions()).flatMap(([urn, text]) => (text.trim() ? [{ urn, carriedPence: text.trim().replaceAll('−', '-').replaceAll(' ', '') }] : [])));
  protected readonly hasCarries = computed(() => this.#carries().length > 0);
  protected readonly together = computed(() => {
    if (!this.hasCarries()) return 'None entered: everybody begins level.';
    if (this.#carries().some(({ carriedPence }) => !isFraction(carriedPence))) return 'Write fractions of a penny such as 2/3 or −1/3.';
    const sum = this.#carries().reduce((total, { carriedPence }) => add(total, parseFraction(carriedPence)), zero);
    return sum.numerator === 0n ? 'Together they are nothing, as they must be.' : `Together they are ${formatFraction(sum).replace('-', '−')} of a penny; they have to be nothing.`;
  });

  protected readonly charges = computed(() => !this.hasCarries() || Object.values(this.pounds()).some((text) => text.trim()));

  protected carry(urn: string, text: string): void {
    this.fractions.update((before) => ({ ...before, [urn]: text }));
  }

  protected type(urn: string, text: string): void {
    this.pounds.update((before) => ({ ...before, [urn]: text }));
  }

  protected async save(): Promise<void> {
    const typed = Object.entries(this.pounds()).filter(([, text]) => text.trim());
    const faults: Record<string, string> = Object.fromEntries(typed.filter(([, text]) => penceOf(text) === undefined).map(([urn]) => [urn, 'Write an amount such as 120.50.']));
    const balances = typed.map(([urn, text]) => ({ urn, pence: penceOf(text) ?? 0 })).filter(({ pence }) => pence !== 0);
    const carries = this.agreementId() ? this.#carries() : [];
    for (const { urn } of carries.filter(({ carriedPence }) => !isFraction(carriedPence))) faults[`carry ${urn}`] = 'Write a fraction such as 2/3.';
    const body = { on: this.on(), balances, carries: carries.filter(({ carriedPence }) => isFraction(carriedPence)), ...(this.agreementId() ? { agreementId: this.agreementId() } : {}) };
    if (!this.saving.check(OpeningBalancesSchema, body, faults)) return;
    const answer = await this.saving.send(() => this.#api.post(`/api/collaborations/${this.#collaborationId}/opening-balances`, body, doneOrAsked(CorrectedSchema)));
    if (answer) this.ref.close(this.#second.done(answer) !== undefined);
  }
}

/** A fraction of a penny as the API takes it. */
const isFraction = (text: string) => /^-?\d{1,12}(\/[1-9]\d{0,12})?$/.test(text);
