import { ChangeDetectionStrategy, Component, computed, effect, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { CurrentSession } from '../ui/current-session';
import { Empty } from '../ui/empty';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { isFor, NAVIGATION } from './house';

/** Where an address without a page leads: to the collaboration of last time, and to the first page its roles use. */
@Component({
  selector: 'fs-landing',
  imports: [Empty, Page, ProblemNotice, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (collaborations.list.error(); as error) {
      <fs-problem [error]="error" [retryable]="true" (retry)="collaborations.list.reload()" />
    } @else if (nothing()) {
      <fs-page heading="Welcome">
        <fs-empty icon="people" heading="Nothing has been shared with you yet" [purpose]="'You are signed in as ' + session.user()?.email + '. Ask the coordinator of your schools to give you a role; it then appears here.'">
          @if (collaborations.roles().has('administrator')) {
            <a class="fs-button primary" routerLink="/collaborations">Set up a collaboration</a>
          }
        </fs-empty>
      </fs-page>
    } @else {
      <fs-skeleton what="your first page" />
    }
  `,
})
export class Landing {
  readonly #router = inject(Router);
  readonly #navigation = inject(NAVIGATION);
  protected readonly collaborations = inject(CurrentCollaboration);
  protected readonly session = inject(CurrentSession);
  readonly collaborationId = input<string>();

  private readonly chosen = computed(() => this.collaborationId() ?? this.collaborations.atHand());
  private readonly first = computed(() => {
    const id = this.chosen();
    const roles = id ? this.session.rolesIn(id) : this.collaborations.roles();
    return this.#navigation.find((entry) => isFor(entry, roles));
  });
  protected readonly nothing = computed(() => this.collaborations.list.hasValue() && (!this.chosen() || !this.first()));

  constructor() {
    effect(() => {
      const id = this.chosen();
      const first = this.first();
      if (!id || !first) return;
      void this.#router.navigateByUrl(`/c/${id}${first.path && `/${first.path}`}`, { replaceUrl: true });
    });
  }
}
