import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { WorklistSchema } from '@fairshare/contract/board.js';
import { read } from '../ui/api-client';
import { formatDay } from '../ui/london';
import { Icon } from '../ui/icon';

/** How many sessions the world has overtaken, and the first deadline; nothing is shown when nothing waits. */
@Component({
  selector: 'fs-home-replanning',
  imports: [Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (words(); as shown) {
      <section class="fs-card fs-spread" aria-labelledby="home-replanning">
        <h2 id="home-replanning"><fs-icon name="alert" /> {{ shown }}</h2>
        <a class="fs-button primary" [routerLink]="['/c', collaborationId(), 'calendar', 'replanning']">Find other times</a>
      </section>
    }
  `,
  styles: 'h2 { font-size: 1.0625rem; } fs-icon { color: var(--fs-bad); }',
})
export class HomeReplanning {
  readonly collaborationId = input.required<string>();
  readonly #list = read(() => `/api/collaborations/${this.collaborationId()}/replanning`, WorklistSchema);
  protected readonly words = computed(() => {
    const items = this.#list.hasValue() ? this.#list.value().items : [];
    const [first] = items;
    if (!first) return '';
    const due = first.dueOn ? `, the first by ${formatDay(first.dueOn)}` : '';
    return `${items.length} ${items.length === 1 ? 'session needs' : 'sessions need'} re-planning${due}`;
  });
}
