import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { AgreementDetail } from '@fairshare/contract/agreements.js';
import type { CredentialEntry, SpecialistEntry } from '@fairshare/contract/procurement.js';
import { DayPipe } from '../ui/day';
import { MoneyPipe } from '../ui/money';
import { State } from '../ui/state';
import { bandsInWords, baselineNames, credentialNames, lengthInWords, listed, minutesAsTime, noticeInWords, standings, unitName, unitsInWords } from './procurement-words';

/** The terms of an agreement as one would tell them to a colleague. */
@Component({
  selector: 'fs-agreement-terms',
  imports: [DayPipe, MoneyPipe, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @let one = agreement();
    <section class="fs-card fs-stack" aria-labelledby="terms-heading">
      <h2 id="terms-heading">Terms</h2>
      <dl>
        <dt>Term</dt>
        <dd>{{ one.startsOn | day }} – {{ one.endsOn | day }}. Notice has to be given by {{ one.noticeBy | day }}.</dd>
        <dt>Prices</dt>
        <dd>
          @for (price of one.prices; track price.from) {
            <p>From {{ price.from | day }}: {{ price.pence | money }} per {{ unit() }}</p>
          } @empty {
            <p>Everything is paid by the retainer.</p>
          }
          @if (mayChange()) {
            <button type="button" class="fs-button link" (click)="newPrice.emit()">Agree a new price</button>
          }
        </dd>
        @if (one.minimumCommitmentMilliunits !== null) {
          <dt>Minimum commitment</dt>
          <dd>{{ commitment() }} over the term are paid for, used or not.</dd>
        }
        <dt>Specialists</dt>
        <dd>
          @for (specialist of specialists(); track specialist.id) {
            <p>{{ specialist.name }} <fs-state [tone]="standings[specialist.standing].tone" [word]="standings[specialist.standing].word" /></p>
          } @empty {
            <p>Nobody is named yet, so that nothing can be booked. Edit the agreement to name somebody.</p>
          }
        </dd>
        <dt>Sessions</dt>
        <dd>{{ lengths() }} Mornings are {{ time(one.morning.startMinute) }}–{{ time(one.morning.endMinute) }}, afternoons {{ time(one.afternoon.startMinute) }}–{{ time(one.afternoon.endMinute) }}.</dd>
        <dt>Booking ahead</dt>
        <dd>{{ notice() }} At most {{ one.horizonDays }} days ahead.{{ one.needsApproval ? ' A head or the coordinator approves each booking.' : '' }}</dd>
        <dt>Beyond what was bought</dt>
        <dd>{{ one.payAsYouGo ? 'Pay as you go: sessions beyond the entitlement are charged at the price.' : 'Only what was bought in advance can be booked.' }}</dd>
        <dt>Cancelling</dt>
        <dd>
          @for (band of bands(); track band) {
            <p>{{ band }}</p>
          }
        </dd>
        <dt>After a session</dt>
        <dd>{{ one.objectionDays === 0 ? 'What the specialist says was delivered is final.' : 'Schools may object within ' + one.objectionDays + ' working days.' }}</dd>
        <dt>Credentials asked for</dt>
        <dd>{{ credentials() }}</dd>
        @if (one.baseline; as baseline) {
          <dt>Saving is measured against</dt>
          <dd>{{ baseline.name }}: {{ baseline.pricePence | money }}{{ one.priceBasis === 'retainer' ? ' for the term' : ' per ' + unit() }}, {{ methods[baseline.method] }}.</dd>
        }
      </dl>
    </section>
  `,
  styles: `
    dl { display: grid; grid-template-columns: minmax(140px, 220px) minmax(0, 1fr); gap: 12px 24px; }
    dt { color: var(--fs-text-soft); }
    dd { margin: 0; }
    @media (max-width: 600px) { dl { grid-template-columns: minmax(0, 1fr); gap: 4px; } dd { margin-bottom: 12px; } }
  `,
})
export class AgreementTerms {
  readonly agreement = input.required<AgreementDetail>();
  readonly specialists = input<readonly SpecialistEntry[]>([]);
  readonly mayChange = input(false);
  readonly newPrice = output();
  protected readonly standings = standings;
  protected readonly methods = baselineNames;
  protected readonly time = minutesAsTime;

  protected readonly unit = computed(() => {
    const { priceBasis, unit } = this.agreement();
    return unitName(priceBasis === 'retainer' ? unit : priceBasis);
  });
  protected readonly commitment = computed(() => unitsInWords(this.agreement().minimumCommitmentMilliunits ?? 0, this.agreement().unit));
  protected readonly bands = computed(() => bandsInWords(this.agreement().cancellationBands));
  protected readonly notice = computed(() => noticeInWords(this.agreement().minimumNotice));
  protected readonly lengths = computed(() => {
    const { lengthsMinutes, stepMinutes } = this.agreement();
    const lengths = lengthsMinutes.length ? `${listed(lengthsMinutes.map(lengthInWords))}.` : 'Of any length.';
    return `${lengths} ${stepMinutes === null ? 'They begin where a half day begins.' : `They begin every ${lengthInWords(stepMinutes)}.`}`;
  });
  protected readonly credentials = computed(() => {
    const { requiredCredentials } = this.agreement();
    if (requiredCredentials === null) return 'Every one on record for the specialist has to be valid on the day.';
    if (requiredCredentials.length === 0) return 'None.';
    return `${listed(requiredCredentials.map((type) => credentialNames[type as CredentialEntry['type']] ?? type))}, valid on the day.`;
  });
}
