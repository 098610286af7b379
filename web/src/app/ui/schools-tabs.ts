import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { CurrentSession } from './current-session';

const tabs = [
  { label: 'Members', path: 'schools', roles: null },
  { label: 'People', path: 'schools/people', roles: ['coordinator', 'administrator', 'auditor'] },
  { label: 'School year', path: 'schools/year', roles: null },
  { label: 'Imports', path: 'schools/imports', roles: ['administrator'] },
  { label: 'Outbox', path: 'schools/outbox', roles: ['administrator'] },
] as const;

/** The parts of “Schools and people” that this person uses: pages of two rooms that know nothing of one another. */
@Component({
  selector: 'fs-schools-tabs',
  imports: [RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <nav class="fs-tabs" aria-label="Schools and people">
      @for (tab of shown(); track tab.path) {
        <a [routerLink]="'/c/' + collaborationId() + '/' + tab.path" routerLinkActive="active" ariaCurrentWhenActive="page" [routerLinkActiveOptions]="{ paths: 'exact', queryParams: 'ignored', matrixParams: 'ignored', fragment: 'ignored' }">{{ tab.label }}</a>
      }
      @if (isAdministrator()) {
        <a routerLink="/collaborations">All collaborations</a>
        <a routerLink="/audit">Sign-ins and imports</a>
        <a routerLink="/retention">What is kept how long</a>
      }
    </nav>
  `,
  styles: ':host { display: block; min-width: 0; }',
})
export class SchoolsTabs {
  readonly #session = inject(CurrentSession);
  readonly collaborationId = input.required<string>();
  protected readonly isAdministrator = computed(() => this.#session.rolesIn(this.collaborationId()).has('administrator'));
  protected readonly shown = computed(() => {
    const roles = this.#session.rolesIn(this.collaborationId());
    return tabs.filter((tab) => tab.roles === null || tab.roles.some((role) => roles.has(role)));
  });
}
