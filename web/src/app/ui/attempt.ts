import { signal } from '@angular/core';
import { Problem } from './problem';

/** Something a person asks for and that may be refused: it is busy while it runs, and keeps what was wrong until the next try. */
export class Attempt {
  readonly busy = signal(false);
  readonly error = signal<Problem | undefined>(undefined);

  /** Does the work unless the one before still runs; true when it was done and nothing was refused. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy()) return false;
    this.busy.set(true);
    this.error.set(undefined);
    try {
      await work();
      return true;
    } catch (thrown) {
      this.error.set(Problem.of(thrown));
      return false;
    } finally {
      this.busy.set(false);
    }
  }
}
