import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import type { Account } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { NewPassword } from './new-password';

/** The password so far, where there is one, and the new one. */
@Component({
  selector: 'fs-change-password-dialog',
  imports: [Field, FieldControl, NewPassword, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); save()" novalidate>
      <h2 id="fs-password-title">{{ account.hasPassword ? 'Change your password' : 'Set a password' }}</h2>
      <p class="fs-quiet">Every other browser is signed out.</p>
      <fs-problem [error]="error()" />
      <input class="fs-hidden" type="email" autocomplete="username" tabindex="-1" aria-hidden="true" readonly [value]="account.email" />
      @if (account.hasPassword) {
        <fs-field label="Password so far">
          <input fsControl class="fs-input" type="password" autocomplete="current-password" cdkFocusInitial [value]="current()" (input)="current.set($any($event.target).value)" />
        </fs-field>
      }
      <fs-new-password [(value)]="password" [error]="error()?.messageFor('password')" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close(false)">Go back</button>
        <button type="submit" class="fs-button primary" [disabled]="!password() || (account.hasPassword && !current()) || busy()">Change it</button>
      </div>
    </form>
  `,
})
export class ChangePasswordDialog {
  readonly #api = inject(ApiClient);
  protected readonly account = inject<Account>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly current = signal('');
  protected readonly password = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async save(): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.put('/api/account/password', { ...(this.account.hasPassword ? { current: this.current() } : {}), password: this.password() });
      this.ref.close(true);
    });
  }
}
