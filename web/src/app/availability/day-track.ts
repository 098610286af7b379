import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { clockAt, minuteOf, type Stretch } from './hours-model';

export interface DayBar extends Stretch {
  readonly kind: 'works' | 'extra' | 'away';
}

/** Minutes since midnight, whole hours. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** From seven to seven, or as far as somebody works. */
export function spanOf(bars: readonly DayBar[]): Span {
  const first = Math.min(7 * 60, ...bars.map(({ from }) => minuteOf(from)));
  const last = Math.max(19 * 60, ...bars.map(({ to }) => minuteOf(to)));
  return { first: Math.floor(first / 60) * 60, last: Math.ceil(last / 60) * 60 };
}

/** The hours that are named above a span. */
export function hoursOf({ first, last }: Span): readonly number[] {
  const step = last - first > 12 * 60 ? 4 : 2;
  return Array.from({ length: 13 }, (_, i) => Math.ceil(first / 60 / step) * step + i * step).filter((hour) => hour * 60 <= last);
}

export function placeIn({ first, last }: Span, minute: number): number {
  return ((minute - first) / (last - first)) * 100;
}

const stepMinutes = 15;

/** One day as bars over the hours. It repeats what words beside it say; where it may be drawn on, a drag adds a stretch. */
@Component({
  selector: 'fs-day-track',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true', '[class.drawable]': 'drawable()', '(pointerdown)': 'begin($event)', '(pointermove)': 'goOn($event)', '(pointerup)': 'finish()', '(pointercancel)': 'drawn.set(undefined)' },
  template: `
    @for (hour of hours(); track hour) {
      <i [style.left.%]="place(hour * 60)"></i>
    }
    @for (bar of bars(); track $index) {
      <b [class]="bar.kind" [style.left.%]="place(minute(bar.from))" [style.width.%]="place(minute(bar.to)) - place(minute(bar.from))"></b>
    }
    @if (drawn(); as one) {
      <b class="drawing" [style.left.%]="place(least(one))" [style.width.%]="place(most(one)) - place(least(one))"></b>
    }
  `,
  styles: `
    :host { display: block; position: relative; height: 24px; border-radius: 4px; background: var(--fs-surface-sunk); overflow: hidden; }
    :host(.drawable) { cursor: crosshair; touch-action: pan-y; }
    i { position: absolute; inset-block: 0; width: 1px; background: var(--fs-line); }
    b { position: absolute; inset-block: 0; border-radius: 4px; }
    .works { background: var(--fs-accent); }
    .extra { background: var(--fs-info); }
    .away { background: repeating-linear-gradient(135deg, var(--fs-warn) 0 3px, var(--fs-warn-soft) 3px 9px); }
    .drawing { background: color-mix(in srgb, var(--fs-accent) 48%, transparent); }
  `,
})
export class DayTrack {
  readonly bars = input.required<readonly DayBar[]>();
  readonly span = input.required<Span>();
  readonly drawable = input(false);
  readonly add = output<Stretch>();
  protected readonly drawn = signal<{ from: number; to: number } | undefined>(undefined);
  protected readonly hours = computed(() => hoursOf(this.span()));
  protected readonly minute = minuteOf;
  protected readonly least = ({ from, to }: { from: number; to: number }) => Math.min(from, to);
  protected readonly most = ({ from, to }: { from: number; to: number }) => Math.max(from, to);

  protected place(minute: number): number {
    return placeIn(this.span(), minute);
  }

  protected begin(event: PointerEvent): void {
    if (!this.drawable() || event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const minute = this.#minuteAt(event);
    this.drawn.set({ from: minute, to: minute });
  }

  protected goOn(event: PointerEvent): void {
    this.drawn.update((one) => one && { ...one, to: this.#minuteAt(event) });
  }

  protected finish(): void {
    const one = this.drawn();
    this.drawn.set(undefined);
    if (one && one.from !== one.to) this.add.emit({ from: clockAt(this.least(one)), to: clockAt(this.most(one)) });
  }

  #minuteAt(event: PointerEvent): number {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { first, last } = this.span();
    const minute = first + ((event.clientX - left) / width) * (last - first);
    return Math.max(first, Math.min(last, Math.round(minute / stepMinutes) * stepMinutes));
  }
}
