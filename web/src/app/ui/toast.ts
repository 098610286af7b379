import { ChangeDetectionStrategy, Component, inject, Injectable, signal } from '@angular/core';
import { Icon } from './icon';

export interface ToastMessage {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
  readonly undo: (() => void | Promise<void>) | undefined;
}

/** Long enough to read and to reach the button by keyboard: undo stays for twelve seconds, and while one points at it. */
const undoMs = 12_000;
const plainMs = 6_000;

/** Says that something happened, and takes it back: `toast.show('Booking cancelled', { undo: () => … })`. */
@Injectable({ providedIn: 'root' })
export class Toast {
  readonly messages = signal<readonly ToastMessage[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #next = 1;

  show(text: string, options: { undo?: () => void | Promise<void>; tone?: 'good' | 'bad' } = {}): void {
    const message: ToastMessage = { id: this.#next++, text, tone: options.tone ?? 'good', undo: options.undo };
    this.messages.update((shown) => [...shown.slice(-2), message]);
    this.resume(message);
  }

  dismiss(message: ToastMessage): void {
    this.pause(message);
    this.messages.update((shown) => shown.filter(({ id }) => id !== message.id));
  }

  pause(message: ToastMessage): void {
    clearTimeout(this.#timers.get(message.id));
    this.#timers.delete(message.id);
  }

  resume(message: ToastMessage): void {
    this.pause(message);
    this.#timers.set(message.id, setTimeout(() => this.dismiss(message), message.undo ? undoMs : plainMs));
  }

  async undo(message: ToastMessage): Promise<void> {
    this.dismiss(message);
    try {
      await message.undo?.();
      this.show('Undone');
    } catch (error) {
      this.show(error instanceof Error ? `Could not undo: ${error.message}` : 'Could not undo', { tone: 'bad' });
    }
  }
}

/** Where toasts appear; the shell holds the only one. */
@Component({
  selector: 'fs-toasts',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', 'aria-live': 'polite', class: 'fs-no-print' },
  template: `
    @for (message of toast.messages(); track message.id) {
      <div
        [class.bad]="message.tone === 'bad'"
        (mouseenter)="toast.pause(message)"
        (mouseleave)="toast.resume(message)"
        (focusin)="toast.pause(message)"
        (focusout)="toast.resume(message)"
      >
        <fs-icon [name]="message.tone === 'bad' ? 'alert' : 'check'" />
        <span>{{ message.text }}</span>
        @if (message.undo) {
          <button type="button" class="undo" (click)="toast.undo(message)">Undo</button>
        }
        <button type="button" class="close" aria-label="Dismiss" (click)="toast.dismiss(message)"><fs-icon name="close" /></button>
      </div>
    }
  `,
  styles: `
    :host { position: fixed; z-index: 1100; left: 50%; bottom: 24px; transform: translateX(-50%); display: flex; flex-direction: column; gap: 8px; width: max-content; max-width: calc(100vw - 32px); }
    @media (max-width: 600px) { :host { bottom: 80px; } }
    div { display: flex; align-items: center; gap: 12px; padding: 4px 4px 4px 16px; min-height: 48px; background: var(--fs-text); color: var(--fs-ground); border-radius: var(--fs-radius); box-shadow: var(--fs-shadow); animation: rise var(--fs-motion); }
    span { padding: 8px 0; flex: 1; }
    button { border: 0; background: none; color: inherit; font: 600 0.9375rem var(--fs-font); min-height: 40px; padding: 0 12px; cursor: pointer; border-radius: var(--fs-radius); }
    button:hover { background: color-mix(in srgb, var(--fs-ground) 16%, transparent); }
    button:focus-visible { outline-color: var(--fs-ground); outline-offset: -2px; }
    .undo { color: light-dark(#8fdcd3, #0b5f5c); text-decoration: underline; text-underline-offset: 3px; }
    @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
  `,
})
export class Toasts {
  protected readonly toast = inject(Toast);
}
