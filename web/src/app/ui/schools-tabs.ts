import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { CurrentCollaboration } from './current-collaboration';
import { CurrentSession } from './current-session';
import { Tabs } from './tabs';

const pages = [
  { label: 'Members', path: 'schools', roles: null },
  { label: 'People', path: 'schools/people', roles: ['coordinator', 'administrator', 'auditor'] },
  { label: 'School year', path: 'schools/year', roles: null },
  { label: 'Journeys and rooms', path: 'schools/places', roles: ['coordinator', 'business-manager', 'finance-officer', 'head', 'governor', 'specialist', 'auditor'] },
  { label: 'Imports', path: 'schools/imports', roles: ['administrator'] },
  { label: 'Outbox', path: 'schools/outbox', roles: ['administrator'] },
] as const;

/** Pages above any collaboration. */
const above = [
  { label: 'All collaborations', link: '/collaborations' },
  { label: 'Sign-ins and imports', link: '/audit' },
  { label: 'What is kept how long', link: '/retention' },
] as const;

/** The parts of “Schools and people” that this person uses: pages of two rooms that know nothing of one another. */
@Component({
  selector: 'fs-schools-tabs',
  imports: [Tabs],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<fs-tabs name="Schools and people" [tabs]="tabs()" />`,
  styles: ':host { display: block; min-width: 0; }',
})
export class SchoolsTabs {
  readonly #session = inject(CurrentSession);
  readonly #here = inject(CurrentCollaboration);
  /** Above any collaboration: the one of last time. */
  readonly collaborationId = input<string>();
  readonly #at = computed(() => this.collaborationId() ?? this.#here.atHand());
  protected readonly tabs = computed(() => {
    const at = this.#at();
    const roles = at ? this.#session.rolesIn(at) : this.#here.roles();
    const here = !at ? [] : pages.filter((page) => page.roles === null || page.roles.some((role) => roles.has(role))).map(({ label, path }) => ({ label, link: `/c/${at}/${path}` }));
    return roles.has('administrator') ? [...here, ...above] : here;
  });
}
