import { DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { AccountSchema, ProvidersSchema, ProviderUrlSchema, SessionSchema } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { Passkeys, passkeysWork } from '../ui/passkey';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { rememberWayBack } from '../ui/way-back';

/** A finger, or a password and where there is one its code; then the page goes on with what it was about to do. */
@Component({
  selector: 'fs-sign-in-again-dialog',
  imports: [Field, FieldControl, Icon, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="fs-dialog-body" (submit)="$event.preventDefault(); byPassword()" novalidate>
      <h2 id="fs-again-title">Is it still you?</h2>
      <p id="fs-again-text">What you are about to do concerns who may do what, where money goes, or people’s data, so we ask once more. It holds for a quarter of an hour.</p>
      <fs-problem [error]="error()" />
      @if (account.hasValue() && account.value(); as known) {
        @if (known.passkeys.length && passkeysWork()) {
          <button type="button" class="fs-button primary" cdkFocusInitial [attr.aria-disabled]="busy()" (click)="byPasskey()"><fs-icon name="key" />Use your passkey</button>
        }
        @if (known.hasPassword) {
          <input class="fs-hidden" type="email" name="email" autocomplete="username" tabindex="-1" aria-hidden="true" readonly [value]="session.user()?.email" />
          <fs-field label="Your password">
            <input fsControl class="fs-input" type="password" autocomplete="current-password" cdkFocusInitial [value]="password()" (input)="password.set($any($event.target).value)" />
          </fs-field>
          @if (known.authenticator) {
            <fs-field label="Code" hint="The six digits of your authenticator app, or a recovery code.">
              <input fsControl class="fs-input" autocomplete="one-time-code" maxlength="40" [value]="code()" (input)="code.set($any($event.target).value)" />
            </fs-field>
          }
        }
        @for (provider of elsewhere(); track provider.id) {
          <button type="button" class="fs-button" [class.primary]="!known.hasPassword && !known.passkeys.length" [attr.aria-disabled]="busy()" (click)="byProvider(provider.id)"><fs-icon name="external" />Sign in again with {{ provider.name }}</button>
        }
        @if (elsewhere().length) {
          <p class="fs-quiet fs-small">It takes you there and back to this page; what you were about to do is then done once more.</p>
        }
        @if (nothingHere()) {
          <p role="status">This browser cannot use what you sign in with. Please do this on the device with your passkey, or <a href="/forgotten">have a link sent to you to set a password</a>.</p>
        }
      } @else if (!account.error()) {
        <fs-skeleton what="your ways to sign in" [rows]="2" />
      }
      <fs-problem [error]="account.error()" [retryable]="true" (retry)="account.reload()" />
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close(false)">Not now</button>
        @if (account.hasValue() && account.value().hasPassword) {
          <button type="submit" class="fs-button" [class.primary]="!account.value().passkeys.length" [disabled]="!password() || busy()">It is me</button>
        }
      </div>
    </form>
  `,
})
export class SignInAgainDialog {
  readonly #api = inject(ApiClient);
  readonly #passkeys = inject(Passkeys);
  protected readonly session = inject(CurrentSession);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly account = read(() => '/api/account', AccountSchema);
  readonly #providers = read(() => '/api/session/providers', ProvidersSchema);
  protected readonly passkeysWork = passkeysWork;
  protected readonly password = signal('');
  protected readonly code = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  /** Providers that are set up here and sign this person in. */
  protected readonly elsewhere = computed(() => {
    const tied = this.account.hasValue() ? this.account.value().outsideAccounts : [];
    return this.#providers.hasValue() ? this.#providers.value().items.filter(({ id }) => tied.some(({ provider }) => provider === id)) : [];
  });
  protected readonly nothingHere = computed(() => {
    if (!this.account.hasValue() || !this.#providers.hasValue()) return false;
    const { hasPassword, passkeys } = this.account.value();
    return !hasPassword && !(passkeys.length && passkeysWork()) && this.elsewhere().length === 0;
  });

  protected byPassword(): Promise<void> {
    const code = this.code().trim();
    return this.#try(async () => {
      await this.#api.post('/api/session/again', { password: this.password(), ...(code ? { code } : {}) }, SessionSchema);
      return true;
    });
  }

  protected byPasskey(): Promise<void> {
    return this.#try(() => this.#passkeys.again());
  }

  /** Leaves the page: whoever signs in elsewhere only begins anew when they come back. */
  protected byProvider(provider: string): Promise<void> {
    return this.#try(async () => {
      const { url } = await this.#api.post(`/api/session/providers/${provider}`, { again: true }, ProviderUrlSchema);
      rememberWayBack(location.pathname + location.search, true);
      location.assign(url);
      return false;
    });
  }

  async #try(way: () => Promise<boolean>): Promise<void> {
    await this.#attempt.run(async () => {
      if (await way()) this.ref.close(true);
    });
  }
}
