import { Dialog } from '@angular/cdk/dialog';
import { inject, Injectable, resource, signal } from '@angular/core';
import { SharedEventsSchema, type ChangeSharedEvent, type EventTime, type SharedEvent } from '@fairshare/contract/shared-events.js';
import { firstValueFrom } from 'rxjs';
import { ApiClient } from '../ui/api-client';
import type { CalendarMove } from '../ui/calendar/calendar-model';
import { Toast } from '../ui/toast';
import { EventDialog, type EventChoice, type EventOutcome } from './event-dialog';
import { eventIdOf, eventWhen } from './event-words';

interface Wanted {
  readonly collaborationId: string;
  readonly from: string;
  readonly to: string;
  readonly schoolUrn: string;
}

/** Shared events of the dates in view, and what is done with them; every deed can be taken back. A calendar has one of its own. */
@Injectable()
export class SharedEventsDesk {
  readonly #api = inject(ApiClient);
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly wanted = signal<Wanted | undefined>(undefined);

  readonly events = resource({
    params: () => this.wanted(),
    loader: async ({ params, abortSignal }): Promise<readonly SharedEvent[]> => {
      const query = new URLSearchParams({ from: params.from, to: params.to, ...(params.schoolUrn ? { schoolUrn: params.schoolUrn } : {}) });
      return (await this.#api.get(`${this.#at(params.collaborationId)}?${query}`, SharedEventsSchema, abortSignal)).items;
    },
  });

  all(): readonly SharedEvent[] {
    return this.events.hasValue() ? this.events.value() : [];
  }

  /** A new one, or one that is there when `id` names it in the calendar's way. */
  async open(choice: EventChoice, id?: string): Promise<void> {
    const event = id ? this.all().find((one) => one.id === eventIdOf(id)) : undefined;
    if (id && !event) return;
    const data: EventChoice = { ...choice, ...(event ? { event } : {}) };
    const outcome = await firstValueFrom(this.#dialog.open<EventOutcome>(EventDialog, { data, panelClass: ['fs-dialog', 'wide'], ariaLabelledBy: 'fs-event-title' }).closed);
    if (!outcome) return;
    this.events.reload();
    this.#tell(choice.collaborationId, outcome, event);
  }

  /** @throws the problem; the caller puts the event back where it was. */
  async move(collaborationId: string, move: CalendarMove): Promise<void> {
    const before = this.all().find((one) => one.id === eventIdOf(move.id));
    if (!before) return;
    const time: EventTime = move.days ?? { startsAt: move.startsAt, endsAt: move.endsAt };
    const { items } = await this.#api.put(`${this.#at(collaborationId)}/${before.id}`, bodyOf(before, time), SharedEventsSchema);
    this.events.reload();
    const [after] = items;
    if (after) this.#toast.show(`${after.title} moved to ${eventWhen(after)}`, { undo: () => this.#put(collaborationId, before) });
  }

  #tell(collaborationId: string, { deed, events }: EventOutcome, before: SharedEvent | undefined): void {
    const [first] = events.items;
    if (!first) return;
    const what = events.items.length > 1 ? `${events.items.length} dates of ${first.title}` : first.title;
    const undo: Readonly<Record<EventOutcome['deed'], () => Promise<unknown>>> = {
      added: () => this.#api.delete(`${this.#at(collaborationId)}/${first.id}?which=following`, SharedEventsSchema),
      removed: () => this.#api.post(`${this.#at(collaborationId)}/${first.id}/restore`, {}, SharedEventsSchema),
      changed: () => (before ? this.#put(collaborationId, before, events.items.length > 1 ? 'following' : 'one') : Promise.resolve()),
    };
    this.#toast.show(`${what} ${deed}`, { undo: () => undo[deed]().then(() => void this.events.reload()) });
  }

  async #put(collaborationId: string, event: SharedEvent, which: 'one' | 'following' = 'one'): Promise<void> {
    const time: EventTime = event.days ?? { startsAt: event.startsAt, endsAt: event.endsAt };
    await this.#api.put(`${this.#at(collaborationId)}/${event.id}`, { ...bodyOf(event, time), which }, SharedEventsSchema);
    this.events.reload();
  }

  #at(collaborationId: string): string {
    return `/api/collaborations/${collaborationId}/events`;
  }
}

function bodyOf({ kind, title, place, details, schools }: SharedEvent, time: EventTime): Omit<ChangeSharedEvent, 'which'> {
  return { kind, title, place, details, schoolUrns: schools.map((school) => school.urn), time };
}
