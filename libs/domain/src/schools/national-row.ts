import type { CellFault } from './row-reader.js';
import type { PupilNumber, SchoolRecord } from './school.js';

/** What a row says of a school: undefined for what it does not speak of, null for a blank. */
export type SchoolSaid = { readonly [K in keyof SchoolRecord]?: SchoolRecord[K] | undefined } & { readonly urn: string };

/** One row of a national file, read. With a fault nothing of it is used. */
export interface NationalRow {
  readonly school: SchoolSaid;
  readonly numbers: readonly PupilNumber[];
  readonly faults: readonly CellFault[];
  /** The pupil-premium file brings a school onto the register but never changes what the register says of it. */
  readonly onlyForNewSchools?: boolean;
}

/** Reads the rows of one file, whose header it has seen. */
export interface RowMapper {
  read(cells: readonly string[]): NationalRow;
  /** What the file's header calls a field of a school. */
  columnOf(field: string): string;
}

const blank: Omit<SchoolRecord, 'urn' | 'name'> = {
  kind: 'maintained', status: 'open', laCode: null, laName: null, establishmentNumber: null, ukprn: null, typeName: null, phase: null,
  street: null, town: null, postcode: null, easting: null, northing: null, trustCode: null, trustName: null, openedOn: null, closedOn: null, successorUrn: null,
};
/** The register blanks a trust that was left and a closing that was called off. Any other blank is a gap, and a gap wipes nothing out. */
const clearedByBlank: ReadonlySet<keyof SchoolRecord> = new Set(['trustCode', 'trustName', 'closedOn']);
const fields = ['name', ...Object.keys(blank)] as (keyof SchoolRecord)[];

/** What the register says afterwards: columns that the file does not have leave what was known. The same object when nothing changes. */
export function mergeSchool(known: SchoolRecord | undefined, row: NationalRow): SchoolRecord {
  if (known && row.onlyForNewSchools) return known;
  const before: SchoolRecord = known ?? { ...blank, urn: row.school.urn, name: row.school.name ?? '' };
  let after: SchoolRecord = before;
  for (const field of fields) {
    const said = row.school[field];
    if (said === undefined || said === after[field] || (said === null && !clearedByBlank.has(field))) continue;
    if (after === before) after = { ...before };
    Object.assign(after, { [field]: said });
  }
  return after;
}

/** What only shows when a row meets what is known already. */
export function recordFault(school: SchoolRecord, mapper: RowMapper): CellFault | null {
  if (school.name === '') {
    return { column: mapper.columnOf('name'), value: '', code: 'schools.empty-name', message: 'The school is new and its name is missing.' };
  }
  if (school.openedOn !== null && school.closedOn !== null && school.closedOn < school.openedOn) {
    return { column: mapper.columnOf('closedOn'), value: school.closedOn, code: 'schools.closed-before-opened', message: `The school opened on ${school.openedOn}, after it closed.` };
  }
  if (school.successorUrn === school.urn) {
    return { column: mapper.columnOf('linkUrn'), value: school.urn, code: 'schools.its-own-successor', message: 'A school cannot follow itself.' };
  }
  return null;
}

/** A row that has lost or gained cells cannot be trusted in any column. */
export function rowShapeFault(cells: readonly string[], header: readonly string[]): CellFault | null {
  if (cells.length < header.length) {
    const message = `The row has ${cells.length} of ${header.length} columns.`;
    return { column: header[cells.length] ?? '', value: '', code: 'schools.too-few-columns', message };
  }
  if (cells.length > header.length) {
    const message = `The row has ${cells.length} columns, the header only ${header.length}.`;
    return { column: header.at(-1) ?? '', value: cells.at(-1) ?? '', code: 'schools.too-many-columns', message };
  }
  return null;
}
