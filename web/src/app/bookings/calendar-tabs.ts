import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { Role } from '@fairshare/contract/identity.js';
import { CurrentSession } from '../ui/current-session';

const tabs: readonly { label: string; path: string; roles?: readonly Role[] }[] = [
  { label: 'Calendar', path: 'calendar' },
  { label: 'Who is free', path: 'calendar/board' },
  { label: 'What is left', path: 'calendar/left' },
  { label: 'To re-plan', path: 'calendar/replanning' },
  { label: 'Waiting', path: 'calendar/waitlist', roles: ['business-manager', 'coordinator'] },
  { label: 'Subscribe', path: 'calendar/subscribe' },
];

/** The ways of looking at what is booked. A specialist, who has a diary instead, sees none of them. */
@Component({
  selector: 'fs-calendar-tabs',
  imports: [RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (plans()) {
      <nav class="fs-tabs" aria-label="Calendar">
        @for (tab of shown(); track tab.path) {
          <a [routerLink]="'/c/' + collaborationId() + '/' + tab.path" routerLinkActive="active" ariaCurrentWhenActive="page" [routerLinkActiveOptions]="{ paths: 'exact', queryParams: 'ignored', matrixParams: 'ignored', fragment: 'ignored' }">{{ tab.label }}</a>
        }
      </nav>
    }
  `,
  styles: ':host { display: block; min-width: 0; }',
})
export class CalendarTabs {
  readonly #session = inject(CurrentSession);
  readonly collaborationId = input.required<string>();
  protected readonly shown = computed(() => tabs.filter((tab) => !tab.roles || tab.roles.some((role) => this.#session.rolesIn(this.collaborationId()).has(role))));
  protected readonly plans = computed(() => [...this.#session.rolesIn(this.collaborationId())].some((role) => role !== 'specialist' && role !== 'supplier'));
}
