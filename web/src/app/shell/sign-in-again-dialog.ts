import { DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { ApiClient } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { Field, FieldControl } from '../ui/field';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';

/** One field and one button, and the page goes on with what it was about to do. */
@Component({
  selector: 'fs-sign-in-again-dialog',
  imports: [Field, FieldControl, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); confirm()" novalidate>
      <h2 id="fs-again-title">Is it still you?</h2>
      <p id="fs-again-text">This changes who may do what, or where money goes, so we ask once more. It holds for a quarter of an hour.</p>
      <fs-problem [error]="error()" />
      <input class="fs-hidden" type="email" name="email" autocomplete="username" tabindex="-1" aria-hidden="true" readonly [value]="session.user()?.email" />
      <fs-field label="Your password">
        <input fsControl class="fs-input" type="password" autocomplete="current-password" cdkFocusInitial [value]="password()" (input)="password.set($any($event.target).value)" />
      </fs-field>
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close(false)">Not now</button>
        <button type="submit" class="fs-button primary" [disabled]="!password() || busy()">It is me</button>
      </div>
    </form>
  `,
})
export class SignInAgainDialog {
  readonly #api = inject(ApiClient);
  protected readonly session = inject(CurrentSession);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly error = signal<Problem | undefined>(undefined);

  protected async confirm(): Promise<void> {
    this.busy.set(true);
    this.error.set(undefined);
    try {
      await this.#api.post('/api/session/again', { password: this.password() });
      this.ref.close(true);
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    } finally {
      this.busy.set(false);
    }
  }
}
