import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { Tabs } from '../ui/tabs';

const pages = [
  { label: 'Charges', path: 'shared-costs', books: false },
  { label: 'Charges due', path: 'shared-costs/due', books: true },
  { label: 'Plans', path: 'shared-costs/plans', books: true },
  { label: 'On account', path: 'shared-costs/on-account', books: true },
  { label: 'Hours given', path: 'shared-costs/hours', books: false },
] as const;

/** The pages of this room, side by side; who does not keep the books sees the charges and the hours. */
@Component({
  selector: 'fs-sharing-tabs',
  imports: [Tabs],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<fs-tabs name="Shared costs" [tabs]="tabs()" />`,
})
export class SharingTabs {
  readonly #here = inject(CurrentCollaboration);
  readonly #keepsBooks = computed(() => ['finance-officer', 'coordinator', 'auditor'].some((role) => this.#here.roles().has(role as never)));
  protected readonly tabs = computed(() => pages.filter(({ books }) => !books || this.#keepsBooks()).map(({ label, path }) => ({ label, link: `/c/${this.#here.id() ?? ''}/${path}` })));
}
