import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { JourneysSchema, NewRoomSchema, RoomSchema, RoomsSchema, TravelTimesSchema, type Journeys } from '@fairshare/contract/availability.js';
import { MemberListSchema } from '@fairshare/contract/schools.js';
import { ApiClient, read } from '../ui/api-client';
import { Attempt } from '../ui/attempt';
import { CurrentSession } from '../ui/current-session';
import { Empty } from '../ui/empty';
import { Field, FieldControl } from '../ui/field';
import { Icon } from '../ui/icon';
import { today } from '../ui/london';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Saving } from '../ui/saving';
import { SchoolsTabs } from '../ui/schools-tabs';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';

type Journey = Journeys['items'][number]['there'];
interface Pair {
  readonly fromUrn: string;
  readonly toUrn: string;
  readonly minutes: number | null;
}

/** How long the way is between schools, entered or assumed, and the rooms in which sessions can be held. */
@Component({
  selector: 'fs-places',
  imports: [Empty, Field, FieldControl, Icon, Page, ProblemNotice, SchoolsTabs, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './places.html',
  styles: `
    .minutes { width: 88px; min-height: 40px; text-align: right; }
    .assumed { white-space: nowrap; }
    .rooms { list-style: none; margin: 0; padding: 0; }
    .rooms > li { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 8px 0; }
    .rooms > li + li { border-top: 1px solid var(--fs-line); }
    .rooms > li > :first-child { flex: 1 1 200px; min-width: 0; }
    form { align-items: flex-end; }
    form fs-field { flex: 1 1 200px; }
    .room { align-items: flex-start; }
    @media (min-width: 601px) { .room > button { margin-top: 28px; } }
    .choice { max-width: 420px; }
    @media (max-width: 600px) { .minutes { width: 72px; } }
  `,
})
export class Places {
  readonly collaborationId = input.required<string>();
  readonly #api = inject(ApiClient);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly #attempt = new Attempt();
  protected readonly error = this.#attempt.error;
  protected readonly busy = this.#attempt.busy;
  protected readonly saving = new Saving();
  readonly #at = computed(() => `/api/collaborations/${this.collaborationId()}`);
  protected readonly mayChange = computed(() => this.#session.rolesIn(this.collaborationId()).has('coordinator'));

  readonly #wanted = queryParamSignal('school');
  protected readonly members = read(() => `${this.#at()}/members?size=200&on=${today()}`, MemberListSchema);
  protected readonly schools = computed(() => [...new Map((this.members.hasValue() ? this.members.value().items : []).map(({ urn, name }) => [urn, { urn, name }])).values()]);
  readonly #ownFirst = computed(() => this.schools().find(({ urn }) => this.#session.schoolUrns().includes(urn))?.urn ?? this.schools()[0]?.urn ?? '');
  protected readonly urn = computed(() => (this.schools().some(({ urn }) => urn === this.#wanted()) ? this.#wanted() : this.#ownFirst()));
  protected readonly name = computed(() => this.schools().find(({ urn }) => urn === this.urn())?.name ?? '');
  protected readonly journeys = read(() => (this.urn() ? `${this.#at()}/travel-times/${this.urn()}` : undefined), JourneysSchema);
  readonly #rooms = read(() => `${this.#at()}/rooms`, RoomsSchema);
  protected readonly rooms = computed(() => (this.#rooms.hasValue() ? this.#rooms.value().items : []).filter(({ schoolUrn }) => schoolUrn === this.urn()));

  /** What was written and is not saved yet, by direction and school; forgotten when another school is looked at. */
  readonly #draft = linkedSignal<ReadonlyMap<string, string>>(() => (this.urn(), new Map()));
  protected readonly alike = signal(true);
  readonly #pairs = computed(() => [...this.#draft()].map(([key, text]) => this.#pairOf(key, text)));
  protected readonly changes = computed(() => this.#pairs().length);
  protected readonly wrong = computed(() => this.#pairs().some(({ minutes }) => minutes !== null && !(Number.isInteger(minutes) && minutes >= 0 && minutes <= 600)));
  protected readonly newRoom = signal('');
  /** The room that is being renamed. */
  protected readonly renaming = signal('');

  protected choose(urn: string): void {
    this.#wanted.set(urn);
  }

  protected written(key: string, journey: Journey): string {
    return this.#draft().get(key) ?? (journey.basis === 'known' ? String(journey.minutes) : '');
  }

  /** Most ways are as long back as there; the other is filled in where nobody has said otherwise. */
  protected write(direction: 'there' | 'back', urn: string, text: string, other: Journey): void {
    const draft = new Map(this.#draft()).set(`${direction}:${urn}`, text);
    if (this.alike() && other.basis !== 'known') draft.set(`${direction === 'there' ? 'back' : 'there'}:${urn}`, text);
    this.#draft.set(draft);
  }


  protected async save(): Promise<void> {
    const items = this.#pairs();
    const before = items.map(({ fromUrn, toUrn }) => ({ fromUrn, toUrn, minutes: this.#knownMinutes(fromUrn, toUrn) }));
    await this.#attempt.run(async () => {
      await this.#put(items);
      this.#toast.show(items.length === 1 ? 'Journey saved' : `${items.length} journeys saved`, { undo: () => this.#put(before) });
    });
  }

  protected async addRoom(): Promise<void> {
    const body = { schoolUrn: this.urn(), name: this.newRoom() };
    if (!this.saving.check(NewRoomSchema, body)) return;
    const room = await this.saving.send(() => this.#api.post(`${this.#at()}/rooms`, body, RoomSchema));
    if (!room) return;
    this.newRoom.set('');
    this.#rooms.reload();
    this.#toast.show(`${room.name} added`, { undo: () => this.#removeRoom(room.id) });
  }

  protected async rename(id: string, before: string, name: string): Promise<void> {
    const send = async (to: string) => {
      await this.#api.put(`${this.#at()}/rooms/${id}`, { name: to }, RoomSchema);
      this.#rooms.reload();
    };
    const done = await this.#attempt.run(() => send(name));
    if (!done) return;
    this.renaming.set('');
    this.#toast.show(`Now called ${name}`, { undo: () => send(before) });
  }

  protected async remove(id: string, name: string): Promise<void> {
    const body = { schoolUrn: this.urn(), name };
    await this.#attempt.run(async () => {
      await this.#removeRoom(id);
      this.#toast.show(`${name} removed`, { undo: () => this.#api.post(`${this.#at()}/rooms`, body, RoomSchema).then(() => void this.#rooms.reload()) });
    });
  }

  async #removeRoom(id: string): Promise<void> {
    await this.#api.delete(`${this.#at()}/rooms/${id}`);
    this.#rooms.reload();
  }

  async #put(items: readonly Pair[]): Promise<void> {
    await this.#api.put(`${this.#at()}/travel-times`, { items }, TravelTimesSchema);
    this.#draft.set(new Map());
    this.journeys.reload();
  }

  #pairOf(key: string, text: string): Pair {
    const [direction, urn] = key.split(':') as [string, string];
    const minutes = text.trim() === '' ? null : Number(text);
    return direction === 'there' ? { fromUrn: this.urn(), toUrn: urn, minutes } : { fromUrn: urn, toUrn: this.urn(), minutes };
  }

  #knownMinutes(fromUrn: string, toUrn: string): number | null {
    const journey = this.journeys.value()?.items.find(({ urn }) => urn === fromUrn || urn === toUrn);
    const way = fromUrn === this.urn() ? journey?.there : journey?.back;
    return way?.basis === 'known' ? way.minutes : null;
  }
}
