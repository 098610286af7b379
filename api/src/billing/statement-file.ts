import { parse, type CsvError } from 'csv-parse/sync';
import { readStatement, type StatementLine } from '@fairshare/domain/billing';
import { DomainError } from '@fairshare/domain/kernel/domain-error';

const mostRows = 20_000;

/** UTF-8 or UTF-16 by its mark, else UTF-8 when it is valid, else Windows-1252 as spreadsheets write it. */
function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (content.includes(0)) throw new DomainError('billing.statement-wrong-encoding');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

/** Reads the bank's download; with a fault nothing of it is taken, and each fault has its row and column. */
export function readStatementFile(content: Buffer): StatementLine[] {
  const text = decode(content);
  const { lines, faults } = readStatement(rowsOf(text));
  if (faults.length > 0) {
    throw new DomainError('billing.statement-row', {
      count: faults.length === 1 ? 'One place' : `${faults.length} places`,
      errors: faults.slice(0, 100).map((fault) => ({ path: `row ${fault.row}, ${fault.column}`, code: 'billing.statement-row', message: fault.value ? `${fault.message} (${fault.value})` : fault.message })),
    });
  }
  return lines;
}

function rowsOf(text: string): string[][] {
  const delimiter = (text.split('\n', 1)[0] ?? '').includes(';') ? ';' : ',';
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: false, max_record_size: 20_000, to: mostRows + 50 });
  } catch (error) {
    throw new DomainError('billing.statement-not-readable', { row: (error as CsvError).lines ?? null });
  }
  if (rows.length > mostRows) throw new DomainError('billing.statement-too-long');
  return rows;
}
