import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink, RouterLinkActive, type IsActiveMatchOptions } from '@angular/router';

/** A page beside others; its address has a bookmark of its own. */
export interface Tab {
  readonly label: string;
  readonly link: string;
}

/** Pages that belong together, side by side. On a narrow screen the row scrolls, and the page that is open is in sight. */
@Component({
  selector: 'fs-tabs',
  imports: [RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <nav class="fs-tabs fs-no-print" [attr.aria-label]="name()" #row>
      @for (tab of tabs(); track tab.link) {
        <a
          [routerLink]="tab.link"
          [queryParams]="queryParams()"
          routerLinkActive="active"
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="exactly"
          (isActiveChange)="$event && bringIntoSight(row, link)"
          #link
          >{{ tab.label }}</a
        >
      }
    </nav>
  `,
  styles: ':host { display: block; min-width: 0; }',
})
export class Tabs {
  readonly name = input.required<string>();
  readonly tabs = input.required<readonly Tab[]>();
  /** What stays the same from tab to tab. */
  readonly queryParams = input<Readonly<Record<string, string>>>({});
  /** A filter in the address is still the same tab. */
  protected readonly exactly: IsActiveMatchOptions = { paths: 'exact', queryParams: 'ignored', matrixParams: 'ignored', fragment: 'ignored' };

  protected bringIntoSight(row: HTMLElement, link: HTMLElement): void {
    row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  }
}
