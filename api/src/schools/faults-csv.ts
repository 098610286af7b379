import { stringify } from 'csv-stringify/sync';
import type { RowFault } from '@fairshare/contract/schools';

/** The faults as a spreadsheet opens them; a value that begins like a formula stays text. */
export function faultsAsCsv(errors: readonly RowFault[]): string {
  return stringify([...errors], {
    bom: true,
    header: true,
    columns: [
      { key: 'row', header: 'Row' },
      { key: 'column', header: 'Column' },
      { key: 'value', header: 'Value' },
      { key: 'code', header: 'Code' },
      { key: 'message', header: 'What is wrong' },
    ],
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
