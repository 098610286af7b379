import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { ChargeSharesSchema } from '@fairshare/contract/sharing.js';
import { read } from '../ui/api-client';
import { formatDay } from '../ui/london';
import { MoneyPipe } from '../ui/money';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';

export interface WhyQuestion {
  readonly collaborationId: string;
  readonly chargeId: string;
  readonly urn: string;
  readonly schoolName: string;
}

/** "Why this amount?" of one share: the sentences first, then every figure behind them. */
@Component({
  selector: 'fs-why-dialog',
  imports: [MoneyPipe, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-dialog-body fs-stack">
      <h2 id="fs-why">Why this amount?</h2>
      @if (shares.error(); as error) {
        <fs-problem [error]="error" [retryable]="true" (retry)="shares.reload()" />
      } @else if (share(); as shown) {
        <p>
          <strong>{{ question.schoolName }}</strong> {{ shown.pence < 0 ? 'has back' : 'pays' }} <strong class="fs-number">{{ (shown.pence < 0 ? -shown.pence : shown.pence) | money }}</strong> of {{ description() }}.
        </p>
        <ol class="fs-stack">
          @for (sentence of shown.sentences; track $index) {
            <li>{{ sentence }}</li>
          }
        </ol>
        @if (slices().length) {
          <h3>The figures</h3>
          <div class="fs-table-scroll" tabindex="0" role="region" aria-label="Days, weights and exact pence">
            <table class="fs-table cards">
              <thead>
                <tr>
                  <th scope="col">Days</th>
                  @if (hasParts()) { <th scope="col">Part of the rule</th> }
                  <th scope="col" class="number">Weight</th>
                  <th scope="col" class="number">Of all</th>
                  <th scope="col" class="number">Exact pence</th>
                </tr>
              </thead>
              <tbody>
                @for (slice of slices(); track $index) {
                  <tr>
                    <th scope="row">{{ slice.when }}</th>
                    @if (hasParts()) { <td data-label="Part of the rule">{{ slice.part }}</td> }
                    <td data-label="Weight" class="number">{{ slice.weight }}</td>
                    <td data-label="Of all" class="number">{{ slice.ofWeight }}</td>
                    <td data-label="Exact pence" class="number">{{ slice.exactPence }}</td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        }
        <dl class="facts">
          <div><dt>Exact share</dt><dd class="fs-number">{{ shown.exactPence }} pence</dd></div>
          @if (credit(); as given) {
            <div><dt>Left of this share before</dt><dd class="fs-number">{{ given.leftPence | money }}</dd></div>
            <div><dt>Left of the whole charge before</dt><dd class="fs-number">{{ given.leftOfAllPence | money }}</dd></div>
            <div><dt>Given back in all</dt><dd class="fs-number">{{ given.creditPence | money }}</dd></div>
          } @else {
            <div><dt>Cap or floor</dt><dd>{{ bound() }}</dd></div>
            <div><dt>Odd penny</dt><dd>{{ oddPenny() }}</dd></div>
          }
          <div><dt>Carried from before</dt><dd class="fs-number">{{ shown.carriedBeforePence }} pence</dd></div>
          <div><dt>Carried on</dt><dd class="fs-number">{{ shown.carriedAfterPence }} pence</dd></div>
          <div><dt>Charged</dt><dd class="fs-number">{{ shown.pence | money }}</dd></div>
        </dl>
        <p class="fs-quiet fs-small">The carry is what the school has been rounded down by so far within the agreement. It decides who takes the next odd penny, so that nobody is ever a whole penny out.</p>
      } @else {
        <fs-skeleton what="the explanation" [rows]="5" />
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" cdkFocusInitial (click)="ref.close()">Close</button>
      </div>
    </div>
  `,
  styles: `
    ol { padding-left: 1.5em; margin: 0; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 12px 24px; margin: 0; }
    dt { color: var(--fs-text-soft); font-size: 0.875rem; }
    dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
  `,
})
export class WhyDialog {
  protected readonly question = inject<WhyQuestion>(DIALOG_DATA);
  protected readonly ref = inject(DialogRef);
  protected readonly shares = read(() => `/api/collaborations/${this.question.collaborationId}/charges/${this.question.chargeId}/shares`, ChargeSharesSchema);
  protected readonly share = computed(() => (this.shares.hasValue() ? this.shares.value().items.find(({ urn }) => urn === this.question.urn) : undefined));
  protected readonly description = computed(() => (this.shares.hasValue() ? this.shares.value().charge.description : ''));
  readonly #explanation = computed(() => this.share()?.explanation);
  readonly #division = computed(() => {
    const explanation = this.#explanation();
    return explanation?.kind === 'division' ? explanation.division : undefined;
  });

  protected readonly slices = computed(() =>
    (this.#division()?.slices ?? []).map((slice) => ({
      ...slice,
      when: slice.from && slice.to ? `${formatDay(slice.from)}${slice.to === slice.from ? '' : ` to ${formatDay(slice.to)}`} (${slice.days} ${slice.days === 1 ? 'day' : 'days'})` : 'The whole period',
      part: [slice.group, slice.part].filter(Boolean).join(', '),
    })),
  );
  protected readonly hasParts = computed(() => this.slices().some(({ part }) => part !== ''));
  protected readonly bound = computed(() => {
    const bound = this.#division()?.bound;
    return bound ? `The ${bound} held it` : 'None bound';
  });
  protected readonly oddPenny = computed(() => (this.#division()?.tookOddPenny ? 'Took one' : 'Took none'));
  /** A credit follows what was charged; it is no division of its own. */
  protected readonly credit = computed(() => {
    const explanation = this.#explanation();
    return explanation?.kind === 'credit' ? explanation.credit : undefined;
  });
}
