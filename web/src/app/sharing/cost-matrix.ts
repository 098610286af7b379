import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { SharedCosts } from '@fairshare/contract/sharing.js';
import { CsvButton } from '../ui/csv-button';
import { MoneyPipe } from '../ui/money';

/** Schools × services; every row and column adds up. */
@Component({
  selector: 'fs-cost-matrix',
  imports: [CsvButton, MoneyPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-spread">
      <p class="fs-quiet">{{ sentence() }}</p>
      <fs-csv name="schools-and-services" [header]="header()" [rows]="rows" />
    </div>
    <div class="fs-table-scroll" role="region" aria-label="Schools and services" tabindex="0">
      <table class="fs-table">
        <caption class="fs-hidden">What each school pays for each service</caption>
        <thead>
          <tr>
            <th scope="col">School</th>
            @for (service of costs().services; track service.id) {
              <th scope="col" class="number">{{ service.name }}</th>
            }
            <th scope="col" class="number">In all</th>
          </tr>
        </thead>
        <tbody>
          @for (school of table(); track school.urn) {
            <tr>
              <th scope="row">{{ school.name }}</th>
              @for (pence of school.cells; track $index) {
                <td class="number">{{ pence === 0 ? '–' : (pence | money) }}</td>
              }
              <td class="number"><strong>{{ school.pence | money }}</strong></td>
            </tr>
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All schools</th>
            @for (service of costs().services; track service.id) {
              <td class="number">{{ service.pence | money }}</td>
            }
            <td class="number">{{ costs().sharedPence | money }}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 16px; }
    thead th.number { white-space: normal; min-width: 100px; }
    tbody th { min-width: 150px; }
  `,
})
export class CostMatrix {
  readonly costs = input.required<SharedCosts>();
  protected readonly table = computed(() =>
    this.costs().schools.map((school) => ({ ...school, cells: this.costs().services.map(({ id }) => school.services.find(({ serviceId }) => serviceId === id)?.pence ?? 0) })),
  );
  protected readonly sentence = computed(() => {
    const { schools, services, unsharedCharges } = this.costs();
    const waiting = unsharedCharges > 0 ? ` ${unsharedCharges} ${unsharedCharges === 1 ? 'charge waits' : 'charges wait'} to be shared and ${unsharedCharges === 1 ? 'is' : 'are'} not in it.` : '';
    return `${schools.length} ${schools.length === 1 ? 'school' : 'schools'} and ${services.length} ${services.length === 1 ? 'service' : 'services'}.${waiting}`;
  });
  protected readonly header = computed(() => ['School', 'URN', ...this.costs().services.map(({ name }) => `${name} in pounds`), 'In all in pounds']);
  protected readonly rows = () => this.table().map((school) => [school.name, school.urn, ...school.cells.map((pence) => (pence / 100).toFixed(2)), (school.pence / 100).toFixed(2)]);
}
