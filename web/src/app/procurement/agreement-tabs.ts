import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';

/** The pages of this room, side by side. */
@Component({
  selector: 'fs-agreement-tabs',
  imports: [RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <nav class="fs-tabs fs-no-print" aria-label="Services and agreements">
      <a [routerLink]="at()" routerLinkActive="active" ariaCurrentWhenActive="page" [routerLinkActiveOptions]="{ exact: true }">Agreements</a>
      <a [routerLink]="[...at(), 'services']" routerLinkActive="active" ariaCurrentWhenActive="page">Services</a>
      <a [routerLink]="[...at(), 'suppliers']" routerLinkActive="active" ariaCurrentWhenActive="page">Suppliers</a>
      <a [routerLink]="[...at(), 'specialists']" routerLinkActive="active" ariaCurrentWhenActive="page">Specialists</a>
    </nav>
  `,
})
export class AgreementTabs {
  readonly collaborationId = input.required<string>();
  protected readonly at = () => ['/c', this.collaborationId(), 'agreements'];
}
