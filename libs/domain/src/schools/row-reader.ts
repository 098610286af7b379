import type { DateOnly } from '../kernel/period.js';
import { isDateOnly } from '../kernel/period.js';

export type RowFaultCode =
  | 'schools.bad-postcode'
  | 'schools.closed-before-opened'
  | 'schools.duplicate-urn'
  | 'schools.empty-name'
  | 'schools.impossible-date'
  | 'schools.its-own-successor'
  | 'schools.negative-number'
  | 'schools.not-a-number'
  | 'schools.number-too-large'
  | 'schools.too-few-columns'
  | 'schools.too-long'
  | 'schools.too-many-columns'
  | 'schools.unknown-status'
  | 'schools.wrong-code'
  | 'schools.wrong-urn';

/** Why a row is left out: which column, what stands in it, and a sentence that says what is wrong. */
export interface CellFault {
  readonly column: string;
  readonly value: string;
  readonly code: RowFaultCode;
  readonly message: string;
}

/** Where a column of the file is, and what its header calls it there. */
export interface Column {
  readonly index: number;
  readonly name: string;
}

const longestText = 500;
/** A hundred thousand pupils; the largest school has a few thousand. */
const mostThousandths = 100_000_000;

const postcodePattern = /^(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})$/;

/** Two or more spaces, and the unbreakable ones that spreadsheets leave, are one. */
const tidy = (text: string) => (/[\s\u00a0]/.test(text) ? text.replaceAll(/[\s\u00a0]+/g, ' ').trim() : text);

/**
 * Reads the cells of one row and collects every fault, so that nobody repairs a file one fault at a time.
 * A column that the file does not have reads as undefined: it says nothing. A blank cell reads as null.
 */
export class RowReader<Key extends string> {
  readonly faults: CellFault[] = [];
  readonly #columns: Partial<Record<Key, Column>>;
  #cells: readonly string[] = [];

  constructor(columns: Partial<Record<Key, Column>>) {
    this.#columns = columns;
  }

  /** Goes on to the next row. */
  take(cells: readonly string[]): void {
    this.#cells = cells;
    this.faults.length = 0;
  }

  fault(key: Key, code: RowFaultCode, message: string): void {
    const column = this.#columns[key];
    this.faults.push({ column: column?.name ?? key, value: column ? (this.#cells[column.index] ?? '') : '', code, message });
  }

  text(key: Key): string | null | undefined {
    const column = this.#columns[key];
    if (!column) return undefined;
    const text = tidy(this.#cells[column.index] ?? '');
    if (text.length > longestText) {
      this.fault(key, 'schools.too-long', `This is longer than ${longestText} characters.`);
      return undefined;
    }
    return text === '' ? null : text;
  }

  urn(key: Key): string {
    const text = this.text(key) ?? '';
    if (!/^[1-9]\d{5}$/.test(text)) this.fault(key, 'schools.wrong-urn', 'A URN has six digits and does not begin with 0.');
    return text;
  }

  /** A code of exactly so many digits, such as a local authority's three; spreadsheets drop leading noughts, which are put back. */
  digits(key: Key, length: number): string | null | undefined {
    const text = this.text(key);
    if (!text) return text;
    const whole = text.padStart(length, '0');
    if (/^\d+$/.test(whole) && whole.length === length) return whole;
    this.fault(key, 'schools.wrong-code', `This should have ${length} digits.`);
    return undefined;
  }

  name(key: Key): string | undefined {
    const text = this.text(key);
    if (text === null) this.fault(key, 'schools.empty-name', 'The name of the school is missing.');
    return text ?? undefined;
  }

  /** `17-01-2019` as the register writes it; `17/01/2019` and `2019-01-17`, as spreadsheets save it again, are the same day. */
  date(key: Key): DateOnly | null | undefined {
    const text = this.text(key);
    if (!text) return text;
    const [, day, month, year] = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(text) ?? [];
    const date = year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : text;
    if (isDateOnly(date) && date >= '1000' && date < '2200') return date;
    this.fault(key, 'schools.impossible-date', 'There is no such day; dates are written as 17-01-2019.');
    return undefined;
  }

  /** A number of pupils in thousandths, exactly: `723.5` is 723500. */
  thousandths(key: Key): number | null | undefined {
    const text = this.text(key);
    if (text === null || text === undefined) return text;
    const [, minus, whole, fraction = ''] = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,3})0*)?$/.exec(text) ?? [];
    if (whole === undefined) {
      this.fault(key, 'schools.not-a-number', 'This is not a number; pupils are written as 210 or 723.5.');
      return undefined;
    }
    const thousandths = Number(whole.replaceAll(',', '')) * 1000 + Number(fraction.padEnd(3, '0'));
    if (minus && thousandths > 0) this.fault(key, 'schools.negative-number', 'A number of pupils cannot be below zero.');
    else if (thousandths > mostThousandths) this.fault(key, 'schools.number-too-large', 'No school has that many pupils.');
    else return thousandths;
    return undefined;
  }

  /** Whole metres on the National Grid. */
  metres(key: Key): number | null | undefined {
    const text = this.text(key);
    if (text === null || text === undefined) return text;
    if (/^-?\d{1,7}$/.test(text)) return Number(text);
    this.fault(key, 'schools.not-a-number', 'This is not a whole number of metres.');
    return undefined;
  }

  postcode(key: Key): string | null | undefined {
    const read = this.text(key);
    if (!read) return read;
    const text = read.toUpperCase();
    if (postcodePattern.test(text)) return text.includes(' ') ? text : `${text.slice(0, -3)} ${text.slice(-3)}`;
    this.fault(key, 'schools.bad-postcode', 'This is not a postcode; one is written as CV32 6RD.');
    return undefined;
  }
}
