import type { ElementRef} from '@angular/core';
import { ChangeDetectionStrategy, Component, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { DemonstrationSchema, type Role, type SecondFactorAsked, type Session } from '@fairshare/contract/identity.js';
import { Attempt } from '../ui/attempt';
import { read } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icons';
import { Passkeys, passkeysWork } from '../ui/passkey';
import { ProblemNotice } from '../ui/problem-notice';
import { Doorway } from './doorway';
import { ProviderButtons } from './provider-buttons';
import { SecondStep } from './second-step';
import { ownAddress } from '../ui/way-back';

const roleWords: Record<Role, readonly [word: string, icon: IconName]> = {
  administrator: ['Administrator', 'settings'],
  coordinator: ['Coordinator', 'people'],
  'business-manager': ['Business manager', 'calendar'],
  'finance-officer': ['Finance officer', 'reconcile'],
  head: ['Head', 'value'],
  governor: ['Governor', 'scales'],
  specialist: ['Specialist', 'diary'],
  supplier: ['Supplier', 'agreement'],
  auditor: ['Auditor', 'history'],
};

/** E-mail and password, a passkey, or an account elsewhere; on a demonstration also the people one can be, at a click. */
@Component({
  selector: 'fs-sign-in',
  imports: [Doorway, Field, FieldControl, Icon, ProblemNotice, ProviderButtons, RouterLink, SecondStep],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.scss',
})
export class SignIn {
  readonly #session = inject(CurrentSession);
  readonly #router = inject(Router);
  readonly #passkeys = inject(Passkeys);
  private readonly emailInput = viewChild.required<ElementRef<HTMLInputElement>>('emailInput');
  private readonly passwordInput = viewChild.required<ElementRef<HTMLInputElement>>('passwordInput');

  /** Where the person wanted to go before being asked to sign in; only addresses of our own are followed. */
  readonly returnTo = input<string>();
  protected readonly demonstration = read(() => '/api/session/demonstration', DemonstrationSchema);
  protected readonly shown = signal(false);
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  /** The second step, once the password was right. */
  protected readonly asked = signal<SecondFactorAsked | undefined>(undefined);
  protected readonly passkeysWork = passkeysWork;
  protected readonly missing = signal<{ email?: string; password?: string }>({});

  protected role(role: Role): string {
    return roleWords[role][0];
  }

  protected icon(role: Role): IconName {
    return roleWords[role][1];
  }

  protected submit(): void {
    const email = this.emailInput().nativeElement;
    const password = this.passwordInput().nativeElement;
    this.missing.set({
      ...(email.value.trim() ? {} : { email: 'Please type your e-mail address.' }),
      ...(password.value ? {} : { password: 'Please type your password.' }),
    });
    if (this.missing().email) email.focus();
    else if (this.missing().password) password.focus();
    else void this.enter(email.value.trim(), password.value);
  }

  protected enter(email: string, password: string): Promise<void> {
    return this.#try(async () => {
      const asked = await this.#session.signIn(email, password);
      if (asked) this.asked.set(asked);
      else await this.#goOn();
    });
  }

  protected byPasskey(): Promise<void> {
    return this.#try(async () => {
      const session = await this.#passkeys.signIn();
      if (session) await this.arrive(session);
    });
  }

  protected arrive(session: Session): Promise<void> {
    this.#session.enter(session);
    return this.#goOn();
  }

  async #goOn(): Promise<void> {
    await this.#router.navigateByUrl(ownAddress(this.returnTo()));
  }

  async #try(way: () => Promise<void>): Promise<void> {
    await this.#attempt.run(way);
  }
}
