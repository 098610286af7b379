import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

/** How a number came about: the formula as a sentence, and the records that went into it. */
export interface Workings {
  readonly title: string;
  /** “£9,000.00 over 365 days, divided equally among the members of each day.” */
  readonly formula: string;
  readonly columns: readonly WorkingsColumn[];
  /** One array of written cells a record, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  readonly total?: readonly string[];
}

export interface WorkingsColumn {
  readonly label: string;
  readonly number?: boolean;
}

@Component({
  selector: 'fs-workings-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="fs-dialog-body">
      <h2 id="fs-workings-title">{{ workings.title }}</h2>
      <p>{{ workings.formula }}</p>
      @if (workings.rows.length) {
        <div class="fs-table-scroll" tabindex="0" role="region" aria-label="The records behind it">
          <table class="fs-table cards">
            <thead>
              <tr>
                @for (column of workings.columns; track $index) {
                  <th scope="col" [class.number]="column.number">{{ column.label }}</th>
                }
              </tr>
            </thead>
            <tbody>
              @for (row of workings.rows; track $index) {
                <tr>
                  @for (cell of row; track $index) {
                    <td [class.number]="workings.columns[$index]?.number" [attr.data-label]="workings.columns[$index]?.label">{{ cell }}</td>
                  }
                </tr>
              }
            </tbody>
            @if (workings.total; as total) {
              <tfoot>
                <tr>
                  @for (cell of total; track $index) {
                    <td [class.number]="workings.columns[$index]?.number" [attr.data-label]="workings.columns[$index]?.label">{{ cell }}</td>
                  }
                </tr>
              </tfoot>
            }
          </table>
        </div>
      }
      <div class="fs-dialog-actions">
        <button type="button" class="fs-button" (click)="ref.close()">Close</button>
      </div>
    </div>
  `,
})
export class WorkingsDialog {
  protected readonly workings = inject<Workings>(DIALOG_DATA);
  protected readonly ref = inject(DialogRef);
}
