import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { InvitationSchema, SignedInOrAskedSchema, type Invitation as Invited } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Doorway } from './doorway';
import { linkToken } from './link-token';
import { NewPassword } from './new-password';
import { ProviderButtons } from './provider-buttons';

/** What an invitation opens: a password of one's own, or an account at a provider. */
@Component({
  selector: 'fs-invitation',
  imports: [Doorway, NewPassword, ProblemNotice, ProviderButtons, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-doorway [heading]="invited() ? 'Welcome, ' + invited()?.name : 'Your invitation'">
      @if (invited(); as person) {
        <form (submit)="$event.preventDefault(); accept()" novalidate class="fs-stack">
          <p>You will sign in as <strong>{{ person.email }}</strong>. Choose a password that only you know.</p>
          <fs-problem [error]="error()" />
          <input class="fs-hidden" type="email" autocomplete="username" tabindex="-1" aria-hidden="true" readonly [value]="person.email" />
          <fs-new-password label="Password" [(value)]="password" [error]="error()?.messageFor('password')" />
          <button type="submit" class="fs-button primary" [disabled]="!password() || busy()">Begin</button>
        </form>
        <fs-provider-buttons verb="Or sign in with" [invitation]="token" (failed)="error.set($event)" />
      } @else if (error()) {
        <fs-problem [error]="error()" />
        <p class="fs-quiet">Ask the person who invited you to invite you again. Have you chosen a password before? Then sign in with it.</p>
        <a class="fs-button primary" routerLink="/sign-in">Sign in</a>
      } @else {
        <fs-skeleton what="your invitation" [rows]="3" />
      }
    </fs-doorway>
  `,
})
export class Invitation {
  readonly #api = inject(ApiClient);
  readonly #router = inject(Router);
  readonly #session = inject(CurrentSession);
  protected readonly token = linkToken();
  protected readonly invited = signal<Invited | undefined>(undefined);
  protected readonly password = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  constructor() {
    void this.#look();
  }

  protected async accept(): Promise<void> {
    await this.#attempt.run(async () => {
      const answer = await this.#api.post('/api/session/invitation', { token: this.token, password: this.password() }, SignedInOrAskedSchema);
      if ('user' in answer) this.#session.enter(answer);
      await this.#router.navigateByUrl('user' in answer ? '/' : '/sign-in');
    });
  }

  async #look(): Promise<void> {
    await this.#attempt.run(async () => this.invited.set(await this.#api.post('/api/session/invitation/look', { token: this.token }, InvitationSchema)));
  }
}
