import { computed, signal } from '@angular/core';
import type { ZodType } from 'zod';
import { Problem } from '../ui/problem';

/**
 * What every form of this room does when it saves: it checks by the contract's own schema, shows each fault beside its
 * field, and what the API refuses besides at the top.
 */
export class Saving {
  readonly busy = signal(false);
  readonly #faults = signal<Readonly<Record<string, string>>>({});
  readonly #problem = signal<Problem | undefined>(undefined);

  /** What belongs to no single field. */
  readonly problem = computed(() => {
    const problem = this.#problem();
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
    this.#problem.set(undefined);
  }

  /** The faults a body would have, without sending it. */
  check(schema: ZodType, body: unknown, own: Readonly<Record<string, string>> = {}): boolean {
    const result = schema.safeParse(body);
    const found = result.success ? [] : result.error.issues.map((issue) => [issue.path.map(String).join('.'), issue.message] as const);
    this.#faults.set({ ...Object.fromEntries([...found].reverse()), ...own });
    this.#problem.set(undefined);
    return Object.keys(this.#faults()).length === 0;
  }

  /** Sends what passed the check; answers undefined when it was refused. */
  async send<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.busy()) return undefined;
    this.busy.set(true);
    this.#problem.set(undefined);
    try {
      return await work();
    } catch (error) {
      const problem = Problem.of(error);
      this.#problem.set(problem);
      this.#faults.set(Object.fromEntries(problem.errors.map((fault) => [fault.path, fault.message])));
      return undefined;
    } finally {
      this.busy.set(false);
    }
  }
}
