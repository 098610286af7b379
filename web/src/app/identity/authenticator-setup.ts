import { ChangeDetectionStrategy, Component, inject, output, signal } from '@angular/core';
import { NewAuthenticatorSchema, RecoveryCodesShownSchema } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { Field, FieldControl } from '../ui/field';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { QrCode } from './qr-code';

/** Scans a secret into an authenticator app, and shows that it arrived by a first code. */
@Component({
  selector: 'fs-authenticator-setup',
  imports: [Field, FieldControl, ProblemNotice, QrCode, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form (submit)="$event.preventDefault(); confirm()" novalidate class="fs-stack">
      @if (begun(); as secret) {
        <p>Scan this with an authenticator app on your phone, then type the six digits that it shows.</p>
        <div class="scan">
          <fs-qr-code [value]="secret.uri" label="Code to scan with an authenticator app" />
          <p class="fs-small">Cannot scan? Type this into the app instead:<br /><code>{{ grouped(secret.secret) }}</code></p>
        </div>
        <fs-problem [error]="error()" />
        <fs-field label="Code">
          <input fsControl class="fs-input" inputmode="numeric" autocomplete="one-time-code" maxlength="7" [value]="code()" (input)="code.set($any($event.target).value)" />
        </fs-field>
        <div class="fs-row">
          <button type="submit" class="fs-button primary" [disabled]="code().trim().length < 6 || busy()">Use this app</button>
          <button type="button" class="fs-button" (click)="cancelled.emit()">Go back</button>
        </div>
      } @else if (error()) {
        <fs-problem [error]="error()" [retryable]="true" (retry)="begin()" />
      } @else {
        <fs-skeleton what="a code to scan" [rows]="4" />
      }
    </form>
  `,
  styles: `
    .scan { display: flex; flex-wrap: wrap; gap: 16px 24px; align-items: center; }
    .scan p { flex: 1 1 200px; min-width: 0; }
    code { overflow-wrap: anywhere; user-select: all; }
  `,
})
export class AuthenticatorSetup {
  readonly #api = inject(ApiClient);
  /** Recovery codes that are new; null where earlier ones go on counting. */
  readonly done = output<readonly string[] | null>();
  readonly cancelled = output();
  protected readonly begun = signal<{ secret: string; uri: string } | undefined>(undefined);
  protected readonly code = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  constructor() {
    void this.begin();
  }

  protected grouped(secret: string): string {
    return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
  }

  protected async begin(): Promise<void> {
    this.error.set(undefined);
    try {
      this.begun.set(await this.#api.post('/api/account/authenticator', {}, NewAuthenticatorSchema));
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }

  protected async confirm(): Promise<void> {
    await this.#attempt.run(async () => {
      const { recoveryCodes } = await this.#api.post('/api/account/authenticator/confirm', { code: this.code().trim() }, RecoveryCodesShownSchema);
      this.done.emit(recoveryCodes);
    });
  }
}
