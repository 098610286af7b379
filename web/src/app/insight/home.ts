import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Role } from '@fairshare/contract/identity.js';
import { CurrentSession } from '../ui/current-session';
import { formatDay, today } from '../ui/london';
import { Page } from '../ui/page';
import { HomeMoney } from './home-money';
import { HomeOffers } from './home-offers';
import { HomeSessions } from './home-sessions';
import { HomeTasks } from './home-tasks';
import { HomeValue } from './home-value';

/** What needs me today, by role, and one click to act; then the figures that this role is asked for; then the coming days. */
@Component({
  selector: 'fs-home',
  imports: [HomeMoney, HomeOffers, HomeSessions, HomeTasks, HomeValue, Page, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page [heading]="greeting()" [purpose]="day">
      <ng-container actions>
        @if (books()) {
          <a class="fs-button primary" [routerLink]="['/c', collaborationId(), 'calendar']" [queryParams]="{ find: 'time' }">Book time</a>
        }
      </ng-container>
      <div class="fs-stack-large">
        @if (books()) {
          <fs-home-offers [collaborationId]="collaborationId()" />
        }
        <fs-home-tasks [collaborationId]="collaborationId()" />
        @if (pays()) {
          <fs-home-money [collaborationId]="collaborationId()" />
        }
        @if (judges()) {
          <fs-home-value [collaborationId]="collaborationId()" />
        }
        @if (seesSessions()) {
          <fs-home-sessions [collaborationId]="collaborationId()" />
        }
      </div>
    </fs-page>
  `,
})
export class Home {
  readonly collaborationId = input.required<string>();
  readonly #session = inject(CurrentSession);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));

  protected readonly day = formatDay(today());
  protected readonly greeting = computed(() => `Hello, ${this.#session.user()?.name.replace(/^(Dr|Mr|Mrs|Ms|Miss) /, '').split(' ')[0] ?? ''}`);
  protected readonly books = computed(() => this.#has('business-manager', 'coordinator'));
  protected readonly pays = computed(() => this.#has('finance-officer'));
  protected readonly judges = computed(() => this.#has('head', 'governor'));
  protected readonly seesSessions = computed(() => this.#has('business-manager', 'coordinator', 'head', 'governor', 'finance-officer', 'specialist', 'auditor'));

  #has(...roles: readonly Role[]): boolean {
    return roles.some((role) => this.#roles().has(role));
  }
}
