import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { ProblemNotice } from '../ui/problem-notice';
import { Doorway } from './doorway';
import { linkToken } from './link-token';
import { NewPassword } from './new-password';

/** What the link of a forgotten password opens. */
@Component({
  selector: 'fs-reset',
  imports: [Doorway, NewPassword, ProblemNotice, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-doorway heading="Choose a new password">
      @if (done()) {
        <p role="status">Your password is changed, and every browser was signed out.</p>
        <a class="fs-button primary" routerLink="/sign-in">Sign in</a>
      } @else {
        <form (submit)="$event.preventDefault(); save()" novalidate class="fs-stack">
          <fs-problem [error]="error()" />
          <fs-new-password [(value)]="password" [error]="error()?.messageFor('password')" />
          <button type="submit" class="fs-button primary" [disabled]="!password() || busy()">Change the password</button>
          <p><a routerLink="/forgotten">Ask for a new link</a></p>
        </form>
      }
    </fs-doorway>
  `,
})
export class Reset {
  readonly #api = inject(ApiClient);
  readonly #token = linkToken();
  protected readonly password = signal('');
  protected readonly done = signal(false);
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async save(): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.post('/api/session/reset', { token: this.#token, password: this.password() });
      this.done.set(true);
    });
  }
}
