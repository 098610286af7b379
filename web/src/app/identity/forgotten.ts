import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { ProblemNotice } from '../ui/problem-notice';
import { Doorway } from './doorway';

/** A forgotten password: the answer is the same whether somebody has the address or not. */
@Component({
  selector: 'fs-forgotten',
  imports: [Doorway, Field, FieldControl, ProblemNotice, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-doorway heading="Choose a new password">
      @if (sent()) {
        <div role="status" class="fs-stack">
          <p>If {{ email() }} has an account, a mail with a link is on its way. It works once, for an hour.</p>
          <p class="fs-quiet">Nothing there? Look among the unwanted mails, or ask your coordinator which address you were invited with.</p>
        </div>
      } @else {
        <form (submit)="$event.preventDefault(); send()" novalidate class="fs-stack">
          <p class="fs-quiet">We send a link to the address you sign in with.</p>
          <fs-problem [error]="error()" />
          <fs-field label="E-mail" [error]="error()?.messageFor('email')">
            <input fsControl class="fs-input" type="email" autocomplete="username" autocapitalize="off" spellcheck="false" [value]="email()" (input)="email.set($any($event.target).value)" />
          </fs-field>
          <button type="submit" class="fs-button primary" [disabled]="!email().trim() || busy()">Send the link</button>
        </form>
      }
      <p><a routerLink="/sign-in">Back to sign in</a></p>
    </fs-doorway>
  `,
})
export class Forgotten {
  readonly #api = inject(ApiClient);
  protected readonly email = signal('');
  protected readonly sent = signal(false);
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async send(): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.post('/api/session/reset-request', { email: this.email().trim() });
      this.sent.set(true);
    });
  }
}
