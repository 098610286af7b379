import { signal } from '@angular/core';
import { SlotSchema, type Slot } from '@fairshare/contract/availability.js';
import type { NewBooking } from '@fairshare/contract/bookings.js';
import { z } from 'zod';
import { Problem } from '../ui/problem';
import type { BookingsClient } from './bookings-client';

const alternativesSchema = z.array(SlotSchema);

/** The slots that a refusal offers instead. */
export function alternativesOf(problem: Problem | undefined): readonly Slot[] {
  return alternativesSchema.safeParse(problem?.facts['alternatives']).data ?? [];
}

/** `over`: the ten minutes have passed; `refused`: somebody else has it, or it is no slot any more. */
export type HoldState = 'asking' | 'kept' | 'over' | 'refused';

/**
 * Keeps a period while somebody looks at it. What is wanted may change meanwhile: then one hold is exchanged for the next, and
 * only the last wish is asked for. What is held when the dialog closes is let go.
 */
export class BookingHold {
  readonly state = signal<HoldState>('asking');
  readonly until = signal('');
  readonly problem = signal<Problem | undefined>(undefined);
  readonly #client: Pick<BookingsClient, 'hold' | 'release'>;
  readonly #collaborationId: string;
  #id: string | undefined;
  #closed = false;
  #latest = 0;
  #turn: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Pick<BookingsClient, 'hold' | 'release'>, collaborationId: string) {
    this.#client = client;
    this.#collaborationId = collaborationId;
  }

  keep(wanted: NewBooking): void {
    const mine = ++this.#latest;
    this.state.set('asking');
    this.problem.set(undefined);
    this.#turn = this.#turn.then(() => (mine === this.#latest && !this.#closed ? this.#ask(wanted) : undefined));
  }

  /** The hold that a booking takes the place of, once it is known whether there is one. */
  async id(): Promise<string | undefined> {
    await this.#turn;
    return this.#id;
  }

  /** It became a booking. */
  spent(): void {
    this.#id = undefined;
    this.close();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#turn = this.#turn.then(async () => {
      // What cannot be let go runs out by itself.
      if (this.#id) await this.#client.release(this.#collaborationId, this.#id).catch(() => undefined);
      this.#id = undefined;
    });
  }

  async #ask(wanted: NewBooking): Promise<void> {
    try {
      const held = await this.#client.hold(this.#collaborationId, { ...wanted, ...(this.#id ? { holdId: this.#id } : {}) });
      this.#id = held.id;
      this.until.set(held.keptUntil ?? '');
      this.state.set('kept');
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.state.set('over'), Date.parse(held.keptUntil ?? '') - Date.now());
    } catch (thrown) {
      this.problem.set(Problem.of(thrown));
      this.state.set('refused');
    }
  }
}
