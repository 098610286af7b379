import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import type { Person, SecondFactorRules } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { ProblemNotice } from '../ui/problem-notice';
import { asked } from './second-factor-words';

export interface SecondFactorChoice {
  readonly collaborationId: string;
  readonly rules: SecondFactorRules;
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
  readonly people: readonly Person[];
}

type Reach = 'nobody' | 'schools' | 'everybody';
const reaches: readonly (readonly [Reach, string])[] = [['nobody', 'Nobody'], ['schools', 'Everybody at these schools'], ['everybody', 'Everybody with a role here']];

/** Of whom a second factor is asked; before it is saved it says whom it will meet. */
@Component({
  selector: 'fs-second-factor-dialog',
  imports: [ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-second-factor">Of whom is a second factor asked?</h2>
      <p class="fs-quiet">A passkey or an authenticator app. With one, a stolen password alone opens nothing.</p>
      <fs-problem [error]="error()" />
      <fieldset class="plain">
        <legend class="fs-hidden">Of whom</legend>
        @for (each of reaches; track each[0]) {
          <label class="fs-check"><input type="radio" name="reach" [value]="each[0]" [checked]="each[0] === reach()" (change)="reach.set(each[0])" />{{ each[1] }}</label>
        }
      </fieldset>
      @if (reach() === 'schools') {
        <fieldset class="plain schools">
          <legend class="fs-hidden">Schools</legend>
          @for (school of choice.schools; track school.urn) {
            <label class="fs-check"><input type="checkbox" [checked]="urns().has(school.urn)" (change)="turn(school.urn)" />{{ school.name }}</label>
          }
        </fieldset>
      }
      <p role="status">{{ meets() }}</p>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close(false)">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="busy() || (reach() === 'schools' && urns().size === 0)">Save</button>
      </div>
    </form>
  `,
  styles: `
    .plain { display: flex; flex-direction: column; gap: 8px; padding: 0; margin: 0; border: 0; min-inline-size: 0; }
    .schools { max-height: 16rem; overflow: auto; padding-inline-start: 24px; }
  `,
})
export class SecondFactorDialog {
  readonly #api = inject(ApiClient);
  protected readonly choice = inject<SecondFactorChoice>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly reaches = reaches;
  protected readonly reach = signal<Reach>(this.choice.rules.everybody ? 'everybody' : this.choice.rules.schoolUrns.length ? 'schools' : 'nobody');
  protected readonly urns = signal<ReadonlySet<string>>(new Set(this.choice.rules.schoolUrns));
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  readonly #wanted = computed<SecondFactorRules>(() => ({ everybody: this.reach() === 'everybody', schoolUrns: this.reach() === 'schools' ? [...this.urns()] : [] }));
  protected readonly meets = computed(() => {
    const those = this.choice.people.filter((person) => asked(person, this.#wanted()));
    const without = those.filter(({ secondFactor }) => !secondFactor).length;
    if (those.length === 0) return 'Nobody is asked.';
    return without === 0 ? `${those.length} people, and all have one.` : `${those.length} people; ${without} have none yet and set one up at their next visit, before anything else.`;
  });

  protected turn(urn: string): void {
    const urns = new Set(this.urns());
    if (!urns.delete(urn)) urns.add(urn);
    this.urns.set(urns);
  }

  protected async save(): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.put(`/api/collaborations/${this.choice.collaborationId}/second-factor`, this.#wanted());
      this.ref.close(true);
    });
  }
}
