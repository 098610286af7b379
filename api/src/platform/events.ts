import { Injectable } from '@nestjs/common';
import type { Scope } from './actor.js';
import type { Tx } from './database.js';

type Listener = (tx: Tx, who: Scope, news: unknown) => Promise<void>;

/** News with a name and the shape of what it tells; a room exports one for each kind of its news. */
export interface News<T> {
  readonly name: string;
  readonly shape?: T;
}

export function news<T>(name: string): News<T> {
  return { name };
}

/**
 * News travels against the arrows of the house: the teller does not know who listens. Listeners work in the
 * teller's transaction, so that a delivered booking and its charge are stored together or not at all
 * (docs/decisions/0003-news-in-the-same-transaction.md). What leaves the house, such as mail, goes through a job.
 */
@Injectable()
export class Events {
  readonly #listeners = new Map<string, Listener[]>();

  on<T>(kind: News<T>, listener: (tx: Tx, who: Scope, news: T) => Promise<void>): void {
    this.#listeners.set(kind.name, [...(this.#listeners.get(kind.name) ?? []), listener as Listener]);
  }

  async tell<T>(tx: Tx, who: Scope, kind: News<T>, what: T): Promise<void> {
    for (const listener of this.#listeners.get(kind.name) ?? []) await listener(tx, who, what);
  }
}
