import { DomainError } from '../kernel/domain-error.js';
import type { Column } from './row-reader.js';

/** Names a column goes by in the files of several years, written plainly (see `plain`), the commonest first. */
export type ColumnNames<Key extends string> = Readonly<Record<Key, readonly string[]>>;

/** Footnote numbers, capitals and doubled spaces come and go from year to year: `Number of pupils on roll (7)`. */
export const plain = (header: string) => header.toLowerCase().replaceAll(/[\s\u00a0]+/g, ' ').replace(/( ?\(\d+\))+$/, '').trim();

const namesUrn = (cell: string) => plain(cell) === 'urn';

/**
 * Finds the columns by their names, wherever they stand; columns with other names are ignored.
 * @throws `schools.no-header`, `schools.not-a-csv-file` or `schools.no-urn-column` for a line that names no school.
 */
export function findColumns<Key extends string>(header: readonly string[], names: ColumnNames<Key>): Partial<Record<Key, Column>> {
  if (!header.some(namesUrn)) {
    if (header.some((cell) => /^\d{6}$/.test(cell.trim()))) throw new DomainError('schools.no-header', { firstLine: header.slice(0, 5) });
    if (header.length < 2) throw new DomainError('schools.not-a-csv-file');
    throw new DomainError('schools.no-urn-column', { columns: header.slice(0, 20) });
  }
  const there = new Map<string, Column>();
  for (const [index, cell] of header.entries()) {
    const key = plain(cell);
    if (!there.has(key)) there.set(key, { index, name: cell.trim() });
  }
  const found: Partial<Record<Key, Column>> = {};
  for (const [key, called] of Object.entries(names) as [Key, readonly string[]][]) {
    const column = called.map((name) => there.get(name)).find(Boolean);
    if (column) found[key] = column;
  }
  return found;
}
