import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { OutboxMailSchema, OutboxSchema, type MailState } from '@fairshare/contract/outbox.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { SchoolsTabs } from '../ui/schools-tabs';
import { Skeleton } from '../ui/skeleton';
import { State, type Tone } from '../ui/state';
import { Toast } from '../ui/toast';

const pageSize = 50;
const stateWords: Readonly<Record<MailState, readonly [word: string, tone: Tone]>> = {
  waiting: ['On its way', 'info'], sent: ['Sent', 'good'], failed: ['Failed', 'bad'], kept: ['Kept here', 'neutral'],
};

/** Every mail of this installation; without a mail server the place where they are read. */
@Component({
  selector: 'fs-outbox',
  imports: [Empty, Field, FieldControl, Page, ProblemNotice, SchoolsTabs, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './outbox.html',
  styles: 'pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }',
})
export class Outbox {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #toast = inject(Toast);
  protected readonly state = queryParamSignal('state');
  protected readonly page = queryParamSignal('page', '1');
  protected readonly chosen = queryParamSignal('mail');
  protected readonly states = Object.entries(stateWords) as [MailState, (typeof stateWords)[MailState]][];
  protected readonly words = stateWords;
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;
  protected readonly outbox = read(() => `/api/outbox?size=${pageSize}&page=${this.page()}${this.state() ? `&state=${this.state()}` : ''}`, OutboxSchema);
  protected readonly mail = read(() => (this.chosen() ? `/api/outbox/${this.chosen()}` : undefined), OutboxMailSchema);
  protected readonly hasNext = computed(() => this.outbox.hasValue() && this.outbox.value().page * pageSize < this.outbox.value().total);

  protected turn(step: number): void {
    this.page.set(String(Math.max(1, Number(this.page()) + step)));
  }

  protected filter(state: string): void {
    this.state.set(state);
    this.page.set('1');
  }

  protected async sendAgain(id: string): Promise<void> {
    await this.#attempt.run(async () => {
      await this.#api.post(`/api/outbox/${id}/send-again`, undefined, OutboxMailSchema);
      this.#toast.show('On its way');
    });
    this.outbox.reload();
    this.mail.reload();
  }
}
