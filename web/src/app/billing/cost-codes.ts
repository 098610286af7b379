import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { CostCodesSchema, type CostCodes } from '@fairshare/contract/books.js';
import { read } from '../ui/api-client';
import { BooksTabs, keepsBooks } from '../ui/books-tabs';
import { CsvButton } from '../ui/csv-button';
import { CurrentSession } from '../ui/current-session';
import { Empty } from '../ui/empty';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { State } from '../ui/state';
import { Toast } from '../ui/toast';
import { CostCodeDialog } from './cost-code-dialog';

export type CodedService = CostCodes['items'][number];
export type SchoolKind = 'maintained' | 'academy';

/** Under which code schools report each service: maintained schools by CFR, academies by AAR. */
@Component({
  selector: 'fs-cost-codes',
  imports: [BooksTabs, CsvButton, Empty, Page, ProblemNotice, RouterLink, Skeleton, State],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Return codes" purpose="Under which code schools report each service: maintained schools by CFR, academies by the accounts return (AAR).">
      <fs-csv actions name="return-codes" [header]="csvHeader" [rows]="csvRows" />
      <fs-books-tabs of="books" [collaborationId]="collaborationId()" />
      <p class="fs-quiet">Proposals by the kind of service, until somebody chooses. Invoices that are issued keep the code they have. <a [routerLink]="['/c', collaborationId(), 'my-school', 'year']">A school’s year by codes</a></p>
      @if (codes.error(); as problem) {
        <fs-problem [error]="problem" [retryable]="true" (retry)="codes.reload()" />
      } @else if (codes.hasValue()) {
        @if (codes.value().items.length) {
          <div class="fs-table-scroll" role="region" aria-label="Codes by service" tabindex="0">
            <table class="fs-table cards">
              <thead><tr><th scope="col">Service</th><th scope="col">Maintained schools (CFR)</th><th scope="col">Academies (AAR)</th></tr></thead>
              <tbody>
                @for (service of codes.value().items; track service.serviceId) {
                  <tr>
                    <th scope="row">{{ service.serviceName }}</th>
                    @for (kind of kinds; track kind[0]) {
                      <td [attr.data-label]="kind[1]">
                        <strong>{{ service[kind[0]].code }}</strong>
                        @if (service[kind[0]].isChosen) { <fs-state tone="info" word="Chosen" /> }
                        @if (service[kind[0]].name !== service[kind[0]].code) { <br /><span class="fs-quiet fs-small">{{ service[kind[0]].name }}</span> }
                        @if (mayChoose()) { <br /><button type="button" class="fs-button link fs-small" (click)="choose(service, kind[0])">Change<span class="fs-hidden"> {{ service.serviceName }}, {{ kind[1] }}</span></button> }
                      </td>
                    }
                  </tr>
                }
              </tbody>
            </table>
          </div>
        } @else {
          <fs-empty icon="agreement" heading="No service yet" purpose="Services stand here as soon as the schools have an agreement about them." />
        }
      } @else {
        <fs-skeleton what="codes" />
      }
    </fs-page>
  `,
})
export class CostCodesPage {
  readonly #dialog = inject(Dialog);
  readonly #session = inject(CurrentSession);
  readonly #toast = inject(Toast);
  readonly collaborationId = input.required<string>();
  protected readonly kinds: readonly (readonly [SchoolKind, string])[] = [['maintained', 'CFR'], ['academy', 'AAR']];
  protected readonly codes = read(() => `/api/collaborations/${this.collaborationId()}/cost-codes`, CostCodesSchema);
  protected readonly mayChoose = computed(() => keepsBooks(this.#session, this.collaborationId()));
  protected readonly csvHeader = ['Service', 'CFR code', 'CFR name', 'AAR code', 'AAR name'];
  protected readonly csvRows = () => (this.codes.hasValue() ? this.codes.value().items : []).map((s) => [s.serviceName, s.maintained.code, s.maintained.name, s.academy.code, s.academy.name]);

  protected choose(service: CodedService, schoolKind: SchoolKind): void {
    const data = { collaborationId: this.collaborationId(), service, schoolKind };
    this.#dialog.open<boolean>(CostCodeDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-code' }).closed.subscribe((done) => {
      if (!done) return;
      this.#toast.show('Changed; invoices drafted from now on have it');
      this.codes.reload();
    });
  }
}
