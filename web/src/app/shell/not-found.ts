import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Page } from '../ui/page';

@Component({
  selector: 'fs-not-found',
  imports: [Page, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="There is nothing here" purpose="The address may be mistyped, or what it named is not yours to see.">
      <p class="fs-row">
        <a class="fs-button primary" routerLink="/">Go to the first page</a>
        <span class="fs-quiet">or press <kbd>Ctrl</kbd> <kbd>K</kbd> to search.</span>
      </p>
    </fs-page>
  `,
})
export class NotFound {}
