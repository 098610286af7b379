import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { PeopleSchema, SecondFactorRulesSchema } from '@fairshare/contract/identity.js';
import { firstValueFrom } from 'rxjs';
import { read } from '../ui/api-client';
import { Toast } from '../ui/toast';
import { SecondFactorDialog, type SecondFactorChoice } from './second-factor-dialog';
import { asked, rulesInWords } from './second-factor-words';

/** Of whom a second factor is asked here, and who of them has none yet. */
@Component({
  selector: 'fs-second-factor-rule',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (rules.hasValue()) {
      <section class="fs-card fs-spread" aria-labelledby="second-factor-rule">
        <div class="fs-stack">
          <h2 id="second-factor-rule">Second factor</h2>
          <p>{{ words() }} @if (waiting().length) { <span class="fs-quiet">{{ waitingInWords() }}</span> }</p>
        </div>
        @if (mayChange()) {
          <button type="button" class="fs-button" aria-label="Change of whom a second factor is asked" (click)="change()">Change</button>
        }
      </section>
    }
  `,
})
export class SecondFactorRule {
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  readonly schools = input.required<readonly { readonly urn: string; readonly name: string }[]>();
  readonly mayChange = input(false);
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly rules = read(() => `${this.#at()}/second-factor`, SecondFactorRulesSchema);
  readonly #people = read(() => `${this.#at()}/people?size=200`, PeopleSchema);
  protected readonly words = computed(() => (this.rules.hasValue() ? rulesInWords(this.rules.value(), this.schools()) : ''));
  /** Asked, and without one: they set one up at their next visit before anything else. */
  protected readonly waiting = computed(() => {
    if (!this.rules.hasValue() || !this.#people.hasValue()) return [];
    const rules = this.rules.value();
    return this.#people.value().items.filter((person) => !person.secondFactor && asked(person, rules));
  });
  protected readonly waitingInWords = computed(() => {
    const names = this.waiting().map(({ name }) => name);
    const shown = names.length > 5 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} others` : names.join(', ');
    return `Not set up yet by ${shown}; it is the first thing they are asked for.`;
  });

  protected async change(): Promise<void> {
    if (!this.rules.hasValue()) return;
    const data: SecondFactorChoice = {
      collaborationId: this.collaborationId(), rules: this.rules.value(), schools: this.schools(),
      people: this.#people.hasValue() ? this.#people.value().items : [],
    };
    const ref = this.#dialog.open<boolean>(SecondFactorDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-second-factor' });
    if (!(await firstValueFrom(ref.closed))) return;
    this.rules.reload();
    this.#toast.show('The rule holds from now on');
  }
}
