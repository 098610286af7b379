import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from './icon';
import { saveFile } from './save-file';

export type CsvCell = string | number | null | undefined;
export type CsvRows = readonly (readonly CsvCell[])[];

/** An amount below zero begins like a formula and is none. */
const isAmount = (value: string) => /^-?\d+(\.\d+)?$/.test(value);

/** A cell that a spreadsheet cannot take for a formula: text that starts like one gets an apostrophe first. */
function cellOf(value: CsvCell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !isAmount(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV with a byte-order mark, so that Excel reads it as UTF-8. */
export function toCsv(header: readonly string[], rows: CsvRows): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

/** Downloads what a table shows: `<fs-csv name="shared-costs" [header]="header" [rows]="rows" />`. */
@Component({
  selector: 'fs-csv',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<button type="button" class="fs-button" (click)="download()"><fs-icon name="download" />{{ label() }}</button>`,
})
export class CsvButton {
  readonly name = input.required<string>();
  readonly header = input.required<readonly string[]>();
  /** A function is asked only when somebody downloads; it may fetch what the page does not show. */
  readonly rows = input.required<CsvRows | (() => CsvRows | Promise<CsvRows>)>();
  readonly label = input('Download CSV');

  protected async download(): Promise<void> {
    const rows = this.rows();
    const csv = toCsv(this.header(), typeof rows === 'function' ? await rows() : rows);
    saveFile(`${this.name()}.csv`, csv, 'text/csv;charset=utf-8');
  }
}
