import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { CurrentSession } from './current-session';
import { Tabs } from './tabs';

const pages = [
  { label: 'Members', path: 'schools', roles: null },
  { label: 'People', path: 'schools/people', roles: ['coordinator', 'administrator', 'auditor'] },
  { label: 'School year', path: 'schools/year', roles: null },
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
  readonly collaborationId = input.required<string>();
  protected readonly tabs = computed(() => {
    const roles = this.#session.rolesIn(this.collaborationId());
    const here = pages.filter((page) => page.roles === null || page.roles.some((role) => roles.has(role))).map(({ label, path }) => ({ label, link: `/c/${this.collaborationId()}/${path}` }));
    return roles.has('administrator') ? [...here, ...above] : here;
  });
}
