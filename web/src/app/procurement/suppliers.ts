import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { BankDetailsSchema, SupplierListSchema, type BankDetails, type SupplierEntry } from '@fairshare/contract/procurement.js';
import { firstValueFrom } from 'rxjs';
import { Approvals } from '../ui/approvals';
import { ApiClient, read } from '../ui/api-client';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { Problem } from '../ui/problem';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { AgreementTabs } from './agreement-tabs';
import { supplierKindNames } from './procurement-words';
import { SupplierDialog, type SupplierChoice } from './supplier-dialog';

/** Who is paid for the services. */
@Component({
  selector: 'fs-suppliers',
  imports: [AgreementTabs, Approvals, Empty, Icon, Page, ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Suppliers" purpose="Who is paid for a service: a company, a local authority, a self-employed specialist, or a member school whose employee delivers it.">
      @if (mayChange()) {
        <button actions type="button" class="fs-button primary" (click)="edit(null)"><fs-icon name="plus" />Add a supplier</button>
      }
      <fs-agreement-tabs [collaborationId]="collaborationId()" />
      <fs-approvals [collaborationId]="collaborationId()" [kinds]="['procurement.bank-details']" (approved)="suppliers.reload()" />
      @if (suppliers.error(); as error) {
        <fs-problem [error]="error" [retryable]="true" (retry)="suppliers.reload()" />
      } @else if (suppliers.hasValue()) {
        @if (suppliers.value().items.length) {
          <div class="fs-table-scroll">
            <table class="fs-table cards">
              <thead><tr><th scope="col">Supplier</th><th scope="col">Kind</th><th scope="col">E-mail</th><th scope="col">VAT number</th><th scope="col">Bank details</th><th scope="col"><span class="fs-hidden">Change</span></th></tr></thead>
              <tbody>
                @for (supplier of suppliers.value().items; track supplier.id) {
                  <tr>
                    <th scope="row">{{ supplier.name }}</th>
                    <td data-label="Kind">{{ kinds[supplier.kind] }}{{ supplier.schoolName ? ': ' + supplier.schoolName : '' }}</td>
                    <td data-label="E-mail">{{ supplier.email ?? '–' }}</td>
                    <td data-label="VAT number">{{ supplier.vatNumber ?? 'Not registered' }}</td>
                    <td data-label="Bank details" class="fs-number">
                      @if (supplier.bankDetails; as bank) {
                        @let whole = opened().get(supplier.id);
                        {{ bank.accountName }}, {{ whole?.sortCode ?? bank.sortCode }} {{ whole?.accountNumber ?? bank.accountNumber }}
                        @if (!whole) {
                          <button type="button" class="fs-button quiet small" [attr.aria-label]="'Show the whole account of ' + supplier.name" (click)="show(supplier)">Show</button>
                        }
                      } @else {
                        –
                      }
                    </td>
                    <td class="actions">
                      @if (mayChange()) {
                        <button type="button" class="fs-button small" [attr.aria-label]="'Change ' + supplier.name" (click)="edit(supplier)">Change</button>
                      }
                    </td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        } @else {
          <fs-empty icon="people" heading="No suppliers yet" purpose="Add whoever delivers for the schools and is paid for it. A member school counts when its own employee works for the others.">
            @if (mayChange()) {
              <button type="button" class="fs-button primary" (click)="edit(null)">Add the first supplier</button>
            }
          </fs-empty>
        }
      } @else {
        <fs-skeleton what="suppliers" [rows]="5" />
      }
    </fs-page>
  `,
})
export class Suppliers {
  readonly collaborationId = input.required<string>();
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly #here = inject(CurrentCollaboration);
  readonly #api = inject(ApiClient);
  /** Whole accounts that were asked for; each asking stands on the trail. */
  protected readonly opened = signal<ReadonlyMap<string, BankDetails>>(new Map());
  protected readonly mayChange = computed(() => this.#here.roles().has('coordinator'));
  protected readonly suppliers = read(() => `/api/collaborations/${this.collaborationId()}/suppliers?size=200`, SupplierListSchema);
  protected readonly kinds = supplierKindNames;

  protected async show({ id }: SupplierEntry): Promise<void> {
    try {
      const whole = await this.#api.get(`/api/collaborations/${this.collaborationId()}/suppliers/${id}/bank-details`, BankDetailsSchema);
      this.opened.update((opened) => new Map([...opened, [id, { ...whole, sortCode: whole.sortCode.replace(/(\d\d)(?=\d)/g, '$1-') }]]));
    } catch (error) {
      this.#toast.show(Problem.of(error).detail ?? 'The account could not be shown', { tone: 'bad' });
    }
  }

  protected async edit(supplier: SupplierEntry | null): Promise<void> {
    const data: SupplierChoice = { collaborationId: this.collaborationId(), supplier };
    const ref = this.#dialog.open<SupplierEntry, SupplierChoice>(SupplierDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-supplier-title' });
    const saved = await firstValueFrom(ref.closed);
    if (!saved) return;
    this.suppliers.reload();
    this.#toast.show(supplier ? `${saved.name} changed` : `${saved.name} added`);
  }
}
