import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { DelegationsSchema } from '@fairshare/contract/delegations.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { DayPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { addDays, today } from '../ui/london';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';

/** Who acts for me while I am away, and for whom I may act. */
@Component({
  selector: 'fs-while-away',
  imports: [DateField, DayPipe, Empty, Field, FieldControl, Icon, Page, ProblemNotice, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="While I am away" purpose="A colleague acts for you with your roles and under their own name. The audit trail names you both.">
      @if (list.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="list.reload()" />
      } @else if (list.hasValue()) {
        @for (one of list.value().received; track one.id) {
          <section class="fs-card fs-spread">
            <span><strong>{{ one.name }}</strong> is away from {{ one.from | day }} until {{ one.until | day }}. You may act for them.</span>
            @if (list.value().actingFor?.userId === one.userId) {
              <button type="button" class="fs-button" (click)="actFor(null)">Act for myself again</button>
            } @else if (one.now) {
              <button type="button" class="fs-button primary" (click)="actFor(one.userId)">Act for {{ one.name }}</button>
            } @else {
              <fs-state tone="info" icon="clock" word="From that day" />
            }
          </section>
        }
        @for (one of list.value().given; track one.id) {
          <section class="fs-card fs-spread">
            <span><strong>{{ one.name }}</strong> acts for you from {{ one.from | day }} until {{ one.until | day }}.</span>
            <button type="button" class="fs-button" (click)="end(one.id)"><fs-icon name="close" />Take it back</button>
          </section>
        }
        @if (!list.value().given.length && !list.value().received.length) {
          <fs-empty icon="people" heading="Nobody acts for anybody" purpose="Name a colleague below before you go; it ends by itself on the last day." />
        }
        @if (!list.value().actingFor) {
          <form class="fs-card fs-stack" (submit)="$event.preventDefault(); give()" novalidate aria-labelledby="new-title">
            <h2 id="new-title">Somebody acts for me</h2>
            <fs-problem [error]="error()" />
            <div class="fs-grid">
              <fs-field label="Their e-mail" hint="Somebody with a role in a collaboration of yours." [error]="error()?.messageFor('email')">
                <input fsControl class="fs-input" type="email" maxlength="254" autocomplete="off" [value]="email()" (input)="email.set($any($event.target).value)" />
              </fs-field>
              <fs-date label="First day" [(value)]="from" />
              <fs-date label="Last day" [(value)]="until" />
            </div>
            <div><button type="submit" class="fs-button primary" [disabled]="!email().trim() || !from() || !until() || busy()">Let them act for me</button></div>
          </form>
        }
      } @else {
        <fs-skeleton what="delegates" />
      }
    </fs-page>
  `,
})
export class WhileAway {
  readonly #api = inject(ApiClient);
  readonly #toast = inject(Toast);
  protected readonly list = read(() => '/api/account/delegations', DelegationsSchema);
  protected readonly email = signal('');
  protected readonly from = signal(today());
  protected readonly until = signal(addDays(today(), 7));
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected async give(): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.post('/api/account/delegations', { email: this.email().trim(), from: this.from(), until: this.until() });
      this.email.set('');
      this.list.reload();
      this.#toast.show('They act for you from that day');
    });
  }

  protected async end(id: string): Promise<void> {
    await this.#api.delete(`/api/account/delegations/${id}`).catch((thrown: unknown) => this.error.set(Problem.of(thrown)));
    this.list.reload();
  }

  /** Everything on the screen is the other person's now, so that the pages begin anew. */
  protected async actFor(userId: string | null): Promise<void> {
    try {
      await this.#api.put('/api/account/acting-for', { userId });
      location.assign('/');
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
    }
  }
}
