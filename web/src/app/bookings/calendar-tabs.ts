import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { CurrentSession } from '../ui/current-session';

const tabs = [
  { label: 'Calendar', path: 'calendar' },
  { label: 'Who is free', path: 'calendar/board' },
  { label: 'What is left', path: 'calendar/left' },
] as const;

/** The ways of looking at what is booked. A specialist, who has a diary instead, sees none of them. */
@Component({
  selector: 'fs-calendar-tabs',
  imports: [RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (plans()) {
      <nav class="fs-tabs" aria-label="Calendar">
        @for (tab of tabs; track tab.path) {
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
  protected readonly tabs = tabs;
  protected readonly plans = computed(() => [...this.#session.rolesIn(this.collaborationId())].some((role) => role !== 'specialist' && role !== 'supplier'));
}
