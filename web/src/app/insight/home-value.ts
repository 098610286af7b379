import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ValueForMoneySchema } from '@fairshare/contract/insight.js';
import { read } from '../ui/api-client';
import { Figure } from '../ui/figure';
import { today } from '../ui/london';
import { Skeleton } from '../ui/skeleton';
import { answer, headlines, schoolYearStart } from './value-words';

/** A head's ten seconds: whether it is worth it, in one sentence and five figures of this school year. */
@Component({
  selector: 'fs-home-value',
  imports: [Figure, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="fs-stack" aria-labelledby="home-value">
      <div class="fs-spread">
        <h2 id="home-value">Is it worth it?</h2>
        <a [routerLink]="['/c', collaborationId(), 'value-for-money']">Value for money in full</a>
      </div>
      @if (value.hasValue()) {
        <p>{{ answer(value.value()) }}</p>
        <div class="fs-figures">
          @for (figure of figures(); track figure.label) {
            <fs-figure [label]="figure.label" [value]="figure.value" [note]="figure.note" [workings]="figure.workings" />
          }
        </div>
      } @else if (!value.error()) {
        <fs-skeleton what="the figures" [rows]="3" />
      }
    </section>
  `,
})
export class HomeValue {
  readonly collaborationId = input.required<string>();
  protected readonly answer = answer;
  protected readonly value = read(() => `/api/collaborations/${this.collaborationId()}/value-for-money?from=${schoolYearStart(today())}&to=${today()}`, ValueForMoneySchema);
  protected readonly figures = computed(() => (this.value.hasValue() ? headlines(this.value.value()) : []));
}
