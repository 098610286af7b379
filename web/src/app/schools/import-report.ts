import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import type { ImportStatus } from '@fairshare/contract/schools.js';
import { Figure } from '../ui/figure';
import { Icon } from '../ui/icon';
import { count } from './school-words';

const pageRows = 100;

/** What an import did, and an error beside each row that it left out. */
@Component({
  selector: 'fs-import-report',
  imports: [Figure, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p role="status">{{ sentence() }}</p>
    @if (status().state === 'done') {
      <div class="fs-figures">
        <fs-figure label="Rows in the file" [value]="count(report().rows)" />
        <fs-figure label="New" [value]="count(report().created)" />
        <fs-figure label="Changed" [value]="count(report().updated)" />
        <fs-figure label="Unchanged" [value]="count(report().unchanged)" />
        <fs-figure label="Left out" [value]="count(report().rejected)" [note]="report().rejected ? 'Each is listed below.' : 'No row was faulty.'" />
      </div>
    }
    @if (report().errors.length) {
      <div class="fs-spread">
        <h3>{{ status().state === 'failed' ? 'Why' : 'Rows that were left out' }}</h3>
        <a class="fs-button" [href]="'/api/imports/' + status().id + '/errors.csv'" download><fs-icon name="download" />Download CSV</a>
      </div>
      <div class="fs-table-scroll" role="region" aria-label="Faulty rows" tabindex="0">
        <table class="fs-table cards">
          <thead><tr><th scope="col" class="number">Row</th><th scope="col">Column</th><th scope="col">What stands there</th><th scope="col">What is wrong</th></tr></thead>
          <tbody>
            @for (error of visible(); track $index) {
              <tr>
                <th scope="row" class="number">Row {{ error.row }}</th><td data-label="Column">{{ error.column || '—' }}</td>
                <td data-label="What stands there"><code>{{ error.value || '(blank)' }}</code></td><td data-label="What is wrong">{{ error.message }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
      @if (visible().length < report().errors.length) {
        <div><button type="button" class="fs-button" (click)="shown.set(shown() + 500)">Show more of {{ count(report().errors.length) }}</button></div>
      }
      @if (report().errorsLeftOff) {
        <p class="fs-quiet">{{ count(report().errorsLeftOff) }} further faults are counted but not listed.</p>
      }
    }
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 16px; }
    code { font: inherit; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
  `,
})
export class ImportReportView {
  readonly status = input.required<ImportStatus>();
  protected readonly count = count;
  protected readonly report = computed(() => this.status().report ?? { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], errorsLeftOff: 0 });
  protected readonly shown = linkedSignal({ source: () => this.status().id, computation: () => pageRows });
  protected readonly visible = computed(() => this.report().errors.slice(0, this.shown()));
  protected readonly sentence = computed(() => {
    const { created, updated, rejected } = this.report();
    if (this.status().state === 'failed') return 'The file could not be imported, and nothing was changed.';
    const what = `${count(created)} new and ${count(updated)} changed schools`;
    const left = rejected ? `; ${count(rejected)} rows ${this.status().dryRun ? 'would be' : 'were'} left out` : '';
    return this.status().dryRun ? `This dry run changed nothing. An import would bring ${what}${left}.` : `The import brought ${what}${left}.`;
  });
}
