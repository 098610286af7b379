import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { SessionSchema, type SecondFactorAsked, type Session } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { Passkeys } from '../ui/passkey';
import { ProblemNotice } from '../ui/problem-notice';

/** The second step of signing in: a passkey, a code of the authenticator app, or a recovery code. */
@Component({
  selector: 'fs-second-step',
  imports: [Field, FieldControl, Icon, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form (submit)="$event.preventDefault(); send()" novalidate class="fs-stack">
      <p>That was right. One more step shows that it is you.</p>
      <fs-problem [error]="error()" />
      @if (has('passkey')) {
        <button type="button" class="fs-button" [class.primary]="!byCode()" [attr.aria-disabled]="busy()" (click)="passkey()"><fs-icon name="key" />Use your passkey</button>
      }
      @if (byCode()) {
        @if (recovery()) {
          <fs-field label="Recovery code" hint="Sixteen signs from the list you kept; each works once.">
            <input fsControl class="fs-input" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="40" [value]="code()" (input)="code.set($any($event.target).value)" />
          </fs-field>
        } @else {
          <fs-field label="Code" hint="The six digits that your authenticator app shows now.">
            <input fsControl class="fs-input" inputmode="numeric" autocomplete="one-time-code" maxlength="7" [value]="code()" (input)="code.set($any($event.target).value)" />
          </fs-field>
        }
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="busy()">{{ busy() ? 'Signing in…' : 'Sign in' }}</button>
      }
      @if (has('recovery-code')) {
        <button type="button" class="fs-button link" (click)="switch()">{{ recovery() ? 'I have my phone or passkey after all' : 'I have neither phone nor passkey' }}</button>
      }
      <button type="button" class="fs-button link" (click)="back.emit()">Begin again</button>
    </form>
  `,
  styles: `
    .link { align-self: flex-start; }
  `,
})
export class SecondStep {
  readonly #api = inject(ApiClient);
  readonly #passkeys = inject(Passkeys);
  readonly asked = input.required<SecondFactorAsked>();
  readonly done = output<Session>();
  readonly back = output();
  protected readonly recovery = signal(false);
  protected readonly code = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  protected readonly byCode = computed(() => this.recovery() || this.has('authenticator'));

  protected has(way: SecondFactorAsked['ways'][number]): boolean {
    return this.asked().ways.includes(way);
  }

  protected switch(): void {
    this.recovery.set(!this.recovery());
    this.code.set('');
    this.error.set(undefined);
  }

  protected send(): Promise<void> {
    if (!this.byCode() || this.code().trim() === '') return Promise.resolve();
    return this.#try(() => this.#api.post('/api/session/second-factor', { ticket: this.asked().ticket, code: this.code().trim() }, SessionSchema));
  }

  protected passkey(): Promise<void> {
    return this.#try(() => this.#passkeys.signIn(this.asked().ticket));
  }

  async #try(step: () => Promise<Session | undefined>): Promise<void> {
    await this.#attempt.run(async () => {
      const session = await step();
      if (session) this.done.emit(session);
    });
  }
}
