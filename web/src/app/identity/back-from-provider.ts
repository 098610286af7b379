import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { SignedInAskedOrTiedSchema, type SecondFactorAsked, type Session } from '@fairshare/contract/identity.js';
import { ApiClient } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { Doorway } from './doorway';
import { SecondStep } from './second-step';
import { wasInTheMiddle, wayBack } from '../ui/way-back';

/** Where a provider sends people back to: what stands in the address is shown to the API once, and then gone from it. */
@Component({
  selector: 'fs-back-from-provider',
  imports: [Doorway, ProblemNotice, RouterLink, SecondStep, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-doorway heading="Sign in">
      @if (error(); as why) {
        <fs-problem [error]="why" />
        <a class="fs-button primary" routerLink="/sign-in">Go back</a>
      } @else if (asked(); as step) {
        <fs-second-step [asked]="step" (done)="enter($event)" (back)="again()" />
      } @else {
        <fs-skeleton what="your account" [rows]="3" />
      }
    </fs-doorway>
  `,
})
export class BackFromProvider {
  readonly #api = inject(ApiClient);
  readonly #router = inject(Router);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  protected readonly error = signal<unknown>(undefined);
  protected readonly asked = signal<SecondFactorAsked | undefined>(undefined);

  constructor() {
    void this.#finish(location.search.slice(1));
  }

  protected enter(session: Session): void {
    this.#session.enter(session);
    if (wasInTheMiddle()) this.#toast.show('Thank you: it is you. Please do once more what you were about to do.');
    void this.#router.navigateByUrl(wayBack());
  }

  protected again(): void {
    void this.#router.navigateByUrl('/sign-in');
  }

  async #finish(query: string): Promise<void> {
    history.replaceState(null, '', location.pathname);
    try {
      const answer = await this.#api.post('/api/session/back-from-provider', { query: query || 'none' }, SignedInAskedOrTiedSchema);
      if ('user' in answer) return this.enter(answer);
      if ('ways' in answer) return this.asked.set(answer);
      this.#toast.show('The account is tied to yours');
      await this.#router.navigateByUrl('/account');
    } catch (error) {
      this.error.set(error);
    }
  }
}
