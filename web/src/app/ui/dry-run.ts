import { effect, inject, signal, untracked } from '@angular/core';
import type { ZodType } from 'zod';
import { ApiClient } from './api-client';
import { Saving } from './saving';

/**
 * What something would do, seen before it is done by the same address: looked at again whenever what is asked for changes.
 * Make it in a field.
 */
export class DryRun<T> {
  readonly #api = inject(ApiClient);
  readonly #preview = signal<T | undefined>(undefined);
  /** Undefined while it is looked at, and where it is refused. */
  readonly preview = this.#preview.asReadonly();
  readonly saving = new Saving();

  constructor(readonly asked: { readonly url: string; readonly body: () => object; readonly bodySchema: ZodType; readonly answerSchema: ZodType<T> }) {
    effect(() => {
      const body = asked.body();
      untracked(() => void this.#look(body));
    });
  }

  /** Does it; undefined when it was refused. */
  carryOut(): Promise<T | undefined> {
    return this.saving.send(() => this.#api.post(this.asked.url, this.asked.body(), this.asked.answerSchema));
  }

  async #look(body: object): Promise<void> {
    this.#preview.set(undefined);
    if (!this.saving.check(this.asked.bodySchema, body)) return;
    const seen = await this.saving.send(() => this.#api.post(`${this.asked.url}?dryRun=true`, body, this.asked.answerSchema));
    if (seen) this.#preview.set(seen);
  }
}
