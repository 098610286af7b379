import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Icon } from '../ui/icon';
import type { NavEntry } from '../ui/nav-entry';

/** As many as fit a thumb's width at 320 px, beside “More”. */
const barPlaces = 4;

/** The pages this person uses: a list at the left, a rail on tablets, a bar at the bottom of a phone. */
@Component({
  selector: 'fs-navigation',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <nav aria-label="Pages">
      <a class="brand" [routerLink]="first()" aria-label="Fairshare, first page">
        <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" /><path d="M9 10h14M9 16h9M9 22h4" /></svg>
        <span>Fairshare</span>
      </a>
      @if (entries().length) {
        <ul>
          @for (entry of entries(); track entry.path; let place = $index) {
            <li [class.beyond]="beyond(place)">
              <a [routerLink]="base() + (entry.path && '/' + entry.path)" routerLinkActive="active" ariaCurrentWhenActive="page" [routerLinkActiveOptions]="{ exact: entry.path === '' }">
                <fs-icon [name]="entry.icon" /><span class="full">{{ entry.label }}</span>
                @if (entry.short && !beyond(place)) {
                  <span class="short">{{ entry.short }}</span>
                }
              </a>
            </li>
          }
          @if (rest().length) {
            <li class="more">
              <button type="button" [cdkMenuTriggerFor]="others"><fs-icon name="menu" /><span>More</span></button>
            </li>
          }
        </ul>
      }
    </nav>
    <ng-template #others>
      <div class="fs-menu" cdkMenu aria-label="More pages">
        @for (entry of rest(); track entry.path) {
          <a class="fs-menu-item" cdkMenuItem [routerLink]="base() + '/' + entry.path"><fs-icon [name]="entry.icon" />{{ entry.label }}</a>
        }
      </div>
    </ng-template>
  `,
  styleUrl: './navigation.scss',
})
export class Navigation {
  readonly entries = input.required<readonly NavEntry[]>();
  readonly base = input<string>();

  /** Not everybody has a Home: an administrator's first page is another. */
  protected readonly first = computed(() => (this.base() ? [this.base(), this.entries()[0]?.path ?? ''].filter(Boolean).join('/') : '/'));

  /** What stands behind “More” on a phone; when all fit, nothing does. */
  protected readonly rest = computed(() => (this.entries().length > barPlaces + 1 ? this.entries().slice(barPlaces) : []));

  protected beyond(place: number): boolean {
    return this.rest().length > 0 && place >= barPlaces;
  }
}
