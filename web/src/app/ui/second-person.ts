import { inject, Injectable, signal } from '@angular/core';
import { isAsked, type Asked } from '@fairshare/contract/approvals.js';
import { Toast } from './toast';

/** What is above the collaboration's limit happens once a second person approves it: here it is said to the first. */
@Injectable({ providedIn: 'root' })
export class SecondPerson {
  readonly #toast = inject(Toast);
  readonly #asked = signal(0);
  /** Goes up with each wish, so that lists of what waits read again. */
  readonly asked = this.#asked.asReadonly();

  /** What was done; undefined where nothing was done yet. */
  done<T>(answer: T | Asked): T | undefined {
    if (!isAsked(answer)) return answer;
    this.#asked.update((times) => times + 1);
    this.#toast.show('Asked for: this takes two people, so that somebody else has to approve it first');
    return undefined;
  }
}
