import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** A square to scan; black on white in dark too, since cameras read it so. The same stands beside it as text. */
@Component({
  selector: 'fs-qr-code',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<svg [attr.viewBox]="'0 0 ' + drawn().size + ' ' + drawn().size" role="img" [attr.aria-label]="label()" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff" /><path [attr.d]="drawn().path" fill="#000" /></svg>`,
  styles: `
    :host { display: block; width: 184px; max-width: 100%; }
    svg { display: block; width: 100%; border-radius: var(--fs-radius); }
  `,
})
export class QrCode {
  readonly value = input.required<string>();
  readonly label = input.required<string>();
  protected readonly drawn = computed(() => {
    const { size, data } = encode(this.value(), { border: 2 });
    const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
    return { size, path };
  });
}
