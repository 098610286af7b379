import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { Icon } from '../ui/icon';
import { Passkeys, passkeysWork } from '../ui/passkey';
import { ProblemNotice } from '../ui/problem-notice';
import { AuthenticatorSetup } from './authenticator-setup';
import { deviceName } from './device-words';
import { Doorway } from './doorway';
import { RecoveryCodes } from './recovery-codes';

/** A school asks for a second factor: it is set up here before anything else. */
@Component({
  selector: 'fs-second-factor-first',
  imports: [AuthenticatorSetup, Doorway, Icon, ProblemNotice, RecoveryCodes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-doorway heading="One more thing before you go on">
      @if (codes(); as shown) {
        <fs-recovery-codes [codes]="shown" />
        <button type="button" class="fs-button primary" (click)="goOn()">I have kept them</button>
      } @else if (withApp()) {
        <fs-authenticator-setup (done)="added($event)" (cancelled)="withApp.set(false)" />
      } @else {
        <p>A school or collaboration that you work for asks that a password alone is not enough. Choose what you will show besides it.</p>
        <fs-problem [error]="error()" />
        @if (passkeysWork()) {
          <button type="button" class="fs-button primary" (click)="passkey()"><fs-icon name="key" />A passkey on this device</button>
        }
        <button type="button" class="fs-button" (click)="withApp.set(true)"><fs-icon name="screen" />An authenticator app on my phone</button>
        <p class="fs-quiet fs-small">A passkey is your finger, face or PIN on this device; nothing to remember or type. An app shows six digits that change each half minute.</p>
      }
    </fs-doorway>
  `,
})
export class SecondFactorFirst {
  readonly #router = inject(Router);
  readonly #passkeys = inject(Passkeys);
  protected readonly passkeysWork = passkeysWork;
  protected readonly withApp = signal(false);
  protected readonly codes = signal<readonly string[] | undefined>(undefined);
  protected readonly error = signal<unknown>(undefined);

  protected added(codes: readonly string[] | null): void {
    if (codes) this.codes.set(codes);
    else this.goOn();
  }

  protected goOn(): void {
    void this.#router.navigateByUrl('/');
  }

  protected async passkey(): Promise<void> {
    this.error.set(undefined);
    try {
      const codes = await this.#passkeys.add(deviceName(navigator.userAgent));
      if (codes !== undefined) this.added(codes);
    } catch (error) {
      this.error.set(error);
    }
  }
}
