import { computed, signal } from '@angular/core';
import type { ZodType } from 'zod';
import { Attempt } from './attempt';

/**
 * What a form does when it saves: it checks by the contract's own schema, shows each fault beside its
 * field, and what the API refuses besides at the top.
 */
export class Saving {
  readonly #attempt = new Attempt();
  readonly busy = this.#attempt.busy;
  readonly #faults = signal<Readonly<Record<string, string>>>({});

  /** What belongs to no single field. */
  readonly problem = computed(() => {
    const problem = this.#attempt.error();
    return problem && problem.errors.length === 0 ? problem : undefined;
  });

  /** The fault of a field, by its path in what is sent. */
  errorFor(path: string): string | undefined {
    return this.#faults()[path];
  }

  readonly faults = this.#faults.asReadonly();

  /** Forgets what was wrong, when somebody goes on. */
  clear(): void {
    this.#faults.set({});
    this.#attempt.error.set(undefined);
  }

  /** The faults a body would have, without sending it. */
  check(schema: ZodType, body: unknown, own: Readonly<Record<string, string>> = {}): boolean {
    const result = schema.safeParse(body);
    const found = result.success ? [] : result.error.issues.map((issue) => [issue.path.map(String).join('.'), issue.message] as const);
    this.#faults.set({ ...Object.fromEntries([...found].reverse()), ...own });
    this.#attempt.error.set(undefined);
    return Object.keys(this.#faults()).length === 0;
  }

  /** Sends what passed the check; answers undefined when it was refused. */
  async send<T>(work: () => Promise<T>): Promise<T | undefined> {
    let answer: T | undefined;
    const done = await this.#attempt.run(async () => {
      answer = await work();
    });
    if (done) return answer;
    const refused = this.#attempt.error();
    if (refused) this.#faults.set(Object.fromEntries(refused.errors.map((fault) => [fault.path, fault.message])));
    return undefined;
  }
}
