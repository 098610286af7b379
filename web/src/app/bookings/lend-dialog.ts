import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import type { EntitlementAccount } from '@fairshare/contract/board.js';
import { EntitlementMovedSchema } from '@fairshare/contract/entitlements.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';

export interface LendChoice {
  readonly collaborationId: string;
  readonly account: EntitlementAccount;
  readonly unitWords: readonly [string, string];
  /** The other schools of the same agreement. */
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
}

export interface Lent {
  readonly urn: string;
  readonly name: string;
  readonly milliunits: number;
}

/** Lets another school have units of the same agreement; both ledgers say so, nothing is paid. */
@Component({
  selector: 'fs-lend-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body fs-stack" (submit)="$event.preventDefault(); lend()">
      <h2 id="fs-lend-title">Lend {{ choice.unitWords[1] }} of {{ choice.account.agreementName }}</h2>
      <p class="fs-quiet">{{ choice.account.schoolName }} has {{ left }} {{ left === 1 ? choice.unitWords[0] : choice.unitWords[1] }} left.</p>
      <fs-field label="To which school">
        <select fsControl class="fs-select" cdkFocusInitial (change)="urn.set($any($event.target).value)">
          @for (school of choice.schools; track school.urn) {
            <option [value]="school.urn" [selected]="school.urn === urn()">{{ school.name }}</option>
          }
        </select>
      </fs-field>
      <fs-field [label]="'How many ' + choice.unitWords[1]">
        <input fsControl class="fs-input" type="number" min="0.001" step="any" [max]="left" [value]="units()" (input)="units.set(+$any($event.target).value)" />
      </fs-field>
      @if (error(); as shown) {
        <fs-problem [error]="shown" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="busy() || !(milliunits() > 0)">Lend them</button>
      </div>
    </form>
  `,
})
export class LendDialog {
  readonly #api = inject(ApiClient);
  protected readonly ref = inject<DialogRef<Lent>>(DialogRef);
  protected readonly choice = inject<LendChoice>(DIALOG_DATA);
  protected readonly left = this.choice.account.leftMilliunits / 1000;
  protected readonly urn = signal(this.choice.schools[0]?.urn ?? '');
  protected readonly units = signal(Math.min(1, this.left));
  protected readonly milliunits = computed(() => Math.round(this.units() * 1000));
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async lend(): Promise<void> {
    const { agreementId, schoolUrn, from, to } = this.choice.account;
    await this.#attempt.run(async () => {
      await this.#api.post(`/api/collaborations/${this.choice.collaborationId}/entitlements/loans`, { agreementId, fromUrn: schoolUrn, toUrn: this.urn(), from, to, milliunits: this.milliunits() }, EntitlementMovedSchema);
      this.ref.close({ urn: this.urn(), name: this.choice.schools.find((school) => school.urn === this.urn())?.name ?? '', milliunits: this.milliunits() });
    });
  }
}
