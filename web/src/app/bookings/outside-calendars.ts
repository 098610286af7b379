import type { ElementRef } from '@angular/core';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { OutsideCalendarSchema, OutsideCalendarsSchema, type OutsideCalendar } from '@fairshare/contract/outside-calendars.js';
import { SpecialistListSchema } from '@fairshare/contract/procurement.js';
import { Attempt } from '../ui/attempt';
import { ApiClient, read } from '../ui/api-client';
import { Confirm } from '../ui/confirm';
import { CurrentSession } from '../ui/current-session';
import { WhenPipe } from '../ui/day';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';

/** Calendars that specialists keep elsewhere: what is busy there cannot be booked here. */
@Component({
  selector: 'fs-outside-calendars',
  imports: [Empty, Field, FieldControl, Icon, Page, ProblemNotice, Skeleton, State, WhenPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './outside-calendars.html',
})
export class OutsideCalendarsPage {
  private readonly fileInput = viewChild<ElementRef<HTMLInputElement>>('fileInput');
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #confirm = inject(Confirm);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);

  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  readonly #own = computed(() => this.#session.grants().find((grant) => grant.collaborationId === this.collaborationId() && grant.specialistId)?.specialistId);
  protected readonly coordinates = computed(() => this.#session.rolesIn(this.collaborationId()).has('coordinator'));
  protected readonly changes = computed(() => this.coordinates() || this.#own() !== undefined);
  protected readonly chosen = queryParamSignal('specialist');
  protected readonly specialists = read(() => (this.coordinates() ? `${this.#at()}/specialists?size=200` : undefined), SpecialistListSchema);
  protected readonly specialistId = computed(() => this.#own() ?? (this.chosen() || (this.specialists.hasValue() ? this.specialists.value().items[0]?.id : undefined)));
  protected readonly calendars = read(() => `${this.#at()}/outside-calendars`, OutsideCalendarsSchema);
  protected readonly shown = computed(() => {
    const all = this.calendars.hasValue() ? this.calendars.value().items : [];
    return this.coordinates() || !this.#own() ? all : all.filter((one) => one.specialistId === this.#own());
  });
  protected readonly name = signal('');
  protected readonly address = signal('');
  readonly #attempt = new Attempt();
  protected readonly busy = this.#attempt.busy;
  protected readonly error = this.#attempt.error;

  protected addAddress(): Promise<void> {
    return this.#tell(async () => {
      await this.#api.post(this.#base(this.specialistId() ?? ''), { name: this.name().trim() || 'My calendar', address: this.address().trim() }, OutsideCalendarSchema);
      this.name.set('');
      this.address.set('');
      this.#toast.show('Read: what is busy there cannot be booked here');
    });
  }

  protected sendFile(): Promise<void> | undefined {
    const element = this.fileInput()?.nativeElement;
    const file = element?.files?.[0];
    if (!element || !file) return undefined;
    return this.#tell(async () => {
      await this.#api.upload(`${this.#base(this.specialistId() ?? '')}/file`, file, OutsideCalendarSchema);
      element.value = '';
      this.#toast.show('Read: what is busy there cannot be booked here');
    });
  }

  protected refresh(one: OutsideCalendar): Promise<void> {
    return this.#tell(async () => {
      const { fault } = await this.#api.post(`${this.#base(one.specialistId)}/${one.id}/refresh`, undefined, OutsideCalendarSchema);
      this.#toast.show(fault ? 'It could not be read' : 'Read again', fault ? { tone: 'bad' } : {});
    });
  }

  protected async remove(one: OutsideCalendar): Promise<void> {
    if (!(await this.#confirm.ask({ title: `Take “${one.name}” away?`, text: 'What is busy there can be booked here from now on.', action: 'Take it away' }))) return;
    await this.#tell(async () => {
      await this.#api.delete(`${this.#base(one.specialistId)}/${one.id}`);
      this.#toast.show(`“${one.name}” was taken away`);
    });
  }

  #base(specialistId: string): string {
    return `${this.#at()}/specialists/${specialistId}/outside-calendars`;
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    await this.#attempt.run(async () => {
      await work();
    });
    this.calendars.reload();
  }
}
