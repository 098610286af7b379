import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { DisputesSchema } from '@fairshare/contract/books.js';
import { read } from '../ui/api-client';
import { MoneyPipe } from '../ui/money';
import { State } from '../ui/state';

/** Disputes that wait for a decision; nothing when there are none. */
@Component({
  selector: 'fs-home-disputes',
  imports: [MoneyPipe, RouterLink, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (disputes.hasValue() && disputes.value().total > 0) {
      <section class="fs-card fs-stack" aria-labelledby="home-disputes">
        <div class="fs-spread"><h2 id="home-disputes">Disputes to decide</h2><fs-state tone="warn" [word]="disputes.value().total + ' open'" /></div>
        @for (dispute of disputes.value().items; track dispute.id) {
          <p class="fs-spread"><span>{{ dispute.schoolName }}: {{ dispute.description }}</span><span class="fs-number">{{ dispute.leftPence | money }}</span></p>
        }
        <a [routerLink]="['/c', collaborationId(), 'disputes']">Look at them and decide</a>
      </section>
    }
  `,
})
export class HomeDisputes {
  readonly collaborationId = input.required<string>();
  protected readonly disputes = read(() => `/api/collaborations/${this.collaborationId()}/disputes?state=open&size=5`, DisputesSchema);
}
