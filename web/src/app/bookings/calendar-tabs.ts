import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Role } from '@fairshare/contract/identity.js';
import { CurrentSession } from '../ui/current-session';
import { Tabs } from '../ui/tabs';

const pages: readonly { label: string; path: string; roles?: readonly Role[] }[] = [
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
  imports: [Tabs],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (plans()) {
      <fs-tabs name="Calendar" [tabs]="tabs()" />
    }
  `,
  styles: ':host { display: block; min-width: 0; }',
})
export class CalendarTabs {
  readonly #session = inject(CurrentSession);
  readonly collaborationId = input.required<string>();
  readonly #roles = computed(() => this.#session.rolesIn(this.collaborationId()));
  protected readonly tabs = computed(() =>
    pages.filter(({ roles }) => !roles || roles.some((role) => this.#roles().has(role))).map(({ label, path }) => ({ label, link: `/c/${this.collaborationId()}/${path}` })),
  );
  protected readonly plans = computed(() => [...this.#roles()].some((role) => role !== 'specialist' && role !== 'supplier'));
}
