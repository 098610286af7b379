import { Injectable } from '@nestjs/common';
import type { Scope } from './actor.js';
import { Clock } from './clock.js';
import { sql, type Tx } from './database.js';
import { newId } from './new-id.js';
import { Personal } from './personal.js';
import { currentRequest } from './request-context.js';

/** One thing that somebody did: the audit room shows it, nobody changes it. */
export interface Deed {
  /** `bookings.cancelled`: the room and what happened. */
  readonly action: string;
  readonly collaborationId: string | null;
  /** What it was done to: `booking`, and its id. */
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Set when something sensitive was only looked at. */
  readonly kind?: 'change' | 'reading';
}

/** Fields that people type into, or that say where somebody is reached or paid: the trail keeps them encrypted, whatever the deed. */
const typed: ReadonlySet<string> = new Set([
  'reason', 'note', 'decision', 'why', 'what', 'details', 'agreedBy', 'agreed_by', 'carriedBecause', 'conditions', 'email', 'accountName', 'sortCode', 'accountNumber', 'checkedBy',
]);

/** Writes who did what, in the same transaction as the deed itself; the database seals the line when it commits. */
@Injectable()
export class Trail {
  readonly #clock: Clock;
  readonly #personal: Personal;

  constructor(clock: Clock, personal: Personal) {
    this.#clock = clock;
    this.#personal = personal;
  }

  async record(tx: Tx, who: Scope, deed: Deed): Promise<void> {
    const address = who.userId ? await this.#personal.sealOrNull(tx, who.userId, currentRequest()?.address) : null;
    await sql(
      tx,
      `insert into trail (id, collaboration_id, user_id, user_name, action, subject_kind, subject_id, before, after, happened_at, address, kind, on_behalf_of, on_behalf_name)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        newId(), deed.collaborationId, who.userId, who.onBehalfOf?.by ?? who.name, deed.action, deed.subjectKind, deed.subjectId,
        deed.before === undefined ? null : JSON.stringify(await this.#sealed(tx, who, JSON.parse(JSON.stringify(deed.before)))),
        deed.after === undefined ? null : JSON.stringify(await this.#sealed(tx, who, JSON.parse(JSON.stringify(deed.after)))),
        this.#clock.now(), address, deed.kind ?? 'change', who.onBehalfOf?.userId ?? null, who.onBehalfOf?.name ?? null,
      ],
    );
  }

  /** What somebody typed, as it may be stored: encrypted with their key. */
  typed<T extends string | null | undefined>(tx: Tx, who: Scope, text: T): Promise<T> {
    return this.#personal.sealTyped(tx, who, text);
  }

  /** One value after the other: a transaction has one connection, which answers one question at a time. */
  async #sealed(tx: Tx, who: Scope, value: unknown, isTyped = false): Promise<unknown> {
    if (typeof value === 'string') return isTyped ? this.#personal.sealTyped(tx, who, value) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const each of value) items.push(await this.#sealed(tx, who, each, isTyped));
      return items;
    }
    const fields: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(value)) fields[key] = await this.#sealed(tx, who, each, typed.has(key));
    return fields;
  }
}
