import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { CurrentCollaboration } from '../ui/current-collaboration';

/** The pages of this room, side by side; who does not keep the books sees the charges and the hours. */
@Component({
  selector: 'fs-sharing-tabs',
  imports: [RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <nav class="fs-tabs fs-no-print" aria-label="Shared costs">
      <a [routerLink]="at()" routerLinkActive="active" ariaCurrentWhenActive="page" [routerLinkActiveOptions]="{ exact: true }">Charges</a>
      @if (keepsBooks()) {
        <a [routerLink]="[...at(), 'due']" routerLinkActive="active" ariaCurrentWhenActive="page">Charges due</a>
        <a [routerLink]="[...at(), 'plans']" routerLinkActive="active" ariaCurrentWhenActive="page">Plans</a>
        <a [routerLink]="[...at(), 'on-account']" routerLinkActive="active" ariaCurrentWhenActive="page">On account</a>
      }
      <a [routerLink]="[...at(), 'hours']" routerLinkActive="active" ariaCurrentWhenActive="page">Hours given</a>
    </nav>
  `,
})
export class SharingTabs {
  readonly #here = inject(CurrentCollaboration);
  protected readonly at = computed(() => ['/c', this.#here.id() ?? '', 'shared-costs']);
  protected readonly keepsBooks = computed(() => ['finance-officer', 'coordinator', 'auditor'].some((role) => this.#here.roles().has(role as never)));
}
