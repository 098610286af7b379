import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Tabs } from '../ui/tabs';

/** The pages of this room, side by side. */
@Component({
  selector: 'fs-agreement-tabs',
  imports: [Tabs],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<fs-tabs name="Services and agreements" [tabs]="tabs()" />`,
})
export class AgreementTabs {
  readonly collaborationId = input.required<string>();
  protected readonly tabs = computed(() => {
    const at = `/c/${this.collaborationId()}/agreements`;
    return [
      { label: 'Agreements', link: at },
      { label: 'Services', link: `${at}/services` },
      { label: 'Suppliers', link: `${at}/suppliers` },
      { label: 'Specialists', link: `${at}/specialists` },
      { label: 'Working hours', link: `/c/${this.collaborationId()}/working-hours` },
    ];
  });
}
