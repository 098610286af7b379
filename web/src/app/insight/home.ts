import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { readsBooks } from '../ui/books-tabs';
import { CurrentSession } from '../ui/current-session';
import { Page } from '../ui/page';
import { HomeAgreements } from './home-agreements';
import { HomeApprovals } from './home-approvals';
import { HomeOffers } from './home-offers';
import { HomeDisputes } from './home-disputes';
import { HomeMoney } from './home-money';
import { HomeReplanning } from './home-replanning';
import { HomeSessions } from './home-sessions';

/** What needs me today, by role, and one click to act. */
@Component({
  selector: 'fs-home',
  imports: [HomeAgreements, HomeApprovals, HomeDisputes, HomeMoney, HomeOffers, HomeReplanning, HomeSessions, Page, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page [heading]="greeting()" purpose="What needs you today.">
      <ng-container actions>
        @if (books()) {
          <a class="fs-button primary" [routerLink]="['/c', collaborationId(), 'calendar']" [queryParams]="{ find: 'time' }">Book time</a>
        }
        @if (judges()) {
          <a class="fs-button" [class.primary]="!books()" [routerLink]="['/c', collaborationId(), 'value-for-money']">Is it worth it?</a>
        }
      </ng-container>
      <div class="fs-stack-large">
        @if (approves()) {
          <fs-home-approvals [collaborationId]="collaborationId()" />
        }
        @if (books()) {
          <fs-home-offers [collaborationId]="collaborationId()" />
        }
        @if (decides()) {
          <fs-home-disputes [collaborationId]="collaborationId()" />
        }
        @if (pays()) {
          <fs-home-money [collaborationId]="collaborationId()" />
        }
        @if (books()) {
          <fs-home-replanning [collaborationId]="collaborationId()" />
        }
        <fs-home-sessions [collaborationId]="collaborationId()" />
        @if (buys()) {
          <fs-home-agreements [collaborationId]="collaborationId()" />
        }
      </div>
    </fs-page>
  `,
})
export class Home {
  readonly collaborationId = input.required<string>();
  readonly #session = inject(CurrentSession);
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));

  protected readonly greeting = computed(() => `Hello, ${this.#session.user()?.name.replace(/^(Dr|Mr|Mrs|Ms|Miss) /, '').split(' ')[0] ?? ''}`);
  protected readonly books = computed(() => this.#has('business-manager', 'coordinator'));
  protected readonly approves = computed(() => this.#has('head', 'coordinator'));
  protected readonly decides = computed(() => readsBooks(this.#session, this.collaborationId()) && this.#has('finance-officer', 'coordinator'));
  protected readonly pays = computed(() => this.#has('finance-officer'));
  protected readonly buys = computed(() => this.#has('business-manager', 'coordinator'));
  protected readonly judges = computed(() => this.#has('head', 'governor'));

  #has(...roles: readonly ('business-manager' | 'coordinator' | 'head' | 'governor' | 'finance-officer')[]): boolean {
    return roles.some((role) => this.#roles().has(role));
  }
}
