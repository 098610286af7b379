/** A record behind a figure, so that it can be opened. */
export interface WorkingsRecord {
  readonly kind: 'booking' | 'charge' | 'agreement' | 'instalment' | 'school';
  readonly id: string;
}

/** How a figure came about: the formula as a sentence, and the records that went into it, written for reading. */
export interface Workings {
  readonly title: string;
  readonly formula: string;
  readonly columns: readonly { readonly label: string; readonly number: boolean }[];
  /** One array of cells a record, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  readonly total: readonly string[] | null;
  readonly records: readonly WorkingsRecord[];
  /** How many records were left off to keep the list readable; they are counted in the total. */
  readonly leftOff: number;
}

interface Table<Row> {
  readonly title: string;
  readonly formula: string;
  /** The label, whether it is a figure, and what stands in the cell. */
  readonly columns: readonly (readonly [label: string, number: boolean, cell: (row: Row) => string])[];
  readonly rows: readonly Row[];
  readonly total?: readonly string[];
  readonly record?: (row: Row) => WorkingsRecord;
}

/** As many records as a person reads; the total counts the others too. */
const mostRows = 200;

export function workingsOf<Row>({ title, formula, columns, rows, total, record }: Table<Row>): Workings {
  const shown = rows.slice(0, mostRows);
  return {
    title,
    formula,
    columns: columns.map(([label, number]) => ({ label, number })),
    rows: shown.map((row) => columns.map(([, , cell]) => cell(row))),
    total: total ?? null,
    records: record ? shown.map(record) : [],
    leftOff: rows.length - shown.length,
  };
}
