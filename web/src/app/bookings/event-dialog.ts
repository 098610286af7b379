import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, resource, signal } from '@angular/core';
import { EventDatesSchema, SharedEventsSchema, type EventTime, type SharedEvent, type SharedEventKind, type SharedEvents } from '@fairshare/contract/shared-events.js';
import { Attempt } from '../ui/attempt';
import { ApiClient } from '../ui/api-client';
import { DateField } from '../ui/date-field';
import { Field, FieldControl } from '../ui/field';
import { dateOf, formatTime } from '../ui/london';
import { ProblemNotice } from '../ui/problem-notice';
import { TimeField } from '../ui/time-field';
import { eventKinds, eventWhen, kindWord, schoolsOf } from './event-words';
import { RepeatField } from './repeat-field';
import { onlyOnce, repeatOf, type RepeatChoice } from './repeat-words';
import { SeriesDates, type DatedOutcome } from './series-dates';
import { WhichSessions } from './which-sessions';

export interface EventChoice {
  readonly collaborationId: string;
  readonly schools: readonly { readonly urn: string; readonly name: string }[];
  readonly event?: SharedEvent;
  /** For a new one: when, as wall time. */
  readonly startsAt?: string;
  readonly endsAt?: string;
}

export interface EventOutcome {
  readonly deed: 'added' | 'changed' | 'removed';
  readonly events: SharedEvents;
}

/** A meeting, training, a sports event, an INSET day or a teacher exchange: what, when, where, for whom, and how it comes again. */
@Component({
  selector: 'fs-event-dialog',
  imports: [DateField, Field, FieldControl, ProblemNotice, RepeatField, SeriesDates, TimeField, WhichSessions],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './event-dialog.html',
  styles: `
    .schools { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr)); gap: 0 16px; }
    dl { display: grid; gap: 4px; }
    dl > div { display: grid; grid-template-columns: 96px 1fr; }
    dt { color: var(--fs-text-soft); }
    dd { margin: 0; }
  `,
})
export class EventDialog {
  readonly #api = inject(ApiClient);
  protected readonly ref = inject<DialogRef<EventOutcome>>(DialogRef);
  protected readonly data = inject<EventChoice>(DIALOG_DATA);
  protected readonly kinds = eventKinds;
  protected readonly when = eventWhen;
  protected readonly word = kindWord;
  protected readonly schoolWords = schoolsOf;

  readonly #was = this.data.event;
  readonly #start = this.#was?.startsAt ?? this.data.startsAt ?? '';
  readonly #end = this.#was?.endsAt ?? this.data.endsAt ?? '';
  protected readonly kind = signal<SharedEventKind>(this.#was?.kind ?? 'meeting');
  protected readonly title = signal(this.#was?.title ?? '');
  protected readonly wholeDays = signal(this.#was ? this.#was.days !== null : false);
  protected readonly from = signal(this.#was?.days?.from ?? dateOf(this.#start));
  protected readonly to = signal(this.#was?.days?.to ?? dateOf(this.#start));
  protected readonly fromTime = signal(this.#was?.days ? '09:00' : formatTime(this.#start));
  protected readonly toTime = signal(this.#was?.days ? '10:00' : formatTime(this.#end));
  protected readonly place = signal(this.#was?.place ?? '');
  protected readonly details = signal(this.#was?.details ?? '');
  protected readonly urns = signal<ReadonlySet<string>>(new Set(this.#was?.schools.map((school) => school.urn) ?? []));
  protected readonly repeat = signal<RepeatChoice>({ ...onlyOnce, kind: 'once' });
  protected readonly which = signal<'one' | 'following'>('one');
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;

  readonly #at = `/api/collaborations/${this.data.collaborationId}/events`;
  readonly #time = computed<EventTime>(() =>
    this.wholeDays() ? { from: this.from(), to: this.to() < this.from() ? this.from() : this.to() } : { startsAt: `${this.from()}T${this.fromTime()}`, endsAt: `${this.from()}T${this.toTime()}` },
  );
  readonly #rule = computed(() => (this.#was ? undefined : repeatOf(this.repeat(), this.from())));
  readonly #preview = resource({
    params: () => {
      const repeat = this.#rule();
      return repeat ? { kind: this.kind(), title: 'To see its dates', schoolUrns: [...this.urns()], time: this.#time(), repeat } : undefined;
    },
    loader: ({ params }) => this.#api.post(`${this.#at}/preview`, params, EventDatesSchema),
  });
  protected readonly dates = computed<readonly DatedOutcome[] | undefined>(() => {
    if (!this.#rule() || !this.#preview.hasValue()) return undefined;
    const timed = !this.wholeDays();
    return this.#preview.value().dates.map((one) => ({ date: one.date, startsAt: timed ? one.startsAt : null, endsAt: timed ? one.endsAt : null, good: one.outcome === 'will-book', detail: one.detail ?? one.code }));
  });
  protected readonly action = computed(() => {
    if (this.#was) return this.which() === 'following' ? 'Save these' : 'Save';
    const planned = this.dates()?.filter((one) => one.good).length;
    return planned === undefined ? 'Add it' : `Add ${planned} dates`;
  });

  protected begin(day: string): void {
    this.from.set(day);
    if (this.to() < day) this.to.set(day);
  }

  protected toggle(urn: string): void {
    this.urns.update((before) => new Set(before.has(urn) ? [...before].filter((one) => one !== urn) : [...before, urn]));
  }

  protected fault(path: string): string | undefined {
    return this.error()?.messageFor(path);
  }

  protected save(): Promise<void> {
    const { kind, title, place, details, urns } = this;
    const body = { kind: kind(), title: title().trim(), place: place().trim() || null, details: details().trim() || null, schoolUrns: [...urns()], time: this.#time() };
    return this.#do(this.#was ? 'changed' : 'added', () =>
      this.#was ? this.#api.put(`${this.#at}/${this.#was.id}`, { ...body, which: this.which() }, SharedEventsSchema) : this.#api.post(this.#at, { ...body, ...(this.#rule() ? { repeat: this.#rule() } : {}) }, SharedEventsSchema),
    );
  }

  protected remove(): Promise<void> {
    return this.#do('removed', () => this.#api.delete(`${this.#at}/${this.#was?.id}?which=${this.which()}`, SharedEventsSchema));
  }

  async #do(deed: EventOutcome['deed'], work: () => Promise<SharedEvents>): Promise<void> {
    await this.#attempt.run(async () => {
      this.ref.close({ deed, events: await work() });
    });
  }
}
