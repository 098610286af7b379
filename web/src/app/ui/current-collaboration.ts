import { computed, inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';
import { z } from 'zod';
import { read } from './api-client';
import { CurrentSession } from './current-session';

// The shell needs the names only; the schools room reads the rest with its own schema.
const ListSchema = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

const lastKey = 'fairshare.collaboration';

function lastVisited(): string | null {
  try {
    return localStorage.getItem(lastKey);
  } catch {
    return null;
  }
}

/** Without storage the first of the list is chosen each time. */
export function rememberVisit(collaborationId: string): void {
  try {
    localStorage.setItem(lastKey, collaborationId);
  } catch {
    return;
  }
}

const idIn = (address: string): string | undefined => /^\/c\/([^/?#]+)/.exec(address)?.[1];

/** The collaboration that the address names, and the others that this person may switch to. */
@Injectable({ providedIn: 'root' })
export class CurrentCollaboration {
  readonly #router = inject(Router);
  readonly #session = inject(CurrentSession);
  readonly #address = toSignal(
    this.#router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.#router.url },
  );

  readonly list = read(() => (this.#session.signedIn() ? '/api/collaborations?size=200' : undefined), ListSchema);
  readonly all = computed(() => (this.list.hasValue() ? this.list.value().items : []));
  readonly id = computed(() => idIn(this.#address()));
  /** Above all collaborations (one's account, the national registers), the one of last time: its pages stay at hand. */
  readonly atHand = computed(() => this.id() ?? (this.all().find(({ id }) => id === lastVisited()) ?? this.all()[0])?.id);
  readonly current = computed(() => this.all().find(({ id }) => id === this.atHand()));
  /** What this person is here; before a collaboration is chosen, what they are anywhere. */
  readonly roles = computed(() => {
    const id = this.atHand();
    return id ? this.#session.rolesIn(id) : new Set(this.#session.grants().map((grant) => grant.role));
  });
}
