import { DomainError } from '../kernel/domain-error.js';
import { parsePounds } from '../kernel/money.js';
import { isDateOnly, type DateOnly } from '../kernel/period.js';
import type { BillingProblem } from './billing-problem.js';

/** One movement on the bank account: above zero came in, below zero went out. */
export interface StatementLine {
  /** Sort code and account number as the bank writes them, or nothing when the file does not say. */
  readonly account: string;
  readonly bookedOn: DateOnly;
  /** The bank's own short word: FPI, BGC, DD. */
  readonly type: string;
  readonly description: string;
  readonly pence: number;
  readonly balancePence: number | null;
  /** 1 for the first of several alike on one day, 2 for the second: two identical payments are two. */
  readonly occurrence: number;
}

export interface RowFault {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

type Field = 'date' | 'type' | 'description' | 'detail' | 'out' | 'in' | 'amount' | 'balance' | 'sortCode' | 'accountNumber';

/** The headings of the banks' downloads, lower case without punctuation. */
const headings: Readonly<Record<Field, readonly string[]>> = {
  date: ['transaction date', 'date', 'posting date', 'booking date', 'date posted'],
  type: ['transaction type', 'type', 'subcategory', 'tran type'],
  description: ['transaction description', 'description', 'counter party', 'memo', 'details', 'narrative', 'narrative 1', 'name', 'transaction'],
  detail: ['reference', 'narrative 2', 'payment reference', 'notes'],
  out: ['debit amount', 'paid out', 'money out', 'debit', 'debits', 'withdrawals', 'amount out'],
  in: ['credit amount', 'paid in', 'money in', 'credit', 'credits', 'deposits', 'amount in'],
  amount: ['amount', 'value', 'amount gbp', 'transaction amount'],
  balance: ['balance', 'balance gbp', 'running balance', 'account balance'],
  sortCode: ['sort code', 'sortcode'],
  accountNumber: ['account number', 'account', 'account no'],
};

type Columns = Partial<Record<Field, number>>;
const plain = (text: string) => text.replace(/^\uFEFF/, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();

function columnsOf(row: readonly string[]): Columns | null {
  const names = row.map(plain);
  const columns: Columns = {};
  for (const [field, words] of Object.entries(headings) as [Field, readonly string[]][]) {
    const place = words.map((word) => names.indexOf(word)).find((found) => found >= 0);
    if (place !== undefined) columns[field] = place;
  }
  const hasAmount = columns.amount !== undefined || (columns.in !== undefined && columns.out !== undefined);
  return columns.date !== undefined && columns.description !== undefined && hasAmount ? columns : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `28/11/2025`, `28-11-25`, `28 Nov 2025` or `2025-11-28`; null when it is none of these or does not exist. */
export function statementDate(text: string): DateOnly | null {
  const value = text.trim();
  if (isDateOnly(value.slice(0, 10)) && (value.length === 10 || value[10] === 'T' || value[10] === ' ')) return value.slice(0, 10);
  const match = /^(\d{1,2})[/. -](\d{1,2}|[A-Za-z]{3,9})[/. -](\d{2}|\d{4})$/.exec(value);
  if (!match) return null;
  const [, day = '', monthText = '', yearText = ''] = match;
  const month = /^\d/.test(monthText) ? Number(monthText) : months.indexOf(monthText.slice(0, 3).toLowerCase()) + 1;
  const year = yearText.length === 2 ? `20${yearText}` : yearText;
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDateOnly(date) ? date : null;
}

const largestPence = 10_000_000_000;

function penceOf(text: string): number | null {
  try {
    const pence = parsePounds(text.replace(/^\+/, '').replace(/^\((.*)\)$/, '-$1'));
    return Math.abs(pence) <= largestPence ? pence : null;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** One row of the file with its heading's columns, and the faults found so far. */
class StatementRow {
  readonly #cells: readonly string[];
  readonly #columns: Columns;
  readonly #header: readonly string[];
  readonly #row: number;
  readonly faults: RowFault[] = [];

  constructor(cells: readonly string[], columns: Columns, header: readonly string[], row: number) {
    this.#cells = cells;
    this.#columns = columns;
    this.#header = header;
    this.#row = row;
  }

  text(field: Field): string {
    const place = this.#columns[field];
    return place === undefined ? '' : (this.#cells[place] ?? '').trim().replace(/^'/, '');
  }

  fault(field: Field, message: string): void {
    this.faults.push({ row: this.#row, column: this.#header[this.#columns[field] ?? -1]?.trim() ?? field, value: this.text(field).slice(0, 100), message });
  }

  money(field: Field): number | null {
    const text = this.text(field);
    if (text === '') return null;
    const pence = penceOf(text);
    if (pence === null) this.fault(field, 'This is not an amount in pounds.');
    return pence;
  }

  /** Money in minus money out, whichever way the bank writes it. */
  movement(): number {
    const into = this.#columns.amount === undefined ? 'in' : 'amount';
    const [came, went] = [this.money(into), this.#columns.amount === undefined ? this.money('out') : null];
    if (this.faults.length > 0) return 0;
    if (came !== null && went !== null && came !== 0 && went !== 0) this.fault(into, 'A line is money in or money out, not both.');
    const pence = (came ?? 0) - Math.abs(went ?? 0);
    if (pence === 0) this.fault(into, 'There is no amount on this line.');
    return pence;
  }
}

/**
 * Reads a bank's download that was already cut into rows and cells. Finds the heading among the first twenty rows,
 * leaves empty rows out, and says every fault with its row and column; with a fault there are no lines.
 */
export function readStatement(rows: readonly (readonly string[])[]): { lines: StatementLine[]; faults: RowFault[] } {
  const headerAt = rows.slice(0, 20).findIndex((row) => columnsOf(row) !== null);
  if (headerAt < 0) throw new DomainError<BillingProblem>('billing.statement-no-header');
  const header = rows[headerAt]!;
  const columns = columnsOf(header)!;
  const lines: StatementLine[] = [];
  const faults: RowFault[] = [];
  const seen = new Map<string, number>();
  for (const [i, cells] of rows.entries()) {
    if (i <= headerAt || cells.every((cell) => cell.trim() === '')) continue;
    const row = new StatementRow(cells, columns, header, i + 1);
    const line = lineOf(row);
    faults.push(...row.faults);
    const key = JSON.stringify([line.account, line.bookedOn, line.type, line.description, line.pence]);
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    lines.push({ ...line, occurrence });
  }
  if (lines.length === 0) throw new DomainError<BillingProblem>('billing.statement-no-lines');
  return faults.length > 0 ? { lines: [], faults } : { lines, faults };
}

function lineOf(row: StatementRow): Omit<StatementLine, 'occurrence'> {
  const bookedOn = statementDate(row.text('date'));
  if (bookedOn === null) row.fault('date', 'This is not a date; write it as 28/11/2025.');
  const description = [row.text('description'), row.text('detail')].filter((text) => text !== '').join(' ').replace(/\s+/g, ' ').slice(0, 300);
  if (description === '') row.fault('description', 'The line says nothing.');
  const account = [row.text('sortCode'), row.text('accountNumber')].filter((text) => text !== '').join(' ').slice(0, 60);
  const pence = row.movement();
  return { account, bookedOn: bookedOn ?? '', type: row.text('type').slice(0, 60), description, pence, balancePence: row.money('balance') };
}
