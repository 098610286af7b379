import { DOCUMENT, effect, inject, Injectable, signal, type WritableSignal } from '@angular/core';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'roomy' | 'dense';

function kept<T extends string>(name: string, allowed: readonly T[]): T {
  try {
    const value = localStorage.getItem(`fairshare.${name}`) as T | null;
    if (value && allowed.includes(value)) return value;
  } catch {
    // Storage may be forbidden; the choice then lasts for this visit.
  }
  return allowed[0] as T;
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`fairshare.${name}`, value);
  } catch {
    // See above.
  }
}

/** How the screen looks may stay for whoever comes next; nothing else that this browser kept does. */
const looks: readonly string[] = ['fairshare.theme', 'fairshare.density'];

export function forgetAllButLooks(): void {
  try {
    sessionStorage.clear();
    for (const key of Object.keys(localStorage)) if (!looks.includes(key)) localStorage.removeItem(key);
  } catch {
    // See above.
  }
}

/** How this person likes the screen, kept in this browser only. */
@Injectable({ providedIn: 'root' })
export class Preferences {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly theme: WritableSignal<Theme> = signal(kept<Theme>('theme', ['system', 'light', 'dark']));
  readonly density: WritableSignal<Density> = signal(kept<Density>('density', ['roomy', 'dense']));

  constructor() {
    effect(() => {
      this.#root.dataset['theme'] = this.theme();
      keep('theme', this.theme());
    });
    effect(() => {
      this.#root.dataset['density'] = this.density();
      keep('density', this.density());
    });
  }
}
