import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { ServiceColourName } from '@fairshare/domain/procurement/index.js';
import { colourOf } from './procurement-words';

/** A service by its name, on its colour. `<fs-service-label name="Counselling" colour="green" />`. */
@Component({
  selector: 'fs-service-label',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<span [style.background]="shown().fill" [style.color]="shown().text" [style.border-left-color]="shown().edge">{{ name() }}</span>`,
  styles: `
    :host { display: inline-block; max-width: 100%; }
    span { display: inline-block; padding: 2px 8px; border-left: 4px solid; border-radius: 4px; font-size: 0.875rem; font-weight: 550; overflow-wrap: break-word; }
  `,
})
export class ServiceLabel {
  readonly name = input.required<string>();
  readonly colour = input.required<ServiceColourName>();
  protected readonly shown = computed(() => colourOf(this.colour()));
}
