import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AgreementListSchema } from '@fairshare/contract/agreements.js';
import { ServiceListSchema, type ServiceEntry } from '@fairshare/contract/procurement.js';
import { firstValueFrom } from 'rxjs';
import { read } from '../ui/api-client';
import { CurrentCollaboration } from '../ui/current-collaboration';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icon';
import { Page } from '../ui/page';
import { ProblemNotice } from '../ui/problem-notice';
import { Skeleton } from '../ui/skeleton';
import { Toast } from '../ui/toast';
import { AgreementTabs } from './agreement-tabs';
import { serviceKindNames } from './procurement-words';
import { ServiceDialog, type ServiceChoice } from './service-dialog';
import { ServiceLabel } from './service-label';

/** The catalogue: what the collaboration can buy, each in its colour. */
@Component({
  selector: 'fs-catalogue',
  imports: [AgreementTabs, Empty, Icon, Page, ProblemNotice, RouterLink, ServiceLabel, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-page heading="Services" purpose="What this collaboration can buy. Each service has a colour, so that the calendar can be read at a glance.">
      @if (mayChange()) {
        <button actions type="button" class="fs-button primary" (click)="edit(null)"><fs-icon name="plus" />Add a service</button>
      }
      <fs-agreement-tabs [collaborationId]="collaborationId()" />
      @if (services.error(); as error) {
        <fs-problem [error]="error" [retryable]="true" (retry)="services.reload()" />
      } @else if (services.hasValue()) {
        @if (services.value().items.length) {
          <div class="fs-table-scroll">
            <table class="fs-table cards">
              <thead><tr><th scope="col">Service</th><th scope="col">Kind</th><th scope="col">For</th><th scope="col">Agreements</th><th scope="col"><span class="fs-hidden">Change</span></th></tr></thead>
              <tbody>
                @for (service of services.value().items; track service.id) {
                  <tr>
                    <th scope="row"><fs-service-label [name]="service.name" [colour]="service.colour" /></th>
                    <td data-label="Kind">{{ kinds[service.kind] }}</td>
                    <td data-label="For">{{ service.forStaff ? 'Staff; INSET days too' : 'Pupils' }}</td>
                    <td data-label="Agreements">
                      @for (one of under(service.id); track one.id) {
                        <a [routerLink]="['/c', collaborationId(), 'agreements', one.id]">{{ one.name }}</a>@if (!$last) {, }
                      } @empty {
                        <span class="fs-quiet">None yet</span>
                      }
                    </td>
                    <td class="actions">
                      @if (mayChange()) {
                        <button type="button" class="fs-button small" [attr.aria-label]="'Change ' + service.name" (click)="edit(service)">Change</button>
                      }
                    </td>
                  </tr>
                }
              </tbody>
            </table>
          </div>
        } @else {
          <fs-empty icon="list" heading="No services yet" purpose="Counselling, educational psychology, a shared business manager: name what you buy together, then make an agreement for it.">
            @if (mayChange()) {
              <button type="button" class="fs-button primary" (click)="edit(null)">Add the first service</button>
            }
          </fs-empty>
        }
      } @else {
        <fs-skeleton what="services" [rows]="5" />
      }
    </fs-page>
  `,
})
export class Catalogue {
  readonly collaborationId = input.required<string>();
  readonly #dialog = inject(Dialog);
  readonly #toast = inject(Toast);
  readonly #here = inject(CurrentCollaboration);
  protected readonly mayChange = computed(() => this.#here.roles().has('coordinator'));
  protected readonly services = read(() => `/api/collaborations/${this.collaborationId()}/services?size=200`, ServiceListSchema);
  protected readonly agreements = read(() => `/api/collaborations/${this.collaborationId()}/agreements?size=200`, AgreementListSchema);
  protected readonly kinds = serviceKindNames;

  protected under(serviceId: string) {
    return this.agreements.hasValue() ? this.agreements.value().items.filter((one) => one.service.id === serviceId && one.state !== 'ended') : [];
  }

  protected async edit(service: ServiceEntry | null): Promise<void> {
    const data: ServiceChoice = { collaborationId: this.collaborationId(), service };
    const ref = this.#dialog.open<ServiceEntry, ServiceChoice>(ServiceDialog, { data, panelClass: 'fs-dialog', ariaLabelledBy: 'fs-service-title' });
    const saved = await firstValueFrom(ref.closed);
    if (!saved) return;
    this.services.reload();
    this.#toast.show(service ? `${saved.name} changed` : `${saved.name} added`);
  }
}
