import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { CurrentSession } from '../ui/current-session';
import { Icon } from '../ui/icon';
import { Connection } from './connection';

/** What is wrong with the whole house rather than with one page. */
@Component({
  selector: 'fs-banners',
  imports: [Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', 'aria-live': 'polite' },
  template: `
    @if (connection.lost()) {
      <div><fs-icon name="alert" /><span>No connection to Fairshare. What is on the screen stays; changes wait until it is back.</span></div>
    }
    @if (connection.sessionEnded()) {
      <div>
        <fs-icon name="key" /><span>You have been signed out.</span>
        <a class="fs-button small" routerLink="/sign-in" [queryParams]="{ returnTo: router.url }">Sign in again</a>
      </div>
    }
    @if (session.actingFor(); as person) {
      <div>
        <fs-icon name="people" /><span>You act for {{ person.name }}, with their roles and under your own name.</span>
        <a class="fs-button small" routerLink="/account/away">Act for myself again</a>
      </div>
    }
  `,
  styles: `
    div { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; padding: 8px 40px; background: var(--fs-warn-soft); color: var(--fs-text); border-bottom: 1px solid var(--fs-line); }
    fs-icon { color: var(--fs-warn); }
    @media (max-width: 600px) { div { padding: 8px 16px; } }
  `,
})
export class Banners {
  protected readonly connection = inject(Connection);
  protected readonly router = inject(Router);
  protected readonly session = inject(CurrentSession);
}
