import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { AgreementEntry } from '@fairshare/contract/agreements.js';
import { Attempt } from '../ui/attempt';
import { Icon } from '../ui/icon';
import { ProblemNotice } from '../ui/problem-notice';
import { Toast } from '../ui/toast';
import { WaitlistClient } from './waitlist-client';

/** For who finds no time that suits: to be told when some becomes free in these dates. */
@Component({
  selector: 'fs-wait-for-time',
  imports: [Icon, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-problem [error]="error()" />
    <button type="button" class="fs-button" [attr.aria-disabled]="busy()" (click)="wait()"><fs-icon name="clock" />Tell me when time is free</button>
  `,
})
export class WaitForTime {
  readonly collaborationId = input.required<string>();
  readonly agreement = input.required<AgreementEntry>();
  readonly minutes = input.required<number>();
  readonly specialistId = input.required<string>();
  readonly schoolUrn = input.required<string>();
  /** Dates; both belong to it. */
  readonly from = input.required<string>();
  readonly to = input.required<string>();
  readonly #client = inject(WaitlistClient);
  readonly #toast = inject(Toast);
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async wait(): Promise<void> {
    await this.#attempt.run(async () => {
      const specialistId = this.specialistId();
      const entry = await this.#client.join(this.collaborationId(), {
        agreementId: this.agreement().id, schoolUrns: [this.schoolUrn()], minutes: this.minutes(), from: this.from(), to: this.to(), ...(specialistId ? { specialistId } : {}),
      });
      this.#toast.show('We tell you as soon as time is free in these dates', { undo: () => this.#client.leave(this.collaborationId(), entry.id) });
    });
  }
}
