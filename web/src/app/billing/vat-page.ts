import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { VatTreatmentsSchema, type VatTreatments } from '@fairshare/contract/books.js';
import { read } from '../ui/api-client';
import { BooksTabs, keepsBooks } from '../ui/books-tabs';
import { CsvButton } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { DateField } from '../ui/date-field';
import { Empty } from '../ui/empty';
import { today } from '../ui/london';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { queryParamSignal } from '../ui/query-param';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { VatDialog } from './vat-dialog';
import { treatmentInWords } from './vat-words';

type Agreement = VatTreatments['items'][number];
type School = Agreement['schools'][number];

/** How each agreement is treated for VAT, school by school, with the reason; a default until somebody chooses otherwise. */
@Component({
  selector: 'fs-vat-page',
  imports: [BooksTabs, CsvButton, DateField, Empty, Page, ProblemNotice, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="VAT" purpose="How each supply is treated, and why. The defaults are no advice: check with your finance adviser.">
      <fs-csv actions name="vat" [header]="csvHeader" [rows]="csvRows" />
      <fs-books-tabs of="books" [collaborationId]="collaborationId()" />
      <fs-date class="on" label="As it is on" [value]="on()" (valueChange)="on.set($event)" />
      @if (vat.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="vat.reload()" />
      } @else if (vat.hasValue()) {
        @if (!vat.value().isRegistered) {
          <p class="fs-row"><fs-state tone="info" word="No VAT number" /><span>The issuer is not registered for VAT and adds none, whatever is chosen here. Its VAT number stands with its bank details, on the page of invoices.</span></p>
        }
        @for (agreement of vat.value().items; track agreement.agreementId) {
          <details class="fs-card">
            <summary>
              <h2>{{ agreement.agreementName }}</h2>
              <span class="fs-quiet fs-small">{{ agreement.serviceName }}, from {{ agreement.supplierName }}</span>
              <span class="words">{{ summary(agreement) }}</span>
            </summary>
            @if (mayChoose()) { <button type="button" class="fs-button" (click)="choose(agreement)">Choose for all schools<span class="fs-hidden"> of {{ agreement.agreementName }}</span></button> }
            <div class="fs-table-scroll" role="region" [attr.aria-label]="'VAT of ' + agreement.agreementName" tabindex="0">
              <table class="fs-table cards">
                <thead><tr><th scope="col">School</th><th scope="col">Treatment</th><th scope="col">Why</th><th scope="col"><span class="fs-hidden">Choose</span></th></tr></thead>
                <tbody>
                  @for (school of agreement.schools; track school.urn) {
                    <tr>
                      <th scope="row">{{ school.schoolName }}<br /><span class="fs-quiet fs-small">{{ school.kind === 'academy' ? 'Academy' : 'Maintained' }}</span></th>
                      <td data-label="Treatment">{{ inWords(school) }}@if (school.isChosen) { <fs-state tone="info" word="Chosen" /> }</td>
                      <td data-label="Why" class="fs-small">{{ school.words }}</td>
                      <td class="actions">
                        @if (mayChoose() && school.reason !== 'billing.own-share') { <button type="button" class="fs-button link" (click)="choose(agreement, school)">Choose<span class="fs-hidden"> for {{ school.schoolName }}</span></button> }
                      </td>
                    </tr>
                  }
                </tbody>
              </table>
            </div>
          </details>
        } @empty {
          <fs-empty icon="agreement" heading="No agreement on that day" purpose="As soon as the schools have an agreement, how it is treated for VAT stands here." />
        }
      } @else {
        <fs-skeleton what="VAT" />
      }
    </fs-page>
  `,
  styles: `
    .on { display: block; max-width: 240px; }
    details { padding-block: 16px; }
    details + details { margin-top: -16px; }
    summary { cursor: pointer; }
    summary h2 { display: inline; font-size: 1.0625rem; margin-right: 8px; }
    .words { display: block; padding-left: 18px; }
    details > button { margin: 12px 0; }
  `,
})
export class VatPage {
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly on = queryParamSignal('on', today());
  protected readonly inWords = treatmentInWords;
  protected readonly vat = read(() => `/api/collaborations/${this.collaborationId()}/vat-treatments?on=${this.on()}`, VatTreatmentsSchema);
  protected readonly mayChoose = computed(() => keepsBooks(this.#session, this.collaborationId()));
  protected readonly csvHeader = ['Agreement', 'Service', 'Supplier', 'School', 'URN', 'Treatment', 'Rate %', 'Chosen', 'Why'];
  protected readonly csvRows = () =>
    (this.vat.hasValue() ? this.vat.value().items : []).flatMap((agreement) =>
      agreement.schools.map((s) => [agreement.agreementName, agreement.serviceName, agreement.supplierName, s.schoolName, s.urn, treatmentInWords(s), s.basisPoints / 100, s.isChosen ? 'yes' : 'no', s.words]));

  /** "Outside the scope for 9 schools, Exempt for 1 school": the schools one by one are below it. */
  protected summary({ schools }: Agreement): string {
    const counts = new Map<string, number>();
    for (const school of schools) counts.set(treatmentInWords(school), (counts.get(treatmentInWords(school)) ?? 0) + 1);
    return [...counts].map(([words, count]) => `${words} for ${count} ${count === 1 ? 'school' : 'schools'}`).join(', ');
  }

  protected choose(agreement: Agreement, school?: School): void {
    const data = { collaborationId: this.collaborationId(), agreement, school, on: this.on() };
    this.#dialog.open<boolean>(VatDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-vat' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Chosen; invoices drafted from now on follow it');
      this.vat.reload();
    });
  }
}
